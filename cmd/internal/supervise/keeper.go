package supervise

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"

	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/pacing"
)

// How a source is looked at.
const (
	settleTime = time.Second      // without a change before a sync: files are written in pieces
	settleMost = 10 * time.Second // then a sync comes although files still change

	// Backoff when another process holds the source's lock, or the sync failed; never
	// longer than until the next look that is due anyway.
	firstRetry = 5 * time.Second
	lastRetry  = 10 * time.Minute
)

// keeper keeps one source in line.
type keeper struct {
	kept
	task    keeping
	retry   *backoff.ExponentialBackOff
	changed <-chan struct{} // nil: nobody tells of changes
	outlook outlook         // of the last look
}

func newKeeper(task keeping, source kept) *keeper {
	return &keeper{kept: source, task: task, retry: pacing.Backoff(firstRetry, lastRetry)}
}

// keep syncs the source again and again until ctx ends.
func (k *keeper) keep(ctx context.Context) {
	for {
		k.listen(ctx) // before the look, so that nothing is missed
		report, err := k.task.ingester.Ingest(ctx, k.Source)
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
	case sources.IsFar(k.Source): // a server tells nobody
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
			return k.debounce(ctx)
		}
		k.changed = nil
		return ctx.Err() == nil
	}
}

// debounce waits until changes have stopped for a moment.
func (k *keeper) debounce(ctx context.Context) bool {
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
