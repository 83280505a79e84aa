package ask_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// approvals has an answer to one question for whoever may read Personal.
type approvals struct{ question string }

func (a approvals) Approved(_ context.Context, question string, r retrieval.Readers) (answer.Answer, bool, error) {
	if question != a.question || !r.May("Personal") {
		return answer.Answer{}, false, nil
	}
	hit := retrieval.Hit{Document: retrieval.Document{Path: "v.md", Title: "Vermerk Personal", Collection: "Personal"}, Passage: retrieval.Passage{ID: 2, Text: "Bewerbungen sortiert keine KI vor."}}
	return answer.FromPeople(prompts.Default(), answer.People{Text: "Nein, das tun Menschen.", Owner: "Personalamt", Quote: hit.Passage.Text}, hit, time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)), true, nil
}

func TestWhatPeopleHaveApprovedComesFirst(t *testing.T) {
	t.Parallel()
	const question = "Sortiert eine KI Bewerbungen?"
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Answerer.Approved = approvals{question} })
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", question) })
	h.Wants(got, "Nein, das tun Menschen.", "Von Menschen geprüft:** Personalamt", "haben Menschen geschrieben", "**Sprechstunde**")
	h.Lacks(got, "kann falsch sein")
	if basis := got.Draft.About.Basis; len(basis.Passages) != 1 || basis.Passages[0] != 2 || len(basis.Collections) != 1 {
		t.Errorf("it rests on %+v", basis)
	}
	if asked := h.Library.Searched(); len(asked) != 0 {
		t.Errorf("searched %q", asked)
	}
	got = h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", question) })
	h.Lacks(got, "das tun Menschen")
}

func TestAFollowUpFindsWhatPeopleHaveApprovedForTheWholeQuestion(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Answerer.Approved = approvals{"Sortiert eine KI Bewerbungen? und warum?"} })
	a, err := h.Answers.Ask(context.Background(), "und warum?", retrieval.ReadersOf("Personal"), "Sortiert eine KI Bewerbungen?")
	if err != nil || !a.People || !strings.HasSuffix(a.Understood, "und warum?") {
		t.Errorf("%+v, %v", a, err)
	}
}
