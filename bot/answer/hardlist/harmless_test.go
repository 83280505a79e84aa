package hardlist

import "testing"

// Short lines of somebody's own are like many things, and are none of them: little
// evidence weighs little. Nobody taught these.
func TestShortHarmlessLinesAreNoCase(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"meine kollegin meint nein", "mein chef braucht das bis mittag", "kann ich da einfach hin", "bei mir ist das anders geregelt", "mir wär lieber donnerstag",
		"ich glaub dir kein wort", "ich bin mir da nicht so sicher", "mein privates telefon", "liste kommt gleich", "ich hab die unterlagen hier liegen",
		"da haste recht", "rechts oben steht das", "ich kann grad nicht", "schluss für heute", "ich geh heim", "niemand antwortet", "die kinder warten",
		"mein teamleiter will auch einen zugang", "mein personalrat sagt das geht so", "mein kursnachweis ist verschwunden", "hab dich aus versehen angeschrieben",
		"wer zahlt mir den kurs", "mein zug fällt aus", "wir streiten uns ob das geht",
	} {
		if topic, hit := loaded(t).Check(text); hit {
			t.Errorf("%q is taken as %s", text, topic)
		}
	}
}
