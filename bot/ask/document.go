package ask

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/schedule"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Document leads to the documents whose titles have the words of a request.
// Where it names none, those that the question before rests on are meant; where
// none fits, the request is answered like a question.
func (a *Asking) Document(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	readers, err := a.cfg.Readers.Of(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	wanted, _ := answer.Clean(cmp.Or(act.Text, m.Text), 0)
	query := wanted
	if wanted != "" && !answer.NamesDocument(wanted) {
		before, err := a.questionsBefore(ctx, m, true)
		if err != nil {
			return inbox.Reply{}, err
		}
		query = strings.Join(before, " ")
	}
	if schedule.WantsFile(wanted) || query == "" || readers.Here.Empty() || a.Refuses(m.Text) {
		return a.Answer(ctx, m, act)
	}
	found, err := a.cfg.Answerer.find(ctx, query, readers.Here)
	if err != nil {
		return inbox.Reply{}, err
	}
	documents := answer.ByTitle(wanted, found.Hits)
	if len(documents) == 0 {
		return a.Answer(ctx, m, act)
	}
	return inbox.Reply{Outcome: dialogue.ShownDocuments, Drafts: []inbox.Draft{a.documentsDraft(m, documents)}}, nil
}

func (a *Asking) documentsDraft(m chat.Message, documents []retrieval.Document) inbox.Draft {
	var shown prompts.Documents
	about := inbox.About{Kind: inbox.AboutAnswer}
	for _, d := range documents {
		shown.Sources = append(shown.Sources, answer.DocumentLine(d, a.renderOptions()))
		if !slices.Contains(about.Basis.Collections, d.Collection) {
			about.Basis.Collections = append(about.Basis.Collections, d.Collection)
		}
	}
	draft := m.Here(answer.Notice(a.cfg.Texts, a.cfg.Texts.Documents(shown)))
	draft.Machine, draft.About = true, about
	return draft
}
