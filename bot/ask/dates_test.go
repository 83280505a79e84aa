package ask_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

func TestDatesComeAsFilesOnRequest(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	says := func(text string) bottest.Made {
		return h.Reply(func() { h.Says("anna", dm, "", text) })
	}
	overview := says("Termine")
	h.Wants(overview, "Offene KI-Sprechstunde", "Ethikrunde", "**Termine als Kalenderdatei**")
	if len(overview.Draft.Files) > 0 {
		t.Errorf("files that nobody asked for: %+v", overview.Draft.Files)
	}
	both := says("Termine als Kalenderdatei")
	if len(both.Draft.Files) != 2 {
		t.Fatalf("files: %+v", both.Draft.Files)
	}
	h.Lacks(both, "**Termine als Kalenderdatei**")
	for _, wish := range []string{
		"Schick mir die nächste Ethikrunde als Kalenderdatei", "WANN ist Ethikrunde? bitte als .ics", "Schick mir den Termin als Kalenderdatei",
		"Gib mir die nächste Ethikrunde als ics-Datei",
	} {
		got := says(wish)
		h.Wants(got, "Ethikrunde")
		if len(got.Draft.Files) != 1 || !strings.HasPrefix(got.Draft.Files[0].Name, "ethikrunde-2026-") || !strings.Contains(string(got.Draft.Files[0].Content), "SUMMARY:Ethikrunde") {
			t.Errorf("%q brings %+v", wish, got.Draft.Files)
		}
	}
	if got := says("Wie importiere ich eine Kalenderdatei in Outlook?"); len(got.Draft.Files) > 0 {
		t.Errorf("files: %+v", got.Draft.Files)
	}
}
