package talk

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// Language says that documents and answers are German, and how to reach people: in the
// language that a message is written in, or asks for in German, besides which it is
// told so in German.
func (t *Talk) Language(_ context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	there := prompts.Where{People: t.cfg.People.Open()}
	code, written := dialogue.LanguageOf(m.Text)
	text := t.cfg.Texts.Languages(code, there)
	if !written || text == "" {
		german := t.cfg.Texts.Language(there)
		if text != "" {
			german += "\n\n"
		}
		text = german + text
	}
	return t.says(m, "language", text), nil
}
