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

func gateOf(client *mattermost.Client) Gate {
	return func(ctx context.Context, c retrieval.Collection) error {
		var errs []error
		for _, name := range c.Access.Channels {
			for _, trouble := range client.CheckPrivate(ctx, name) {
				errs = append(errs, trouble)
			}
		}
		if len(errs) == 0 {
			return nil
		}
		return fmt.Errorf("%w: %w", ingest.ErrRefused, errors.Join(errs...))
	}
}
