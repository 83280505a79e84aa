package answer

import "testing"

// Lines of a plain text file end where they were full, not where a sentence does.
func TestLinesThatWereBrokenForTheirLengthAreJoined(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Ein Team schreibt den\nersten Satz selbst.":                                                    "Ein Team schreibt den ersten Satz selbst.",
		"Verantwortlich bleibt die Fachabteilung. Als Stichprobe reichen im\nVierteljahr fünf Prozent.": "Verantwortlich bleibt die Fachabteilung. Als Stichprobe reichen im Vierteljahr fünf Prozent.",
		"Bitte mitbringen:\nAusweis\nDienstgerät":                                                       "Bitte mitbringen:\nAusweis\nDienstgerät",
		"Das gilt:\n- für alle\n- auch für Gäste":                                                       "Das gilt:\n- für alle\n- auch für Gäste",
		"Bedarf | Werkzeug\nVorlesen | für alle im Haus":                                                "Bedarf | Werkzeug\nVorlesen | für alle im Haus",
		"Ein Satz.\nnoch einer":                                                                         "Ein Satz.\nnoch einer",
		"":                                                                                              "",
	} {
		if got := unwrapped(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
