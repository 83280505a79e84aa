package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/retrieval"
)

const (
	maxTogether = 64 // documents embedded and committed together at most
	committers  = 4  // transactions at a time
)

// batch is a group of documents embedded together.
type batch struct {
	documents []prepared
	marks     map[string]string // of documents with a new mark and the same content
	texts     int
}

// commitAll groups what was read, has it embedded and saves it.
func (s *syncer) commitAll(ctx context.Context, ready <-chan prepared) error {
	open := &batch{marks: map[string]string{}}
	for p := range ready {
		if err := s.sortIn(ctx, open, p); err != nil {
			return err
		}
		if len(open.documents)+len(open.marks) >= maxTogether || s.Embedder != nil && !s.away && open.texts >= s.Batch {
			if err := s.save(ctx, open); err != nil {
				return err
			}
			open = &batch{marks: map[string]string{}}
		}
	}
	if ctx.Err() != nil {
		return ctx.Err() // ready was closed because the work was stopped
	}
	return s.save(ctx, open)
}

// sortIn puts a document into the batch, or records why it is refused.
func (s *syncer) sortIn(ctx context.Context, open *batch, p prepared) error {
	s.report.Hidden += p.hidden
	s.report.Warnings = append(s.report.Warnings, p.warnings...)
	if err := s.saveParts(ctx, open, p); err != nil {
		return err
	}
	if refusal, ok := isRefusal(p.err); ok {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		defer s.step()
		return s.refuse(ctx, p.item, refusal, refusal.unclear || s.hasOtherReaders(p.item))
	}
	if p.same {
		s.report.Unchanged++
		s.reportParts(p.item.Path)
		open.marks[p.item.Path] = mark(p.item)
		s.step()
		return nil
	}
	open.documents = append(open.documents, p)
	open.texts += len(p.texts)
	return nil
}

// saveParts commits the documents attached to one before it: once its own mark is
// stored, nothing looks for them any more. Those no longer attached go.
func (s *syncer) saveParts(ctx context.Context, open *batch, p prepared) error {
	if p.same || len(p.parts) == 0 && len(s.parts[p.item.Path]) == 0 {
		return nil
	}
	if _, refused := isRefusal(p.err); refused && len(p.parts) == 0 {
		return nil // the file as a whole: what was attached stays with its old version
	}
	s.progress.Total += len(p.parts)
	attached := map[string]bool{}
	for _, part := range p.parts {
		attached[part.item.Path] = true
		if err := s.sortIn(ctx, open, part); err != nil {
			return err
		}
	}
	if err := s.save(ctx, open); err != nil {
		return err
	}
	*open = batch{marks: map[string]string{}}
	stale := slices.DeleteFunc(slices.Clone(s.parts[p.item.Path]), func(path string) bool { return attached[path] })
	s.report.Gone += len(stale)
	return s.store.Remove(ctx, s.source.Name(), stale)
}

// hasOtherReaders reports whether the version that serves stands under another
// collection than the item does now, or under one that must not be read.
func (s *syncer) hasOtherReaders(item Item) bool {
	known, ok := s.known[item.Path]
	_, servesRefused := s.refused[known.Collection]
	return ok && (known.Listed != item.Collection.Name || servesRefused)
}

