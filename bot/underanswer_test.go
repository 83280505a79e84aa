package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/privacy"
	"lvr.example/sprechstunde/retrieval"
)

// owned is a shelf whose documents heide looks after.
type owned struct{ contact string }

func (o owned) Passages(_ context.Context, ids []int64, _ retrieval.Date, r retrieval.Readers) (hits []retrieval.Hit, err error) {
	for _, id := range ids {
		if r.May("Leitlinien") {
			hits = append(hits, retrieval.Hit{Document: retrieval.Document{ID: 12, Title: "KI-Leitlinie"}, Passage: retrieval.Passage{ID: id, Text: "Protokolle dürfen mit KI entworfen werden.", Place: "Abschnitt 1"}})
		}
	}
	return hits, nil
}

func (o owned) Cared(context.Context, int64) (retrieval.Cared, error) {
	return retrieval.Cared{ID: 12, Contact: o.contact}, nil
}

const protocols = "Darf ich Protokolle mit KI schreiben?"

func withButtons(s *bottest.Setup) {
	s.Buttons = true
	s.Feedback.Documents = owned{"heide"}
}

// answerID is the question that a post answers.
func answerID(m bottest.Made) string { return inbox.QuestionOf(m.Draft.Marker) }

func TestVotesByButtonAndWordCountOnceAndChange(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, withButtons)
	dm := bottest.Direct("anna")
	got := h.Reply(func() { h.Says("anna", dm, "", protocols) })
	var labels []string
	for _, b := range got.Draft.Buttons {
		labels = append(labels, b.Label)
	}
	if want := []string{"Hilfreich", "Nicht hilfreich", "In die Sprechstunde", "Mehr"}; !slices.Equal(labels, want) {
		t.Errorf("buttons %q, want %q", labels, want)
	}
	h.Wants(h.Reply(func() { h.Press("anna", got, "Hilfreich") }), "Danke")
	wants := func(helpful bool, reason feedback.Reason) {
		t.Helper()
		v, known := h.Votes.Of(answerID(got), "anna")
		if !known || v.Helpful != helpful || v.Reason != reason {
			t.Errorf("vote %+v, %t", v, known)
		}
	}
	wants(true, "")
	h.Wants(h.Reply(func() { h.Says("anna", dm, got.RootID, "nicht hilfreich") }), "falsch", "veraltet")
	wants(false, "")
	h.Wants(h.Reply(func() { h.Says("anna", dm, got.RootID, "👍") }), "Danke")
	wants(true, "")
	if left := h.Chat.Buttons(got.ID); len(left) != 4 {
		t.Errorf("%d buttons are left", len(left))
	}
}

func TestWhyItDidNotHelpAndTheOwnerHearsItWithoutAName(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, withButtons)
	got := h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde "+protocols) })
	if faults := h.Submits("anna", got, "Nicht hilfreich", nil); faults["reason"] == "" {
		t.Errorf("without a reason: %v", faults)
	}
	told := h.Reply(func() {
		h.Submits("anna", got, "Nicht hilfreich", map[string]string{"reason": "brief", "tell": "true"})
	})
	if told.ChannelID != bottest.Direct("anna") {
		t.Errorf("said in %s", told.ChannelID)
	}
	made := h.New(func() {
		h.Submits("anna", got, "Nicht hilfreich", map[string]string{"reason": "outdated", "tell": "true"})
	})
	if len(made) != 2 || made[0].ChannelID != bottest.Direct("heide") || made[1].ChannelID != bottest.Direct("anna") {
		t.Fatalf("made %+v", made)
	}
	h.Golden(*update, "feedback_outdated", made...)
	h.Lacks(made[0], "anna")
	if v, _ := h.Votes.Of(answerID(got), "anna"); v.Helpful || v.Reason != feedback.Outdated {
		t.Errorf("vote %+v", v)
	}
	h.Wants(h.Reply(func() { h.Submits("berta", got, "Nicht hilfreich", map[string]string{"reason": "wrong"}) }), "Danke")
}

func TestNobodyIsToldWhereNobodyLooksAfterADocument(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, withButtons, func(s *bottest.Setup) { s.Feedback.Documents = owned{""} })
	dm := bottest.Direct("anna")
	got := h.Reply(func() { h.Says("anna", dm, "", protocols) })
	h.Wants(h.Reply(func() { h.Says("anna", dm, got.RootID, "melden") }), "nicht erreichen")
}

func TestMoreIsAButton(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, withButtons)
	got := h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde "+protocols) })
	h.Reply(func() { h.Press("berta", got, "Mehr") })
}

func TestAnAnswerToACommandIsSharedWhereAllMayReadIt(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, withButtons)
	got := h.Reply(func() { h.Calls("anna", bottest.Everybody, protocols) })
	made := h.New(func() { h.Press("anna", got, "In den Kanal teilen") })
	if len(made) != 2 || made[0].ChannelID != bottest.Everybody {
		t.Fatalf("made %+v", made)
	}
	h.Wants(made[0], "Protokolle dürfen")
	h.Reply(func() { h.Press("anna", got, "Mehr") })
	h.Wants(h.Reply(func() { h.Press("anna", got, "In die Sprechstunde") }), "Protokolle mit KI schreiben")
	h.Wants(h.Reply(func() { h.Press("berta", got, "In den Kanal teilen") }), "gilt nicht mehr")

	secret := h.Reply(func() { h.Calls("anna", bottest.WithGuests, protocols) })
	h.Wants(h.Reply(func() { h.Press("anna", secret, "In den Kanal teilen") }), "nicht alle lesen")
}

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
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Bot.OwnData = &kept{} })
	for _, ask := range []func(){
		func() { h.Says("anna", bottest.Direct("anna"), "", "Meine Daten") },
		func() { h.Calls("anna", bottest.Everybody, "meine daten") },
	} {
		got := h.Reply(ask)
		if got.ChannelID != bottest.Direct("anna") || got.Draft.File.Name != "meine-daten.json" || !strings.Contains(string(got.Draft.File.Content), `"q1"`) {
			t.Errorf("%+v", got)
		}
		h.Wants(got, "1 Nachrichten", "vergiss mich")
	}
	without := bottest.NewHouse(t)
	without.Wants(without.Reply(func() { without.Says("anna", bottest.Direct("anna"), "", "vergiss mich") }), "geht hier nicht")
}

func TestForgettingIsAskedOnceAndReported(t *testing.T) {
	t.Parallel()
	own := &kept{err: errors.New("database away")}
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons, s.Bot.OwnData = true, own })
	dm := bottest.Direct("anna")
	asked := h.Reply(func() { h.Calls("anna", bottest.Everybody, "vergiss mich") })
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "nein") }), "")
	if len(own.forgot) != 0 {
		t.Fatalf("forgot %q without a yes", own.forgot)
	}
	report := h.Reply(func() { h.Press("anna", asked, "Ja, alles löschen") })
	h.Wants(report, "Was bleibt", "1 Nachrichten")
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

func TestTopicsAreThoseThatSomebodyMayRead(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "Themen") }), "Leitlinien", "Personal")
	h.Lacks(h.Reply(func() { h.Calls("berta", bottest.Everybody, "themen") }), "Personal")
}
