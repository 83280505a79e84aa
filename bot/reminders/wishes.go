package reminders

import (
	"context"
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/schedule"
	"lvr.example/sprechstunde/prompts"
)

// mostAtOnce is how many sessions one message asks to be reminded of.
const mostAtOnce = 5

// Remind takes the wish to be reminded of what a message names, or else of the
// sessions that the question before was about; where neither names any, of tickets.
func (r *Reminders) Remind(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if act.Subject.Ticket != 0 {
		return r.cfg.Tickets(ctx, m, act)
	}
	sessions, err := r.meant(ctx, m, act)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(sessions) == 0 {
		if act.Text == "" {
			return r.cfg.Tickets(ctx, m, act)
		}
		return r.says(m, "remind of what", r.cfg.Texts.RemindOfWhat(prompts.Formats{Names: r.formats()})), nil
	}
	shown := prompts.Reminders{}
	for _, s := range sessions {
		if err := r.cfg.Store.Add(ctx, Wish{UserID: m.UserID, Format: s.Format.ID, Session: s.At, Since: r.cfg.Now()}, m.ID); err != nil {
			return inbox.Reply{}, err
		}
		shown.Sessions = append(shown.Sessions, answer.Dated(s))
		shown.Soon = shown.Soon || s.At.Sub(r.cfg.Now()) <= dayBefore
	}
	return r.says(m, "reminds", r.cfg.Texts.RemindsOf(shown)), nil
}

// Unremind takes wishes back: those for the formats that a message names, or all of
// them, those for tickets too.
func (r *Reminders) Unremind(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if act.Subject.Ticket != 0 {
		return r.cfg.Tickets(ctx, m, act)
	}
	formats := []string{""}
	if named := r.cfg.Calendar.AllNamed(act.Text); len(named) > 0 {
		formats = formats[:0]
		for _, f := range named {
			formats = append(formats, f.ID)
		}
	}
	shown := prompts.Reminders{}
	for _, format := range formats {
		gone, err := r.cfg.Store.Remove(ctx, m.UserID, format)
		if err != nil {
			return inbox.Reply{}, err
		}
		shown.Sessions = append(shown.Sessions, r.shown(gone)...)
	}
	if len(shown.Sessions) == 0 && formats[0] == "" {
		return r.cfg.Tickets(ctx, m, act)
	}
	reply := r.says(m, "reminds no more", r.cfg.Texts.RemindsNoMore(shown))
	if formats[0] == "" {
		tickets, err := r.cfg.Tickets(ctx, m, act)
		if err != nil {
			return inbox.Reply{}, err
		}
		if tickets.Outcome == "remind_off" {
			reply.Drafts = append(reply.Drafts, tickets.Drafts...)
		}
	}
	return reply, nil
}

// Listed adds what a person is reminded of to what they hear of their tickets.
func (r *Reminders) Listed(tickets dialogue.Handler) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		reply, err := tickets(ctx, m, act)
		if err != nil || act.Subject.Ticket != 0 || len(reply.Drafts) == 0 {
			return reply, err
		}
		wishes, err := r.cfg.Store.Of(ctx, m.UserID)
		if err != nil {
			return inbox.Reply{}, err
		}
		ahead := slices.DeleteFunc(wishes, func(w Wish) bool { return !w.Session.After(r.cfg.Now()) })
		if len(ahead) > 0 {
			reply.Drafts[0].Text += "\n\n" + r.cfg.Texts.RemindersListed(prompts.Reminders{Sessions: r.shown(ahead)})
		}
		return reply, nil
	}
}

// meant are the sessions ahead that a message names ("an die nächste Ethikrunde"), or
// the question before it ("erinnere mich daran").
func (r *Reminders) meant(ctx context.Context, m chat.Message, act dialogue.Act) ([]officehours.Session, error) {
	if sessions := r.named(act.Text); len(sessions) > 0 || act.Text != "" && !dialogue.PointsBack(act.Text) {
		return sessions, nil
	}
	var talk []string       // oldest first
	for range furtherBack { // "und als Kalendereintrag?" names none itself
		last, found, err := r.cfg.Talk.LastQuestion(ctx, m)
		if err != nil {
			return nil, err
		}
		if !found {
			break
		}
		talk = slices.Insert(talk, 0, last.Text)
		m.Post = last
	}
	for i, said := range slices.Backward(talk) {
		if q, asked := schedule.Read(talk[:i], said, r.cfg.Calendar, r.cfg.Now()); asked {
			return r.ahead(q), nil
		}
	}
	return nil, nil
}

// furtherBack is how many questions before are looked at.
const furtherBack = 3

// named are the sessions ahead that a text names.
func (r *Reminders) named(text string) []officehours.Session {
	q, asked := schedule.Read(nil, text, r.cfg.Calendar, r.cfg.Now())
	if !asked {
		if q, asked = schedule.Read(nil, "Wann ist "+text+"?", r.cfg.Calendar, r.cfg.Now()); !asked {
			return nil
		}
	}
	return r.ahead(q)
}

// ahead are the sessions to come that a question asks for; where it names no format
// and no time, the next one.
func (r *Reminders) ahead(q schedule.Question) []officehours.Session {
	now := r.cfg.Now()
	q.Last, q.File = false, false
	found := q.Ask(r.cfg.Calendar, now)
	sessions := found.Sessions
	if len(sessions) == 0 {
		sessions = found.Next
	}
	sessions = slices.DeleteFunc(slices.Clone(sessions), func(s officehours.Session) bool { return !s.At.After(now) })
	if len(q.Formats) == len(r.cfg.Calendar.Formats()) && q.Period.Zero() { // "an den nächsten Termin"
		return sessions[:min(1, len(sessions))]
	}
	return sessions[:min(mostAtOnce, len(sessions))]
}

func (r *Reminders) formats() (names []string) {
	for _, f := range r.cfg.Calendar.Formats() {
		names = append(names, answer.Safe(f.Name))
	}
	return names
}

// shown are sessions as texts name them, by time.
func (r *Reminders) shown(wishes []Wish) (list []prompts.Dated) {
	for _, w := range wishes {
		list = append(list, answer.Dated(r.session(w.Format, w.Session)))
	}
	slices.SortStableFunc(list, func(a, b prompts.Dated) int { return a.At.Compare(b.At) })
	return list
}

// session is one of a format, which may not be among the house's any more.
func (r *Reminders) session(format string, at time.Time) officehours.Session {
	f, known := r.cfg.Calendar.Format(format)
	if !known {
		f = officehours.Format{ID: format, Name: format}
	}
	return officehours.Session{Format: f, At: at.In(r.cfg.Calendar.Zone())}
}

func (r *Reminders) says(m chat.Message, outcome, text string) inbox.Reply {
	d := m.Aside(answer.Notice(r.cfg.Texts, text))
	d.Machine = true
	return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{d}}
}
