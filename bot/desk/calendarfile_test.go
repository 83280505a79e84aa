package desk_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

func TestConfirmationBringsTheSessionAsAFile(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	first, _ := asks(h, "anna", "Darf ich Musik komponieren lassen?")
	card, receipt := first.sends("ja")
	second, _ := asks(h, "berta", "Dürfen wir Musik von KI komponieren lassen?")
	_, joined := second.sends("anschließen")
	for _, got := range []bottest.Made{receipt, joined} {
		if len(got.Draft.Files) != 1 || !strings.HasPrefix(got.Draft.Files[0].Name, "sprechstunde-2026-") {
			t.Fatalf("%q brings %+v", got.Text, got.Draft.Files)
		}
		file := string(got.Draft.Files[0].Content)
		if !strings.Contains(file, "LOCATION:Raum 2.17") || !strings.Contains(file, "DTSTART;TZID=Europe/Berlin:2026") {
			t.Error(file)
		}
		for _, hidden := range []string{"anna", "berta", "Musik", "METHOD"} {
			if strings.Contains(file, hidden) {
				t.Errorf("the file tells %q:\n%s", hidden, file)
			}
		}
	}
	if len(card.Draft.Files) > 0 {
		t.Errorf("the hosts' card brings %+v", card.Draft.Files)
	}
}
