package dialogue

import "testing"

func TestExplicitSaysWhatBecomesOfAText(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]bool{
		"absenden": true, "Abschicken!": true, "ja, schick es ab": true, "gib das bitte so weiter": true, "nichts weitergeben": true,
		"abbrechen": true, "bitte verwerfen": true, "ja, die Vorschau von vorhin": true, "ändern": true,
		"ja": false, "passt, merci": false, "nein danke": false, "ok, super": false, "mach das": false, "weiter": false, "": false, "👍": false,
		"gibt es das?": false,
	} {
		if got := Explicit(said); got != want {
			t.Errorf("Explicit(%q) = %t", said, got)
		}
	}
}
