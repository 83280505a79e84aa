package inbox

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// Work takes one question as far as it goes. It is nil when the question is
// done, leased by somebody else, or put back for another try; an error means
// that the store failed, and the lease will run out.
func (p *Pipeline) Work(ctx context.Context, id string) error {
	outer := ctx
	ctx, cancel := context.WithTimeout(ctx, p.cfg.Timeout)
	defer cancel()
	q, err := p.store.Claim(ctx, id, p.cfg.Lease)
	if errors.Is(err, ErrBusy) || errors.Is(err, ErrDone) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("claim question (%s): %w", id, err)
	}
	ctx, release := p.hold(ctx, q)
	defer release()

	if !q.Overheard {
		p.chat.Working(ctx, q, true)
	}
	err = p.advance(ctx, &q)
	if err == nil {
		return nil
	}
	if stale(ctx, err) {
		// The one who took over will end the sign of work too.
		p.log.InfoContext(outer, "question taken over by another worker", KeyQuestion, id, KeyAttempt, q.Attempt)
		return nil
	}
	p.endWorking(outer, q)
	return p.putBack(outer, q, err)
}

// advance repeats the round while the asking post changes.
func (p *Pipeline) advance(ctx context.Context, q *Question) error {
	for {
		err := p.round(ctx, q)
		if errors.Is(err, ErrGone) {
			err = p.drop(ctx, q, "gone")
		}
		refusal, refused := err, errors.Is(err, ErrRefused)
		if !refused && !errors.Is(err, ErrChanged) {
			return err
		}
		p.log.WarnContext(ctx, "question starts anew", KeyQuestion, q.ID, KeyTry, q.Try, KeyError, err)
		fresh, err := p.store.Restart(ctx, *q)
		if err != nil {
			return err
		}
		*q = fresh
		if refused {
			p.log.ErrorContext(ctx, "reply refused by the chat platform", KeyQuestion, q.ID, KeyError, refusal)
			q.Try = p.cfg.MaxAttempts + 1 // the same reply would be refused again
		}
	}
}

// round goes from where the question stands to its end.
func (p *Pipeline) round(ctx context.Context, q *Question) error {
	if q.Gone && !q.Lasting {
		return ErrGone
	}
	if err := p.removeObsolete(ctx, q); err != nil {
		return err
	}
	if q.State == Received || q.State == Retrieving {
		done, err := p.prepare(ctx, q)
		if done || err != nil {
			return err
		}
	} else if q.Wanted > q.Revision && !q.Lasting {
		return ErrChanged
	}
	return p.postAll(ctx, q)
}

// prepare brings a question to Ready, or (done) to its end without a post.
func (p *Pipeline) prepare(ctx context.Context, q *Question) (done bool, err error) {
	if q.Try > p.cfg.MaxAttempts {
		return p.fail(ctx, q, errors.New("too many tries"))
	}
	if err := p.store.Start(ctx, *q); err != nil {
		return false, err
	}
	q.State = Retrieving
	reply, err := p.handle(ctx, q)
	switch {
	case err == nil:
		return p.save(ctx, q, reply, false)
	case ctx.Err() != nil, errors.Is(err, ErrGone), errors.Is(err, ErrChanged), errors.Is(err, ErrStale):
		return false, err
	case p.final(*q, err):
		return p.fail(ctx, q, err)
	default:
		return false, err
	}
}

