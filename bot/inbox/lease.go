package inbox

import (
	"context"
	"errors"
	"time"
)

// hold prolongs the lease until the returned function is called. When the
// lease is lost, or could not be prolonged in time, the context ends with
// ErrStale as its cause.
func (p *Pipeline) hold(ctx context.Context, q Question) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.beat(ctx, q, cancel)
	}()
	return ctx, func() {
		cancel(nil)
		<-done
	}
}

func (p *Pipeline) beat(ctx context.Context, q Question, lose context.CancelCauseFunc) {
	ticker := time.NewTicker(p.cfg.Heartbeat)
	defer ticker.Stop()
	until := p.now().Add(p.cfg.Lease)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		asked := p.now()
		err := p.extend(ctx, q)
		switch {
		case err == nil:
			until = asked.Add(p.cfg.Lease)
		case ctx.Err() != nil:
			return
		case errors.Is(err, ErrStale), p.now().Add(p.cfg.Heartbeat).After(until):
			lose(ErrStale)
			return
		default:
			p.log.WarnContext(ctx, "lease not prolonged, will try again", KeyQuestion, q.ID, KeyError, err)
		}
	}
}

func (p *Pipeline) extend(ctx context.Context, q Question) error {
	ctx, cancel := context.WithTimeout(ctx, p.cfg.Heartbeat)
	defer cancel()
	return p.store.Extend(ctx, q, p.cfg.Lease)
}

// stale reports whether err (of a call under ctx) means that the lease is lost.
func stale(ctx context.Context, err error) bool {
	return errors.Is(err, ErrStale) || errors.Is(context.Cause(ctx), ErrStale)
}
