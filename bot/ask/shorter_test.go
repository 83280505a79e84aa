package ask_test

import (
	"context"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/retrieval"
)

// wordy is a library whose one passage says more than is asked.
type wordy struct{}

func (wordy) Search(context.Context, retrieval.Query, retrieval.Readers) (retrieval.Result, error) {
	return retrieval.Result{Sufficiency: retrieval.Sufficiency{Band: retrieval.Answered, Probability: 1}, Hits: []retrieval.Hit{{
		Document: retrieval.Document{ID: 1, Path: "ki.md", Title: "KI-Leitlinie", Collection: "Leitlinien"},
		Passage: retrieval.Passage{ID: 1, Place: "Abschnitt 1",
			Text: "Die Leitlinie gilt für alle. Musik darf mit KI komponiert werden. Für Rückfragen steht die Stabsstelle bereit."},
	}}}, nil
}

// Who has too much to read gets the one statement that answers, and who has that
// already an offer.
func TestShorter(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Answerer.Searcher = wordy{} }), bottest.Direct("anna")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Darf ich Musik mit KI komponieren lassen?") }), "Für Rückfragen")
	for range 2 {
		made := h.Reply(func() { h.Says("anna", dm, "", "kürzer bitte") })
		h.Wants(made, "> **Musik darf mit KI komponiert werden.**", "KI-Leitlinie")
		h.Lacks(made, "Stabsstelle", "zu Menschen")
	}
	h, dm = bottest.NewHouse(t), bottest.Direct("anna")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "zu lang!") }), "Bitte fragen Sie mich mit anderen Wörtern.")
	h.Says("anna", dm, "", protocols)
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "geht das kürzer?") }), "Kürzer geht es hier nicht")
}
