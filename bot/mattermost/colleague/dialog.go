package colleague

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/mattermost/mattermost/server/public/model"
)

// ErrFaults: what was filled in was not taken.
var ErrFaults = errors.New("the dialog was not taken")

// Fill presses a button that opens a dialog, fills in values besides what stands
// there, and sends it off. ErrFaults: with what is wrong, by field.
func (c *Colleague) Fill(ctx context.Context, m Message, b Button, values map[string]string) error {
	w, err := c.Watch(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	d, err := w.Open(ctx, m, b)
	if err != nil {
		return err
	}
	return c.SendOff(ctx, d, values)
}

// Dialog is one that the server has a person's client show.
type Dialog struct {
	channel string
	opened  model.OpenDialogRequest
}

// SendOff fills in values besides what stands in a dialog, and sends it off. ErrFaults:
// with what is wrong, by field.
func (c *Colleague) SendOff(ctx context.Context, d Dialog, values map[string]string) error {
	opened := d.opened
	filled := map[string]any{}
	for _, e := range opened.Dialog.Elements {
		filled[e.Name] = e.Default
	}
	maps.Copy(filled, anyOf(values))
	teams, _, err := c.client.GetTeamsForUser(ctx, c.ID, "")
	if err != nil || len(teams) == 0 {
		return fmt.Errorf("send off dialog %q: no team: %w", opened.Dialog.Title, err)
	}
	reply, _, err := c.client.SubmitInteractiveDialog(ctx, model.SubmitDialogRequest{
		URL: opened.URL, CallbackId: opened.Dialog.CallbackId, State: opened.Dialog.State, ChannelId: d.channel, TeamId: teams[0].Id, Submission: filled,
	})
	switch {
	case err != nil:
		return fmt.Errorf("send off dialog %q: %w", opened.Dialog.Title, err)
	case reply.Error != "" || len(reply.Errors) > 0:
		return fmt.Errorf("%q: %w: %s %v", opened.Dialog.Title, ErrFaults, reply.Error, reply.Errors)
	}
	return nil
}

func anyOf(values map[string]string) map[string]any {
	all := map[string]any{}
	for name, value := range values {
		all[name] = value
	}
	return all
}

// Command types a slash command in a channel.
func (c *Colleague) Command(ctx context.Context, channel, text string) error {
	if _, _, err := c.client.ExecuteCommand(ctx, channel, text); err != nil {
		return fmt.Errorf("command: %w", err)
	}
	return nil
}
