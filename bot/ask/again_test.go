package ask_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/prompts"
)

// worder is a model that says one thing, and another when it is to say it simply.
type worder struct{ first, simply string }

func (w worder) Complete(_ context.Context, system, _ string) (string, error) {
	if strings.Contains(system, "zu schwer") {
		return w.simply, nil
	}
	return w.first, nil
}

func worded(w worder) func(*bottest.Setup) {
	return func(s *bottest.Setup) {
		s.Buttons = true
		s.Answerer.Composer = answer.New(answer.Config{Texts: prompts.Default(), Model: w, Log: slog.New(slog.DiscardHandler)})
	}
}

const (
	mayDraft = "Protokolle dürfen mit KI entworfen werden [1]."
	youMay   = "Sie dürfen Protokolle mit KI entwerfen [1]."
)

func TestAnAnswerIsSaidInSimplerWordsUnderTheSameCheck(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, worded(worder{first: mayDraft, simply: youMay}))
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) })
	h.Wants(got, "Protokolle dürfen mit KI entworfen werden [1]")
	h.Wants(h.Reply(func() { h.Press("anna", got, "Einfacher erklären") }), "Sie dürfen Protokolle", "Quelle")
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "geht das einfacher?") }), "Sie dürfen Protokolle")
}

func TestSimplerWordsThatNothingCarriesAreNotSaid(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, worded(worder{first: mayDraft, simply: "Sie dürfen Protokolle mit jeder KI entwerfen, das kostet nichts [1]."}))
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) })
	said := h.Reply(func() { h.Press("anna", got, "Einfacher erklären") })
	h.Wants(said, "ohne etwas daran zu ändern")
	h.Lacks(said, "kostet nichts")
}

func TestWithoutAModelTheOneStatementIsSaid(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, withButtons)
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) })
	for _, b := range h.Chat.Buttons(got.ID) {
		if b.Label == "Einfacher erklären" || b.Label == "Neu beantworten" {
			t.Errorf("button %q without a model", b.Label)
		}
	}
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "geht das einfacher?") }), "> **Protokolle dürfen mit KI entworfen werden.**")
}

func TestWhoAskedHasItAnsweredAnew(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, worded(worder{first: mayDraft}))
	got := h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde "+protocols) })
	h.Wants(h.Reply(func() { h.Press("anna", got, "Neu beantworten") }), "Protokolle dürfen mit KI")
	h.Wants(h.Reply(func() { h.Press("berta", got, "Neu beantworten") }), "nur, wer gefragt hat")
}

func TestAQuestionIsAnsweredAnewAtAWord(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"versuch's nochmal", "Antworte bitte neu", "nochmal bitte", "Können Sie die Frage noch einmal beantworten?"} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			h := bottest.NewHouse(t, worded(worder{first: mayDraft}))
			h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", protocols) }), "Protokolle dürfen mit KI entworfen werden [1]")
			h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", word) }), "Protokolle dürfen mit KI entworfen werden [1]", "Quelle")
			// The word for it is no question itself: said twice, it is about the same one.
			h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", word) }), "Protokolle dürfen mit KI entworfen werden [1]")
		})
	}
}
