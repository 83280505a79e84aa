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
	"lvr.example/sprechstunde/retrieval"
)

// form names the forms that documents know for what a request is about: what the talk is
// about, what was asked before, or what it says itself. Where there is none, that is all
// there is to say: what the documents say besides is not what was wanted.
func (a *Asking) form(ctx context.Context, m chat.Message, act dialogue.Act, wanted string, before []string, readers retrieval.Readers) (inbox.Reply, error) {
	topic := strings.Join(append(before, wanted), " ")
	if !answer.NamesTopic(wanted) {
		there, err := a.inTalk(ctx, m, wanted, topic, readers)
		forms := answer.Forms(wanted, there)
		switch {
		case err != nil:
			return inbox.Reply{}, err
		case len(forms) > 0:
			return a.showsForms(m, forms[:1]), nil
		case slices.ContainsFunc(there, func(h retrieval.Hit) bool { return answer.WantsForm(h.Passage.Text) }):
			return a.Answer(ctx, m, act) // it has no name, and something is said of it
		case !answer.NamesTopic(topic):
			return a.says(m, "which form", a.cfg.Texts.WhichForm()), nil
		}
	}
	found, err := a.cfg.Answerer.find(ctx, topic, readers)
	if err != nil {
		return inbox.Reply{}, err
	}
	forms := answer.Forms(topic, found.Hits)
	switch {
	case len(forms) > 0:
		return a.showsForms(m, forms), nil
	case a.OfOthers(topic): // others are in charge, of their forms as well
		return a.Answer(ctx, m, act)
	case a.overheard(m) && !dialogue.Asks(m.Text):
		return inbox.Reply{Drop: true, Reason: "no question"}, nil
	}
	return a.noForm(m), nil
}

// inTalk is what the documents that the talk is about say to a request, best first; none:
// they say nothing, or it is about nothing.
func (a *Asking) inTalk(ctx context.Context, m chat.Message, wanted, topic string, readers retrieval.Readers) ([]retrieval.Hit, error) {
	spoken, err := a.spoken(ctx, m)
	if err != nil || len(spoken.Passages) == 0 {
		return nil, err
	}
	spoken.Leans, spoken.Joined = true, topic
	found, err := a.cfg.Answerer.cfg.Searcher.Search(ctx, retrieval.Query{Text: wanted, At: a.cfg.Now(), Spoken: spoken}, readers)
	if err != nil || !found.InTalk {
		return nil, err
	}
	return found.Hits, nil
}

func (a *Asking) showsForms(m chat.Message, forms []answer.Form) inbox.Reply {
	var shown prompts.Forms
	var basis inbox.Basis
	for _, f := range forms {
		shown.Lines = append(shown.Lines, answer.FormLine(f, a.renderOptions()))
		shown.Named = shown.Named || f.Name != ""
		basis.Passages = append(basis.Passages, f.Hit.Passage.ID)
		basis.Collections = withName(basis.Collections, f.Hit.Document.Collection)
	}
	return a.shows(m, a.cfg.Texts.Forms(shown), basis)
}

// noForm says that none was found, and offers people.
func (a *Asking) noForm(m chat.Message) inbox.Reply {
	open := a.cfg.People.Open()
	reply := a.says(m, dialogue.AskedForPeople, a.cfg.Texts.NoForm(prompts.Where{People: open}))
	if open && a.cfg.Buttons {
		reply.Drafts[0].Buttons = []inbox.Button{a.toPeople(m)}
	}
	return reply
}
