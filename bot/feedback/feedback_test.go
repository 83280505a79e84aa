package feedback_test

import (
	"context"
	"flag"
	"slices"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

var update = flag.Bool("update", false, "write the golden files anew")

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
	leaves := func(want ...string) {
		t.Helper()
		if left := h.Chat.Labels(got); !slices.Equal(left, want) {
			t.Errorf("buttons %q are left, want %q", left, want)
		}
	}
	wants := func(helpful bool, reason feedback.Reason) {
		t.Helper()
		v, known := h.Votes.Of(answerID(got), "anna")
		if !known || v.Helpful != helpful || v.Reason != reason {
			t.Errorf("vote %+v, %t", v, known)
		}
	}
	wants(true, "")
	leaves("Nicht hilfreich", "In die Sprechstunde", "Mehr")
	h.Wants(h.Reply(func() { h.Says("anna", dm, got.RootID, "nicht hilfreich") }), "falsch", "veraltet")
	wants(false, "")
	leaves("In die Sprechstunde", "Mehr")
	h.Wants(h.Reply(func() { h.Says("anna", dm, got.RootID, "👍") }), "Danke")
	wants(true, "")
}

// A vote by a word is one that the button offers no more, but to those who read a
// channel: they have votes of their own.
func TestAWordForAVoteTakesItsButtonAway(t *testing.T) {
	t.Parallel()
	for word, want := range map[string][]string{
		"hilfreich":       {"Nicht hilfreich", "In die Sprechstunde", "Mehr"},
		"nicht hilfreich": {"Hilfreich", "In die Sprechstunde", "Mehr"},
		"das ist falsch":  {"Hilfreich", "In die Sprechstunde", "Mehr"},
	} {
		h := bottest.NewHouse(t, withButtons)
		got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) })
		h.Says("anna", bottest.Direct("anna"), got.RootID, word)
		if left := h.Chat.Labels(got); !slices.Equal(left, want) {
			t.Errorf("after %q buttons %q are left, want %q", word, left, want)
		}
		there := h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde "+protocols) })
		h.Says("anna", bottest.Everybody, there.RootID, "@sprechstunde "+word)
		if left := h.Chat.Labels(there); len(left) != 4 {
			t.Errorf("after %q in a channel buttons %q are left", word, left)
		}
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
