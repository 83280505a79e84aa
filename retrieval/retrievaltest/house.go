package retrievaltest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/vector"
)

// House is documents in memory. It implements [retrieval.Passages],
// [retrieval.Vectors] and [lexical.Loader]; safe for concurrent use.
type House struct {
	Embedder retrieval.Embedder // nil: no vectors

	mu      sync.Mutex
	hits    map[int64]retrieval.Hit
	vectors map[int64][]retrieval.Vector
	changes []lexical.Change
	nextID  int64
}

var (
	_ retrieval.Passages = (*House)(nil)
	_ retrieval.Vectors  = (*House)(nil)
	_ lexical.Loader     = (*House)(nil)
)

// Add takes a document with one passage for each text and returns its id; a
// document id that is set replaces that document.
func (h *House) Add(ctx context.Context, d retrieval.Document, texts ...string) (int64, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.hits == nil {
		h.hits, h.vectors = make(map[int64]retrieval.Hit), make(map[int64][]retrieval.Vector)
	}
	change := lexical.Change{Version: int64(len(h.changes) + 1)}
	if d.ID == 0 {
		h.nextID++
		d.ID = h.nextID
	} else {
		change.Gone = []int64{d.ID}
		h.drop(d.ID)
	}
	for i, text := range texts {
		p := retrieval.Passage{ID: d.ID*1000 + int64(i), Ordinal: i, Text: text}
		h.hits[p.ID] = retrieval.Hit{Document: d, Passage: p}
		change.Add = append(change.Add, lexical.Entry{
			PassageID: p.ID, DocumentID: d.ID, Collection: d.Collection, Title: d.Title, Body: text,
			Validity: d.Validity(),
		})
		if h.Embedder == nil {
			continue
		}
		vectors, err := h.Embedder.EmbedPassages(ctx, retrieval.Units(d.Title, nil, text))
		if err != nil {
			return 0, err
		}
		h.vectors[p.ID] = vectors
	}
	h.changes = append(h.changes, change)
	return d.ID, nil
}

// Remove takes a document away.
func (h *House) Remove(document int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(document)
	h.changes = append(h.changes, lexical.Change{Version: int64(len(h.changes) + 1), Gone: []int64{document}})
}

func (h *House) drop(document int64) {
	for id, hit := range h.hits {
		if hit.Document.ID == document {
			delete(h.hits, id)
			delete(h.vectors, id)
		}
	}
}

// Changes implements [lexical.Loader].
func (h *House) Changes(_ context.Context, since int64, take func(lexical.Change) error) error {
	return take(h.changesAfter(since))
}

func (h *House) changesAfter(since int64) lexical.Change {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := lexical.Change{Version: int64(len(h.changes))}
	for _, c := range h.changes[since:] {
		for _, id := range c.Gone {
			all.Gone = append(all.Gone, id)
			all.Add = slices.DeleteFunc(all.Add, func(e lexical.Entry) bool { return e.DocumentID == id })
		}
		all.Add = append(all.Add, c.Add...)
	}
	return all
}

// Passages implements [retrieval.Passages].
func (h *House) Passages(_ context.Context, ids []int64, day retrieval.Date, r retrieval.Readers) ([]retrieval.Hit, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var hits []retrieval.Hit
	for _, id := range ids {
		if hit, ok := h.hits[id]; ok && r.May(hit.Document.Collection) && hit.Document.Validity().Holds(day) {
			hits = append(hits, hit)
		}
	}
	return hits, nil
}

// Around implements [retrieval.Passages].
func (h *House) Around(_ context.Context, ids []int64, reach int, day retrieval.Date, r retrieval.Readers) ([]retrieval.Neighbour, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var found []retrieval.Neighbour
	for _, hit := range h.hits {
		near := slices.ContainsFunc(ids, func(id int64) bool {
			distance := hit.Passage.Ordinal - h.hits[id].Passage.Ordinal
			return h.hits[id].Document.ID == hit.Document.ID && -reach <= distance && distance <= reach
		})
		if near && r.May(hit.Document.Collection) && hit.Document.Validity().Holds(day) {
			found = append(found, retrieval.Neighbour{Document: hit.Document.ID, Collection: hit.Document.Collection, Passage: hit.Passage})
		}
	}
	slices.SortFunc(found, func(a, b retrieval.Neighbour) int {
		return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Passage.Ordinal, b.Passage.Ordinal))
	})
	return found, nil
}

// Replacements implements [retrieval.Passages].
func (h *House) Replacements(_ context.Context, documents []int64, day retrieval.Date, r retrieval.Readers) (map[int64]retrieval.Document, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	byID, byPath := map[int64]retrieval.Document{}, map[[2]string]retrieval.Document{}
	for _, hit := range h.hits {
		byID[hit.Document.ID], byPath[[2]string{hit.Document.Source, hit.Document.Path}] = hit.Document, hit.Document
	}
	replacements := map[int64]retrieval.Document{}
	for _, id := range documents {
		seen := map[int64]bool{id: true}
		next := byID[id]
		for {
			var ok bool
			next, ok = byPath[[2]string{next.Source, next.SupersededBy}]
			if !ok || seen[next.ID] {
				break
			}
			seen[next.ID] = true
			if next.Validity().Holds(day) && r.May(next.Collection) {
				replacements[id] = next
				break
			}
		}
	}
	return replacements, nil
}

// Vectors implements [retrieval.Vectors] by comparing with every vector.
func (h *House) Vectors(_ context.Context, v retrieval.Vector, r retrieval.Readers, at time.Time, limit int) ([]retrieval.Scored, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var scored []retrieval.Scored
	for id, vectors := range h.vectors {
		d := h.hits[id].Document
		if !r.May(d.Collection) || !d.Validity().Holds(retrieval.DateOf(at)) {
			continue
		}
		best := -1.0
		for _, unit := range vectors {
			best = max(best, vector.Cosine(unit.Values, v.Values))
		}
		scored = append(scored, retrieval.Scored{PassageID: id, Score: best})
	}
	slices.SortFunc(scored, func(a, b retrieval.Scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.PassageID, b.PassageID))
	})
	return scored[:min(limit, len(scored))], nil
}

// Similar implements [retrieval.Vectors].
func (h *House) Similar(_ context.Context, v retrieval.Vector, passages []int64, r retrieval.Readers) (map[int64][]float64, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	similar := make(map[int64][]float64)
	for _, id := range passages {
		if !r.May(h.hits[id].Document.Collection) {
			continue
		}
		for _, unit := range h.vectors[id] {
			similar[id] = append(similar[id], vector.Cosine(unit.Values, v.Values))
		}
	}
	return similar, nil
}
