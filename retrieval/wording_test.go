package retrieval

import "testing"

func TestAWordIsNamedAsItWasTyped(t *testing.T) {
	t.Parallel()
	w := Wording{Typed: "dürfen wir jagdpaechter und Schlaglöcher in der KI-Runde zeigen"}
	for spelled, want := range map[string]string{
		"jagdp-ächter": "jagdpaechter", "Schlaglöcher": "Schlaglöcher", "schlaglöschen": "", "KI-Runde": "KI-Runde",
	} {
		if typed, known := w.asTyped(spelled); typed != want || known != (want != "") {
			t.Errorf("%q: %q, %v; want %q", spelled, typed, known, want)
		}
	}
}
