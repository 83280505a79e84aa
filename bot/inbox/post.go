package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// postAll brings each draft out once and ends the question.
func (p *Pipeline) postAll(ctx context.Context, q *Question) error {
	if err := p.tooLate(*q); err != nil {
		return p.giveUp(ctx, q, err)
	}
	for i := range q.Drafts {
		if err := p.post(ctx, q, &q.Drafts[i]); err != nil {
			return err
		}
	}
	if err := p.spend(ctx, *q); err != nil {
		return err
	}
	if err := p.moot(ctx, *q); err != nil {
		return err
	}
	lost := func(d Draft) bool { return d.Lost }
	switch {
	case !slices.ContainsFunc(q.Drafts, func(d Draft) bool { return !d.Lost }):
		return p.finish(ctx, *q, Dropped, q.Outcome, "gone")
	case q.Failed:
		return p.finish(ctx, *q, Told, q.Outcome, q.Reason)
	case slices.ContainsFunc(q.Drafts, lost):
		return p.finish(ctx, *q, Posted, q.Outcome, "partly gone")
	default:
		return p.finish(ctx, *q, Posted, q.Outcome, q.Reason)
	}
}

// giveUp ends a question whose reply has waited too long. For what the house has to
// say nobody waits: it is worked out anew, as things stand now, until there is
// nothing more to say.
func (p *Pipeline) giveUp(ctx context.Context, q *Question, cause error) error {
	if q.Origin != FromHouse {
		return p.drop(ctx, q, "undeliverable")
	}
	fresh, err := p.store.Renew(ctx, *q)
	if err != nil {
		return err
	}
	p.log.WarnContext(ctx, "could not be said for long, worked out anew", KeyQuestion, q.ID, KeyError, cause)
	*q = fresh
	return p.round(ctx, q)
}

// tooLate is an error when the saved reply has waited longer than anybody
// waits for it.
func (p *Pipeline) tooLate(q Question) error {
	if age := p.now().Sub(q.Since); age > p.cfg.PostPatience {
		return fmt.Errorf("reply is %s old", age)
	}
	return nil
}

// post brings one draft out. The order is what makes it once: the intention is
// recorded, a post that may be there already is looked for, the question is
// confirmed, and only then it is created.
func (p *Pipeline) post(ctx context.Context, q *Question, d *Draft) error {
	if d.PostID != "" && !d.Early {
		return p.note(ctx, *q, *d) // a crash may have come before it
	}
	if d.Lost {
		return nil
	}
	if err := p.store.Try(ctx, *q, d.Marker); err != nil {
		return err
	}
	q.State = Posting
	id, err := p.confirmAndCreate(ctx, *q, *d)
	d.Tried = true
	switch {
	case errors.Is(err, errLost):
		d.Lost = true
		return p.store.Lost(ctx, *q, d.Marker)
	case err != nil:
		return err
	}
	d.PostID, d.Early = id, false
	if err := p.store.Posted(ctx, *q, d.Marker, id); err != nil {
		return err
	}
	return p.note(ctx, *q, *d)
}

// errLost means that this draft cannot be posted, while others may be.
var errLost = errors.New("draft has no place")

func (p *Pipeline) confirmAndCreate(ctx context.Context, q Question, d Draft) (string, error) {
	if err := p.confirm(ctx, q, d); err != nil {
		return "", err
	}
	id, err := p.adoptOrCreate(ctx, d)
	if errors.Is(err, ErrGone) || q.Failed && errors.Is(err, ErrRefused) {
		return "", fmt.Errorf("%w: %w", errLost, err)
	}
	return id, err
}

// confirm asks whether the draft may still go out. A failure is said also
// about an edited question (the edit's own event starts it anew), as is a lasting
// reply, but for a draft whose basis has changed; and a lasting reply goes on
// without a draft that may not go out.
func (p *Pipeline) confirm(ctx context.Context, q Question, d Draft) error {
	err := p.handler.Confirm(ctx, q, d)
	switch {
	case errors.Is(err, ErrChanged) && (q.Failed || q.Lasting && d.About.Basis.Nothing()):
		return nil
	case q.Lasting && errors.Is(err, ErrGone):
		return fmt.Errorf("%w: %w", errLost, err)
	}
	return err
}

func (p *Pipeline) adoptOrCreate(ctx context.Context, d Draft) (string, error) {
	if d.Tried {
		id, err := p.adopt(ctx, d, d.PostID)
		if err == nil && id != "" && d.Early {
			err = p.chat.Rewrite(ctx, id, d)
		}
		if id != "" || err != nil {
			return id, err
		}
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	return p.chat.Create(ctx, d)
}

// adopt finds the draft's posts and deletes all but one: the known one, else
// the oldest. It returns the one that stays, "" when there is none.
func (p *Pipeline) adopt(ctx context.Context, d Draft, known string) (string, error) {
	ids, err := p.chat.Find(ctx, d)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	keep := ids[0]
	if slices.Contains(ids, known) {
		keep = known
	}
	for _, id := range ids {
		if id == keep {
			continue
		}
		p.log.WarnContext(ctx, "duplicate post deleted", KeyMarker, d.Marker, KeyPost, id)
		if err := p.chat.Delete(ctx, id); err != nil {
			return "", err
		}
	}
	return keep, nil
}

// note tells the Handler where a draft went.
func (p *Pipeline) note(ctx context.Context, q Question, d Draft) error {
	noter, ok := p.handler.(Noter)
	if !ok {
		return nil
	}
	if err := noter.Posted(ctx, q, d); err != nil {
		// Not wrapped: the draft is out, whatever the Handler says of it.
		return fmt.Errorf("note post (%s): %v", d.Marker, err) //nolint:errorlint // see above
	}
	return nil
}

// removeObsolete deletes the posts of earlier replies.
func (p *Pipeline) removeObsolete(ctx context.Context, q *Question) error {
	for len(q.Obsolete) > 0 {
		d := q.Obsolete[0]
		if err := p.remove(ctx, d); err != nil && !errors.Is(err, ErrGone) {
			if p.tooLate(*q) == nil {
				return err
			}
			p.log.ErrorContext(ctx, "outdated post could not be deleted", KeyMarker, d.Marker, KeyPost, d.PostID, KeyError, err)
		}
		if err := p.store.Removed(ctx, *q, d.Marker); err != nil {
			return err
		}
		q.Obsolete = q.Obsolete[1:]
	}
	return nil
}

func (p *Pipeline) remove(ctx context.Context, d Draft) error {
	if d.PostID != "" {
		if err := p.chat.Delete(ctx, d.PostID); err != nil {
			return err
		}
	}
	if d.PostID != "" || !d.Tried {
		return nil
	}
	return p.removeFound(ctx, d)
}

func (p *Pipeline) removeFound(ctx context.Context, d Draft) error {
	ids, err := p.chat.Find(ctx, d)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := p.chat.Delete(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
