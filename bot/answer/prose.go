package answer

import (
	"context"
	"errors"

	"lvr.example/sprechstunde/retrieval"
)

var errNotContained = errors.New("model: not contained")

func (c *Composer) prose(ctx context.Context, question string, found retrieval.Result) (Answer, error) {
	return Answer{}, errNotContained
}

func reasonOf(err error) string { return err.Error() }
