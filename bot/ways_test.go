package bot

import (
	"testing"

	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/care"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/prompts"
)

func TestEveryKindOfMessageHasAWay(t *testing.T) {
	t.Parallel()
	b := &Bot{cfg: Config{Asking: &ask.Asking{}, Desk: &desk.Desk{}, Care: &care.Care{}, Feedback: &feedback.Feedback{}, Texts: prompts.Default()}}
	table := b.table()
	for _, kind := range dialogue.Kinds {
		if table[kind].handle == nil {
			t.Errorf("nobody handles %q", kind)
		}
	}
	if len(table) != len(dialogue.Kinds) {
		t.Errorf("%d ways for %d kinds", len(table), len(dialogue.Kinds))
	}
}
