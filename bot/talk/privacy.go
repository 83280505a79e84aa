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
	return t.says(m, "privacy", t.cfg.Texts.Privacy(prompts.Kept{
		Asks: keptAsked[dialogue.AspectOf(m.Text)], People: t.cfg.People.Open(), Days: t.cfg.KeepDays, Channel: !m.Direct(),
	})), nil
}

var keptAsked = map[dialogue.Aspect]prompts.KeptAsks{
	dialogue.OwnDays: prompts.KeptDays, dialogue.OwnReaders: prompts.KeptReaders, dialogue.OwnName: prompts.KeptName, dialogue.OwnUse: prompts.KeptUse,
}
