package desk_test

import (
	"context"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/rights"
	"lvr.example/sprechstunde/retrieval"
)

// previewAfter has berta ask, and then for people; it returns the asking post and the preview.
func previewAfter(h *bottest.House, question string) (q chat.Post, preview bottest.Made) {
	h.Helper()
	dm := bottest.Direct("berta")
	h.Reply(func() { q = h.Says("berta", dm, "", question) })
	return q, h.Reply(func() { h.Says("berta", dm, q.ID, "Sprechstunde") })
}

func TestTheAnswerGoesAlongWithTheQuestion(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q, preview := previewAfter(h, "Darf ich Protokolle mit KI schreiben?")
	h.Wants(preview, "**Mit meiner Antwort** und ihren Quellen", "**ohne Ihre Antwort**")
	made := h.New(func() { h.Says("berta", bottest.Direct("berta"), q.ID, "ja") })
	h.Golden(*update, "card_answer", made[0])
	h.Wants(made[0], "**Das habe ich darauf geantwortet:**")
	h.Lacks(made[0], "berta", "In die Sprechstunde")
}

func TestTheAnswerStaysWhereItsAskerWantsThat(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("berta")
	q, _ := previewAfter(h, "Darf ich Protokolle mit KI schreiben?")
	without := func() { h.Says("berta", dm, q.ID, "ohne Ihre Antwort") }
	h.Lacks(h.Reply(without), "Mit meiner Antwort")
	h.Wants(h.Reply(func() { h.Says("berta", dm, q.ID, "doch mit Ihrer Antwort") }), "Mit meiner Antwort")
	h.Reply(without)
	h.Lacks(h.New(func() { h.Says("berta", dm, q.ID, "ja") })[0], "darauf geantwortet")
}

func TestTheAnswerIsTickedInTheDialog(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	_, preview := previewAfter(h, "Darf ich Protokolle mit KI schreiben?")
	without := h.Reply(func() { h.Submits("berta", preview, "Bearbeiten", map[string]string{"answer": ""}) })
	h.Lacks(without, "Mit meiner Antwort")
	h.Wants(h.Reply(func() { h.Submits("berta", without, "Bearbeiten", map[string]string{"answer": "true"}) }), "Mit meiner Antwort")
}

// TestHostsReadNoAnswerThatNotAllOfThemMayRead has a question whose answer is for the
// members of one channel.
func TestHostsReadNoAnswerThatNotAllOfThemMayRead(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	var q chat.Post
	h.Wants(h.Reply(func() { q = h.Says("anna", dm, "", "Wer sortiert eine Bewerbung?") }), "sortiert keine KI vor")
	h.Lacks(h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") }), "Mit meiner Antwort")
	h.Lacks(h.Reply(func() { h.Says("anna", dm, q.ID, "mit Antwort") }), "Mit meiner Antwort")
	h.Lacks(h.New(func() { h.Says("anna", dm, q.ID, "ja") })[0], "vor", "darauf geantwortet")
}

// TestAnAnswerThatWasChangedDoesNotGo edits the question between preview and yes: what
// is answered now its asker was not shown.
func TestAnAnswerThatWasChangedDoesNotGo(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q, _ := previewAfter(h, "Darf ich Protokolle mit KI schreiben?")
	h.New(func() {
		h.Check(h.Intake.Edited(t.Context(), h.Chat.Edit(q.ID, "Darf ich Protokolle im Ausland mit KI schreiben?")))
		h.Works()
	})
	made := h.New(func() { h.Says("berta", bottest.Direct("berta"), q.ID, "ja") })
	h.Wants(made[0], "Anliegen Nr.")
	h.Lacks(made[0], "darauf geantwortet")
}

// TestNamesInTheAnswerAreMasked has a word of the question stand in what is answered.
func TestNamesInTheAnswerAreMasked(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q, preview := previewAfter(h, "Darf ich Protokolle mit KI schreiben? Und darf Petra Schäfer im Ausland Protokolle mit KI schreiben?")
	h.Wants(preview, "Mit meiner Antwort")
	h.Lacks(h.New(func() { h.Says("berta", bottest.Direct("berta"), q.ID, "ja") })[0], "Schäfer")
}

// withdrawing is a desk of tickets that has documents taken away the moment a question is
// handed over.
type withdrawing struct {
	officehours.Store
	rights.Shelf
	gone bool
}

func (w *withdrawing) Agree(ctx context.Context, id, by string, at time.Time) (officehours.Ticket, error) {
	w.gone = true
	return w.Store.Agree(ctx, id, by, at)
}

func (w *withdrawing) Stands(ctx context.Context, passages []int64, asOf retrieval.Date, r retrieval.Readers) (bool, error) {
	if w.gone {
		return false, nil
	}
	return w.Shelf.Stands(ctx, passages, asOf, r)
}

// TestHostsReadNoAnswerWhoseBasisIsGone has the passages of an answer taken away between
// the asker's yes and the card: the question arrives, once, without the answer.
func TestHostsReadNoAnswerWhoseBasisIsGone(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) {
		w := &withdrawing{Store: c.Desk.Store, Shelf: c.Rights.Shelf}
		c.Desk.Store, c.Rights.Shelf = w, w
	})
	q, preview := previewAfter(h, "Darf ich Protokolle mit KI schreiben?")
	h.Wants(preview, "Mit meiner Antwort")
	made := h.New(func() { h.Says("berta", bottest.Direct("berta"), q.ID, "ja") })
	if len(made) != 2 {
		t.Fatalf("%d posts, want the card and the receipt", len(made))
	}
	h.Wants(made[0], "Anliegen Nr. 1", "Protokolle")
	h.Lacks(made[0], "darauf geantwortet")
	h.Wants(made[1], "Anliegen Nr. 1")
}
