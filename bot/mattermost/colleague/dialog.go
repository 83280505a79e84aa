package colleague

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
)

// ErrFaults: what was filled in was not taken.
var ErrFaults = errors.New("the dialog was not taken")

// Fill presses a button that opens a dialog, fills in values besides what stands
// there, and sends it off. ErrFaults: with what is wrong, by field.
func (c *Colleague) Fill(ctx context.Context, m Message, b Button, values map[string]string) error {
	events, err := model.NewWebSocketClient4(strings.Replace(c.client.URL, "http", "ws", 1), c.client.AuthToken)
	if err != nil {
		return fmt.Errorf("listen for a dialog: %w", err)
	}
	events.Listen()
	defer events.Close()
	if _, err := next(ctx, events, model.WebsocketEventHello); err != nil { // before it, nothing is told
		return fmt.Errorf("listen for a dialog: %w", err)
	}
	if err := c.Press(ctx, m.ID, b); err != nil {
		return err
	}
	opened, err := dialog(ctx, events)
	if err != nil {
		return err
	}
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
		URL: opened.URL, CallbackId: opened.Dialog.CallbackId, State: opened.Dialog.State, ChannelId: m.Channel, TeamId: teams[0].Id, Submission: filled,
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

// dialog waits for the next dialog that the server has this person's client show.
func dialog(ctx context.Context, events *model.WebSocketClient) (d model.OpenDialogRequest, err error) {
	e, err := next(ctx, events, model.WebsocketEventOpenDialog)
	if err != nil {
		return d, fmt.Errorf("no dialog opened: %w", err)
	}
	raw, ok := e.GetData()["dialog"].(string)
	if !ok {
		return d, errors.New("no dialog opened: the event has none")
	}
	if err := json.Unmarshal([]byte(raw), &d); err != nil {
		return d, fmt.Errorf("read dialog: %w", err)
	}
	return d, nil
}

// next waits for the next event of a type.
func next(ctx context.Context, events *model.WebSocketClient, wanted model.WebsocketEventType) (*model.WebSocketEvent, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case e, open := <-events.EventChannel:
			if !open {
				return nil, errors.New("the connection has ended")
			}
			if e.EventType() == wanted {
				return e, nil
			}
		}
	}
}

// Command types a slash command in a channel.
func (c *Colleague) Command(ctx context.Context, channel, text string) error {
	if _, _, err := c.client.ExecuteCommand(ctx, channel, text); err != nil {
		return fmt.Errorf("command: %w", err)
	}
	return nil
}
