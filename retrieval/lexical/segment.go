package lexical

import (
	"context"
	"maps"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// segment holds the passages of one collection; immutable once in a state.
type segment struct {
	entries   []meta
	words     map[string]postings
	grams     map[german.Gram]postings
	surfaces  map[string]string // a spelling for each stem
	wordTotal int64             // sum of meta.words
	gramTotal int64             // sum of meta.grams
}

// meta is what the ranking needs to know of a passage.
type meta struct {
	passage, document int64
	from, until       retrieval.Date
	superseded        bool
	words, grams      int32 // weighted lengths
}

func emptySegment() *segment {
	return &segment{words: map[string]postings{}, grams: map[german.Gram]postings{}, surfaces: map[string]string{}}
}

// without returns the segment without the passages of the documents gone.
func (s *segment) without(gone map[int64]bool) *segment {
	renumbered := make([]int32, len(s.entries)) // -1: gone
	kept := &segment{}
	for i, m := range s.entries {
		if gone[m.document] {
			renumbered[i] = -1
			continue
		}
		renumbered[i] = int32(len(kept.entries))
		kept.entries = append(kept.entries, m)
		kept.wordTotal += int64(m.words)
		kept.gramTotal += int64(m.grams)
	}
	if len(kept.entries) == len(s.entries) {
		return s
	}
	kept.words = filter(s.words, renumbered)
	kept.grams = filter(s.grams, renumbered)
	kept.surfaces = make(map[string]string, len(kept.words))
	for stem, surface := range s.surfaces {
		if _, ok := kept.words[stem]; ok {
			kept.surfaces[stem] = surface
		}
	}
	return kept
}

func filter[K comparable](lists map[K]postings, renumbered []int32) map[K]postings {
	kept := make(map[K]postings, len(lists))
	for key, list := range lists {
		var next postings
		for entry, count := range list.all() {
			if to := renumbered[entry]; to >= 0 {
				next.add(to, count)
			}
		}
		if next.n > 0 {
			kept[key] = next
		}
	}
	return kept
}

// with returns the segment with further entries behind its own. Posting bytes
// are shared with s: they only ever grow at the end, where s does not look.
func (s *segment) with(ctx context.Context, entries []Entry, p Params) (*segment, error) {
	analysed, err := analyseAll(ctx, entries, p)
	if err != nil {
		return nil, err
	}
	grown := &segment{
		entries:   append(s.entries[:len(s.entries):len(s.entries)], make([]meta, 0, len(entries))...),
		words:     maps.Clone(s.words),
		grams:     maps.Clone(s.grams),
		surfaces:  maps.Clone(s.surfaces),
		wordTotal: s.wordTotal,
		gramTotal: s.gramTotal,
	}
	for i, e := range entries {
		grown.append(e, analysed[i])
		analysed[i] = analysis{}
	}
	return grown, nil
}

func (s *segment) append(e Entry, a analysis) {
	id := int32(len(s.entries))
	for _, c := range a.words {
		list := s.words[c.key]
		list.add(id, c.n)
		s.words[c.key] = list
	}
	for _, c := range a.grams {
		list := s.grams[c.key]
		list.add(id, c.n)
		s.grams[c.key] = list
	}
	for stem, surface := range a.surfaces {
		if old := s.surfaces[stem]; old == "" || shorter(surface, old) < 0 {
			s.surfaces[stem] = strings.Clone(surface)
		}
	}
	s.entries = append(s.entries, meta{
		passage: e.PassageID, document: e.DocumentID,
		from: e.ValidFrom, until: e.ValidUntil, superseded: e.Superseded,
		words: a.wordLength, grams: a.gramLength,
	})
	s.wordTotal += int64(a.wordLength)
	s.gramTotal += int64(a.gramLength)
}

// analyseAll analyses entries on all processors, in order.
func analyseAll(ctx context.Context, entries []Entry, p Params) ([]analysis, error) {
	const chunk = 64
	analysed := make([]analysis, len(entries))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < len(entries); from += chunk {
		group.Go(func() error {
			for i := from; i < min(from+chunk, len(entries)); i++ {
				analysed[i] = analyse(entries[i], p)
			}
			return ctx.Err()
		})
	}
	return analysed, group.Wait()
}
