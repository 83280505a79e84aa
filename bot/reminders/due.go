package reminders

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

const (
	dayBefore  = 24 * time.Hour
	hourBefore = time.Hour
)

// The moments at which somebody is told of a session.
const (
	atDay  = "day"
	atHour = "hour"
	atMove = "moved"
)

// Tick has said what is due: the reminders of sessions that begin within a day and
// within an hour, and that one is not held as it was told. It is to be called every
// few minutes, in each replica; what is due is said once.
func (r *Reminders) Tick(ctx context.Context, in Inbox) error {
	sessions, err := r.cfg.Store.Sessions(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, s := range sessions {
		if moment := r.due(s); moment != "" {
			errs = append(errs, r.receive(ctx, in, s, moment))
		}
	}
	return errors.Join(errs...)
}

// due is the moment that a session is at; empty: none.
func (r *Reminders) due(s Wish) string {
	switch before := s.Session.Sub(r.cfg.Now()); {
	case before <= 0:
		return ""
	case !r.cfg.Calendar.Settled(s.Format): // nobody knows yet when it meets
		return ""
	case !r.stands(s):
		return atMove
	case before <= hourBefore:
		return atHour
	case before <= dayBefore:
		return atDay
	}
	return ""
}

// stands reports whether a session is held as it was told.
func (r *Reminders) stands(s Wish) bool {
	_, held := r.cfg.Calendar.At(s.Format, s.Session)
	return held
}

func (r *Reminders) receive(ctx context.Context, in Inbox, s Wish, moment string) error {
	wishes, err := r.cfg.Store.For(ctx, s.Format, s.Session)
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range wishes {
		if before := s.Session.Sub(w.Since); moment == atDay && before <= dayBefore || moment == atHour && before <= hourBefore {
			continue // it has just been said
		}
		a := inbox.Arrival{
			Origin: inbox.FromHouse, Key: fmt.Sprintf("session:%s:%d:%s", w.ID, w.Session.Unix(), moment), UserID: w.UserID,
			Action: inbox.RemindSession, At: r.cfg.Now(),
		}
		if err := in.Receive(ctx, a); err != nil {
			errs = append(errs, fmt.Errorf("say what is due (%s): %w", a.Key, err))
		}
	}
	return errors.Join(errs...)
}

// Due tells a person of a session.
func (r *Reminders) Due(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	id, at, moment, known := readKey(m.Key)
	if !known {
		return inbox.Reply{Drop: true, Reason: "of another version"}, nil
	}
	w, err := r.cfg.Store.Wish(ctx, id)
	if errors.Is(err, ErrUnknown) {
		return inbox.Reply{Drop: true, Reason: "not wanted any more"}, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	if reachable, err := chat.Reaches(ctx, r.cfg.Directory, w.UserID); err != nil || !reachable {
		return inbox.Reply{Drop: true, Reason: "nobody to tell"}, err
	}
	if moment == atMove {
		return r.moved(ctx, m, w, at)
	}
	if !w.Session.Equal(at) || !w.Session.After(r.cfg.Now()) || !r.stands(w) {
		return inbox.Reply{Drop: true, Reason: "over, or told of another session"}, nil
	}
	s := r.session(w.Format, w.Session)
	topic, _ := r.cfg.Calendar.Topic(w.Format, w.Session)
	return r.tells(m, "reminder", r.cfg.Texts.Reminder(prompts.Reminder{
		Session: answer.Dated(s), Soon: w.Session.Sub(r.cfg.Now()) <= hourBefore, Today: s.At.Format(time.DateOnly) == r.cfg.Now().In(r.cfg.Calendar.Zone()).Format(time.DateOnly),
		Topic: answer.Safe(topic),
	})), nil
}

// moved tells that a session is not held as it was told, and goes on with the one that
// is held instead.
func (r *Reminders) moved(ctx context.Context, m chat.Message, w Wish, told time.Time) (inbox.Reply, error) {
	if w.Session.Equal(told) {
		if r.stands(w) {
			return inbox.Reply{Drop: true, Reason: "held after all"}, nil
		}
		if to, found := r.cfg.Calendar.Instead(w.Format, w.Session, r.cfg.Now()); found {
			if err := r.cfg.Store.Move(ctx, w.ID, told, to.At); err != nil {
				return inbox.Reply{}, err
			}
			w.Session = to.At
		}
	}
	change := prompts.SessionChange{Was: answer.Dated(r.session(w.Format, told))}
	if !w.Session.Equal(told) { // by this message, which may be worked on again
		change.Now, change.Held = answer.Dated(r.session(w.Format, w.Session)), true
		_, change.Moved = r.cfg.Calendar.MovedFrom(w.Format, told)
	}
	return r.tells(m, "session moved", r.cfg.Texts.SessionMoved(change)), nil
}

func (r *Reminders) tells(m chat.Message, outcome, text string) inbox.Reply {
	draft := inbox.Draft{ToUserID: m.UserID, Text: answer.Notice(r.cfg.Texts, text), Machine: true}
	return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{draft}}
}

// readKey reads the key of what is due: of which wish, for which session, and when.
func readKey(key string) (id string, at time.Time, moment string, ok bool) {
	parts := strings.Split(key, ":")
	if len(parts) != 4 {
		return "", at, "", false
	}
	unix, err := strconv.ParseInt(parts[2], 10, 64)
	return parts[1], time.Unix(unix, 0), parts[3], err == nil
}
