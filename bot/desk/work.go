package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// The hosts' work on a ticket: a word or a button below its card.

// atCard finds the ticket that a host's word is about: the one that the button is
// under, or whose card it stands below. Not ok: reply says why there is none to work on.
func (d *Desk) atCard(ctx context.Context, m chat.Message, act dialogue.Act) (t officehours.Ticket, reply inbox.Reply, ok bool, err error) {
	hosts, err := d.privateHosts(ctx, false)
	if err != nil {
		return t, reply, false, err
	}
	nowhere := d.says(m, "nowhere", d.cfg.Texts.Hosts("nowhere", prompts.Step{}))
	switch {
	case m.ChannelID != hosts.ID:
		return t, nowhere, false, nil
	case act.Subject.Ticket != 0:
		t, err = d.cfg.Store.TicketByNumber(ctx, act.Subject.Ticket)
	case m.RootID == "":
		return t, nowhere, false, nil
	default:
		t, err = d.cfg.Store.TicketByPost(ctx, officehours.Card, m.RootID)
	}
	if errors.Is(err, officehours.ErrUnknown) {
		return t, nowhere, false, nil
	}
	return t, reply, err == nil, err
}

// says is a word to the hosts, below what they said, or to one of them alone.
func (d *Desk) says(m chat.Message, outcome, text string) inbox.Reply {
	if m.Direct() {
		return m.Says(outcome, text)
	}
	draft := m.Here(text)
	draft.About = inbox.About{Kind: inbox.AboutHosts}
	return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{draft}}
}

// works lets a host's event happen. Not ok: reply says why it cannot.
func (d *Desk) works(ctx context.Context, m chat.Message, t officehours.Ticket, e officehours.Event) (after officehours.Ticket, reply inbox.Reply, ok bool, err error) {
	e.Actor, e.By, e.HostID, e.At = officehours.ByHost, m.ID, m.UserID, d.cfg.Now()
	after, err = d.cfg.Store.Take(ctx, t.Number, e)
	if err == nil {
		return after, reply, true, nil
	}
	reply, err = d.cannot(ctx, m, after, err)
	return after, reply, false, err
}

// cannot says why an event cannot happen to a ticket as it stands; an error that is
// no such reason comes back.
func (d *Desk) cannot(ctx context.Context, m chat.Message, t officehours.Ticket, err error) (inbox.Reply, error) {
	step := d.stepText(t)
	switch {
	case errors.Is(err, officehours.ErrTaken):
		step.Who, err = d.name(ctx, t.HostID)
		step.Own = t.HostID == m.UserID
		return d.says(m, "taken", d.cfg.Texts.Hosts("taken", step)), err
	case errors.Is(err, officehours.ErrClosed) && t.State == officehours.Merged:
		return d.says(m, "merged already", d.cfg.Texts.Hosts("merged_already", step)), nil
	case errors.Is(err, officehours.ErrClosed):
		return d.says(m, "closed", d.cfg.Texts.Hosts("closed_already", step)), nil
	case errors.Is(err, officehours.ErrStep):
		return d.says(m, "no step", d.cfg.Texts.Hosts("no_step", step)), nil
	}
	return inbox.Reply{}, err
}

// Claim lets one host take a ticket; a slower one hears who was faster.
func (d *Desk) Claim(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, reply, ok, err := d.atCard(ctx, m, act)
	if err != nil || !ok {
		return reply, err
	}
	t, reply, ok, err = d.works(ctx, m, t, officehours.Event{Kind: officehours.EventClaim})
	if err != nil || !ok {
		return reply, err
	}
	step := d.stepText(t)
	if step.Who, err = d.name(ctx, m.UserID); err != nil {
		return reply, err
	}
	return d.withAskers(ctx, d.says(m, "claimed", d.cfg.Texts.Hosts("claimed", step)), t, "claimed")
}

// GiveBack puts a ticket back on the list.
func (d *Desk) GiveBack(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, reply, ok, err := d.atCard(ctx, m, act)
	if err != nil || !ok {
		return reply, err
	}
	after, err := d.cfg.Store.Take(ctx, t.Number, officehours.Event{
		Kind: officehours.EventGiveBack, Actor: officehours.ByHost, By: m.ID, HostID: m.UserID, At: d.cfg.Now(),
	})
	if errors.Is(err, officehours.ErrStep) {
		return d.says(m, "not taken", d.cfg.Texts.Hosts("not_taken", d.stepText(t))), nil
	}
	if err != nil {
		return d.cannot(ctx, m, after, err)
	}
	step := d.stepText(after)
	if step.Who, err = d.name(ctx, m.UserID); err != nil {
		return reply, err
	}
	if step.Host = d.duty.On(d.cfg.Now()); step.Host == "" || strings.EqualFold(step.Host, step.Who) {
		step.Host = ""
	}
	return d.withAskers(ctx, d.says(m, "given back", d.cfg.Texts.Hosts("given_back", step)), after, "given_back")
}

