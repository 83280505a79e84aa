package bot

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// belowCoffee reports whether a post is a word that people say below a
// LeanCoffee, and stands below one.
func (b *Bot) belowCoffee(ctx context.Context, p chat.Post) (bool, error) {
	if p.RootID == "" || !dialogue.IsCoffee(chat.WithoutMention(p.Text, b.cfg.Self.Username)) {
		return false, nil
	}
	return b.cfg.Coffee.Below(ctx, p.RootID)
}

// coffeeTopic takes a topic on; where no LeanCoffee is held, the words are a
// question.
func (b *Bot) coffeeTopic(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	reply, handled, err := b.cfg.Coffee.Topic(ctx, m, act)
	if handled || err != nil {
		return reply, err
	}
	return b.cfg.Asking.Answer(ctx, m, dialogue.Act{Kind: dialogue.Question, Text: m.Text, Waits: act.Waits})
}
