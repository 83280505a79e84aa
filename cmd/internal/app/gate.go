package app

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// Gate returns the check whether a collection's gate channels guard anything,
// by asking Mattermost; nil where none is configured.
func (b *Base) Gate(context.Context) (Gate, error) {
	if b.Config.Mattermost.URL == "" || b.Config.Mattermost.Token == "" {
		return nil, nil
	}
	client, err := b.mattermost(nil, nil, nil)
	if err != nil {
		return nil, err
	}
	return gateOf(client), nil
}

// gateOf refuses a collection only for what was found out: while the server is
// away the documents stay, and nobody is let at them without an answer anyway.
func gateOf(client *mattermost.Client) Gate {
	return func(ctx context.Context, c retrieval.Collection) error {
		var refused, unknown []error
		for _, name := range c.Access.Channels {
			err := client.Guards(ctx, name)
			var found mattermost.Trouble
			if errors.As(err, &found) {
				refused = append(refused, err)
			} else {
				unknown = append(unknown, err)
			}
		}
		if len(refused) > 0 {
			return fmt.Errorf("%w: %w", ingest.ErrRefused, errors.Join(refused...))
		}
		return errors.Join(unknown...)
	}
}
