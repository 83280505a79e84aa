package retrieval

import (
	"context"
	"fmt"
	"slices"
)

// Stands reports whether what an answer quotes may still be said: each of the
// passages, by id, is as it was read, its document serves and r may see it. asOf
// is the day that the answer is about, as in [Result.AsOf]; zero: today. A new
// version of a document has new passages, so that the old ones stand no more.
//
// It is the last look before a post: ask it past every cache, with readers worked
// out anew.
func (e *Engine) Stands(ctx context.Context, passages []int64, asOf Date, r Readers) (bool, error) {
	passages = slices.Compact(slices.Sorted(slices.Values(passages)))
	if asOf.IsZero() {
		asOf = DateOf(e.config.Now().In(e.config.Location))
	}
	hits, err := e.config.Passages.Passages(ctx, passages, asOf, r)
	if err != nil {
		return false, fmt.Errorf("look whether passages still stand: %w", err)
	}
	for _, h := range hits {
		if !r.May(h.Document.Collection) || !h.Document.Validity().Holds(asOf) {
			return false, nil
		}
	}
	return len(hits) == len(passages), nil
}
