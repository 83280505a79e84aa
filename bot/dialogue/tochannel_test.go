package dialogue

import "testing"

func TestWordsThatShowAnAnswerInTheChannel(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Im Kanal zeigen": true,
		"bitte die Antwort auch in den Kanal stellen":        true,
		"ja, zeigen Sie das bitte im Kanal.":                 true,
		"Wie schreibe ich im Kanal?":                         false,
		"Darf ich im Kanal antworten, wenn jemand krank ist": false,
		"in den Kanal schreibt keiner mehr":                  false,
	} {
		if _, got := toChannel(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
