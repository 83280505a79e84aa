package ask_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/retrieval"
)

func TestOthersQuestionsAreNeverInput(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q := h.Says("berta", bottest.Everybody, "", "@sprechstunde Darf ich Protokolle mit KI schreiben?")
	h.Library.Searched()
	h.Says("anna", bottest.Everybody, q.ID, "Und im Ausland?")
	for _, text := range h.Library.Searched() {
		if strings.Contains(text, "Protokolle") {
			t.Errorf("anna's question was searched with berta's: %q", text)
		}
	}
}

func TestAFollowUpLeansOnAWholeChain(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q := h.Says("anna", dm, "", "Darf ich Protokolle mit KI schreiben?")
	h.Says("anna", dm, q.ID, "Und im Inland?")
	h.Library.Searched()
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "und im Ausland?") }), "Im Ausland dürfen")
	if got, want := h.Library.Searched(), "Darf ich Protokolle mit KI schreiben? Und im Inland? und im Ausland?"; !slices.Contains(got, want) {
		t.Errorf("searched %q, want %q", got, want)
	}
}

func TestAFollowUpAfterNothingFoundJoinsTheQuestionBefore(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	var q = h.Says("anna", dm, "", "Darf ich Musik komponieren lassen?")
	h.Library.Searched()
	h.Says("anna", dm, q.ID, "und fürs Protokoll?")
	if got, want := h.Library.Searched(), "Darf ich Musik komponieren lassen? und fürs Protokoll?"; !slices.Contains(got, want) {
		t.Errorf("searched %q, want %q", got, want)
	}
}

func TestMoreShowsHowAFollowUpWasUnderstood(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q := h.Says("anna", dm, "", "Darf ich Protokolle mit KI schreiben?")
	h.Lacks(h.Reply(func() { h.Says("anna", dm, q.ID, "Mehr") }), "verstanden")
	h.Lacks(h.Reply(func() { h.Says("anna", dm, q.ID, "Und im Ausland?") }), "verstanden")
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "Mehr") }), "verstanden: „Darf ich Protokolle mit KI schreiben? Und im Ausland?“")
}

func TestAFollowUpOnDatesIsAnsweredByTheCalendar(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	a, err := h.Answers.Ask(context.Background(), "und im April?", retrieval.ReadersOf("Leitlinien"), "Wann ist die nächste Ethikrunde?")
	if err != nil || !strings.Contains(a.Body, "20. April") {
		t.Errorf("Ask = %+v, %v", a, err)
	}
	h.Library.Searched()
	for _, bare := range []string{"wann ist bei euch der nächste", "Termin nächste wann"} {
		a, err = h.Answers.Ask(context.Background(), bare, retrieval.ReadersOf("Leitlinien"), "Gibt es in der Ethikrunde Dolmetschen?", "Und wo?")
		if err != nil || a.Reason != ask.ReasonCalendar || !strings.Contains(a.Body, "Ethikrunde") {
			t.Errorf("%q: %+v, %v", bare, a, err)
		}
	}
	if a, err = h.Answers.Ask(context.Background(), "wann ist das", retrieval.ReadersOf("Leitlinien"), "Wann ist die nächste Ethikrunde?", "Darf ich Protokolle mit KI schreiben?"); err != nil || a.Reason == ask.ReasonCalendar {
		t.Errorf("a date of something else: %+v, %v", a, err)
	}
	a, err = h.Answers.Ask(context.Background(), "und im Ausland?", retrieval.ReadersOf("Leitlinien"), "Darf ich Protokolle mit KI schreiben?")
	if err != nil || a.Understood != "Darf ich Protokolle mit KI schreiben? und im Ausland?" || !strings.Contains(a.Body, "Im Ausland dürfen") {
		t.Errorf("Ask = %+v, %v", a, err)
	}
}

func TestAFollowUpOnWhatNoMachineDecidesIsLedThereAgain(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	const before = "Ich habe versehentlich eine Liste mit Personendaten an eine falsche Adresse geschickt, was tun?"
	a, err := h.Answers.Ask(context.Background(), "und dann?", retrieval.ReadersOf("Leitlinien"), before)
	if err != nil || a.Outcome != answer.Refused || len(h.Library.Searched()) > 0 {
		t.Errorf("Ask = %+v, %v", a, err)
	}
	a, err = h.Answers.Ask(context.Background(), "Darf ich Protokolle mit KI schreiben?", retrieval.ReadersOf("Leitlinien"), before)
	if err != nil || a.Outcome != answer.Answered {
		t.Errorf("a question of its own: %+v, %v", a, err)
	}
}

// Where an answer to the question before is kept, that one is not searched again.
func TestTheQuestionBeforeIsNotSearchedAgainWhereItsAnswerIsKept(t *testing.T) {
	t.Parallel()
	const before, question = "Darf ich Protokolle mit KI schreiben?", "Leasing Dienstwagen"
	var s nothing
	talk := ask.Talk{Question: question, Before: []string{before}, Spoken: retrieval.Spoken{Passages: []int64{1}}}
	understood, _, err := ask.Follow(context.Background(), &s, talk, retrieval.Query{}, retrieval.ReadersOf("Leitlinien"))
	if err != nil || understood != question || !slices.Contains(s.searched, before+" "+question) || slices.Contains(s.searched, before) {
		t.Errorf("understood %q, searched %q, %v", understood, s.searched, err)
	}
}

// nothing finds nothing.
type nothing struct{ searched []string }

func (n *nothing) Search(_ context.Context, q retrieval.Query, _ retrieval.Readers) (retrieval.Result, error) {
	n.searched = append(n.searched, q.Text)
	return retrieval.Result{Sufficiency: retrieval.Sufficiency{Band: retrieval.NotFound}}, nil
}
