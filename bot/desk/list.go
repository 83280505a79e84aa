package desk

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// listed is how many tickets one list shows.
const listed = 30

// OpenTickets lists what waits, oldest first, to hosts.
func (d *Desk) OpenTickets(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	if reply, host, err := d.onlyHosts(ctx, m); err != nil || !host {
		return reply, err
	}
	items, err := d.openItems(ctx)
	if err != nil {
		return inbox.Reply{}, err
	}
	return d.says(m, "open tickets", d.cfg.Texts.HostsOpen(items)), nil
}

// onlyHosts refuses those who are none: what hosts see is for the members of their
// channel, wherever they ask.
func (d *Desk) onlyHosts(ctx context.Context, m chat.Message) (reply inbox.Reply, host bool, err error) {
	if !d.Open() {
		return d.says(m, "no host", d.cfg.Texts.Hosts("not_host", prompts.Step{})), false, nil
	}
	hosts, err := d.privateHosts(ctx, false)
	if err != nil {
		return reply, false, err
	}
	if m.ChannelID != hosts.ID {
		if host, err = d.cfg.Directory.Member(ctx, hosts.ID, m.UserID, true); err != nil {
			return reply, false, chat.Unreachable(err)
		}
		if !host || !m.Direct() {
			return d.says(m, "no host", d.cfg.Texts.Hosts("not_host", prompts.Step{})), false, nil
		}
	}
	return reply, true, nil
}

// open are the tickets that wait, oldest first, without what hosts practise on.
func (d *Desk) open(ctx context.Context) ([]officehours.Ticket, error) {
	all, err := d.cfg.Store.OpenTickets(ctx, "", time.Time{})
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(t officehours.Ticket) bool { return t.Practice })
	slices.SortStableFunc(all, func(a, b officehours.Ticket) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Number, b.Number))
	})
	return all, nil
}

func (d *Desk) openItems(ctx context.Context) (prompts.Items, error) {
	open, err := d.open(ctx)
	if err != nil {
		return prompts.Items{}, err
	}
	items := prompts.Items{More: max(0, len(open)-listed)}
	items.Items, err = d.items(ctx, open[:min(listed, len(open))])
	return items, err
}

func (d *Desk) items(ctx context.Context, tickets []officehours.Ticket) ([]prompts.Item, error) {
	var items []prompts.Item
	for _, t := range tickets {
		who, err := d.name(ctx, t.HostID)
		if err != nil {
			return nil, err
		}
		item := prompts.Item{
			Number: t.Number, State: string(t.State), Short: short(t.Text), Since: t.Since.In(d.cfg.Calendar.Zone()), Who: who, Votes: votes(t.Votes), Pinned: t.Pinned,
		}
		if t.Session.After(d.cfg.Now()) {
			item.At = t.Session.In(d.cfg.Calendar.Zone())
		}
		items = append(items, item)
	}
	return items, nil
}

// votes is how many ask, as it may be said: no number below five, rounded above.
func votes(n int) string {
	switch {
	case n < 2:
		return ""
	case n < fewest:
		return "mehrere"
	}
	return "mindestens " + strconv.Itoa(n/fewest*fewest)
}

// fewest is the smallest group of people of which a number is said.
const fewest = 5

// Agenda prepares a session: most asked first, then the oldest; one may be pinned.
func (d *Desk) Agenda(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	session, reply, ok, err := d.sessionForHosts(ctx, m, act.Text, d.sessionOf)
	if err != nil || !ok {
		return reply, err
	}
	tickets, err := d.cfg.Store.OpenTickets(ctx, session.Format.ID, session.At)
	if err != nil {
		return inbox.Reply{}, err
	}
	tickets = officehours.Sorted(slices.DeleteFunc(tickets, func(t officehours.Ticket) bool { return t.Practice }))
	items := prompts.Items{
		Format: answer.Link(session.Format.Name, session.Format.Link), At: session.At.In(d.cfg.Calendar.Zone()), Place: answer.Safe(session.Format.Place),
		More: max(0, len(tickets)-listed),
	}
	tickets = tickets[:min(listed, len(tickets))]
	if items.Items, err = d.items(ctx, tickets); err != nil {
		return inbox.Reply{}, err
	}
	hosts, err := d.privateHosts(ctx, false)
	if err != nil {
		return inbox.Reply{}, err
	}
	for i, t := range tickets {
		if items.Items[i].Draft, err = d.advice(ctx, hosts, m.UserID, t); err != nil {
			return inbox.Reply{}, err
		}
	}
	return d.says(m, "agenda", d.cfg.Texts.HostsAgenda(items)), nil
}

