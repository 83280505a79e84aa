package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// moot takes the choices that a reply has decided away from earlier posts: by a word,
// which uses up no button, or because they are shown anew. Posts come first and the
// store after them, so that what a crash leaves is done again.
func (p *Pipeline) moot(ctx context.Context, q Question) error {
	if q.Failed || !slices.ContainsFunc(q.Drafts, func(d Draft) bool { return len(d.Moot) > 0 }) {
		return nil
	}
	earlier, err := p.store.Moot(ctx, q)
	if err != nil {
		return fmt.Errorf("find moot buttons (%s): %w", q.ID, err)
	}
	for _, d := range earlier {
		if err := p.showLeft(ctx, q, d.PostID, d); err != nil {
			return err
		}
		if err := p.store.Mooted(ctx, q, d); err != nil && !errors.Is(err, ErrDone) {
			return fmt.Errorf("keep buttons (%s): %w", d.Marker, err)
		}
	}
	return nil
}

// showLeft shows a post with the buttons that are left. That they stay for good is
// not what the reply fails by.
func (p *Pipeline) showLeft(ctx context.Context, q Question, postID string, left Draft) error {
	err := p.chat.ShowButtons(ctx, postID, left)
	if err == nil || errors.Is(err, ErrGone) {
		return nil
	}
	if retry := (*RetryError)(nil); errors.As(err, &retry) && p.now().Sub(q.Since) < p.cfg.Patience {
		return err
	}
	p.log.WarnContext(ctx, "used up buttons stay", KeyQuestion, q.ID, KeyPost, postID, KeyError, err)
	return nil
}

// Unmooted are the buttons of a draft that are left where these choices are decided,
// and whether any went.
func Unmooted(d Draft, decided []Choice) (left []Button, went bool) {
	questionID := QuestionOf(d.Marker)
	for _, b := range d.Buttons {
		if slices.ContainsFunc(decided, func(c Choice) bool { return c.on(questionID, b) }) {
			went = true
		} else {
			left = append(left, b)
		}
	}
	return left, went
}

// DecidedIn are the channels where everybody reads what the drafts of a question decide.
func (q Question) DecidedIn() (channels []string) {
	for _, d := range q.Drafts {
		if len(d.Moot) > 0 && d.ToUserID == "" {
			channels = append(channels, d.ChannelID)
		}
	}
	return channels
}

// Decided is all that the drafts of a question say is decided.
func (q Question) Decided() (all []Choice) {
	for _, d := range q.Drafts {
		all = append(all, d.Moot...)
	}
	return all
}