// handle calls the Handler under its own deadline; a panic is an error there.
func (p *Pipeline) handle(ctx context.Context, q *Question) (r Reply, err error) {
	ctx, cancel := context.WithTimeout(ctx, p.cfg.HandleTimeout)
	defer cancel()
	early := &meanwhile{p: p, q: q}
	defer early.end()
	ctx = context.WithValue(ctx, meanwhileKey{}, early)
	defer func() {
		if v := recover(); v != nil {
			// The value may hold text of the question, the stack does not.
			p.log.ErrorContext(ctx, "handler panicked", KeyQuestion, q.ID, "type", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
			err = errors.New("handler panicked")
		}
	}()
	return p.handler.Handle(ctx, *q)
}

// final reports whether err was the last one to try again after.
func (p *Pipeline) final(q Question, err error) bool {
	var retry *RetryError
	if errors.As(err, &retry) {
		return p.now().Sub(q.Since) > p.cfg.Patience
	}
	return q.Try >= p.cfg.MaxAttempts
}

// fail says that there will be no answer.
func (p *Pipeline) fail(ctx context.Context, q *Question, cause error) (done bool, err error) {
	if reply, ok := q.stands(); ok {
		p.log.ErrorContext(ctx, "question failed, what was posted meanwhile stands", KeyQuestion, q.ID, KeyTry, q.Try, KeyError, cause)
		return p.save(ctx, q, reply, false)
	}
	p.log.ErrorContext(ctx, "question failed, saying so", KeyQuestion, q.ID, KeyTry, q.Try, KeyError, cause)
	return p.save(ctx, q, p.handler.Failed(ctx, *q), true)
}

func (p *Pipeline) save(ctx context.Context, q *Question, r Reply, failed bool) (done bool, err error) {
	if r.Drop || len(r.Drafts) == 0 {
		reason := r.Reason
		if failed {
			reason = "failed"
		}
		if err := p.takeBack(ctx, q); err != nil {
			return false, err
		}
		return true, p.finish(ctx, *q, Dropped, r.Outcome, reason)
	}
	setMarkers(q.ID, r.Drafts)
	takeOver(q.Drafts, r.Drafts)
	r.Revision = max(r.Revision, q.Wanted)
	saved, err := p.store.Save(ctx, *q, r, failed)
	if err != nil {
		return false, err
	}
	*q = saved
	return false, p.removeObsolete(ctx, q)
}

// drop takes back what was posted and ends the question.
func (p *Pipeline) drop(ctx context.Context, q *Question, reason string) error {
	if err := p.retract(ctx, q); err != nil {
		return err
	}
	if q.Gone {
		reason = "deleted"
	}
	return p.finish(ctx, *q, Dropped, "", reason)
}

// takeBack takes back what was posted while a reply was worked out that is none.
func (p *Pipeline) takeBack(ctx context.Context, q *Question) error {
	if len(q.Drafts) == 0 {
		return nil
	}
	return p.retract(ctx, q)
}

// retract takes back what was posted.
func (p *Pipeline) retract(ctx context.Context, q *Question) error {
	fresh, err := p.store.Restart(ctx, *q)
	if err != nil {
		return err
	}
	*q = fresh
	return p.removeObsolete(ctx, q)
}

func (p *Pipeline) finish(ctx context.Context, q Question, s State, outcome, reason string) error {
	// Before Finish: nobody would take the sign away after a crash in between.
	p.endWorking(ctx, q)
	if err := p.store.Finish(ctx, q, s, outcome, reason); err != nil {
		return err
	}
	p.log.InfoContext(ctx, "question done", KeyQuestion, q.ID, KeyState, s, KeyOutcome, outcome, KeyReason, reason,
		KeyAttempt, q.Attempt, KeySeconds, p.now().Sub(q.At).Seconds())
	return nil
}

// putBack gives the question back for another try. It must work while ctx is
// ending: a shutdown leaves everything resumable at once.
func (p *Pipeline) putBack(ctx context.Context, q Question, cause error) error {
	pause, refund := p.pause(q, cause)
	if ctx.Err() != nil {
		pause, refund = 0, true
	}
	p.log.WarnContext(ctx, "question put back", KeyQuestion, q.ID, KeyState, q.State, KeyTry, q.Try, KeyPause, pause, KeyError, cause)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), afterwards)
	defer cancel()
	if err := p.store.Release(ctx, q, pause, refund); err != nil && !errors.Is(err, ErrStale) {
		return fmt.Errorf("put question back (%s): %w", q.ID, err)
	}
	return nil
}

// afterwards is the time for what has to be done when a context has ended.
const afterwards = 5 * time.Second

func (p *Pipeline) endWorking(ctx context.Context, q Question) {
	if q.Overheard {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), afterwards)
	defer cancel()
	p.chat.Working(ctx, q, false)
}

// pause is how long to wait after an error: what it asks for, or a time that
// grows with the age of the trouble.
func (p *Pipeline) pause(q Question, err error) (pause time.Duration, refund bool) {
	var retry *RetryError
	refund = errors.As(err, &retry)
	if refund && retry.After > 0 {
		return min(retry.After, 10*time.Minute), true
	}
	shortest := time.Second
	if q.State == Posting {
		shortest = 5 * time.Second // a post that was on its way must have arrived by then
	}
	return min(max(p.now().Sub(q.Since)/4, shortest), time.Minute), refund
}
