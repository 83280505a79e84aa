package desk

import (
	"context"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Preview shows an asker what would go over: the question that the button is
// under, or else the last one in the talk that the word was said in.
func (d *Desk) Preview(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if id := act.Subject.PostID; id != "" {
		return d.previewOf(ctx, m, id)
	}
	if act.Text != "" { // the question stands in the same message
		asking := m.Post
		asking.Text = act.Text
		return d.previewWith(ctx, m, nil, asking)
	}
	talk, err := chat.Before(ctx, d.cfg.Posts, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	last, found := d.cfg.Ear.LastQuestion(talk, m.UserID, m.Post, d.cfg.Self)
	if found {
		return d.previewWith(ctx, m, talk, last)
	}
	for _, p := range talk {
		if p.MadeBy(d.cfg.Self) && !m.Direct() && p.CreatedAt.Before(m.Post.CreatedAt) {
			return m.Says("not yours", d.cfg.Texts.HandoverNotYours()), nil
		}
	}
	return m.Says("hint", d.hint()), nil
}

// previewOf does it for the button under an answer.
func (d *Desk) previewOf(ctx context.Context, m chat.Message, postID string) (inbox.Reply, error) {
	post, err := d.cfg.Posts.Post(ctx, postID)
	if err != nil {
		return inbox.Reply{}, chat.Unreachable(err)
	}
	if post.UserID != m.UserID {
		return m.Says("not yours", d.cfg.Texts.HandoverNotYours()), nil
	}
	thread, err := d.cfg.Posts.Thread(ctx, post.Root())
	if err != nil {
		return inbox.Reply{}, chat.Unreachable(err)
	}
	return d.previewWith(ctx, m, thread, post)
}

// previewWith stores and shows a preview. A question of the hard list is not
// kept, so it is not shown either; its contact is said again.
func (d *Desk) previewWith(ctx context.Context, m chat.Message, thread []chat.Post, asking chat.Post) (inbox.Reply, error) {
	if !d.Open() {
		return m.Says("closed", d.cfg.Texts.HandoverClosed(answer.NextDate(d.cfg.Calendar, officehours.Single, d.cfg.Now()))), nil
	}
	text := d.handoverText(thread, asking)
	if text == "" {
		return m.Says("hint", d.hint()), nil
	}
	if refused, hit := d.refused(m, text); hit {
		return refused, nil
	}
	now := d.cfg.Now()
	h := officehours.Handover{
		QuestionID: m.ID,
		AskerID:    m.UserID,
		Text:       text,
		FromPublic: !m.Direct(),
		State:      officehours.Proposed,
		CreatedAt:  now,
		ShownAt:    now,
	}
	if m.Direct() {
		h.ChannelID = m.ChannelID
	}
	if s, ok := d.cfg.Calendar.Propose(officehours.KindOf(text), now); ok {
		h.Format, h.Session = s.Format.ID, s.At
	}
	h, err := d.cfg.Store.Propose(ctx, h)
	if err != nil {
		return inbox.Reply{}, err
	}
	return d.shows(m, h), nil
}

// handoverText is the question as it would go over; one that goes on brings the
// one before along.
func (d *Desk) handoverText(thread []chat.Post, asking chat.Post) string {
	clean := func(p chat.Post) string {
		text, _ := answer.Clean(chat.WithoutMention(p.Text, d.cfg.Self.Username), 0)
		return text
	}
	text := clean(asking)
	if text == "" || !dialogue.GoesOn(text) {
		return text
	}
	if before, found := d.cfg.Ear.LastQuestion(thread, asking.UserID, asking, d.cfg.Self); found {
		if first := clean(before); first != "" {
			return first + "\n" + text
		}
	}
	return text
}

func (d *Desk) shows(m chat.Message, h officehours.Handover) inbox.Reply {
	text := d.cfg.Texts.HandoverPreview(d.previewText(h))
	if h.Ticket != 0 {
		text = d.cfg.Texts.HandoverPreviewAdd(prompts.Addition{Number: h.Ticket, Text: quoted(h.Text), Minutes: int(officehours.PreviewTime.Minutes())})
	}
	draft := m.Aside(text)
	if d.cfg.Buttons {
		on := inbox.Subject{HandoverID: h.ID}
		draft.Buttons = []inbox.Button{
			{Label: d.cfg.Texts.WordYes(), Action: inbox.HandOver, Subject: on, Primary: true, Spends: inbox.SpendsAll},
			{Label: d.cfg.Texts.WordNo(), Action: inbox.Decline, Subject: on, Spends: inbox.SpendsAll},
		}
	}
	return inbox.Reply{Outcome: "preview", Lasting: true, Drafts: []inbox.Draft{draft}}
}

func (d *Desk) previewText(h officehours.Handover) prompts.Preview {
	p := prompts.Preview{
		Text:      quoted(h.Text),
		InChannel: h.FromPublic,
		Minutes:   int(officehours.PreviewTime.Minutes()),
	}
	if f, known := d.cfg.Calendar.Format(h.Format); known {
		p.Format = answer.Link(f.Name, f.Link)
		p.Why = d.cfg.Texts.Why(string(officehours.KindOf(h.Text)))
		p.Place = answer.Safe(f.Place)
		p.At = h.Session.In(d.cfg.Calendar.Zone())
	}
	return p
}

// LastQuestion is the question that a message leans on: the last one of its
// author in the talk; empty: there is none.
func (d *Desk) LastQuestion(ctx context.Context, m chat.Message) (chat.Post, bool, error) {
	talk, err := chat.Before(ctx, d.cfg.Posts, m)
	if err != nil {
		return chat.Post{}, false, err
	}
	last, found := d.cfg.Ear.LastQuestion(talk, m.UserID, m.Post, d.cfg.Self)
	return last, found, nil
}

// Change replaces the text of the open preview, or adds to it, and shows it
// again. Anything else that is to be changed the asker writes anew.
func (d *Desk) Change(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	h, open, err := d.openPreview(ctx, m, act)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !open {
		return d.noneOpen(m), nil
	}
	if act.Kind == dialogue.Change && act.How {
		return m.Says("preview", d.cfg.Texts.HandoverChangeHow()), nil
	}
	clean, problem := answer.Clean(act.Text, 0)
	if act.Added && clean != "" {
		if added := "\n" + clean; !strings.HasSuffix(h.Text, added) { // else: the same message again
			clean = h.Text + added
		} else {
			clean = h.Text
		}
	}
	if refused, hit := d.refused(m, clean+act.Text); hit {
		return refused, nil
	}
	switch {
	case problem.Kind == answer.TooLong:
		return m.Says("preview", d.cfg.Texts.HandoverTooLong(prompts.Length{Length: problem.Length, Limit: answer.QuestionRunes})), nil
	case clean == "":
		return m.Says("preview", d.cfg.Texts.HandoverChangeEmpty()), nil
	}
	h, err = d.cfg.Store.Revise(ctx, h.ID, clean, d.cfg.Now())
	if over(err) {
		return d.noneOpen(m), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	return d.shows(m, h), nil
}

// refused leads a text of the hard list to its contact.
func (d *Desk) refused(m chat.Message, text string) (inbox.Reply, bool) {
	a, hit := d.cfg.Refuser.Refuse(text)
	if !hit {
		return inbox.Reply{}, false
	}
	draft := m.Aside(answer.Render(a, answer.RenderOptions{Texts: d.cfg.Texts, Now: d.cfg.Now().In(d.cfg.Calendar.Zone())}))
	draft.Machine = true
	return inbox.Reply{Outcome: string(a.Outcome), Reason: answer.HardListReason, Lasting: true, Drafts: []inbox.Draft{draft}}, true
}
