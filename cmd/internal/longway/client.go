package longway

import (
	"context"
	"fmt"
	"strings"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// hears waits for a message of the bot that holds a text and comes after another one,
// and for the end of the bot's work.
func (w *way) hears(ctx context.Context, who *colleague.Colleague, channel, after, text string) (found colleague.Message, err error) {
	err = colleague.Await(ctx, func(ctx context.Context) (bool, error) {
		messages, err := who.Recent(ctx, channel)
		passed := after == ""
		for _, m := range messages {
			if passed && m.Author == w.Bot && strings.Contains(m.Text, text) {
				found = m
				return true, nil
			}
			passed = passed || m.ID == after
		}
		return false, err
	})
	if err != nil {
		return found, fmt.Errorf("%s waits for „%s“: %w", who.Name, text, err)
	}
	return found, w.Rests(ctx)
}

func (w *way) presses(ctx context.Context, who *colleague.Colleague, m colleague.Message, label string) error {
	b, err := button(m, label)
	if err != nil {
		return err
	}
	return who.Press(ctx, m.ID, b)
}

// fills fills in the dialog behind a button of the card.
func (w *way) fills(ctx context.Context, who *colleague.Colleague, label string, values map[string]string) error {
	b, err := button(w.card, label)
	if err != nil {
		return err
	}
	return who.Fill(ctx, w.card, b, values)
}

func button(m colleague.Message, label string) (colleague.Button, error) {
	for _, b := range m.Buttons {
		if b.Label == label {
			return b, nil
		}
	}
	return colleague.Button{}, fmt.Errorf("no button %q but %v under: %s", label, m.Buttons, m.Text)
}

// newest is the id of a channel's newest message; empty: there is none.
func newest(ctx context.Context, who *colleague.Colleague, channel string) (string, error) {
	messages, err := who.Recent(ctx, channel)
	if err != nil || len(messages) == 0 {
		return "", err
	}
	return messages[len(messages)-1].ID, nil
}

func rootOf(m colleague.Message) string {
	if m.Root != "" {
		return m.Root
	}
	return m.ID
}