// Close ends a ticket, with a word to those who asked: an answered one without, too.
func (d *Desk) Close(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, reply, ok, err := d.atCard(ctx, m, act)
	if err != nil || !ok {
		return reply, err
	}
	if m.Origin == inbox.FromDialog {
		act = typed(m, act)
	}
	text := relayed(act.Text)
	if text == "" && !t.State.Closed() && t.State != officehours.Replied && !t.Practice {
		return d.says(m, "close how", d.cfg.Texts.Hosts("close_how", d.stepText(t))), nil
	}
	askers, err := d.askers(ctx, t)
	if err != nil {
		return reply, err
	}
	t, reply, ok, err = d.works(ctx, m, t, officehours.Event{Kind: officehours.EventClose})
	if err != nil || !ok {
		return reply, err
	}
	step := d.stepText(t)
	if step.Who, err = d.name(ctx, m.UserID); err != nil {
		return reply, err
	}
	reply = d.says(m, "closed", d.cfg.Texts.Hosts("closed", step))
	step.Text = text
	told := d.tells(t, askers, "closed", step)
	if err := d.withWaiting(ctx, t, askers, told); err != nil {
		return inbox.Reply{}, err
	}
	reply.Drafts = append(reply.Drafts, told...)
	return reply, nil
}

// Merge brings a ticket's askers to another one, which is answered for all of them.
func (d *Desk) Merge(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, reply, ok, err := d.atCard(ctx, m, act)
	if err != nil || !ok {
		return reply, err
	}
	if m.Origin == inbox.FromDialog {
		act.Text = m.Fields[fieldInto]
	}
	into, named := numberIn(act.Text)
	if !named {
		return d.mergeHow(ctx, m, t)
	}
	after, err := d.cfg.Store.Take(ctx, t.Number, officehours.Event{
		Kind: officehours.EventMerge, Actor: officehours.ByHost, By: m.ID, HostID: m.UserID, Into: into, At: d.cfg.Now(),
	})
	if errors.Is(err, officehours.ErrUnknown) || into == t.Number || errors.Is(err, officehours.ErrClosed) && !t.State.Closed() {
		return d.says(m, "merge unknown", d.cfg.Texts.Hosts("merge_unknown", d.stepText(t))), nil
	}
	if err != nil {
		return d.cannot(ctx, m, after, err)
	}
	return d.merged(ctx, m, after)
}

func (d *Desk) merged(ctx context.Context, m chat.Message, t officehours.Ticket) (inbox.Reply, error) {
	stays, err := d.cfg.Store.TicketByNumber(ctx, t.MergedInto)
	if err != nil {
		return inbox.Reply{}, err
	}
	reply := d.says(m, "merged", d.cfg.Texts.Hosts("merged", d.stepText(t)))
	here := d.stepText(t)
	here.Text = answer.SafeBlock(t.Text)
	reply.Drafts = append(reply.Drafts, d.underCard(m.ChannelID, stays, d.cfg.Texts.Hosts("merged_here", here)))
	askers, err := d.askers(ctx, stays)
	if err != nil {
		return reply, err
	}
	askers = slices.DeleteFunc(askers, func(a officehours.Asker) bool { return a.From != t.Number })
	step := d.stepText(stays)
	step.Number, step.Other = t.Number, stays.Number
	reply.Drafts = append(reply.Drafts, d.tells(stays, askers, "merged", step)...)
	return reply, nil
}

// mergeChoices is how many tickets are offered to merge with.
const mergeChoices = 5

func (d *Desk) mergeHow(ctx context.Context, m chat.Message, t officehours.Ticket) (inbox.Reply, error) {
	open, err := d.open(ctx)
	if err != nil {
		return inbox.Reply{}, err
	}
	choice := prompts.MergeChoice{Number: t.Number}
	for _, other := range open {
		if other.Number != t.Number && len(choice.Others) < mergeChoices {
			choice.Others = append(choice.Others, prompts.Item{Number: other.Number, Short: short(other.Text)})
		}
	}
	return d.says(m, "merge how", d.cfg.Texts.HostsMergeHow(choice)), nil
}

// Move puts a ticket on another agenda.
func (d *Desk) Move(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, reply, ok, err := d.atCard(ctx, m, act)
	if err != nil || !ok {
		return reply, err
	}
	to, found := d.sessionNamed(act.Text, t.Format)
	if m.Origin == inbox.FromDialog {
		to, found = d.sessionChosen(m.Fields[fieldSession])
	}
	if act.Kind == dialogue.NextTime {
		to, found = d.cfg.Calendar.Next(t.Format, latest(t.Session, d.cfg.Now()))
	}
	if !found {
		return d.says(m, "move how", d.cfg.Texts.HostsMoveHow(d.moveChoice(t))), nil
	}
	t, reply, ok, err = d.works(ctx, m, t, officehours.Event{Kind: officehours.EventMove, Format: to.Format.ID, Session: to.At})
	if err != nil || !ok {
		return reply, err
	}
	return d.withAskers(ctx, d.says(m, "moved", d.cfg.Texts.Hosts("moved", d.stepText(t))), t, "moved")
}

