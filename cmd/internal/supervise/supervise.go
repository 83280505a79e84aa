// Package supervise keeps sources of documents in line with the index for as long as
// a program runs: each by its own schedule, folders as soon as they change, and one
// that fails later each time. How one sync goes is no business of it.
package supervise

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest"
)

// Ingester brings the index in line with one source. The report names the source
// also when an error ended it.
type Ingester interface {
	Ingest(ctx context.Context, s config.Source) (ingest.Report, error)
}

// pollEvery is how often somebody at a terminal has a folder looked at whose changes
// the system does not tell.
const pollEvery = 30 * time.Second

// Watch brings the index in line with the sources, and again whenever they
// change, until ctx ends: for a person at a terminal, who reads on progress how each
// is looked at. Each sync is handed to done when it has ended, one at a time, with
// the error that ended it before its time: that source is retried with backoff,
// and holds up no other. An error of done ends the watch.
func Watch(ctx context.Context, conf config.Config, in Ingester, sources []config.Source, progress io.Writer, done func(ingest.Report, error) error) error {
	var all []kept
	for _, source := range sources {
		every := conf.EveryOf(source)
		if every <= 0 {
			every = config.Defaults().Ingest.Every
		}
		all = append(all, kept{source, every, min(every, pollEvery)})
	}
	return keep(ctx, keeping{ingester: in, sources: all, done: done, outlook: func(o outlook) {
		switch {
		case o.told:
			fmt.Fprintf(progress, "%s: watched for changes, and looked at every %s\n", o.source, o.every)
		case o.why != nil:
			fmt.Fprintf(progress, "%s: looked at every %s (%v)\n", o.source, o.every, o.why)
		default:
			fmt.Fprintf(progress, "%s: looked at every %s\n", o.source, o.every)
		}
	}})
}

// Keep does the same for a running bot until ctx ends: with the configured sources
// that have a schedule, and its words go to the log.
func Keep(ctx context.Context, conf config.Config, in Ingester, logger *slog.Logger) {
	var all []kept
	for _, source := range conf.Sources {
		if every := conf.EveryOf(source); every > 0 {
			all = append(all, kept{source, every, every})
		}
	}
	failing := map[string]string{}
	_ = keep(ctx, keeping{ // done has no error
		ingester: in, sources: all,
		outlook: func(o outlook) {
			logger.InfoContext(ctx, "source kept in line", "source", o.source, "every", o.every, "changes_told", o.told, "reason", o.why)
		},
		done: func(report ingest.Report, err error) error {
			if err == nil {
				delete(failing, report.Source)
				logger.InfoContext(ctx, "ingested", "source", report.Source, "new", report.New, "changed", report.Changed,
					"gone", report.Gone, "unchanged", report.Unchanged, "quarantined", len(report.Quarantined))
			} else if failing[report.Source] != err.Error() { // said once, however often it is tried
				failing[report.Source] = err.Error()
				logger.WarnContext(ctx, "source failed, will try again", "source", report.Source, "error", err)
			}
			return nil
		},
	})
}

// keeping is a task to keep sources in line with the index: `ingest --watch` and a
// running bot do it alike.
type keeping struct {
	ingester Ingester
	sources  []kept
	outlook  func(outlook)                    // called at the first look at each source, and when it changes
	done     func(ingest.Report, error) error // called after each sync, with the error that ended it; an error of it ends the task
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

// keep works on a task until ctx ends or done returns an error. A source that
// fails or takes long holds up no other.
func keep(ctx context.Context, task keeping) error {
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
		keepers.Go(func() { newKeeper(task, source).keep(ctx) })
	}
	keepers.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}
