package retrievaltest

import (
	"context"

	"lvr.example/sprechstunde/retrieval/lexical"
)

// Changes returns all that a loader hands over as one change.
func Changes(ctx context.Context, loader lexical.Loader, since int64) (whole lexical.Change, err error) {
	err = loader.Changes(ctx, since, func(part lexical.Change) error {
		whole.Version = part.Version
		whole.Gone, whole.Add = append(whole.Gone, part.Gone...), append(whole.Add, part.Add...)
		return nil
	})
	return whole, err
}
