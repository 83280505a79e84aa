package inbox

import (
	"context"
	"errors"
	"fmt"
)

// At most so many questions are looked at in one Reconcile.
const (
	requeueAtOnce = 200
	sweepAtOnce   = 20
)

// Reconcile finds what fell through: questions that nobody works on get a job
// again, and posts that turned up twice are reduced to one. Call it every few
// seconds, in each replica; calls do not disturb each other.
func (p *Pipeline) Reconcile(ctx context.Context) error {
	n, err := p.store.Requeue(ctx, requeueAtOnce)
	if err != nil {
		return fmt.Errorf("requeue questions: %w", err)
	}
	if n > 0 {
		p.log.InfoContext(ctx, "questions queued again", KeyCount, n)
	}
	return p.sweepAll(ctx)
}

// sweepAll looks again at questions whose posts were made under doubt: a
// request of a worker that was thought dead may have arrived after all.
func (p *Pipeline) sweepAll(ctx context.Context) error {
	qs, err := p.store.Sweepable(ctx, sweepAtOnce)
	if err != nil {
		return fmt.Errorf("list questions to sweep: %w", err)
	}
	var errs []error
	for _, q := range qs {
		if err := p.sweep(ctx, q); err != nil {
			errs = append(errs, fmt.Errorf("sweep posts (%s): %w", q.ID, err))
		}
	}
	return errors.Join(errs...)
}

func (p *Pipeline) sweep(ctx context.Context, q Question) error {
	for _, d := range q.Drafts {
		if !d.Tried || d.Lost {
			continue
		}
		if _, err := p.adopt(ctx, d, d.PostID); err != nil && !errors.Is(err, ErrGone) {
			return err
		}
	}
	for _, d := range q.Obsolete {
		if !d.Tried {
			continue
		}
		if err := p.removeFound(ctx, d); err != nil && !errors.Is(err, ErrGone) {
			return err
		}
	}
	return p.store.Swept(ctx, q.ID)
}
