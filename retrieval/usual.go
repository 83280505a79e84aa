package retrieval

import (
	"context"
	"maps"
	"slices"

	"lvr.example/sprechstunde/retrieval/german"
)

// A statement is a note of the house, such as a running head or what stands below the
// title of each document, where it has some words and each of them stands all over the
// house. It is told by its words, since only a part of the documents that have it is read.
const (
	usualRarity = 0.45 // up to which a word counts as one of these: in the example house one in about 20 passages
	leastUsual  = 5    // words of a note: shorter ones ("KIM ist freiwillig") may say something
)

// usual returns the stems of what is read of the first hits that stand all over what r
// may see; nil where that is not known.
func (e *Engine) usual(ctx context.Context, hits []Hit, r Readers) map[string]bool {
	if e.config.Keywords == nil {
		return nil
	}
	seen := map[string]bool{}
	for _, h := range hits[:min(e.config.Params.Pinpoint.Hits, len(hits))] {
		for _, p := range h.Passages() {
			for _, w := range german.Content(german.Words(p.Text)) {
				seen[w.Stem] = true
			}
		}
	}
	stems := slices.Sorted(maps.Keys(seen))
	rarity, err := e.config.Keywords.Rarity(ctx, stems, r)
	if err != nil {
		e.config.Log.Warn("rarity of words not known, notes of the house are not told", "error", err)
		return nil
	}
	for i, stem := range stems {
		seen[stem] = rarity[i] <= usualRarity
	}
	return seen
}

// note reports whether a statement is a note of the house.
func (j judging) note(text string) bool {
	if j.usual == nil {
		return false
	}
	words := german.Content(german.Words(text))
	return len(words) >= leastUsual && !slices.ContainsFunc(words, func(w german.Word) bool { return !j.usual[w.Stem] })
}