// sessionForHosts is the session that a host's words mean. Not ok: reply says that there
// is none, or that this is for hosts.
func (d *Desk) sessionForHosts(ctx context.Context, m chat.Message, words string, find func(string) (officehours.Session, bool)) (s officehours.Session, reply inbox.Reply, ok bool, err error) {
	reply, host, err := d.onlyHosts(ctx, m)
	if err != nil || !host {
		return s, reply, false, err
	}
	if s, ok = find(words); !ok {
		reply = d.says(m, "no session", d.cfg.Texts.Hosts("agenda_none", prompts.Step{}))
	}
	return s, reply, ok, nil
}

// advice is what the documents say to a ticket, as far as the hosts may read them.
func (d *Desk) advice(ctx context.Context, hosts chat.Channel, host string, t officehours.Ticket) (string, error) {
	if d.cfg.Advisor == nil || t.Text == "" || t.State == officehours.Replied {
		return "", nil
	}
	advice, err := d.cfg.Advisor.Advise(ctx, hosts, host, t.Text)
	if err != nil {
		return "", fmt.Errorf("advise on ticket (%d): %w", t.Number, err)
	}
	return advice, nil
}

// dated matches a day as hosts write it: 12.03., 12.3.2026.
var dated = regexp.MustCompile(`\b(\d{1,2})\.\s*(\d{1,2})\.?\s*(\d{4})?`)

// sessionNamed finds the session that words name: by its day, its format, or both;
// of the given format where they name none. Nothing named finds none.
func (d *Desk) sessionNamed(text, formatID string) (officehours.Session, bool) {
	now := d.cfg.Now()
	format, named := d.cfg.Calendar.Named(text)
	if named {
		formatID = format.ID
	}
	day := dated.FindStringSubmatch(text)
	switch {
	case day != nil:
		return d.onDay(formatID, day, now)
	case named:
		return d.cfg.Calendar.Next(formatID, now)
	}
	return officehours.Session{}, false
}

func (d *Desk) onDay(formatID string, day []string, now time.Time) (officehours.Session, bool) {
	dom, _ := strconv.Atoi(day[1]) // of two digits
	month, _ := strconv.Atoi(day[2])
	year, _ := strconv.Atoi(day[3])
	zone := d.cfg.Calendar.Zone()
	if year == 0 {
		year = now.In(zone).Year()
		if time.Date(year, time.Month(month), dom+1, 0, 0, 0, 0, zone).Before(now) {
			year++
		}
	}
	from := time.Date(year, time.Month(month), dom, 0, 0, 0, 0, zone)
	if from.Day() != dom {
		return officehours.Session{}, false
	}
	for _, s := range d.cfg.Calendar.Between(formatID, from, from.AddDate(0, 0, 1)) {
		if s.At.After(now) {
			return s, true
		}
	}
	return officehours.Session{}, false
}

// sessionOf is the session whose agenda is asked for: the next one, if nothing says
// which.
func (d *Desk) sessionOf(text string) (officehours.Session, bool) {
	if strings.TrimSpace(text) == "" {
		return d.cfg.Calendar.Propose(officehours.Single, d.cfg.Now())
	}
	if s, found := d.sessionNamed(text, ""); found {
		return s, true
	}
	next, _ := d.cfg.Calendar.Propose(officehours.Single, d.cfg.Now())
	return d.sessionNamed(text, next.Format.ID)
}

// lastSessionOf is the session whose minutes are asked for: the last one held.
func (d *Desk) lastSessionOf(text string) (officehours.Session, bool) {
	format, named := d.cfg.Calendar.Named(text)
	if !named {
		next, _ := d.cfg.Calendar.Propose(officehours.Single, d.cfg.Now())
		format = next.Format
	}
	return d.cfg.Calendar.Last(format.ID, d.cfg.Now())
}

// moveChoices is how many sessions a ticket can be offered.
const moveChoices = 4

func (d *Desk) moveChoice(t officehours.Ticket) prompts.MoveChoice {
	choice := prompts.MoveChoice{Number: t.Number}
	for _, s := range d.sessionsFor(t) {
		word := s.Format.Name
		if s.Format.ID == t.Format {
			word = s.At.Format("02.01.")
		}
		choice.Dates = append(choice.Dates, prompts.MoveDate{Word: word, Format: answer.Link(s.Format.Name, s.Format.Link), At: s.At})
	}
	return choice
}

// sessionsFor are sessions that a ticket can go to: the next ones of its format, and
// the next one of others.
func (d *Desk) sessionsFor(t officehours.Ticket) (sessions []officehours.Session) {
	now := d.cfg.Now()
	for _, s := range d.cfg.Calendar.Between(t.Format, now, now.AddDate(0, 3, 0)) {
		if len(sessions) < moveChoices/2 && !s.At.Equal(t.Session) {
			sessions = append(sessions, s)
		}
	}
	for _, f := range d.cfg.Calendar.Formats() {
		if s, ok := d.cfg.Calendar.Next(f.ID, now); ok && f.ID != t.Format && len(sessions) < moveChoices {
			sessions = append(sessions, s)
		}
	}
	return sessions
}
