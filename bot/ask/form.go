package ask

import (
	"context"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// form names the forms that documents know for what a request is about: before, what
// was asked before it, or what it says itself. Where there is none, that is all there
// is to say: what the documents say besides is not what was wanted.
func (a *Asking) form(ctx context.Context, m chat.Message, act dialogue.Act, before, wanted string) (inbox.Reply, error) {
	topic := strings.TrimSpace(before + " " + wanted)
	if !answer.NamesTopic(topic) {
		return a.says(m, "which form", a.cfg.Texts.WhichForm()), nil
	}
	readers, err := a.cfg.Readers.Of(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	found, err := a.cfg.Answerer.find(ctx, topic, readers.Here)
	if err != nil {
		return inbox.Reply{}, err
	}
	forms := answer.Forms(topic, found.Hits)
	switch {
	case len(forms) > 0:
		return inbox.Reply{Outcome: dialogue.ShownDocuments, Drafts: []inbox.Draft{a.formsDraft(m, forms)}}, nil
	case a.cfg.Answerer.cfg.Fields.Named(topic): // others are in charge, of their forms as well
		return a.Answer(ctx, m, act)
	case a.overheard(m) && !dialogue.Asks(m.Text):
		return inbox.Reply{Drop: true, Reason: "no question"}, nil
	}
	return a.noForm(m), nil
}

func (a *Asking) formsDraft(m chat.Message, forms []answer.Form) inbox.Draft {
	var shown prompts.Forms
	about := inbox.About{Kind: inbox.AboutAnswer}
	for _, f := range forms {
		shown.Lines = append(shown.Lines, answer.FormLine(f, a.renderOptions()))
		shown.Named = shown.Named || f.Name != ""
		about.Basis.Passages = append(about.Basis.Passages, f.Hit.Passage.ID)
		if c := f.Hit.Document.Collection; !slices.Contains(about.Basis.Collections, c) {
			about.Basis.Collections = append(about.Basis.Collections, c)
		}
	}
	draft := m.Here(answer.Notice(a.cfg.Texts, a.cfg.Texts.Forms(shown)))
	draft.Machine, draft.About = true, about
	return draft
}

// noForm says that none was found, and offers people.
func (a *Asking) noForm(m chat.Message) inbox.Reply {
	open := a.cfg.People.Open()
	reply := a.says(m, dialogue.AskedForPeople, a.cfg.Texts.NoForm(prompts.Where{People: open}))
	if open && a.cfg.Buttons {
		toPeople := inbox.Button{Label: a.cfg.Texts.WordPreview(), Action: inbox.ShowPreview}
		if m.Origin == inbox.FromPost {
			toPeople.Subject.PostID = m.Key
		}
		reply.Drafts[0].Buttons = []inbox.Button{toPeople}
	}
	return reply
}
