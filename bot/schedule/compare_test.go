package schedule

import "testing"

func TestFormatsThatAreCompared(t *testing.T) {
	t.Parallel()
	c := house(t)
	for question, want := range map[string]int{
		"Was ist der Unterschied zwischen LeanCoffee und Sprechstunde?":     2,
		"worin unterscheidet sich wissen to go von der ethikrunde":          2,
		"LeanCoffee oder Sprechstunde, was passt für meine Frage?":          2,
		"vergleich mal leancoffee, wissentogo und ethikrunde":               3,
		"Was ist der Unterschied zwischen Leitlinie und Dienstanweisung?":   0,
		"Was ist der Unterschied zwischen der Sprechstunde und einem Kurs?": 0,
		"Wann sind LeanCoffee und Sprechstunde?":                            0,
	} {
		if got := Compared(question, c); len(got) != want {
			t.Errorf("%q: %d formats, want %d", question, len(got), want)
		}
	}
}

func TestDatesAskedForInFewWords(t *testing.T) {
	t.Parallel()
	c := house(t)
	for _, question := range []string{"termine dezember", "Termine am 30. Dezember", "termine nächste woche"} {
		if q, asked := Read(nil, question, c, sunday); !asked || q.Period.Zero() || len(q.Formats) != 4 {
			t.Errorf("%q: %+v, %t", question, q, asked)
		}
	}
}
