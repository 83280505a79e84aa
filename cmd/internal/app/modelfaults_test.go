package app

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/bot/llm/llmtest"
	"lvr.example/sprechstunde/bot/officehours"
	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// swapped is a model in whose place a test puts another one.
type swapped struct{ *llm.Client }

const (
	drafting     = "Darf ich ein Protokoll mit KI schreiben?"
	draftingRule = "Protokolle dürfen mit KI entworfen werden"
)

// TestWhateverTheModelDoesItsAskerIsAnsweredInTime: each fault of an endpoint, at each
// position of its reply, with and without a schema, ends in one post with the passage,
// at the first try and within the time that a question has: model.timeout and 20 s.
func TestWhateverTheModelDoesItsAskerIsAnsweredInTime(t *testing.T) {
	t.Parallel()
	timeout := 2 * time.Second
	model := &swapped{}
	pool := pglocal.TestFrom(t, "bot", func(ctx context.Context, pool *pgxpool.Pool) error {
		_, err := botpostgres.Migrate(ctx, pool)
		return err
	})
	h := bottest.NewHouseOn(t, func(now func() time.Time) (inboxtest.Store, officehours.Store) {
		questions, err := botpostgres.NewQuestions(botpostgres.QuestionsConfig{Pool: pool, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		return jobs{questions, pool}, botpostgres.NewDesk(pool, 0)
	}, func(s *bottest.Setup) {
		s.Answerer.Composer = answer.New(answer.Config{Texts: prompts.Default(), Model: model, Timeout: timeout, Log: slog.New(slog.DiscardHandler)})
	})
	var err error
	h.Pipeline, err = inbox.New(inbox.Config{
		Store: h.Inbox, Chat: h.Chat, Handler: h.Bot, Now: func() time.Time { return h.Now }, Log: slog.New(slog.DiscardHandler),
		HandleTimeout: handleTime(config.Model{URL: "http://model", Timeout: timeout}), MaxAttempts: 1,
	})
	h.Check(err)
	h.Intake = h.Bot.Intake(h.Pipeline)

	asks := func(name, address string) bottest.Made {
		t.Helper()
		h.Now = h.Now.Add(time.Hour) // past every budget, and no talk goes on
		model.Client, err = llm.New(llm.Config{
			URL: address, Model: "test", Now: time.Now,
			Timeout: timeout, First: timeout / 8, Idle: timeout / 8, Pause: time.Millisecond,
		})
		h.Check(err)
		made := h.New(func() { h.Says("anna", bottest.Direct("anna"), "", drafting) })
		if len(made) != 1 || !strings.Contains(made[0].Text, draftingRule) {
			t.Fatalf("%s: %d posts: %+v", name, len(made), made)
		}
		return made[0]
	}
	statement := llmtest.Statement{Number: 1, Quote: draftingRule + ".", Sentence: draftingRule + "."}
	ways := map[string]struct {
		reply string
		way   func(llmtest.Step) llmtest.Step
	}{
		"lines":  {draftingRule + " [1].", llmtest.KnowsNoSchema},
		"schema": {llmtest.Statements("beantwortet", statement), llmtest.Keeps},
	}
	for _, name := range slices.Sorted(maps.Keys(ways)) {
		w := ways[name]
		faults := llmtest.Faults(w.reply)
		for _, fault := range slices.Sorted(maps.Keys(faults)) {
			got := asks(name+", "+fault, llmtest.Start(t, w.way(faults[fault])).URL)
			h.Wants(got, "> **"+draftingRule)
		}
	}
	for fault, reply := range llmtest.ShapeFaults(statement) {
		got := asks("schema, "+fault, llmtest.Start(t, llmtest.Keeps(llmtest.Reply(reply))).URL)
		h.Wants(got, "> **"+draftingRule)
		h.Lacks(got, "evil", "@all", "<b>", "20 Euro")
	}
	h.Wants(asks("nobody there", "http://127.0.0.1:1/v1"), "> **"+draftingRule)
	h.Wants(asks("slow headers", llmtest.Start(t, llmtest.Slow(timeout, llmtest.Reply("Ja."))).URL), "> **"+draftingRule)
}
