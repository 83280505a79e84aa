package ask_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/retrieval"
)

func TestDirectMessageIsAnsweredInItsThreadAsByAMachine(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	var q chat.Post
	got := h.Reply(func() { q = h.Says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle mit KI schreiben?") })
	h.Wants(got, "Protokolle dürfen mit KI entworfen werden.", "KI-Leitlinie", "Abschnitt 1", "ein Programm", "**Sprechstunde**")
	if got.RootID != q.ID || got.ChannelID != q.ChannelID || !got.Draft.Machine {
		t.Errorf("the answer is %+v, want it below %s and marked", got.Draft, q.ID)
	}
	if h.Chat.StillWorking() != 0 {
		t.Error("the sign of work stayed")
	}
}

func TestFollowUpIsSearchedTogetherWithTheQuestionBefore(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q := h.Says("berta", bottest.Everybody, "", "@sprechstunde Darf ich Protokolle mit KI schreiben?")
	h.Library.Searched()
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Everybody, q.ID, "Und im Ausland?") }), "Im Ausland dürfen")
	want := []string{"Und im Ausland?", "Darf ich Protokolle mit KI schreiben? Und im Ausland?", "Und im Ausland Protokolle KI"}
	if got := h.Library.Searched(); !slices.Equal(got, want) {
		t.Errorf("searched %q", got)
	}
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Everybody, q.ID, "Und wie ist es am Eingang?") }), "Gäste melden sich")
	h.Silent(func() { h.Says("berta", bottest.Everybody, q.ID, "@carl weißt du mehr?") })
	for _, chatter := range []string{"Danke!", "👍", "`code`", "Ich frage mal im Team nach.", "ja"} {
		h.Silent(func() { h.Says("berta", bottest.Everybody, q.ID, chatter) })
	}
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Everybody, q.ID, "Gibt es eine Regel für Musik") }), "nichts gefunden")
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "Vielen Dank!") }), "Gern")
}

func TestLongOrOtherQuestionDoesNotLeanOnTheOneBefore(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q := h.Says("anna", dm, "", "Darf ich Protokolle mit KI schreiben?")
	h.Library.Searched()
	h.Says("anna", dm, q.ID, "Wo melden sich Gäste am Eingang?")
	if got := h.Library.Searched(); len(got) != 1 || strings.Contains(got[0], "Protokolle") {
		t.Errorf("searched %q, want the question alone", got)
	}
	got := h.Reply(func() {
		h.Says("anna", dm, q.ID, "Welche Rechte habe ich denn überhaupt als Mitglied im Wahlvorstand der Schwerbehindertenvertretung?")
	})
	h.Wants(got, "nichts gefunden")
}

func TestHardListLeadsToAPersonWithoutASearch(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	got := h.Reply(func() {
		h.Says("anna", bottest.Direct("anna"), "", "Ich habe versehentlich eine Liste mit Personendaten an eine falsche Adresse geschickt, was tun?")
	})
	h.Wants(got, "Meldestelle", "Telefon 2055")
	h.Lacks(got, "**Sprechstunde**")
	if asked := h.Library.Searched(); len(asked) != 0 {
		t.Errorf("searched %q", asked)
	}
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), got.RootID, "Sprechstunde") }), "Meldestelle")
}

// After that no word works on it, and none on what was asked before it.
func TestNothingOlderIsPickedUpAfterTheHardList(t *testing.T) {
	t.Parallel()
	for word, contact := range map[string]bool{"kürzer bitte": false, "zu viel Text": false, "mehr": false, "Sprechstunde": true, "das war nicht meine Frage": false} {
		h, dm := bottest.NewHouse(t), bottest.Direct("anna")
		h.Says("anna", dm, "", protocols)
		h.Says("anna", dm, "", "Ich habe versehentlich eine Liste mit Personendaten an eine falsche Adresse geschickt, was tun?")
		h.Library.Searched()
		made := h.Reply(func() { h.Says("anna", dm, "", word) })
		if contact {
			h.Wants(made, "Meldestelle")
		}
		h.Lacks(made, protocols, "Protokolle dürfen", "Personendaten")
		if searched := h.Library.Searched(); len(searched) > 0 {
			t.Errorf("%q: searched %q", word, searched)
		}
	}
}

