package dialogue

import "testing"

// TestWhatAsksWhileAPreviewWaitsChangesNothing: words for changing, and days, in a
// question.
func TestWhatAsksWhileAPreviewWaitsChangesNothing(t *testing.T) {
	t.Parallel()
	ear := newEar(t)
	for _, text := range []string{
		"ändern kann ich das später auch noch oder?",
		"kann ich donnerstag auch online dazukommen oder muss ich in den raum",
		"warte kurz, bevor das rausgeht: wer sitzt donnerstags eigentlich in dieser runde?",
	} {
		if got := ear.Hear(Heard{Text: text, Place: Direct, Waits: Preview}); got.Kind != Question {
			t.Errorf("%q is heard as %s by %q", text, got.Kind, got.rule)
		}
	}
	if got := ear.Hear(Heard{Text: "ändern kann ich den letzten Satz noch", Place: Direct, Waits: Preview}); got.Kind != Change {
		t.Errorf("heard as %s", got.Kind)
	}
}
