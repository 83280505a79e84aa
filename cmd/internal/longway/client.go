package longway

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// hears waits for a message of the bot that holds a text and comes after another one,
// and for the end of the bot's work.
func (w *way) hears(ctx context.Context, who *colleague.Colleague, channel, after, text string) (found colleague.Message, err error) {
	found, err = who.NextWith(ctx, channel, after, w.Bot, text)
	if err != nil {
		return found, fmt.Errorf("%s waits for „%s“: %w", who.Name, text, err)
	}
	return found, w.Rests(ctx)
}

func (w *way) presses(ctx context.Context, who *colleague.Colleague, m colleague.Message, label string) error {
	b, err := m.Button(label)
	if err != nil {
		return err
	}
	return who.Press(ctx, m.ID, b)
}

// fills fills in the dialog behind a button of the card.
func (w *way) fills(ctx context.Context, who *colleague.Colleague, label string, values map[string]string) error {
	b, err := w.card.Button(label)
	if err != nil {
		return err
	}
	return who.Fill(ctx, w.card, b, values)
}
