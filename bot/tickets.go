package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// hostAnswerRunes is the length up to which a host's answer fits one message
// with what stands around it.
const hostAnswerRunes = 10000

// hostAnswers brings a host's answer to the asker, as a person's, and says so
// below the card.
func (b *Bot) hostAnswers(ctx context.Context, m message) (inbox.Reply, error) {
	say := func(outcome, text string) (inbox.Reply, error) {
		return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{{ChannelID: m.ChannelID, RootID: m.root(), Text: text}}}, nil
	}
	ticket, err := b.cfg.Desk.TicketByPost(ctx, officehours.Card, m.RootID)
	if m.RootID == "" || errors.Is(err, officehours.ErrUnknown) {
		return say("nowhere", b.cfg.Texts.HandoverAnswerNowhere())
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	text, _ := cutCommand(m.text)
	switch {
	case quoted(text) == "":
		return say("empty", b.cfg.Texts.HandoverAnswerEmpty())
	case runes(text) > hostAnswerRunes:
		return say("too long", b.cfg.Texts.HandoverAnswerTooLong(prompts.Length{Length: runes(text), Limit: hostAnswerRunes}))
	}
	if reachable, err := b.reaches(ctx, ticket.AskerID); err != nil || !reachable {
		reply, _ := say("nobody", b.cfg.Texts.HandoverAnswerNobody(b.ticketText(ticket)))
		return reply, err
	}
	ticket, err = b.cfg.Desk.AddAnswer(ctx, officehours.HostAnswer{
		Number:     ticket.Number,
		QuestionID: m.ID,
		HostID:     m.UserID,
		Text:       text,
		At:         b.cfg.Now(),
	})
	if errors.Is(err, officehours.ErrClosed) {
		return say("closed", b.cfg.Texts.HandoverAnswerClosed(b.ticketText(ticket)))
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	reply, err := say("host answer", b.cfg.Texts.HandoverAnswered(b.ticketText(ticket)))
	reply.Drafts = append([]inbox.Draft{b.hostAnswerDraft(ticket, text)}, reply.Drafts...)
	return reply, err
}

func (b *Bot) hostAnswerDraft(ticket officehours.Ticket, text string) inbox.Draft {
	shown := b.ticketText(ticket)
	shown.Text = quoted(text)
	d := inbox.Draft{ToUserID: ticket.AskerID, Text: b.cfg.Texts.HandoverAnswer(shown), About: about(aboutNotice, ticket.Number)}
	if b.cfg.Buttons {
		number := strconv.FormatInt(ticket.Number, 10)
		d.Buttons = []inbox.Button{
			{Label: b.cfg.Texts.WordSettled(), Action: actionSettled, Subject: number, Primary: true, Spends: inbox.SpendsAll},
			{Label: b.cfg.Texts.WordOpen(), Action: actionOpen, Subject: number, Spends: inbox.SpendsAll},
		}
	}
	return d
}

// reaches reports whether a direct message to the user arrives.
func (b *Bot) reaches(ctx context.Context, userID string) (bool, error) {
	if userID == "" { // forgotten
		return false, nil
	}
	user, err := b.cfg.Directory.User(ctx, userID, false)
	if errors.Is(err, inbox.ErrGone) {
		return false, nil
	}
	if err != nil {
		return false, unreachable(err)
	}
	return !user.Deactivated, nil
}

// settle closes a ticket at its asker's word and tells the hosts.
func (b *Bot) settle(ctx context.Context, t talk, number int64) (inbox.Reply, error) {
	return b.moves(ctx, t, number, officehours.Settled, func(ticket prompts.Ticket) (asker, hosts string) {
		return b.cfg.Texts.HandoverSettled(ticket), b.cfg.Texts.HandoverSettledHosts(ticket)
	})
}

// reopen puts a ticket back on the agenda at its asker's word and calls the
// host on duty.
func (b *Bot) reopen(ctx context.Context, t talk, number int64) (inbox.Reply, error) {
	return b.moves(ctx, t, number, officehours.Open, func(ticket prompts.Ticket) (asker, hosts string) {
		asker = b.cfg.Texts.HandoverReopened(ticket)
		ticket.Host = b.duty.On(b.cfg.Now())
		return asker, b.cfg.Texts.HandoverReopenedHosts(ticket)
	})
}

// moves takes the ticket that the asker means one step on. What the hosts read
// stands below the card.
func (b *Bot) moves(ctx context.Context, t talk, number int64, to officehours.TicketState, texts func(prompts.Ticket) (asker, hosts string)) (inbox.Reply, error) {
	none := t.says("no ticket", b.cfg.Texts.HandoverNoTicket())
	tickets, err := b.waiting(ctx, t, number)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(tickets) == 0 {
		return none, nil
	}
	if len(tickets) > 1 {
		return t.says("which ticket", b.cfg.Texts.HandoverWhichTicket(numbersOf(tickets))), nil
	}
	hosts, err := b.privateHosts(ctx, false)
	if err != nil {
		return inbox.Reply{}, err
	}
	ticket, err := b.cfg.Desk.Advance(ctx, tickets[0], to, t.question.ID, b.cfg.Now())
	if isErr(err, officehours.ErrClosed, officehours.ErrStep) {
		return none, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	asker, card := texts(b.ticketText(ticket))
	return inbox.Reply{Outcome: string(to), Lasting: true, Drafts: []inbox.Draft{
		t.draft(asker),
		{ChannelID: hosts.ID, RootID: ticket.CardPostID, Text: card},
	}}, nil
}

// waiting returns the asker's tickets that a word can mean: the one whose
// answer the word stands below or the button belongs to, else all that wait.
func (b *Bot) waiting(ctx context.Context, t talk, number int64) ([]officehours.Ticket, error) {
	if b.cfg.Desk == nil {
		return nil, nil
	}
	all, err := b.cfg.Desk.TicketsFor(ctx, t.asker, t.question.ID)
	if err != nil {
		return nil, fmt.Errorf("find tickets: %w", err)
	}
	if number == 0 && t.rootID != "" {
		ticket, err := b.cfg.Desk.TicketByPost(ctx, officehours.Notice, t.rootID)
		if err != nil && !errors.Is(err, officehours.ErrUnknown) {
			return nil, fmt.Errorf("find ticket: %w", err)
		}
		number = ticket.Number
	}
	if number == 0 {
		return all, nil
	}
	for _, ticket := range all {
		if ticket.Number == number {
			return []officehours.Ticket{ticket}, nil
		}
	}
	return nil, nil
}

// ticketText is what texts say of a ticket; a date that has passed is not said.
func (b *Bot) ticketText(t officehours.Ticket) prompts.Ticket {
	text := prompts.Ticket{Number: t.Number, Text: quoted(t.Text), Item: t.Place}
	if f, known := b.cfg.Calendar.Format(t.Format); known {
		text.Format = answer.Link(f.Name, f.Link)
		text.Place = answer.Safe(f.Place)
		if t.Session.After(b.cfg.Now()) {
			text.At = t.Session.In(b.cfg.Calendar.Zone())
		}
	}
	return text
}

func numbersOf(tickets []officehours.Ticket) prompts.Numbers {
	var n prompts.Numbers
	for _, t := range tickets {
		n.Numbers = append(n.Numbers, strconv.FormatInt(t.Number, 10))
	}
	return n
}

// hosts is the hosts' channel; the zero channel if the house has none.
func (b *Bot) hosts(ctx context.Context) (Channel, error) {
	if b.cfg.Hosts.Channel == "" {
		return Channel{}, nil
	}
	channel, err := b.cfg.Directory.ChannelByName(ctx, b.cfg.Hosts.Channel)
	if errors.Is(err, inbox.ErrGone) {
		b.cfg.Log.WarnContext(ctx, "hosts' channel is closed to the bot", "channel", b.cfg.Hosts.Channel)
		return Channel{}, nil
	}
	if err != nil {
		return Channel{}, unreachable(fmt.Errorf("find hosts' channel: %w", err))
	}
	return channel, nil
}

// privateHosts is the hosts' channel if questions may be shown there. Until it
// is put right, what should go there waits.
func (b *Bot) privateHosts(ctx context.Context, fresh bool) (Channel, error) {
	channel, err := b.hosts(ctx)
	if err == nil && fresh && channel.ID != "" {
		channel, err = b.cfg.Directory.Channel(ctx, channel.ID, true)
	}
	if err != nil {
		return Channel{}, unreachable(err)
	}
	if channel.Kind != PrivateChannel {
		b.cfg.Log.ErrorContext(ctx, "hosts' channel must be private and have the bot as a member", "channel", b.cfg.Hosts.Channel)
		return Channel{}, &inbox.RetryError{After: pauseBeforeRetry, Err: errors.New("hosts' channel is not private")}
	}
	return channel, nil
}

// confirmHosts looks once more whether a card may go where it should.
func (b *Bot) confirmHosts(ctx context.Context, channelID string) error {
	hosts, err := b.privateHosts(ctx, true)
	if err == nil && hosts.ID != channelID {
		err = &inbox.RetryError{After: time.Minute, Err: errors.New("hosts' channel is another one now")}
	}
	return err
}

// Posted remembers which post shows a ticket, so that a reply below it is
// understood.
func (b *Bot) Posted(ctx context.Context, _ inbox.Question, d inbox.Draft) error {
	for prefix, kind := range map[string]officehours.PostKind{aboutCard: officehours.Card, aboutNotice: officehours.Notice} {
		if number := numberAbout(d.About, prefix); number != 0 {
			return b.cfg.Desk.SavePost(ctx, number, kind, d.PostID)
		}
	}
	return nil
}

// What a draft is about, besides answers.
const (
	aboutCard   = "card:"
	aboutNotice = "notice:"
)

func about(prefix string, number int64) string { return prefix + strconv.FormatInt(number, 10) }

func numberAbout(about, prefix string) int64 {
	number, ok := strings.CutPrefix(about, prefix)
	if !ok {
		return 0
	}
	return numberOf(number)
}

// numberOf reads a ticket's number; 0: it is none.
func numberOf(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0
	}
	return n
}
