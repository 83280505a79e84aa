package masking_test

import (
	"fmt"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/masking"
)

func masked(text string) string {
	m := masking.New(people2...)
	return masking.Replace(text, m.Find(text), func(k masking.Kind, n int) string { return fmt.Sprintf("[%s %d]", k, n) })
}

var people2 = []masking.Person{{Username: "petra.schaefer", Given: "Petra", Family: "Schäfer"}, {Username: "zuviel", Given: "Zu", Family: "Overath"}}

func TestReplacesEachMark(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                      "",
		"Darf ich das?":                         "Darf ich das?",
		"Frau Wagner und Frau Koch":             "Frau [name 1] und Frau [name 2]",
		"Petra Schäfer, Petra Schäfer, Uwe":     "[name 1], [name 1], [name 2]",
		"Az. 51-123/26, Tel. 4711, a@b.example": "Az. [number 1], Tel. [phone 1], [mail 1]",
		"Overath fragt petra.schaefer und @zuviel": "[name 1] fragt [name 2] und @[name 3]",
		"Herr Dr. Klein kommt.":                    "Herr Dr. [name 1] kommt.",
		"z. B. Köln":                               "z. B. Köln",
		"Frau":                                     "Frau",
		"Herr Dr.":                                 "Herr Dr.",
		"Dort unter Buchstabe Ü. Ein Kurs ist nicht nötig.":       "Dort unter Buchstabe Ü. Ein Kurs ist nicht nötig.",
		"@all: Die Mail von Herrn 4711":                           "@all: Die Mail von Herrn 4711",
		"0221 8091234 und 0221 8091234":                           "[phone 1] und [phone 1]",
		"Viele Grüße":                                             "Viele Grüße",
		"Der Kollege mit dem Dienstwagen K-LV 12 sagt KI-VO 2024": "Der Kollege mit dem Dienstwagen [plate 1] sagt KI-VO 2024",
	} {
		if got := masked(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{"Frau Dr. von der Heide, 50667 Köln", "T. \xff K. Ä", "Az. 1 2 3", "@", strings.Repeat("Frau ", 50), "Grüße aus"} {
		f.Add(seed)
	}
	m := masking.New(people2...)
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, mark := range m.Find(text) {
			if mark.Start < end || mark.End <= mark.Start || mark.End > len(text) {
				t.Fatalf("mark %+v behind %d in %q", mark, end, text)
			}
			end = mark.End
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("Frau Dr. von der Heide, Az. 51-123/26, Tel. 0221 809-4711, wohnt Am Markt 3, 53111 Bonn. ", 180)
	m := masking.New()
	for b.Loop() {
		m.Find(text)
	}
}
