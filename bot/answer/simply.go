package answer

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/retrieval"
)

// Words reports whether there is a model that words answers.
func (c *Composer) Words() bool { return c.cfg.Model != nil }

// Simply makes the answer in simpler words: by the model, out of the passages with
// these ids alone where there are any, and under the same check. False: there is no
// model, or nothing of what it says is carried.
func (c *Composer) Simply(ctx context.Context, question string, found retrieval.Result, passages []int64) (Answer, bool) {
	if c.cfg.Model == nil || !found.AsOf.IsZero() || found.Sufficiency.Band != retrieval.Answered {
		return Answer{}, false
	}
	if len(passages) > 0 {
		found = found.Only(func(hit retrieval.Hit) bool {
			return slices.ContainsFunc(parts(hit), func(part retrieval.Hit) bool { return slices.Contains(passages, part.Passage.ID) })
		})
	}
	end := begun(ctx, question, nil)
	a, err := c.prose(ctx, question, found, true)
	end()
	if err != nil {
		c.cfg.Log.WarnContext(ctx, "model gave no simpler words", "reason", reasonOf(err))
		return Answer{}, false
	}
	return a, true
}
