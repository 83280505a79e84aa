package colleague

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
)

// Watch is what a person's client is told at once, without asking. Not for concurrent
// use; close it.
type Watch struct {
	who    *Colleague
	events *model.WebSocketClient
}

// Watch begins to listen.
func (c *Colleague) Watch(ctx context.Context) (*Watch, error) {
	events, err := model.NewWebSocketClient4(strings.Replace(c.client.URL, "http", "ws", 1), c.client.AuthToken)
	if err != nil {
		return nil, fmt.Errorf("listen as %s: %w", c.Name, err)
	}
	events.Listen()
	w := &Watch{who: c, events: events}
	if _, err := w.next(ctx, model.WebsocketEventHello); err != nil { // before it, nothing is told
		w.Close()
		return nil, fmt.Errorf("listen as %s: %w", c.Name, err)
	}
	return w, nil
}

// Close ends it.
func (w *Watch) Close() { w.events.Close() }

// Open presses a button that opens a dialog, and waits for it.
func (w *Watch) Open(ctx context.Context, m Message, b Button) (Dialog, error) {
	if err := w.who.Press(ctx, m.ID, b); err != nil {
		return Dialog{}, err
	}
	d := Dialog{channel: m.Channel}
	if err := w.read(ctx, model.WebsocketEventOpenDialog, "dialog", &d.opened); err != nil {
		return d, fmt.Errorf("no dialog opened: %w", err)
	}
	return d, nil
}

// Below waits for the next message below another one that holds a text.
func (w *Watch) Below(ctx context.Context, root, text string) (Message, error) {
	for {
		var post model.Post
		if err := w.read(ctx, model.WebsocketEventPosted, "post", &post); err != nil {
			return Message{}, fmt.Errorf("wait for %q below %s: %w", text, root, err)
		}
		if post.RootId == root && strings.Contains(post.Message, text) {
			return w.who.message(ctx, &post), nil
		}
	}
}

// read waits for the next event of a type and reads a field of it.
func (w *Watch) read(ctx context.Context, wanted model.WebsocketEventType, field string, to any) error {
	e, err := w.next(ctx, wanted)
	if err != nil {
		return err
	}
	raw, ok := e.GetData()[field].(string)
	if !ok {
		return fmt.Errorf("the event has no %s", field)
	}
	if err := json.Unmarshal([]byte(raw), to); err != nil {
		return fmt.Errorf("read %s: %w", field, err)
	}
	return nil
}

// next waits for the next event of a type.
func (w *Watch) next(ctx context.Context, wanted model.WebsocketEventType) (*model.WebSocketEvent, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case e, open := <-w.events.EventChannel:
			if !open {
				return nil, errors.New("the connection has ended")
			}
			if e.EventType() == wanted {
				return e, nil
			}
		}
	}
}
