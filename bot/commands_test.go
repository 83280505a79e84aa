package bot_test

import (
	"context"
	"errors"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/rights"
)

func TestACommandIsAnsweredByDirectMessage(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	got := h.Reply(func() { h.Calls("anna", bottest.Everybody, "frage Darf ich Protokolle mit KI schreiben?") })
	h.Wants(got, "Protokolle dürfen")
	if got.ChannelID != bottest.Direct("anna") {
		t.Errorf("answered in %s", got.ChannelID)
	}
	h.Wants(h.Reply(func() { h.Calls("anna", bottest.Everybody, "Darf ich Protokolle mit KI schreiben?") }), "Protokolle dürfen")
	h.Wants(h.Reply(func() { h.Calls("anna", bottest.Everybody, "datenschutz") }), "Tage")
	preview := h.Reply(func() { h.Calls("anna", bottest.Everybody, "sprechstunde Darf ich Musik komponieren lassen?") })
	h.Wants(preview, "Musik komponieren")
	made := h.New(func() { h.Says("anna", bottest.Direct("anna"), "", "ja") })
	if len(made) != 2 || made[0].ChannelID != bottest.Hosts {
		t.Errorf("a yes made %+v", made)
	}
}

func TestACommandKeepsToBudgetAndPilot(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(s *bottest.Setup) {
		s.Bot.Budget.PerUser = 1
		s.Rights.Pilot = rights.Pilot{Users: []string{"anna"}}
	})
	h.Wants(h.Reply(func() { h.Calls("berta", bottest.Everybody, "Darf ich Protokolle schreiben?") }), "kleine Gruppe")
	h.Wants(h.Reply(func() { h.Calls("anna", bottest.Everybody, "Darf ich Protokolle schreiben?") }), "Protokolle dürfen")
	h.Wants(h.Reply(func() { h.Calls("anna", bottest.Everybody, "Darf ich Protokolle schreiben?") }), "kurze Pause")
	h.Silent(func() { h.Calls("anna", bottest.Everybody, "Darf ich Protokolle schreiben?") })
}

func TestRightsGoAwayWhileACommandIsAnswered(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Chat.Err = func(what string, fresh bool) error {
		if fresh && what == "user" {
			return errors.New("down")
		}
		return nil
	}
	h.Silent(func() {
		h.Check(h.Intake.Commanded(context.Background(), chat.Command{ID: "c", Text: "Darf ich Protokolle schreiben?", ChannelID: bottest.Everybody, UserID: "anna", At: h.Now}))
		h.Works()
	})
	if q, err := h.Inbox.Lookup(t.Context(), inbox.FromCommand, "c"); err != nil || q.State == inbox.Posted {
		t.Errorf("%s, %v", q.State, err)
	}
}

// Each word behind the command that help names is one.
func TestHelpNamesTheWordsBehindTheCommand(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	help := h.Reply(func() { h.Calls("anna", bottest.Everybody, "hilfe") })
	for word, kind := range map[string]dialogue.Kind{
		"frage": dialogue.Capabilities, "themen": dialogue.Topics, "termine": dialogue.Date, "sprechstunde": dialogue.Person, "meine": dialogue.Status,
		"meine daten": dialogue.OwnData, "vergiss mich": dialogue.Forget, "datenschutz": dialogue.Privacy, "leancoffee": dialogue.CoffeeOpen, "kanal": dialogue.ChannelMode,
	} {
		h.Wants(help, "**"+word+"**")
		if act := dialogue.Commanded(word); act.Kind != kind {
			t.Errorf("%q is %s", word, act.Kind)
		}
	}
	if act := dialogue.Commanded("Darf ich DeepL nutzen?"); act.Kind != dialogue.Question {
		t.Errorf("a question is %s", act.Kind)
	}
}
