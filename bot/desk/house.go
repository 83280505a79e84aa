package desk

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// What the house itself has to say by its calendar and clock. Nothing here closes a
// ticket.

// Inbox stores what is to be said, once each.
type Inbox interface {
	Receive(ctx context.Context, a inbox.Arrival) error
}

const (
	dailyFrom  = 8  // o'clock, in the house
	dailyUntil = 11 // later it is no morning
	// sessionOver is how long after its beginning what is left of a session goes to
	// the next one.
	sessionOver = 3 * time.Hour
	dayBefore   = 24 * time.Hour
	hourBefore  = time.Hour
)

// Tick has said what is due: tickets that wait for longer than was promised, sessions
// that are not held when they were to be, reminders, the list of the morning. It is
// to be called every few minutes, in each replica; what is due is said once.
func (d *Desk) Tick(ctx context.Context, in Inbox) error {
	if !d.Open() {
		return nil
	}
	open, err := d.open(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, t := range open {
		for _, due := range d.due(t) {
			errs = append(errs, d.receive(ctx, in, due))
		}
	}
	if len(open) > 0 && d.morning() {
		day := d.cfg.Now().In(d.cfg.Calendar.Zone()).Format(time.DateOnly)
		errs = append(errs, d.receive(ctx, in, inbox.Arrival{Key: "daily:" + day, Action: inbox.Daily}))
	}
	return errors.Join(errs...)
}

func (d *Desk) receive(ctx context.Context, in Inbox, a inbox.Arrival) error {
	a.Origin, a.At = inbox.FromHouse, d.cfg.Now()
	if err := in.Receive(ctx, a); err != nil {
		return fmt.Errorf("say what is due (%s): %w", a.Key, err)
	}
	return nil
}

// due is what is to be said of a ticket now. The keys say of which moment: a second
// call is about the same ones.
func (d *Desk) due(t officehours.Ticket) (due []inbox.Arrival) {
	now := d.cfg.Now()
	add := func(a inbox.Action, moment string) {
		due = append(due, inbox.Arrival{Key: fmt.Sprintf("%s:%d:%s", a, t.Number, moment), Action: a, Subject: inbox.Subject{Ticket: t.Number}})
	}
	if t.State == officehours.Replied {
		return nil
	}
	if !t.Session.IsZero() && !d.stands(t) {
		if _, found := d.instead(t); found && (d.over(t) || d.missing.since(t, now) >= d.cfg.Certain) {
			add(inbox.Postponed, fmt.Sprint(t.Session.Unix()))
		}
		return due
	}
	d.missing.found(t)
	if n := int(now.Sub(t.Since) / d.promise(t)); n > 0 {
		add(inbox.Waited, fmt.Sprintf("%d.%d", t.Since.Unix(), n))
	}
	switch before := t.Session.Sub(now); {
	case t.Session.IsZero() || before <= 0:
	case before <= hourBefore:
		add(inbox.Reminder, fmt.Sprintf("%d.hour", t.Session.Unix()))
	case before <= dayBefore:
		add(inbox.Reminder, fmt.Sprintf("%d.day", t.Session.Unix()))
	}
	return due
}

// stands reports whether the session of a ticket is held as it was told, and not over.
func (d *Desk) stands(t officehours.Ticket) bool {
	if d.over(t) {
		return false
	}
	_, held := d.cfg.Calendar.At(t.Format, t.Session)
	return held
}

func (d *Desk) over(t officehours.Ticket) bool { return d.cfg.Now().After(t.Session.Add(sessionOver)) }

// instead is the session that a ticket goes to when its own is not held, or is over.
func (d *Desk) instead(t officehours.Ticket) (officehours.Session, bool) {
	return d.cfg.Calendar.Instead(t.Format, t.Session, d.cfg.Now())
}

// promise is in what time the hosts of a format answer.
func (d *Desk) promise(t officehours.Ticket) time.Duration {
	f, _ := d.cfg.Calendar.Format(t.Format)
	return f.Promise()
}

func (d *Desk) morning() bool {
	now := d.cfg.Now().In(d.cfg.Calendar.Zone())
	weekend := now.Weekday() == time.Saturday || now.Weekday() == time.Sunday
	return now.Hour() >= dailyFrom && now.Hour() < dailyUntil && !weekend && d.cfg.Calendar.Holiday(now) == ""
}

// ticketOf is the ticket that the house has something to say about, if it still has.
func (d *Desk) ticketOf(ctx context.Context, act dialogue.Act) (officehours.Ticket, bool, error) {
	t, err := d.cfg.Store.TicketByNumber(ctx, act.Subject.Ticket)
	if errors.Is(err, officehours.ErrUnknown) {
		return t, false, nil
	}
	return t, err == nil && (t.State == officehours.Open || t.State == officehours.Claimed), err
}

// Waited tells all who ask a ticket that it takes longer, and raises it with the hosts.
func (d *Desk) Waited(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	return d.houseStep(ctx, act, officehours.Event{Kind: officehours.EventWait, By: m.ID}, "waiting", "waiting", func(*prompts.Step) {})
}

// Postponed puts a ticket whose session is not held, or is over, on the next agenda.
func (d *Desk) Postponed(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, open, err := d.ticketOf(ctx, act)
	if err != nil || !open {
		return settledMeanwhile, err
	}
	to, found := d.instead(t)
	from := momentOf(m.Key)
	switch {
	case !found:
		return settledMeanwhile, nil
	case t.Session.Equal(from) && d.stands(t): // this replica has not read the calendar anew
		return inbox.Reply{}, &inbox.RetryError{After: pauseBeforeRetry, Err: errors.New("the session is held by this calendar")}
	}
	e := officehours.Event{Kind: officehours.EventMove, By: m.ID, Format: to.Format.ID, Session: to.At, From: from}
	return d.houseStep(ctx, act, e, "moved", "postponed", func(s *prompts.Step) {
		s.Cancelled = d.cfg.Now().Before(from)
		instead, moved := d.cfg.Calendar.MovedFrom(t.Format, from)
		s.Moved = s.Cancelled && moved && instead.At.Equal(s.At)
	})
}

// momentOf is the session that a key of what is due names.
func momentOf(key string) time.Time {
	at, err := strconv.ParseInt(key[strings.LastIndexByte(key, ':')+1:], 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(at, 0)
}

var settledMeanwhile = inbox.Reply{Drop: true, Reason: "settled meanwhile"}

// houseStep lets an event of the house happen and tells of it, with what is to be said
// besides.
func (d *Desk) houseStep(ctx context.Context, act dialogue.Act, e officehours.Event, asker, hosts string, besides func(*prompts.Step)) (inbox.Reply, error) {
	e.Actor, e.At = officehours.ByHouse, d.cfg.Now()
	t, err := d.cfg.Store.Take(ctx, act.Subject.Ticket, e)
	if errors.Is(err, officehours.ErrUnknown) || errors.Is(err, officehours.ErrClosed) || errors.Is(err, officehours.ErrStep) {
		return settledMeanwhile, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	step := d.stepText(t)
	step.Host = d.duty.On(d.cfg.Now())
	besides(&step)
	reply, err := d.belowCard(ctx, t, hosts, d.cfg.Texts.Hosts(hosts, step))
	if err != nil {
		return reply, err
	}
	askers, err := d.askers(ctx, t)
	if err != nil {
		return reply, err
	}
	reply.Drafts = append(reply.Drafts, d.tells(t, askers, asker, step)...)
	return reply, nil
}

// Reminder reminds those who want it of a session, with what it is about.
func (d *Desk) Reminder(ctx context.Context, _ chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, open, err := d.ticketOf(ctx, act)
	if err != nil || !open || !t.Session.After(d.cfg.Now()) {
		return settledMeanwhile, err
	}
	askers, err := d.askers(ctx, t)
	if err != nil {
		return inbox.Reply{}, err
	}
	var wanted []officehours.Asker
	for _, a := range askers {
		if a.Remind {
			wanted = append(wanted, a)
		}
	}
	if len(wanted) == 0 {
		return inbox.Reply{Drop: true, Reason: "nobody wants it"}, nil
	}
	step := d.stepText(t)
	step.Soon = t.Session.Sub(d.cfg.Now()) <= hourBefore
	return inbox.Reply{Outcome: "reminder", Lasting: true, Drafts: d.tells(t, wanted, "reminder", step)}, nil
}

// Daily is the list of what waits, in the morning.
func (d *Desk) Daily(ctx context.Context, _ chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	items, err := d.openItems(ctx)
	if err != nil || len(items.Items) == 0 {
		return settledMeanwhile, err
	}
	hosts, err := d.privateHosts(ctx, false)
	if err != nil {
		return inbox.Reply{}, err
	}
	items.Host = d.duty.On(d.cfg.Now())
	return inbox.Reply{Outcome: "daily", Lasting: true, Drafts: []inbox.Draft{
		{ChannelID: hosts.ID, Text: d.cfg.Texts.HostsDaily(items), About: inbox.About{Kind: inbox.AboutHosts}},
	}}, nil
}

// Remind notes that an asker wants to be reminded, or not any more.
func (d *Desk) Remind(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	tickets, err := d.meant(ctx, m, act, officehours.Open, officehours.Claimed)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(tickets) == 0 {
		return m.Says("no ticket", d.cfg.Texts.HandoverStatus(prompts.Tickets{})), nil
	}
	on, text := act.Kind != dialogue.Unremind, "remind_on"
	if !on {
		text = "remind_off"
	}
	reply := inbox.Reply{Outcome: text, Lasting: true}
	for _, t := range tickets[:min(mostTickets, len(tickets))] {
		if err := d.cfg.Store.Remind(ctx, t.Number, m.UserID, on); err != nil && !errors.Is(err, officehours.ErrUnknown) {
			return inbox.Reply{}, err
		}
		reply.Drafts = append(reply.Drafts, m.Aside(d.cfg.Texts.Tells(text, d.stepText(t))))
	}
	return reply, nil
}