// Pin puts a ticket first on its agenda.
func (d *Desk) Pin(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, reply, ok, err := d.atCard(ctx, m, act)
	if err != nil || !ok {
		return reply, err
	}
	if t.State.Closed() {
		return d.cannot(ctx, m, t, officehours.ErrClosed)
	}
	if err := d.cfg.Store.Pin(ctx, t.Number); err != nil {
		return reply, err
	}
	return d.says(m, "pinned", d.cfg.Texts.Hosts("pinned", d.stepText(t))), nil
}

// Slip asks about what looks like an answer, below a card; anywhere else it is the
// hosts' own.
func (d *Desk) Slip(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, err := d.cfg.Store.TicketByPost(ctx, officehours.Card, m.RootID)
	if errors.Is(err, officehours.ErrUnknown) {
		return inbox.Reply{Drop: true, Reason: "among hosts"}, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	step := d.stepText(t)
	said := chat.WithoutMention(m.Text, d.cfg.Self.Username)
	if dialogue.AsksForHelp(said) {
		return d.says(m, "help", d.cfg.Texts.Hosts("help", step)), nil
	}
	name := "slip"
	_, marked := dialogue.ReadHostWord(said)
	switch word := dialogue.MeantHostWord(said); {
	case !marked:
		if first, err := d.firstSaid(ctx, m, t); err != nil || !first {
			return inbox.Reply{Drop: true, Reason: "among hosts"}, err
		}
		name = "to_asker"
	case word == "":
		name = "unknown_word"
	case word != "antwort":
		step.Word = word
	}
	reply := d.says(m, "slip", d.cfg.Texts.Hosts(name, step))
	reply.Lasting = false // who mends the message is heard anew
	if d.cfg.Buttons && act.Text != "" {
		reply.Drafts[0].Buttons = []inbox.Button{{
			Label: d.cfg.Texts.Hosts("word_answer_again", prompts.Step{}), Action: inbox.AnswerAgain,
			Subject: inbox.Subject{PostID: m.Post.ID}, Primary: true, Spends: inbox.SpendsAll,
		}}
	}
	return reply, nil
}

// firstSaid reports whether a message is the first below the card of a ticket that waits
// which is no word for the bot: later ones may be said to each other.
func (d *Desk) firstSaid(ctx context.Context, m chat.Message, t officehours.Ticket) (bool, error) {
	if t.State != officehours.Open && t.State != officehours.Claimed {
		return false, nil
	}
	thread, err := d.cfg.Posts.Thread(ctx, m.RootID)
	if err != nil {
		return false, chat.Unreachable(err)
	}
	return !slices.ContainsFunc(thread, func(p chat.Post) bool {
		return m.Post.Behind(p) && !p.MadeBy(d.cfg.Self) && !dialogue.IsHostWord(chat.WithoutMention(p.Text, d.cfg.Self.Username), true)
	}), nil
}

// AnswerAgain sends what a host had written with a slip, as it stands now.
func (d *Desk) AnswerAgain(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	post, err := d.cfg.Posts.Post(ctx, act.Subject.PostID)
	if err != nil {
		return inbox.Reply{}, chat.Unreachable(err)
	}
	meant, ok := dialogue.ReadHostWord(chat.WithoutMention(post.Text, d.cfg.Self.Username))
	if !ok && dialogue.ToAsker(post.Text) {
		meant, ok = dialogue.Act{Text: post.Text}, true
	}
	if !ok || post.UserID != m.UserID || post.ChannelID != m.ChannelID {
		return d.says(m, "nowhere", d.cfg.Texts.Hosts("nowhere", prompts.Step{})), nil
	}
	m.Post, m.RootID = post, post.RootID
	return d.HostAnswer(ctx, m, dialogue.Act{Kind: dialogue.HostAnswer, Text: meant.Text})
}

// underCard is a word below a ticket's card.
func (d *Desk) underCard(hostsID string, t officehours.Ticket, text string) inbox.Draft {
	return inbox.Draft{ChannelID: hostsID, RootID: t.CardPostID, Text: text, About: inbox.About{Kind: inbox.AboutHosts}}
}

// name is a host as hosts see each other; empty: nobody, or not known any more.
func (d *Desk) name(ctx context.Context, userID string) (string, error) {
	if userID == "" {
		return "", nil
	}
	user, err := d.cfg.Directory.User(ctx, userID, false)
	if errors.Is(err, inbox.ErrGone) {
		return "", nil
	}
	if err != nil {
		return "", chat.Unreachable(fmt.Errorf("find host: %w", err))
	}
	if user.Name != "" {
		return answer.Safe(user.Name), nil
	}
	return answer.Safe(user.Username), nil
}

// numberIn reads the number of a ticket out of "7", "Nr. 7", "mit 7".
func numberIn(text string) (int64, bool) {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r < '0' || r > '9' }) {
		number, err := strconv.ParseInt(word, 10, 64)
		return number, err == nil && number > 0
	}
	return 0, false
}
