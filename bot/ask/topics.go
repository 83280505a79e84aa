package ask

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// Topics are the collections that a person may ask about here.
func (a *Asking) Topics(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	readers, err := a.cfg.Readers.Of(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	var names []string
	for _, name := range readers.Here.Collections() {
		names = append(names, answer.Safe(name))
	}
	slices.Sort(names)
	draft := m.Here(answer.Notice(a.cfg.Texts, a.cfg.Texts.Topics(prompts.Topics{Collections: names, People: a.cfg.People.Open()})))
	draft.Machine = true
	return inbox.Reply{Outcome: "topics", Drafts: []inbox.Draft{draft}}, nil
}
