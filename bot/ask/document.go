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

// Document leads to the documents whose titles have the words of a request, or to the
// forms that documents name. Where the request says only of which kind it is to be
// ("das Merkblatt dazu"), it is about what was asked before. A request for another
// document that none fits is answered like a question.
func (a *Asking) Document(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	readers, err := a.cfg.Readers.Of(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	wanted, _ := answer.Clean(cmp.Or(act.Text, m.Text), 0)
	if wanted == "" || schedule.WantsFile(wanted) || readers.Here.Empty() || a.Refuses(m.Text) {
		return a.Answer(ctx, m, act)
	}
	var before []string
	if !answer.NamesTopic(wanted) {
		if before, err = a.questionsBefore(ctx, m); err != nil {
			return inbox.Reply{}, err
		}
	}
	if answer.WantsForm(wanted) {
		return a.form(ctx, m, act, wanted, before, readers.Here)
	}
	found, err := a.cfg.Answerer.find(ctx, cmp.Or(strings.Join(before, " "), wanted), readers.Here)
	if err != nil {
		return inbox.Reply{}, err
	}
	documents := answer.ByTitle(wanted, found.Hits)
	if len(before) > 0 && len(found.Hits) > 0 && (len(documents) == 0 || !answer.NamesDocument(wanted)) {
		if documents, err = a.meantDocuments(ctx, m, before, found.Hits); err != nil {
			return inbox.Reply{}, err
		}
	}
	if len(documents) == 0 {
		return a.Answer(ctx, m, act)
	}
	if a.overheard(m) && !dialogue.Asks(m.Text) { // "ich schicke euch das Protokoll"
		return inbox.Reply{Drop: true, Reason: "no question"}, nil
	}
	return a.showsDocuments(m, documents), nil
}

func (a *Asking) showsDocuments(m chat.Message, documents []retrieval.Document) inbox.Reply {
	var shown prompts.Documents
	var basis inbox.Basis
	for _, d := range documents {
		shown.Sources = append(shown.Sources, answer.DocumentLine(d, a.renderOptions()))
		basis.Collections = withName(basis.Collections, d.Collection)
	}
	return a.shows(m, a.cfg.Texts.Documents(shown), basis)
}

// shows names what was found, and notes what that rests on.
func (a *Asking) shows(m chat.Message, text string, basis inbox.Basis) inbox.Reply {
	reply := a.says(m, dialogue.ShownDocuments, text)
	reply.Drafts[0].About = inbox.About{Kind: inbox.AboutAnswer, Basis: basis}
	return reply
}

// withName are names with one more, each once.
func withName(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}
