package retrievaltest_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

func TestRetype(t *testing.T) {
	t.Parallel()
	question := "Wann läuft die Frist für Datenschutzbeauftragte im Regionalverband Musterland ab?"
	changed := 0
	for seed := range uint64(100) {
		got := retrievaltest.Retype(question, seed)
		if again := retrievaltest.Retype(question, seed); again != got {
			t.Fatalf("seed %d: %q, then %q", seed, got, again)
		}
		if strings.ContainsAny(got, "äöüß") {
			t.Errorf("umlaut left in %q", got)
		}
		if got != retrievaltest.Spelled(question) {
			changed++
		}
	}
	if changed < 95 {
		t.Errorf("only %d of 100 changed beyond umlauts", changed)
	}
	for _, odd := range []string{"", " ", "a", "?!", "KI", "\xff"} {
		retrievaltest.Retype(odd, 1)
	}
}