func TestBadInputGetsAClearWord(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		file int
		want string
	}{
		"empty":      {"@sprechstunde", 0, "leer angekommen"},
		"emoji":      {"@sprechstunde 🤔🤔", 0, "Fragen in Worten"},
		"code":       {"@sprechstunde\n```\nprint(1)\n```", 0, "Programmtext"},
		"long":       {"@sprechstunde " + strings.Repeat("Darf ich das? ", 1200), 0, "zu lang"},
		"english":    {"@sprechstunde What is the policy for using AI tools?", 0, "documents are in German"},
		"attachment": {"@sprechstunde", 1, "Dateien und Bilder"},
		"elsewhere":  {"@sprechstunde Mein Drucker druckt nicht, was tun?", 0, "IT-Servicedesk"},
		"of others":  {"@sprechstunde mein drucker spinnt", 0, "IT-Servicedesk"}, // taken for small talk
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := bottest.NewHouse(t)
			h.Wants(h.Reply(func() {
				h.Says("anna", bottest.Everybody, "", c.text, func(p *chat.Post) { p.Files = make([]string, c.file) })
			}), c.want)
		})
	}
}

func TestNothingFoundNamesTheNextSession(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "Darf ich Musik komponieren lassen?") })
	h.Wants(got, "nichts gefunden", "[Offene KI-Sprechstunde](https://intranet.example/sprechstunde)", "Donnerstag, 5. März 2026, 14:00 Uhr", "Raum 2.17")
}

func TestAskWithoutAChat(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	a, err := h.Answers.Ask(context.Background(), "Darf ich Protokolle mit KI schreiben?", retrieval.ReadersOf("Leitlinien"))
	if err != nil || a.Outcome != answer.Answered || len(a.Sources) != 1 {
		t.Errorf("Ask = %+v, %v", a, err)
	}
	a, err = h.Answers.Ask(context.Background(), "Darf ich Protokolle mit KI schreiben?", retrieval.Readers{})
	if err != nil || a.Outcome != answer.NotFound || !strings.Contains(a.Body, "keine Dokumente freigegeben") {
		t.Errorf("Ask without readers = %+v, %v", a, err)
	}
	h.Library.Err = bottest.ErrDown
	if _, err = h.Answers.Ask(context.Background(), "Darf ich Protokolle schreiben?", retrieval.ReadersOf("Leitlinien")); !errors.Is(err, bottest.ErrDown) {
		t.Errorf("Ask with a store that is down: %v", err)
	}
}

func TestConfigSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	if _, err := ask.NewAnswerer(ask.AnswererConfig{}); err == nil {
		t.Error("an Answerer without parts is accepted")
	}
	if _, err := ask.New(ask.Config{}); err == nil {
		t.Error("Asking without parts is accepted")
	}
}

func TestQuestionForDatesIsAnsweredByTheCalendar(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "wann ist die nächste sprechstunde") })
	h.Wants(got, "**Donnerstag, 5. März 2026, 14:00")
	if !strings.HasPrefix(got.Text, "**Donnerstag") {
		t.Errorf("the date is not what is read first:\n%s", got.Text)
	}
	if asked := h.Library.Searched(); len(asked) != 0 {
		t.Errorf("searched %q", asked)
	}
}

func TestSeveralQuestionsAreAnsweredOneByOne(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Library.Searched()
	got := h.Reply(func() {
		h.Says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle mit KI schreiben? Wo melden sich Gäste am Eingang?")
	})
	h.Wants(got, "**1. Darf ich Protokolle mit KI schreiben?**", "**2. Wo melden sich Gäste am Eingang?**", "Protokolle dürfen mit KI", "Gäste melden sich", "**Sprechstunde**")
	if asked := h.Library.Searched(); len(asked) != 2 {
		t.Errorf("searched %q", asked)
	}
}

func TestAStoryDoesNotSteerTheSearch(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Library.Searched()
	h.Says("anna", bottest.Direct("anna"), "", "Wir sind in der Poststelle nur zu zweit. Eine ist in Elternzeit. Darf ich Protokolle mit KI schreiben?")
	if asked := h.Library.Searched(); len(asked) != 1 || asked[0] != "Darf ich Protokolle mit KI schreiben?" {
		t.Errorf("searched %q", asked)
	}
}
