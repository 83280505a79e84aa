package sources

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// Gate says whether a collection's readers can be told; nil: not checked.
type Gate func(context.Context, retrieval.Collection) error

// GateOf returns the check whether a collection's gate channels guard anything, by
// asking Mattermost; nil where the client is. It refuses a collection only for what
// was found out: while the server is away the documents stay, and nobody is let at
// them without an answer anyway.
func GateOf(client *mattermost.Client) Gate {
	if client == nil {
		return nil
	}
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
