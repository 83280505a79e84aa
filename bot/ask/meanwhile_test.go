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

// watched is a house with a slow model, and what the bot has written when that says
// something; wait: it says nothing before something stands there.
func watched(t *testing.T, quotesFirst bool, moment time.Duration, wait bool, says string) (h *bottest.House, written *[]bottest.Made) {
	t.Helper()
	written = new([]bottest.Made)
	model := slow{says: says, look: func() {
		for *written = h.Chat.Made(""); wait && len(*written) == 0; *written = h.Chat.Made("") {
			runtime.Gosched()
		}
	}}
	h = bottest.NewHouse(t, func(s *bottest.Setup) {
		s.Buttons, s.Ask.QuotesFirst, s.Ask.Moment = true, quotesFirst, moment
		s.Answerer.Composer = answer.New(answer.Config{Texts: prompts.Default(), Model: model, Log: slog.New(slog.DiscardHandler)})
	})
	return h, written
}

func TestAnAskerIsToldThatAModelTakesItsTime(t *testing.T) {
	t.Parallel()
	h, written := watched(t, false, time.Millisecond, true, mayDraft)
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) })
	told := *written
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
	h, told := watched(t, false, time.Hour, false, mayDraft)
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) }), "Protokolle dürfen mit KI entworfen werden [1]")
	if len(*told) != 0 {
		t.Errorf("told %+v", *told)
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
			h, written := watched(t, true, time.Hour, false, mayDraft)
			got := h.Reply(func() { ask(h) })
			first := *written
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
	h, written := watched(t, true, time.Hour, false, "Das kostet 20 Euro im Monat [1].")
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) })
	first := *written
	if len(first) != 1 || got.ID != first[0].ID || !strings.HasPrefix(got.Text, first[0].Text) {
		t.Errorf("first %q, then %q", first[0].Text, got.Text)
	}
}

// Where a channel sends answers to their askers alone, nothing stands there before.
func TestNothingComesFirstWhereTheAnswerGoesElsewhere(t *testing.T) {
	t.Parallel()
	h, written := watched(t, true, time.Millisecond, false, mayDraft)
	h.Chat.MakeAdmin(bottest.Everybody, "anna")
	h.Says("anna", bottest.Everybody, "", "@sprechstunde nur privat antworten")
	seen := len(h.Chat.Made(""))
	got := h.Aside(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde "+protocols) })
	h.Wants(got, "Protokolle dürfen mit KI entworfen werden [1]")
	for _, m := range (*written)[seen:] {
		t.Errorf("before it: %q", m.Text)
	}
}