// save embeds the batch's documents and commits each one by itself.
func (s *syncer) save(ctx context.Context, b *batch) error {
	if len(b.marks) > 0 {
		if err := s.store.Touch(ctx, s.source.Name(), b.marks); err != nil {
			return err
		}
	}
	var units []*retrieval.Unit
	var texts []string
	for i := range b.documents {
		for j := range b.documents[i].revision.Units {
			units = append(units, &b.documents[i].revision.Units[j])
		}
		texts = append(texts, b.documents[i].texts...)
	}
	embedded, err := s.embed(ctx, units, texts)
	if err != nil {
		return err
	}
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(committers)
	for i := range b.documents {
		revision := b.documents[i].revision
		if embedded {
			revision.Model = s.Embedder.Model()
		}
		group.Go(func() error { return s.store.Replace(groupCtx, revision) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, p := range b.documents {
		s.count(p)
		s.step()
	}
	return nil
}

// count tells new documents from changed ones.
func (s *syncer) count(p prepared) {
	if known, ok := s.known[p.item.Path]; ok && known.Hash != "" {
		s.report.Changed++
		return
	}
	s.report.New++
}

// embed gives each unit the vector of its text: one that the index already has,
// or a new one. It reports false if there is no embedder or it does not answer;
// the units are then made up for later. An embedder that answers with something
// that is no vector of its model stops the sync.
func (s *syncer) embed(ctx context.Context, units []*retrieval.Unit, texts []string) (bool, error) {
	if s.Embedder == nil || s.away || len(units) == 0 {
		return false, nil
	}
	model := s.Embedder.Model()
	hashes := make([]retrieval.UnitHash, len(units))
	for i, unit := range units {
		hashes[i] = unit.Hash
	}
	vectors, err := s.store.Embedded(ctx, model, hashes)
	if err != nil {
		return false, err
	}
	var missing []retrieval.UnitHash
	var missingTexts []string
	for i, hash := range hashes {
		if _, ok := vectors[hash]; !ok {
			vectors[hash] = nil
			missing, missingTexts = append(missing, hash), append(missingTexts, texts[i])
		}
	}
	for start := 0; start < len(missing); start += s.Batch {
		end := min(start+s.Batch, len(missing))
		made, err := s.askEmbedder(ctx, missingTexts[start:end])
		if err != nil || s.away {
			return false, err
		}
		for i, vector := range made {
			vectors[missing[start+i]] = vector.Values
		}
	}
	for i, unit := range units {
		unit.Values = vectors[hashes[i]]
	}
	return true, nil
}

// askEmbedder embeds a few texts and checks what comes back. A fault that may
// pass sets s.away.
func (s *syncer) askEmbedder(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	vectors, err := s.Embedder.EmbedPassages(ctx, texts)
	var fault interface{ Temporary() bool }
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &fault) && fault.Temporary():
		s.away = true
		s.warn(fmt.Sprintf("the embedder does not answer: documents are found by their words only until the next sync (%v)", err))
		s.log.Warn("embedder away", "error", err)
		return nil, nil
	default:
		return nil, fmt.Errorf("embed: %w", err)
	}
	if len(vectors) != len(texts) {
		return nil, fmt.Errorf("embed: %d vectors for %d texts", len(vectors), len(texts))
	}
	model := s.Embedder.Model()
	for _, v := range vectors {
		if v.Model != model || len(v.Values) != model.Dimensions {
			return nil, fmt.Errorf("embed: %w", &retrieval.ModelError{
				Have:  retrieval.Model{Name: v.Model.Name, Dimensions: len(v.Values)},
				Index: []retrieval.Model{model},
			})
		}
		if err := retrieval.CheckValues(v.Values); err != nil {
			return nil, fmt.Errorf("embed: the embedder's answer is useless: %w", err)
		}
	}
	return vectors, nil
}

// pendingTogether is the number of documents read at a time that lack vectors.
const pendingTogether = 8

// embedPending makes up for vectors that earlier syncs could not make, or that
// another model made.
func (s *syncer) embedPending(ctx context.Context) error {
	if s.Embedder == nil {
		return nil
	}
	s.away = false // it may have come back
	model := s.Embedder.Model()
	lacking, err := s.store.CountPending(ctx, s.source.Name(), model)
	if err != nil || lacking == 0 {
		return err
	}
	s.begin(Embedding, lacking)
	for after := int64(0); ; {
		pending, err := s.store.Pending(ctx, s.source.Name(), model, after, pendingTogether)
		if err != nil {
			return err
		}
		if len(pending) == 0 {
			break
		}
		for _, document := range pending {
			after = document.Document
			units := make([]*retrieval.Unit, len(document.Units))
			for i := range document.Units {
				units[i] = &document.Units[i]
			}
			embedded, err := s.embed(ctx, units, document.Texts)
			if err != nil {
				return err
			}
			if s.away {
				return s.countPending(ctx, model)
			}
			if embedded {
				if err := s.store.SaveVectors(ctx, model, document); err != nil {
					return err
				}
			}
			s.step()
		}
	}
	return s.countPending(ctx, model)
}

func (s *syncer) countPending(ctx context.Context, model retrieval.Model) (err error) {
	s.report.Pending, err = s.store.CountPending(ctx, s.source.Name(), model)
	return err
}
