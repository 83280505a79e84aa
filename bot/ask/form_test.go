package ask_test

import (
	"context"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/retrieval"
)

// ordering is a library whose one passage names a form.
type ordering struct{}

func (ordering) Search(context.Context, retrieval.Query, retrieval.Readers) (retrieval.Result, error) {
	return retrieval.Result{Sufficiency: retrieval.Sufficiency{Band: retrieval.Nearest}, Hits: []retrieval.Hit{{
		Document: retrieval.Document{ID: 1, Path: "ki.md", Title: "KI-Leitlinie", Collection: "Leitlinien"},
		Passage:  retrieval.Passage{ID: 1, Text: "Musik bestellen Sie mit dem Formular F-77 bei der Akademie.", Place: "Abschnitt 1"},
	}}}, nil
}

func TestAFormIsNamedForWhatWasAskedBefore(t *testing.T) {
	t.Parallel()
	for _, wanted := range []string{"gibts das formular irgendwo", "gibts dafür nen vordruck zum ausfüllen", "wo kriege ich den Antrag her?", "und wo ist das Formular?", "Formular für Musik"} {
		h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Answerer.Searcher = ordering{} }), bottest.Direct("anna")
		h.Says("anna", dm, "", "Darf ich Musik komponieren lassen?")
		made := h.Reply(func() { h.Says("anna", dm, "", wanted) })
		h.Wants(made, "Formular", "F-77", "KI-Leitlinie")
		h.Lacks(made, "IT-Servicedesk", "Protokolle dürfen")
	}
}

func TestWhereThereIsNoFormThatIsSaid(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "gibts das formular irgendwo") }), "Wofür brauchen Sie das Formular?")
	h.Says("anna", dm, "", protocols)
	made := h.Reply(func() { h.Says("anna", dm, "", "gibts dafür nen vordruck zum ausfüllen") })
	h.Wants(made, "Ein Formular dazu habe ich nicht gefunden.")
	h.Lacks(made, "IT-Servicedesk", "Protokolle dürfen")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "ja bitte") }), "> "+protocols)
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "nein") }), "gebe nichts weiter")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "gibt es ein Formular für einen neuen Drucker?") }), "IT-Servicedesk")
}

func TestTheDocumentForWhatWasAskedBefore(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", protocols)
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "gibt es ein Merkblatt dazu?") }), "Dieses Dokument habe ich gefunden", "KI-Leitlinie")
}
