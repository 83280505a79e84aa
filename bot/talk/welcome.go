package talk

import (
	"context"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// Welcomed welcomes a person with the reply to their first direct message: instead of
// a word about nothing, or in a line below an answer. Whether it is the first one the
// chat says, so that nothing is kept for it.
func (t *Talk) Welcomed(ctx context.Context, m chat.Message, act dialogue.Act, reply inbox.Reply) (inbox.Reply, error) {
	if !opens[act.Kind] && !act.Kind.Searched() || reply.Drop {
		return reply, nil
	}
	if first, err := t.first(ctx, m); err != nil || !first {
		return reply, err
	}
	if opens[act.Kind] {
		return t.says(m, "welcome", t.cfg.Texts.Welcome(prompts.Where{People: t.cfg.People.Open()})), nil
	}
	if found := answer.Outcome(reply.Outcome); found == answer.Refused || found == answer.Elsewhere {
		return reply, nil // there people are named, and nothing else matters
	}
	for i, d := range reply.Drafts {
		if d.About.Kind == inbox.AboutAnswer {
			reply.Drafts[i].Text += "\n\n" + t.cfg.Texts.First()
			break
		}
	}
	return reply, nil
}

// opens are the words with which people begin, and which ask nothing.
var opens = map[dialogue.Kind]bool{dialogue.Greeting: true, dialogue.SmallTalk: true, dialogue.Announce: true, dialogue.Test: true}

// first reports whether a message is the first of its author to the bot, to whom the
// bot has said nothing either.
func (t *Talk) first(ctx context.Context, m chat.Message) (bool, error) {
	if m.Origin != inbox.FromPost || !m.Direct() || m.RootID != "" {
		return false, nil
	}
	before, err := chat.Before(ctx, t.cfg.Posts, m)
	if err != nil {
		return false, err
	}
	for _, p := range before {
		if m.Post.Behind(p) && p.Type == "" {
			return false, nil
		}
	}
	return true, nil
}
