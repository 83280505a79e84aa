package ingest

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/retrieval"
)

// vectors makes the vectors of one embedding set. The nil value makes none.
type vectors struct {
	store    SetStore
	embedder retrieval.Embedder
	model    retrieval.Model
	batch    int         // texts embedded at a time
	away     bool        // the embedder does not answer
	onAway   func(error) // is told why
}

func newVectors(store SetStore, embedder retrieval.Embedder, batch int, onAway func(error)) (*vectors, error) {
	model := embedder.Model()
	if model.Name == "" || model.Dimensions <= 0 {
		return nil, errors.New("the embedder names no model or dimension")
	}
	return &vectors{store: store, embedder: embedder, model: model, batch: batch, onAway: onAway}, nil
}

// works reports whether vectors are made at the moment.
func (v *vectors) works() bool { return v != nil && !v.away }

// giveUp has no more vectors made until away is taken back.
func (v *vectors) giveUp(why error) {
	v.away = true
	v.onAway(why)
}

// embed returns the vectors of texts in their order: those that the index
// already has by their hashes, and new ones for the rest. Nil without an error:
// the embedder does not answer now.
func (v *vectors) embed(ctx context.Context, hashes []retrieval.UnitHash, texts []string) ([][]float32, error) {
	if !v.works() {
		return nil, nil
	}
	known, err := v.store.Embedded(ctx, v.model, hashes)
	if err != nil {
		return nil, err
	}
	var missing []retrieval.UnitHash
	var missingTexts []string
	for i, hash := range hashes {
		if _, ok := known[hash]; !ok {
			known[hash] = nil
			missing, missingTexts = append(missing, hash), append(missingTexts, texts[i])
		}
	}
	for start := 0; start < len(missing); start += v.batch {
		end := min(start+v.batch, len(missing))
		made, err := v.ask(ctx, missingTexts[start:end])
		if err != nil || v.away {
			return nil, err
		}
		for i, vector := range made {
			known[missing[start+i]] = vector.Values
		}
	}
	values := make([][]float32, len(hashes))
	for i, hash := range hashes {
		values[i] = known[hash]
	}
	return values, nil
}

// ask has a few texts embedded and checks what comes back. A fault that may pass
// is no error: the embedder is away then.
func (v *vectors) ask(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	made, err := v.embedder.EmbedPassages(ctx, texts)
	var fault interface{ Temporary() bool }
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &fault) && fault.Temporary():
		v.giveUp(err)
		return nil, nil
	default:
		return nil, fmt.Errorf("embed: %w", err)
	}
	if len(made) != len(texts) {
		return nil, fmt.Errorf("embed: %d vectors for %d texts", len(made), len(texts))
	}
	for _, vector := range made {
		if vector.Model != v.model || len(vector.Values) != v.model.Dimensions {
			return nil, fmt.Errorf("embed: %w", &retrieval.ModelError{
				Have:  retrieval.Model{Name: vector.Model.Name, Dimensions: len(vector.Values)},
				Index: []retrieval.Model{v.model},
			})
		}
		if err := retrieval.CheckValues(vector.Values); err != nil {
			return nil, fmt.Errorf("embed: the embedder's answer is useless: %w", err)
		}
	}
	return made, nil
}

// filledTogether is the number of documents embedded together that wait for
// vectors: what a killed process loses.
const filledTogether = 8

// fill makes the vectors that documents of a source wait for, once through all
// of them. Empty source: of all sources. saved, which may be nil, is told how
// many documents got theirs, a few at a time.
func (v *vectors) fill(ctx context.Context, source string, saved func(documents int)) error {
	for after := int64(0); ; {
		pending, err := v.store.Pending(ctx, source, v.model, after, filledTogether)
		if err != nil || len(pending) == 0 {
			return err
		}
		after = pending[len(pending)-1].Document
		complete, err := v.complete(ctx, pending)
		if err != nil || !complete {
			return err
		}
		for _, document := range pending {
			if err := v.store.SaveVectors(ctx, v.model, document); err != nil {
				return err
			}
		}
		if saved != nil {
			saved(len(pending))
		}
	}
}

// complete gives the units of documents their vectors; false: the embedder does
// not answer now.
func (v *vectors) complete(ctx context.Context, documents []retrieval.PendingUnits) (bool, error) {
	var hashes []retrieval.UnitHash
	var texts []string
	for _, d := range documents {
		for _, unit := range d.Units {
			hashes = append(hashes, unit.Hash)
		}
		texts = append(texts, d.Texts...)
	}
	values, err := v.embed(ctx, hashes, texts)
	if err != nil || values == nil {
		return false, err
	}
	at := 0
	for _, d := range documents {
		for i := range d.Units {
			d.Units[i].Values = values[at]
			at++
		}
	}
	return true, nil
}
