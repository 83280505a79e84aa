package ask_test

import (
	"context"
	"log/slog"
	"runtime"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/prompts"
)

// slow is a model that lets look at the chat before it says something.
type slow struct {
	look func()
	says string
}

func (s slow) Complete(context.Context, string, string) (string, error) {
	s.look()
	return s.says, nil
}

func slowly(quotesFirst bool, moment time.Duration, model slow) func(*bottest.Setup) {
	return func(s *bottest.Setup) {
		s.Buttons, s.Ask.QuotesFirst, s.Ask.Moment = true, quotesFirst, moment
		s.Answerer.Composer = answer.New(answer.Config{Texts: prompts.Default(), Model: model, Log: slog.New(slog.DiscardHandler)})
	}
}

// before is what the bot has written in a channel when the model says something.
func before(h **bottest.House, channel string, wait bool, into *[]bottest.Made) func() {
	return func() {
		for *into = (*h).Chat.Made(channel); wait && len(*into) == 0; *into = (*h).Chat.Made(channel) {
			runtime.Gosched()
		}
	}
}

func TestAnAskerIsToldThatAModelTakesItsTime(t *testing.T) {
	t.Parallel()
	var h *bottest.House
	var told []bottest.Made
	h = bottest.NewHouse(t, slowly(false, time.Millisecond, slow{before(&h, bottest.Direct("anna"), true, &told), mayDraft}))
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) })
	if len(told) != 1 || !strings.HasPrefix(told[0].Text, "Einen Moment") || !told[0].Draft.Machine {
		t.Errorf("told %+v", told)
	}
	h.Wants(got, "Protokolle dürfen mit KI entworfen werden [1]", "Quelle")
	if got.ID != told[0].ID || len(h.Chat.Made(bottest.Direct("anna"))) != 1 {
		t.Error("the answer is another post")
	}
	h.Wants(h.Reply(func() { h.Press("anna", got, "Mehr") }), "")
}

func TestAQuickModelNeedsNoMoment(t *testing.T) {
	t.Parallel()
	var h *bottest.House
	var told []bottest.Made
	h = bottest.NewHouse(t, slowly(false, time.Hour, slow{before(&h, "", false, &told), mayDraft}))
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) }), "Protokolle dürfen mit KI entworfen werden [1]")
	if len(told) != 0 {
		t.Errorf("told %+v", told)
	}
}

func TestQuotesComeFirstAndProseTakesTheirPlace(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(h *bottest.House) chat.Post{
		"direct": func(h *bottest.House) chat.Post { return h.Says("anna", bottest.Direct("anna"), "", protocols) },
		"channel": func(h *bottest.House) chat.Post {
			return h.Says("anna", bottest.Everybody, "", "@sprechstunde "+protocols)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var h *bottest.House
			var first []bottest.Made
			h = bottest.NewHouse(t, slowly(true, time.Hour, slow{before(&h, "", false, &first), mayDraft}))
			got := h.Reply(func() { ask(h) })
			if len(first) != 1 || !strings.Contains(first[0].Text, "> **") || len(first[0].Draft.Buttons) == 0 {
				t.Fatalf("first %+v", first)
			}
			h.Wants(got, "Protokolle dürfen mit KI entworfen werden [1]", "Quelle")
			h.Lacks(got, "> **")
			if got.ID != first[0].ID || got.Draft.Marker != first[0].Draft.Marker {
				t.Error("the prose is another post, or has another marker")
			}
			h.Wants(h.Reply(func() { h.Press("anna", got, "Neu beantworten") }), "Protokolle dürfen mit KI entworfen werden [1]")
		})
	}
}

func TestQuotesThatCameFirstStayWhereNothingOfTheModelIsKept(t *testing.T) {
	t.Parallel()
	var h *bottest.House
	var first []bottest.Made
	h = bottest.NewHouse(t, slowly(true, time.Hour, slow{before(&h, "", false, &first), "Das kostet 20 Euro im Monat [1]."}))
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) })
	if len(first) != 1 || got.ID != first[0].ID || !strings.HasPrefix(got.Text, first[0].Text) {
		t.Errorf("first %q, then %q", first[0].Text, got.Text)
	}
}

// Where a channel sends answers to their askers alone, nothing stands there before.
func TestNothingComesFirstWhereTheAnswerGoesElsewhere(t *testing.T) {
	t.Parallel()
	var h *bottest.House
	var first []bottest.Made
	h = bottest.NewHouse(t, slowly(true, time.Millisecond, slow{before(&h, "", false, &first), mayDraft}))
	h.Chat.MakeAdmin(bottest.Everybody, "anna")
	h.Says("anna", bottest.Everybody, "", "@sprechstunde nur privat antworten")
	seen := len(h.Chat.Made(""))
	got := h.Aside(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde "+protocols) })
	h.Wants(got, "Protokolle dürfen mit KI entworfen werden [1]")
	for _, m := range first[seen:] {
		t.Errorf("before it: %q", m.Text)
	}
}
