package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/pacing"
)

// How a source is looked at.
const (
	settleTime = time.Second      // without a change before a sync: files are written in pieces
	settleMost = 10 * time.Second // then a sync comes although files still change
	pollEvery  = 30 * time.Second // at a terminal: of a folder whose changes the system does not tell

	// When another process is at the source, or the sync failed: longer each time,
	// but never longer than until the next look that is due anyway.
	firstRetry = 5 * time.Second
	lastRetry  = 10 * time.Minute
)

// keeping is a task to keep sources in line with the index: `ingest --watch` and a
// running bot do it alike.
type keeping struct {
	lib     *Library
	gate    Gate
	sources []kept
	outlook func(outlook)                    // called at the first look at each source, and when it changes
	done    func(ingest.Report, error) error // called after each sync, with the error that ended it; an error of it ends the task
}

// kept is a source with the time between two looks at most.
type kept struct {
	config.Source
	every   time.Duration
	unheard time.Duration // of a folder whose changes the system does not tell
}

// outlook is how changes of a source become known.
type outlook struct {
	source string
	every  time.Duration // between two looks at most
	told   bool          // the system tells of changes meanwhile
	why    error         // it does not, though the source is a folder
}

// Watch brings the index in line with the sources, and again whenever they
// change, until ctx ends. Each sync is handed to done when it has ended, one at a
// time, with the error that ended it before its time: that source is tried again,
// later each time, and holds up no other. An error of done ends the watch.
func (b *Base) Watch(ctx context.Context, lib *Library, sources []config.Source, gate Gate, done func(ingest.Report, error) error) error {
	var all []kept
	for _, source := range sources {
		every := b.Config.EveryOf(source)
		if every <= 0 {
			every = config.Defaults().Ingest.Every
		}
		all = append(all, kept{source, every, min(every, pollEvery)})
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return b.WatchParts(ctx) })
	group.Go(func() error { return b.keep(ctx, b.watching(lib, all, gate, done)) })
	return group.Wait()
}

// watching is the task of Watch.
func (b *Base) watching(lib *Library, sources []kept, gate Gate, done func(ingest.Report, error) error) keeping {
	return keeping{lib: lib, gate: gate, sources: sources, done: done, outlook: func(o outlook) {
		switch {
		case o.told:
			fmt.Fprintf(b.Progress, "%s: watched for changes, and looked at every %s\n", o.source, o.every)
		case o.why != nil:
			fmt.Fprintf(b.Progress, "%s: looked at every %s (%v)\n", o.source, o.every, o.why)
		default:
			fmt.Fprintf(b.Progress, "%s: looked at every %s\n", o.source, o.every)
		}
	}}
}

// keepDocuments brings the index in line with the configured sources, each by its
// own schedule, and with folders as soon as they change.
func (s *Service) keepDocuments(ctx context.Context) {
	var all []kept
	for _, source := range s.base.Config.Sources {
		if every := s.base.Config.EveryOf(source); every > 0 {
			all = append(all, kept{source, every, every})
		}
	}
	log, failing := s.base.Log, map[string]string{}
	_ = s.base.keep(ctx, keeping{ // done has no error
		lib: s.lib, gate: gateOf(s.chat), sources: all,
		outlook: func(o outlook) {
			log.InfoContext(ctx, "source kept in line", "source", o.source, "every", o.every, "changes_told", o.told, "reason", o.why)
		},
		done: func(report ingest.Report, err error) error {
			if err == nil {
				delete(failing, report.Source)
				log.InfoContext(ctx, "ingested", "source", report.Source, "new", report.New, "changed", report.Changed,
					"gone", report.Gone, "unchanged", report.Unchanged, "quarantined", len(report.Quarantined))
			} else if failing[report.Source] != err.Error() { // said once, however often it is tried
				failing[report.Source] = err.Error()
				log.WarnContext(ctx, "source failed, will try again", "source", report.Source, "error", err)
			}
			return nil
		},
	})
}

// keep works on a task until ctx ends or done returns an error. A source that
// fails or takes long holds up no other.
func (b *Base) keep(ctx context.Context, task keeping) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var one sync.Mutex
	done, outlooks := task.done, task.outlook
	task.done = func(report ingest.Report, failure error) error {
		one.Lock()
		defer one.Unlock()
		err := done(report, failure)
		if err != nil {
			stop(err)
		}
		return err
	}
	task.outlook = func(o outlook) {
		one.Lock()
		defer one.Unlock()
		outlooks(o)
	}
	var keepers sync.WaitGroup
	for _, source := range task.sources {
		keepers.Go(func() { newKeeper(b, task, source).keep(ctx) })
	}
	keepers.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// keeper keeps one source in line.
type keeper struct {
	kept
	base    *Base
	task    keeping
	retry   *backoff.ExponentialBackOff
	changed <-chan struct{} // nil: nobody tells of changes
	outlook outlook         // of the last look
}

func newKeeper(b *Base, task keeping, source kept) *keeper {
	return &keeper{kept: source, base: b, task: task, retry: pacing.Backoff(firstRetry, lastRetry)}
}

// keep syncs the source again and again until ctx ends.
func (k *keeper) keep(ctx context.Context) {
	for {
		k.listen(ctx) // before the look, so that nothing is missed
		report, err := k.base.Ingest(ctx, k.task.lib, k.Source, nil, k.task.gate)
		if ctx.Err() != nil {
			return // stopped by the caller; the next start goes on where it was
		}
		if !errors.Is(err, retrieval.ErrBusy) && k.task.done(report, err) != nil {
			return
		}
		if !k.await(ctx, k.pause(err)) {
			return
		}
	}
}

// listen has changes of a folder told, if the system can. It is tried at each look
// until it works: a folder may come later, such as a share that is not mounted yet.
func (k *keeper) listen(ctx context.Context) {
	now := outlook{source: k.Name, every: k.every}
	switch {
	case isFar(k.Source): // a server tells nobody
	case k.changed != nil || errors.Is(k.outlook.why, folder.ErrNoEvents):
		return
	default:
		if k.changed, now.why = folder.Changes(ctx, k.Folder); now.why != nil {
			now.every = k.unheard
		}
	}
	now.told = k.changed != nil
	if before := k.outlook; before.source == "" || before.told != now.told {
		k.task.outlook(now)
	}
	k.outlook = now
}

// pause returns the time until the next look, after a sync that ended with err.
func (k *keeper) pause(err error) time.Duration {
	if err == nil {
		k.retry.Reset()
		return k.outlook.every
	}
	return min(k.outlook.every, k.retry.NextBackOff())
}

// await returns when the source has changed and settled, or after the pause;
// false: ctx has ended.
func (k *keeper) await(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	case _, told := <-k.changed:
		if told {
			return k.settle(ctx)
		}
		k.changed = nil
		return ctx.Err() == nil
	}
}

// settle waits until changes have stopped for a moment.
func (k *keeper) settle(ctx context.Context) bool {
	latest := time.After(settleMost)
	for {
		select {
		case <-ctx.Done():
			return false
		case <-latest:
			return true
		case <-time.After(settleTime):
			return true
		case _, told := <-k.changed:
			if !told {
				k.changed = nil
				return ctx.Err() == nil
			}
		}
	}
}
