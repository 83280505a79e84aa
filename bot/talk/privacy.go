package talk

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// toldOfOwnData are the outcomes behind which a word goes on about what is kept of
// people.
var toldOfOwnData = map[string]bool{"privacy": true, "own data": true}

// Privacy says of what is kept of people what was asked: what, for how long, who reads it.
func (t *Talk) Privacy(_ context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	aspect := dialogue.AspectOf(m.Text)
	return t.says(m, "privacy", t.cfg.Texts.Privacy(prompts.Kept{
		People: t.cfg.People.Open(), Days: t.cfg.KeepDays, Channel: !m.Direct(),
		ForDays: aspect == dialogue.OwnDays, Readers: aspect == dialogue.OwnReaders, Name: aspect == dialogue.OwnName, Use: aspect == dialogue.OwnUse,
	})), nil
}
