package dialogue

import "testing"

// What takes back is never heard as the word to send, however politely it is put.
func TestWhatRefrainsSendsNothing(t *testing.T) {
	t.Parallel()
	ear := newEar(t)
	for _, text := range []string{
		"Bitte sehen Sie von einer Weiterleitung ab.",
		"Ich bitte davon abzusehen, das weiterzugeben.",
		"Auf die Übermittlung verzichte ich.",
		"das Absenden bitte unterlassen",
		"mit dem Weitergeben noch warten",
	} {
		if got := ear.Hear(Heard{Text: text, Place: Direct, Waits: Preview}); got.Kind == Send {
			t.Errorf("%q is heard as %s", text, got.Kind)
		}
	}
}
