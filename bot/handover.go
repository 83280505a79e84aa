package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Actions of the buttons.
const (
	actionPreview = "preview" // subject: the asking post
	actionYes     = "yes"     // subject: the hand-over
	actionNo      = "no"
	actionSettled = "settled" // subject: the ticket's number
	actionOpen    = "open"
)

// talk is where an asker steers a hand-over: by a word or by a button.
type talk struct {
	question  inbox.Question
	asker     string // user id
	channelID string // the direct channel; empty: the reply opens one
	rootID    string // thread that the word or button stands in
}

func (m message) talk() talk {
	t := talk{question: m.Question, asker: m.UserID, rootID: m.root()}
	if m.direct() {
		t.channelID = m.ChannelID
	}
	return t
}

// draft is a reply to the asker alone.
func (t talk) draft(text string) inbox.Draft {
	if t.channelID == "" {
		return inbox.Draft{ToUserID: t.asker, Text: text}
	}
	return inbox.Draft{ChannelID: t.channelID, RootID: t.rootID, Text: text}
}

// says is a reply that is one word to the asker.
func (t talk) says(outcome, text string) inbox.Reply {
	return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{t.draft(text)}}
}

// preview shows the person who says the word below an answer what would go
// over: their own last question there.
func (b *Bot) preview(ctx context.Context, m message) (inbox.Reply, error) {
	talk, err := b.talkBefore(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	last, found := b.lastQuestion(talk, m.UserID, m.post)
	if found {
		return b.previewWith(ctx, m.talk(), talk, last, !m.direct())
	}
	for _, p := range talk {
		if b.own(p) && !m.direct() && p.CreatedAt.Before(m.post.CreatedAt) {
			return m.talk().says("hint", b.cfg.Texts.HandoverNotYours()), nil
		}
	}
	return m.talk().says("hint", b.hint()), nil
}

// previewOf does the same for the button under an answer.
func (b *Bot) previewOf(ctx context.Context, t talk, postID string) (inbox.Reply, error) {
	post, err := b.cfg.Posts.Post(ctx, postID)
	if err != nil {
		return inbox.Reply{}, unreachable(err)
	}
	if post.UserID != t.asker {
		return t.says("hint", b.cfg.Texts.HandoverNotYours()), nil
	}
	thread, err := b.cfg.Posts.Thread(ctx, rootOf(post.ID, post.RootID))
	if err != nil {
		return inbox.Reply{}, unreachable(err)
	}
	return b.previewWith(ctx, t, thread, post, t.channelID == "")
}

// previewWith stores and shows a preview. A question of the hard list is not
// kept, so it is not shown either; its contact is said again.
func (b *Bot) previewWith(ctx context.Context, t talk, thread []Post, asking Post, inChannel bool) (inbox.Reply, error) {
	if b.cfg.Hosts.Channel == "" {
		return t.says("closed", b.cfg.Texts.HandoverClosed(b.nextDate(officehours.Single))), nil
	}
	text := b.handoverText(thread, asking)
	if text == "" {
		return t.says("hint", b.hint()), nil
	}
	if refused, hit := b.refused(t, text); hit {
		return refused, nil
	}
	now := b.cfg.Now()
	h := officehours.Handover{
		QuestionID: t.question.ID,
		AskerID:    t.asker,
		ChannelID:  t.channelID,
		Text:       text,
		FromPublic: inChannel,
		State:      officehours.Proposed,
		CreatedAt:  now,
		ShownAt:    now,
	}
	if s, ok := b.cfg.Calendar.Propose(officehours.KindOf(text), now); ok {
		h.Format, h.Session = s.Format.ID, s.At
	}
	h, err := b.cfg.Desk.Propose(ctx, h)
	if err != nil {
		return inbox.Reply{}, err
	}
	return b.shows(t, h), nil
}

// handoverText is the question as it would go over; one that goes on brings the
// one before along.
func (b *Bot) handoverText(thread []Post, asking Post) string {
	clean := func(p Post) string {
		text, _ := answer.Clean(withoutMention(p.Text, b.cfg.Self.Username), 0)
		return text
	}
	text := clean(asking)
	if text == "" || !goesOn(text) {
		return text
	}
	if before, found := b.lastQuestion(thread, asking.UserID, asking); found {
		if first := clean(before); first != "" {
			return first + "\n" + text
		}
	}
	return text
}

func (b *Bot) shows(t talk, h officehours.Handover) inbox.Reply {
	d := t.draft(b.cfg.Texts.HandoverPreview(b.previewText(h)))
	if b.cfg.Buttons {
		d.Buttons = []inbox.Button{
			{Label: b.cfg.Texts.WordYes(), Action: actionYes, Subject: h.ID, Primary: true, Spends: inbox.SpendsAll},
			{Label: b.cfg.Texts.WordNo(), Action: actionNo, Subject: h.ID, Spends: inbox.SpendsAll},
		}
	}
	return inbox.Reply{Outcome: "preview", Lasting: true, Drafts: []inbox.Draft{d}}
}

func (b *Bot) previewText(h officehours.Handover) prompts.Preview {
	p := prompts.Preview{
		Text:      quoted(h.Text),
		InChannel: h.FromPublic,
		Minutes:   int(officehours.PreviewTime.Minutes()),
	}
	if f, known := b.cfg.Calendar.Format(h.Format); known {
		p.Format = answer.Link(f.Name, f.Link)
		p.Why = b.cfg.Texts.Why(string(officehours.KindOf(h.Text)))
		p.Place = answer.Safe(f.Place)
		p.At = h.Session.In(b.cfg.Calendar.Zone())
	}
	return p
}

// change replaces the text of the open preview and shows it again.
func (b *Bot) change(ctx context.Context, m message, text string) (inbox.Reply, error) {
	t := m.talk()
	h, open, err := b.openPreview(ctx, t, "")
	if err != nil {
		return inbox.Reply{}, err
	}
	if !open {
		return b.noneOpen(t), nil
	}
	clean, problem := answer.Clean(text, 0)
	if refused, hit := b.refused(t, clean+text); hit {
		return refused, nil
	}
	switch {
	case problem.Kind == answer.TooLong:
		return t.says("preview", b.cfg.Texts.HandoverTooLong(prompts.Length{Length: problem.Length, Limit: answer.QuestionRunes})), nil
	case clean == "":
		return t.says("preview", b.cfg.Texts.HandoverChangeEmpty()), nil
	}
	h, err = b.cfg.Desk.Revise(ctx, h.ID, clean, b.cfg.Now())
	if isErr(err, officehours.ErrClosed, officehours.ErrUnknown) {
		return b.noneOpen(t), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	return b.shows(t, h), nil
}

// refused leads a text of the hard list to its contact.
func (b *Bot) refused(t talk, text string) (inbox.Reply, bool) {
	a, hit := b.cfg.Answerer.refuse(text)
	if !hit {
		return inbox.Reply{}, false
	}
	d := t.draft(answer.Render(a, b.renderOptions()))
	d.Machine = true
	return inbox.Reply{Outcome: string(a.Outcome), Reason: reasonHardList, Lasting: true, Drafts: []inbox.Draft{d}}, true
}

// agree hands over what the open preview shows: a ticket, its card in the
// hosts' channel, and a receipt. An id names the preview that a button is under.
func (b *Bot) agree(ctx context.Context, t talk, handoverID string) (inbox.Reply, error) {
	h, open, err := b.openPreview(ctx, t, handoverID)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !open {
		return b.noneOpen(t), nil
	}
	hosts, err := b.privateHosts(ctx, false)
	if err != nil {
		return inbox.Reply{}, err
	}
	ticket, err := b.cfg.Desk.Agree(ctx, h.ID, t.question.ID, b.cfg.Now())
	if isErr(err, officehours.ErrClosed, officehours.ErrUnknown) {
		return b.noneOpen(t), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	receipt := t.draft(b.cfg.Texts.HandoverAgreed(b.ticketText(ticket)))
	receipt.About = about(aboutNotice, ticket.Number)
	return inbox.Reply{Outcome: "handover", Lasting: true, Drafts: []inbox.Draft{b.card(hosts, ticket), receipt}}, nil
}

func (b *Bot) card(hosts Channel, ticket officehours.Ticket) inbox.Draft {
	text := b.ticketText(ticket)
	text.Host = b.duty.On(b.cfg.Now())
	return inbox.Draft{ChannelID: hosts.ID, Text: b.cfg.Texts.HandoverCard(text), About: about(aboutCard, ticket.Number)}
}

// decline closes the open preview and removes its text.
func (b *Bot) decline(ctx context.Context, t talk, handoverID string) (inbox.Reply, error) {
	h, open, err := b.openPreview(ctx, t, handoverID)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !open {
		return b.noneOpen(t), nil
	}
	err = b.cfg.Desk.Decline(ctx, h.ID, t.question.ID, b.cfg.Now())
	if isErr(err, officehours.ErrClosed, officehours.ErrUnknown) {
		return b.noneOpen(t), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	return t.says("declined", b.cfg.Texts.HandoverDeclined()), nil
}

// openPreview finds the preview that a "ja" means: the asker's open one, shown
// not too long ago, or the one that this very word has decided already.
func (b *Bot) openPreview(ctx context.Context, t talk, handoverID string) (h officehours.Handover, open bool, err error) {
	if b.cfg.Desk == nil {
		return h, false, nil
	}
	h, err = b.cfg.Desk.HandoverFor(ctx, t.asker, t.question.ID)
	switch {
	case errors.Is(err, officehours.ErrUnknown):
		return h, false, nil
	case err != nil:
		return h, false, fmt.Errorf("find preview: %w", err)
	case handoverID != "" && h.ID != handoverID:
		return h, false, nil
	case h.State == officehours.Proposed && h.Expired(b.wordTime(t)):
		return h, false, b.Lapse(ctx)
	}
	return h, true, nil
}

// wordTime is when the word was said: a "ja" in time counts even if the bot
// was away until later.
func (b *Bot) wordTime(t talk) (at time.Time) {
	if at = t.question.At; at.IsZero() {
		at = b.cfg.Now()
	}
	return at
}

func (b *Bot) noneOpen(t talk) inbox.Reply {
	return t.says("none open", b.cfg.Texts.HandoverNoneOpen(prompts.Waiting{Minutes: int(officehours.PreviewTime.Minutes())}))
}

// hint says how a question gets to people, and when they meet.
func (b *Bot) hint() string {
	text := b.cfg.Texts.HandoverHint()
	if n := b.next(officehours.Single); n != nil {
		text += "\n\n" + b.cfg.Texts.NextSession(*n)
	}
	return text
}

// quoted sets words of a person as a quote that does nothing but show them.
func quoted(text string) string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if line = answer.Safe(line); line != "" {
			lines = append(lines, "> "+line)
		}
	}
	return strings.Join(lines, "\n>\n")
}

func runes(text string) int { return utf8.RuneCountInString(text) }
