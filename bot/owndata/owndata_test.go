package owndata_test

import (
	"context"
	"errors"
	"flag"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/privacy"
)

var update = flag.Bool("update", false, "write the golden files anew")

// kept is what is kept of people, and whom it was asked to forget.
type kept struct {
	forgot []string
	err    error
}

func (k *kept) Export(_ context.Context, user string) (privacy.Export, error) {
	return privacy.Export{UserID: user, Questions: []privacy.Question{{ID: "q1", Replies: []string{"Ja."}}}}, nil
}

func (k *kept) Forget(_ context.Context, user string) (privacy.Forgotten, error) {
	if k.err != nil {
		err := k.err
		k.err = nil
		return privacy.Forgotten{}, err
	}
	k.forgot = append(k.forgot, user)
	return privacy.Forgotten{Questions: 1}, nil
}

func TestOwnDataComesAsAFile(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.OwnData.Store = &kept{} })
	for _, ask := range []func(){
		func() { h.Says("anna", bottest.Direct("anna"), "", "Meine Daten") },
		func() { h.Calls("anna", bottest.Everybody, "meine daten") },
	} {
		got := h.Reply(ask)
		if got.ChannelID != bottest.Direct("anna") || len(got.Draft.Files) != 1 || got.Draft.Files[0].Name != "meine-daten.json" || !strings.Contains(string(got.Draft.Files[0].Content), `"q1"`) {
			t.Errorf("%+v", got)
		}
		h.Wants(got, "1 Nachricht an mich", "vergiss mich")
	}
	without := bottest.NewHouse(t)
	without.Wants(without.Reply(func() { without.Says("anna", bottest.Direct("anna"), "", "vergiss mich") }), "geht hier nicht")
}

func TestForgettingIsAskedOnceAndReported(t *testing.T) {
	t.Parallel()
	own := &kept{err: errors.New("database away")}
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons, s.OwnData.Store = true, own })
	dm := bottest.Direct("anna")
	asked := h.Reply(func() { h.Calls("anna", bottest.Everybody, "vergiss mich") })
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "nein") }), "")
	if len(own.forgot) != 0 {
		t.Fatalf("forgot %q without a yes", own.forgot)
	}
	report := h.Reply(func() { h.Press("anna", asked, "Ja, alles löschen") })
	h.Wants(report, "Was bleibt", "1 Nachricht an mich")
	h.Wakes(2 * 60 * 1e9) // the database was away
	if !slices.Equal(own.forgot, []string{"anna"}) {
		t.Errorf("forgot %q", own.forgot)
	}
	h.Golden(*update, "forgotten", asked, report)
	h.Says("anna", dm, "", "vergiss mich")
	h.Reply(func() { h.Says("anna", dm, "", "ja") })
	if len(own.forgot) != 2 {
		t.Errorf("by word: forgot %q", own.forgot)
	}
}

func TestAWordTakesTheButtonOfForgettingAway(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons, s.OwnData.Store = true, &kept{} })
	dm := bottest.Direct("anna")
	first := h.Reply(func() { h.Says("anna", dm, "", "vergiss mich") })
	again := h.Reply(func() { h.Says("anna", dm, "", "vergiss mich") })
	if len(h.Chat.Buttons(first.ID)) != 0 || len(h.Chat.Buttons(again.ID)) != 1 {
		t.Errorf("%v below the first, %v below the second", h.Chat.Buttons(first.ID), h.Chat.Buttons(again.ID))
	}
	h.Reply(func() { h.Says("anna", dm, "", "ja") })
	if left := h.Chat.Buttons(again.ID); len(left) != 0 {
		t.Errorf("after yes %v", left)
	}
}

func TestForgettingInWordsIsAskedOnceAndDone(t *testing.T) {
	t.Parallel()
	own := &kept{}
	h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.OwnData.Store = own }), bottest.Direct("anna")
	h.Says("anna", dm, "", "was speicherst du von mir")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Zeigen Sie mir meine Daten.") }), "in der Datei")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Dann löschen Sie alles.") }), "**ja** oder **nein**")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "ja") }), "Ich lösche jetzt")
	if len(own.forgot) != 1 {
		t.Errorf("forgot %v", own.forgot)
	}
}
