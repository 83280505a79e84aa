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

// Who has too much to read, or does not understand, gets the one statement that answers.
func TestShorter(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Answerer.Searcher = wordy{} }), bottest.Direct("anna")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Darf ich Musik mit KI komponieren lassen?") }), "Für Rückfragen")
	for _, said := range []string{"kürzer bitte", "zu viel text", "einfacher bitte", "verstehe ich nicht", "was gilt denn nun", "also ja oder nein?"} {
		made := h.Reply(func() { h.Says("anna", dm, "", said) })
		h.Wants(made, "> **Musik darf mit KI komponiert werden.**", "KI-Leitlinie")
		h.Lacks(made, "Stabsstelle", "zu Menschen")
	}
	h, dm = bottest.NewHouse(t), bottest.Direct("anna")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "zu lang!") }), "Bitte fragen Sie mich mit anderen Wörtern.")
}

func TestTheSourceIsToldFromTheAnswerAbove(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", protocols)
	h.Library.Searched()
	for said, want := range map[string]string{
		"wo steht das genau": "**Quelle:** KI-Leitlinie, Abschnitt 1", "Wo ist das geregelt?": "**Quelle:** KI-Leitlinie", "welche quelle": "**Quelle:**",
		"link dazu bitte": "**Quelle:**", "wer ist dafür zuständig": "Wer zuständig ist, steht nicht im Dokument: KI-Leitlinie", "von wann ist das?": "KI-Leitlinie (ohne Datum)",
		"gilt das noch": "als gültig geführt", "in welchem Dokument steht das?": "**Quelle:**",
	} {
		made := h.Reply(func() { h.Says("anna", dm, "", said) })
		h.Wants(made, want)
		h.Lacks(made, "> ", "nichts gefunden")
	}
	for _, asked := range h.Library.Searched() {
		if asked != protocols {
			t.Errorf("searched %q", asked)
		}
	}
}

func TestWhoSaysOtherwiseHearsTheSame(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", protocols)
	for _, said := range []string{"bei mir steht was anderes", "in der faq steht aber 30", "ist das sicher? ich dachte nicht", "meine kollegin darf das aber nicht"} {
		made := h.Reply(func() { h.Says("anna", dm, "", said) })
		h.Wants(made, "> **Protokolle dürfen mit KI entworfen werden.**", "nennen Sie mir das Dokument", "**veraltet**")
		h.Lacks(made, "zu Menschen")
	}
}
