package ask_test

import (
	"context"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/retrieval"
)

// reordered is a library of two documents whose second comes first from the second
// search on.
type reordered struct{ searches int }

func (r *reordered) Search(context.Context, retrieval.Query, retrieval.Readers) (retrieval.Result, error) {
	hit := func(id int64, title, text string) retrieval.Hit {
		return retrieval.Hit{Document: retrieval.Document{ID: id, Path: title + ".md", Title: title, Collection: "Leitlinien"}, Passage: retrieval.Passage{ID: id, Text: text}}
	}
	hits := []retrieval.Hit{hit(1, "Leitlinie Musik", "Musik darf mit KI komponiert werden."), hit(2, "Protokoll vom März", "Über Musik wurde gesprochen.")}
	if r.searches++; r.searches > 1 {
		hits[0], hits[1] = hits[1], hits[0]
	} else {
		hits = hits[:1]
	}
	return retrieval.Result{Sufficiency: retrieval.Sufficiency{Band: retrieval.Answered, Probability: 1}, Hits: hits}, nil
}

// Who asks for "den" below an answer wants what it quotes, whatever a search would
// find first now.
func TestTheDocumentThatWasQuoted(t *testing.T) {
	t.Parallel()
	for _, wanted := range []string{"gib mir den", "den hätte ich gern", "schick mir die mal rüber", "her damit"} {
		h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Answerer.Searcher = &reordered{} }), bottest.Direct("anna")
		h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Darf ich Musik komponieren lassen?") }), "Leitlinie Musik")
		made := h.Reply(func() { h.Says("anna", dm, "", wanted) })
		h.Wants(made, "Dieses Dokument habe ich gefunden", "Leitlinie Musik")
		h.Lacks(made, "März")
	}
}

// Below a document that was shown it is that one.
func TestTheDocumentThatWasShown(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Answerer.Searcher = &reordered{searches: 1} }), bottest.Direct("anna")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "wo finde ich die Leitlinie Musik?") }), "Leitlinie Musik")
	made := h.Reply(func() { h.Says("anna", dm, "", "gib mir die") })
	h.Wants(made, "Dieses Dokument habe ich gefunden", "Leitlinie Musik")
	h.Lacks(made, "März")
}
