package ingest

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/retrieval"
)

// BuildOptions of a build.
type BuildOptions struct {
	Store    Store
	Embedder retrieval.Embedder
	Batch    int                   // texts embedded at a time; default 32
	Progress func(done, total int) // documents; called from one goroutine; may be nil
}

// Build gives every document its vectors in the embedding set of one model,
// while another set goes on serving. Killed at any moment it can be run again
// and goes on where it was; two at once do not get in each other's way: the
// second one gets [retrieval.ErrBusy]. Documents that change meanwhile are the
// concern of both: a sync makes the vectors of their new version, or Build does
// before it ends. It returns how many documents it saved.
func Build(ctx context.Context, options BuildOptions) (documents int, err error) {
	if options.Batch <= 0 {
		options.Batch = defaultBatch
	}
	model := options.Embedder.Model()
	var away error
	v, err := newVectors(options.Store, options.Embedder, options.Batch, func(err error) { away = err })
	if err != nil {
		return 0, err
	}
	release, err := options.Store.LockSet(ctx, model)
	if err != nil {
		return 0, err
	}
	defer release()
	if err := options.Store.BeginSet(ctx, model); err != nil {
		return 0, err
	}
	documents, err = build(ctx, v, options)
	switch {
	case err != nil:
		return documents, fmt.Errorf("build the embedding set of %s: %w", model.Name, err)
	case away != nil:
		return documents, fmt.Errorf("build the embedding set of %s: the embedder does not answer; what was made is kept, run it again: %w", model.Name, away)
	}
	return documents, nil
}

// build goes through the documents until none waits any more, or nothing could
// be done for those that do.
func build(ctx context.Context, v *vectors, options BuildOptions) (done int, err error) {
	for {
		pending, err := v.store.CountPending(ctx, "", v.model)
		if err != nil || pending == 0 {
			return done, err
		}
		before := done
		total := done + pending
		_, err = v.fill(ctx, "", func(documents int) {
			done += documents
			if options.Progress != nil {
				options.Progress(min(done, total), total)
			}
		})
		if err != nil || v.away || done == before {
			return done, err
		}
	}
}
