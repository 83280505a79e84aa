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
	seen      map[string]retrieval.Version // of documents with a new version and the same content
	texts     int
}

// commitAll groups what was read, has it embedded and saves it.
func (s *syncer) commitAll(ctx context.Context, ready <-chan prepared) error {
	open := &batch{seen: map[string]retrieval.Version{}}
	for p := range ready {
		if err := s.sortIn(ctx, open, p); err != nil {
			return err
		}
		if len(open.documents)+len(open.seen) >= maxTogether || s.serving.works() && open.texts >= s.Batch {
			if err := s.save(ctx, open); err != nil {
				return err
			}
			open = &batch{seen: map[string]retrieval.Version{}}
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
		s.report.leaveOut(s.known[p.item.Path].Remarks)
		s.report.Unchanged++
		s.reportParts(p.item.Path)
		open.seen[p.item.Path] = versionOf(p.item, p.readers)
		s.step()
		return nil
	}
	open.documents = append(open.documents, p)
	open.texts += len(p.texts)
	return nil
}

// saveParts commits the documents attached to one before it: once its own version is
// stored, nothing looks for them any more. Those no longer attached go.
func (s *syncer) saveParts(ctx context.Context, open *batch, p prepared) error {
	if p.same || len(p.parts) == 0 && len(s.parts[p.item.Path]) == 0 {
		return nil
	}
	if _, refused := isRefusal(p.err); refused && len(p.parts) == 0 {
		return nil // the file as a whole: what was attached stays with its old version
	}
	s.grow(len(p.parts))
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
	*open = batch{seen: map[string]retrieval.Version{}}
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
	if len(b.seen) > 0 {
		if err := s.store.Touch(ctx, s.source.Name(), b.seen); err != nil {
			return err
		}
	}
	if err := s.embed(ctx, b); err != nil {
		return err
	}
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(committers)
	for i := range b.documents {
		group.Go(func() error { return s.store.Replace(groupCtx, b.documents[i].revision) })
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

// embed gives the batch's documents their vectors in the active embedding set
// and in the one being built, as far as the embedders answer; the rest is made
// up for later. An embedder that answers with something that is no vector of its
// model stops the sync, unless it is that of the set being built.
func (s *syncer) embed(ctx context.Context, b *batch) error {
	var hashes []retrieval.UnitHash
	var texts []string
	for _, d := range b.documents {
		for _, unit := range d.revision.Units {
			hashes = append(hashes, unit.Hash)
		}
		texts = append(texts, d.texts...)
	}
	if len(texts) == 0 {
		return nil
	}
	serving, err := s.serving.embed(ctx, hashes, texts)
	if err != nil {
		return err
	}
	next, err := s.next.embed(ctx, hashes, texts)
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		s.next.giveUp(err)
	}
	from := 0
	for i := range b.documents {
		rev := &b.documents[i].revision
		to := from + len(rev.Units)
		if serving != nil {
			rev.Model = s.serving.model
			for j := range rev.Units {
				rev.Units[j].Values = serving[from+j]
			}
		}
		if next != nil {
			rev.Next = &retrieval.SetVectors{Model: s.next.model, Values: next[from:to]}
		}
		from = to
	}
	return nil
}

// count tells new documents from changed ones.
func (s *syncer) count(p prepared) {
	if !p.revision.Reason.IsZero() {
		s.quarantine(p.item.Path, p.revision.Reason)
	}
	s.report.leaveOut(p.revision.Remarks)
	if known, ok := s.known[p.item.Path]; ok && known.Hash != "" {
		s.report.Changed++
		return
	}
	s.report.New++
}

// embedPending makes up for vectors of the active set that earlier syncs could
// not make.
func (s *syncer) embedPending(ctx context.Context) error {
	if s.serving == nil {
		return nil
	}
	s.serving.away = false // it may have come back
	lacking, err := s.store.CountPending(ctx, s.source.Name(), s.serving.model)
	if err != nil || lacking == 0 {
		return err
	}
	s.begin(Embedding, lacking)
	err = s.serving.fill(ctx, s.source.Name(), func(documents int) {
		for range documents {
			s.step()
		}
	})
	var unused *retrieval.ModelError
	if errors.As(err, &unused) {
		s.warn(fmt.Sprintf("the embedding set was taken out of use during the sync: %v", err))
		err = nil
	}
	if err != nil {
		return err
	}
	s.report.Pending, err = s.store.CountPending(ctx, s.source.Name(), s.serving.model)
	return err
}
