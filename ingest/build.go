package ingest

import (
	"context"
	"fmt"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/pacing"
)

// BuildOptions of a build.
type BuildOptions struct {
	Store    SetStore
	Embedder retrieval.Embedder
	Batch    int                   // texts embedded at a time; default 32
	Progress func(done, total int) // documents; called from one goroutine; may be nil
	// Pause waits before an embedder that did not answer is asked again, longer
	// each time; default: a timer.
	Pause func(ctx context.Context, d time.Duration) error
}

// A build of hours must not end with the first answer that is late: it asks
// again after about 1, 2, 4 … seconds, a minute in all, and then leaves it to a
// person.
const (
	firstPause = time.Second
	lastPause  = 32 * time.Second
	mostPauses = 6
)

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
	if options.Pause == nil {
		options.Pause = pacing.Wait
	}
	model := options.Embedder.Model()
	var away error
	v, err := newVectors(options.Store, options.Embedder, options.Batch, func(err error) { away = err })
	if err != nil {
		return 0, err
	}
	held, release, err := options.Store.LockSet(ctx, model)
	if err != nil {
		return 0, err
	}
	defer release()
	if err := options.Store.BeginSet(held, model); err != nil {
		return 0, lostOr(held, err)
	}
	documents, err = build(held, v, options)
	err = lostOr(held, err)
	switch {
	case err != nil:
		return documents, fmt.Errorf("build the embedding set of %s: %w", model.Name, err)
	case v.away:
		return documents, fmt.Errorf("build the embedding set of %s: the embedder does not answer; what was made is kept, run it again: %w", model.Name, away)
	}
	return documents, nil
}

// build goes through the documents until none waits any more, or nothing could
// be done for those that do.
func build(ctx context.Context, v *vectors, options BuildOptions) (done int, err error) {
	retry, pauses := pacing.Backoff(firstPause, lastPause), 0
	for {
		pending, err := v.store.CountPending(ctx, "", v.model)
		if err != nil || pending == 0 {
			return done, err
		}
		before, total := done, done+pending
		err = v.fill(ctx, "", func(documents int) {
			done += documents
			if options.Progress != nil {
				options.Progress(min(done, total), total)
			}
		})
		switch {
		case err != nil:
			return done, err
		case done > before:
			retry.Reset()
			pauses = 0
		case !v.away || pauses == mostPauses:
			return done, nil
		}
		if v.away {
			if err := options.Pause(ctx, retry.NextBackOff()); err != nil {
				return done, err
			}
			v.away = false
			pauses++
		}
	}
}
