package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/retrieval"
)

// How a watched source is looked at.
const (
	settleTime = time.Second      // without a change before a sync: files are written in pieces
	settleMost = 10 * time.Second // then a sync comes although files still change
	pollEvery  = 30 * time.Second // of a folder whose changes the system does not tell
	retryAfter = 5 * time.Second  // when another process is at the source, or the sync failed
)

// watched is a source that is kept in line.
type watched struct {
	config.Source
	changed <-chan struct{} // nil: nobody tells
	every   time.Duration   // between two looks at most
}

// Watch brings the index in line with the sources, and again whenever they
// change, until ctx ends. Each sync is handed to done when it has ended, one at a
// time, with the error that ended it before its time: that source is tried again
// soon and holds up no other. An error of done ends the watch.
func (b *Base) Watch(ctx context.Context, lib *Library, sources []config.Source, gate Gate, done func(ingest.Report, error) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var watching []watched
	for _, source := range sources {
		watching = append(watching, b.watched(ctx, source)) // before the first look, so that nothing is missed
	}
	var one sync.Mutex
	tell := func(report ingest.Report, failure error) {
		one.Lock()
		defer one.Unlock()
		if err := done(report, failure); err != nil {
			stop(err)
		}
	}
	var keepers sync.WaitGroup
	for _, w := range watching {
		keepers.Go(func() { b.keep(ctx, lib, w, gate, tell) })
	}
	keepers.Go(func() {
		if err := b.WatchParts(ctx); err != nil {
			stop(err)
		}
	})
	keepers.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// watched finds out how changes of a source become known, and says it. A folder
// that is not there, such as an unmounted share, is looked at until it is.
func (b *Base) watched(ctx context.Context, source config.Source) watched {
	w := watched{Source: source, every: b.Config.EveryOf(source)}
	if w.every <= 0 {
		w.every = config.Defaults().Ingest.Every
	}
	if isFar(source) {
		fmt.Fprintf(b.Progress, "%s: looked at every %s\n", source.Name, w.every)
		return w
	}
	changed, err := folder.Changes(ctx, source.Folder)
	if err != nil {
		w.every = min(w.every, pollEvery)
		fmt.Fprintf(b.Progress, "%s: looked at every %s (%v)\n", source.Name, w.every, err)
		return w
	}
	w.changed = changed
	fmt.Fprintf(b.Progress, "%s: watched for changes, and looked at every %s\n", source.Name, w.every)
	return w
}

// keep syncs a source again and again.
func (b *Base) keep(ctx context.Context, lib *Library, w watched, gate Gate, tell func(ingest.Report, error)) {
	for {
		pause := w.every
		report, err := b.Ingest(ctx, lib, w.Source, nil, gate)
		if ctx.Err() != nil {
			return // stopped by the caller; the next start goes on where it was
		}
		if err != nil {
			pause = min(pause, retryAfter)
		}
		if !errors.Is(err, retrieval.ErrBusy) {
			tell(report, err)
		}
		if !w.await(ctx, pause) {
			return
		}
	}
}

// await returns when the source has changed and settled, or after the pause;
// false: ctx has ended.
func (w *watched) await(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	case _, told := <-w.changed:
		if told {
			return w.settle(ctx)
		}
		w.changed, w.every = nil, min(w.every, pollEvery)
		return ctx.Err() == nil
	}
}

// settle waits until changes have stopped for a moment.
func (w *watched) settle(ctx context.Context) bool {
	latest := time.After(settleMost)
	for {
		select {
		case <-ctx.Done():
			return false
		case <-latest:
			return true
		case <-time.After(settleTime):
			return true
		case _, told := <-w.changed:
			if !told {
				return ctx.Err() == nil
			}
		}
	}
}
