package answer

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMessagesLookAsReviewed(t *testing.T) {
	t.Parallel()
	one := hit(1, "KI-Leitlinie", "Protokolle dürfen mit KI entworfen werden.\n- Namen werden ersetzt.\n- Die Leitung prüft den Entwurf.", 1)
	two := hit(2, "Häufige Fragen zu KI", "Werkzeug | Freigabe\nKIM | ja, für Protokolle", 0.8)
	two.Document.Link, two.Document.ValidFrom = "", retrieval.Date{}
	two.Document.ModifiedAt = today.AddDate(0, -2, 0)
	old := hit(3, "KI-Leitlinie 2023", "Protokolle dürfen nicht mit KI entworfen werden.", 0.9)
	old.Ended = retrieval.Date{Year: 2024, Month: 2, Day: 29}
	old.Document.ValidFrom = retrieval.Date{Year: 2023, Month: 1, Day: 1}
	old.Replacement = one.Document
	past := result(retrieval.Answered, old, two)
	past.AsOf = retrieval.Date{Year: 2023, Month: 12, Day: 31}
	notThen := result(retrieval.NotFound)
	notThen.AsOf = past.AsOf
	prose := says("Protokolle dürfen mit KI entworfen werden [1].")
	contacts := Contacts{Breach: {Name: "Meldestelle Datenpannen", Reach: "Telefon 2055, datenpanne@musterland.example"}}
	question := "Darf ich Protokolle mit KI schreiben?"
	next := &prompts.NextSession{Format: "Offene KI-Sprechstunde", At: time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC), Place: "Haus am Kanal, Raum 2.17"}
	for name, a := range map[string]Answer{
		"answered":    mustCompose(t, composer(nil), question, result(retrieval.Answered, one, two)),
		"prose":       mustCompose(t, composer(prose), question, result(retrieval.Answered, one, two)),
		"nearest":     mustCompose(t, composer(nil), question, result(retrieval.Nearest, two)),
		"conflicting": mustCompose(t, composer(nil), question, result(retrieval.Conflicting, one, two)),
		"not_found":   mustCompose(t, composer(nil), question, result(retrieval.NotFound)),
		"past":        mustCompose(t, composer(prose), question, past),
		"not_then":    mustCompose(t, composer(prose), question, notThen),
		"refused":     composer(nil).Refuse(Breach, contacts),
	} {
		opt := RenderOptions{Texts: texts, Now: today, Next: next, Handover: true}
		golden(t, name+".md", Render(a, opt)+"\n")
		golden(t, name+".txt", Plain(a, opt)+"\n")
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "messages", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run with -update)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
