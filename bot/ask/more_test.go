package ask_test

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// tooSlow is a model that takes longer than anybody waits.
type tooSlow struct{}

func (tooSlow) Complete(ctx context.Context, _, _ string) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

// better is a search that finds a better answer for who may read more.
type better struct{ ask.Searcher }

func (b better) Search(ctx context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error) {
	if !r.May("Personal") {
		return b.Searcher.Search(ctx, q, r)
	}
	q.Text = "Bewerbung"
	found, err := b.Searcher.Search(ctx, q, r)
	found.Sufficiency.Probability = 0.99
	return found, err
}

// TestASlowModelLosesNoAnswer has a model that takes its 45 s for each answer,
// which is more than a question has for two.
func TestASlowModelLosesNoAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := bottest.NewHouse(t, func(s *bottest.Setup) {
			s.Answerer.Searcher = better{s.Answerer.Searcher}
			s.Answerer.Composer = answer.New(answer.Config{Texts: prompts.Default(), Model: tooSlow{}, Log: slog.New(slog.DiscardHandler)})
		})
		made := h.New(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde Darf ich Protokolle mit KI schreiben?") })
		if len(made) != 2 {
			t.Fatalf("made %d posts, want the answer in the channel and one aside: %+v", len(made), made)
		}
		h.Wants(made[0], "Protokolle dürfen")
		h.Wants(made[1], "Bewerbungen sortiert keine KI vor.")
	})
}

// failing is a search that fails for who may read more.
type failing struct{ ask.Searcher }

func (f failing) Search(ctx context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error) {
	if r.May("Personal") {
		return retrieval.Result{}, bottest.ErrDown
	}
	return f.Searcher.Search(ctx, q, r)
}

func TestAFinishedAnswerIsNotLostToTheSecond(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Answerer.Searcher = failing{s.Answerer.Searcher} })
	made := h.New(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde Darf ich Protokolle mit KI schreiben?") })
	if len(made) != 2 || made[0].ChannelID != bottest.Everybody || made[1].ChannelID != bottest.Direct("anna") {
		t.Fatalf("made %+v", made)
	}
	h.Wants(made[0], "Protokolle dürfen")
	h.Wants(made[1], "Das hat nicht geklappt", "hier noch einmal")
	for range 3 {
		h.Silent(func() { h.Wakes(time.Hour) })
	}
}
