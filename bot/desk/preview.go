package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

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
		return d.previewWith(ctx, m, asking)
	}
	talk, err := chat.Before(ctx, d.cfg.Posts, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	if last, found, err := d.wishedFor(ctx, m, talk); err != nil {
		return inbox.Reply{}, err
	} else if found {
		return d.previewWith(ctx, m, last)
	}
	for _, p := range talk {
		if p.MadeBy(d.cfg.Self) && !m.Direct() && p.CreatedAt.Before(m.Post.CreatedAt) {
			return m.Says("not yours", d.cfg.Texts.HandoverNotYours()), nil
		}
	}
	return m.Says(dialogue.AskedForText, d.hint()), nil
}

// wishedFor is the question that a wish for people is about which names none: the last
// one of the talk, unless that talk is over. A wish that points back ("dazu") is about
// the last one all the same.
func (d *Desk) wishedFor(ctx context.Context, m chat.Message, talk []chat.Post) (chat.Post, bool, error) {
	last, found := d.cfg.Ear.LastQuestion(talk, m.UserID, m.Post, d.cfg.Self, d.Refuses)
	if !found || m.RootID != "" || dialogue.LeansBack(m.Text) {
		return last, found, nil
	}
	if m.Post.CreatedAt.Sub(last.CreatedAt) > sameTalk || d.cfg.Ear.Ended(talk, m.UserID, last, m.Post) || d.cfg.Ear.ForCalendar(last.Text) {
		return last, false, nil
	}
	over, err := d.handedOver(ctx, m.UserID, last.ID)
	return last, !over, err
}

// handedOver reports whether a post has become a ticket.
func (d *Desk) handedOver(ctx context.Context, userID, postID string) (bool, error) {
	if d.cfg.Store == nil {
		return false, nil
	}
	_, err := d.cfg.Store.OverOf(ctx, userID, postID)
	if errors.Is(err, officehours.ErrUnknown) {
		return false, nil
	}
	return err == nil, err
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
	return d.previewWith(ctx, m, post)
}

// previewWith stores and shows a preview. A question of the hard list is not
// kept, so it is not shown either; its contact is said again.
func (d *Desk) previewWith(ctx context.Context, m chat.Message, asking chat.Post) (inbox.Reply, error) {
	if !d.Open() {
		return m.Says("closed", d.cfg.Texts.HandoverClosed(answer.NextDate(d.cfg.Calendar, officehours.Single, d.cfg.Now()))), nil
	}
	text, problem, err := d.handoverText(ctx, m, asking)
	if err != nil {
		return inbox.Reply{}, err
	}
	if refused, hit := d.refused(m, text); hit {
		return refused, nil
	}
	if reply, unfit := d.unfitText(m, text, problem); unfit {
		return reply, nil
	}
	if d.nothingLeft(text) {
		return m.Says(dialogue.AskedForText, d.cfg.Texts.HandoverOnlyMasked()), nil
	}
	if reply, held, err := d.held(ctx, m, asking.ID); err != nil || held {
		return reply, err
	}
	h := d.proposal(m, text)
	h.PostID, h.FromPublic, h.Files = asking.ID, !m.Direct(), asking.Files
	if s, ok := d.cfg.Calendar.Propose(officehours.KindOf(text), d.cfg.Now()); ok {
		h.Format, h.Session = s.Format.ID, s.At
	}
	said, err := d.botAnswer(ctx, h)
	if err != nil {
		return inbox.Reply{}, err
	}
	h.Answer = said.Marker
	return d.propose(ctx, m, h)
}

// proposal is a preview of a text, without a place to go to yet.
func (d *Desk) proposal(m chat.Message, text string) officehours.Handover {
	h := officehours.Handover{QuestionID: m.ID, AskerID: m.UserID, State: officehours.Proposed, CreatedAt: d.cfg.Now(), ShownAt: d.cfg.Now()}
	if m.Direct() {
		h.ChannelID = m.ChannelID
	}
	d.words(&h, text)
	return h
}

// propose stores a preview and shows it. It says which one it takes the place of, and
// offers a ticket of others who ask the same.
func (d *Desk) propose(ctx context.Context, m chat.Message, h officehours.Handover) (inbox.Reply, error) {
	before, err := d.cfg.Store.HandoverFor(ctx, m.UserID, "")
	switch {
	case err == nil && !before.Expired(d.cfg.Now()) && before.QuestionID != h.QuestionID && same(before, h):
		return d.revise(ctx, m, before)
	case err == nil && !before.Expired(d.cfg.Now()):
		h.Instead = beginning(before.Text)
	case err != nil && !errors.Is(err, officehours.ErrUnknown):
		return inbox.Reply{}, fmt.Errorf("find preview: %w", err)
	}
	if h.Ticket == 0 {
		if h.Joins, err = d.alike(ctx, h); err != nil {
			return inbox.Reply{}, err
		}
	}
	if h, err = d.cfg.Store.Propose(ctx, h); err != nil {
		return inbox.Reply{}, err
	}
	reply, err := d.shows(ctx, m, h)
	if before.ID != "" && before.ID != h.ID && len(reply.Drafts) > 0 {
		reply.Drafts[0].Moot = append(reply.Drafts[0].Moot, decided(before)...)
	}
	return reply, err
}

// same reports whether two previews would bring the same words to the same people.
func same(a, b officehours.Handover) bool {
	return a.Ticket == b.Ticket && said(a) == said(b) && slices.Equal(a.Files, b.Files)
}

// Recall shows the preview that waits once more: something else was said since.
func (d *Desk) Recall(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	h, open, err := d.openPreview(ctx, m, act)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !open {
		return d.noneOpen(m, h), nil
	}
	reply, err := d.revise(ctx, m, h)
	if err == nil && len(reply.Drafts) > 0 && reply.Outcome == dialogue.ShownPreview {
		reply.Drafts[0].Text = d.cfg.Texts.HandoverEarlier() + "\n\n" + reply.Drafts[0].Text
	}
	return reply, err
}

// handoverText is the question as it would go over; one that goes on brings those
// before along, of the talk that it continued itself.
func (d *Desk) handoverText(ctx context.Context, m chat.Message, asking chat.Post) (string, answer.Problem, error) {
	clean := func(p chat.Post) (string, answer.Problem) {
		return answer.Clean(chat.WithoutMention(p.Text, d.cfg.Self.Username), 0)
	}
	text, problem := clean(asking)
	if text == "" {
		return text, problem, nil
	}
	m.Post, m.RootID = asking, asking.RootID
	talk, err := chat.Before(ctx, d.cfg.Posts, m)
	if err != nil {
		return "", problem, err
	}
	var before []string
	for p := asking; len(before) < questionsBefore; {
		last, found := d.cfg.Ear.LastQuestion(talk, p.UserID, p, d.cfg.Self, d.Refuses)
		if !found || asking.RootID == "" && p.CreatedAt.Sub(last.CreatedAt) > sameTalk {
			break
		}
		if over, err := d.handedOver(ctx, asking.UserID, last.ID); err != nil {
			return "", problem, err
		} else if over { // it is with people already
			break
		}
		first, _ := clean(last)
		before, p = append(before, first), last
	}
	if !slices.ContainsFunc(before, func(question string) bool { return !d.cfg.Leans(question) }) {
		return text, problem, nil // scraps make no question together
	}
	slices.Reverse(before)
	return d.cfg.Whole(before, text), problem, nil
}

// How far back a question may lean on others: so many, and where no thread holds
// them together, so long before.
const (
	questionsBefore = 3
	sameTalk        = 30 * time.Minute
)

// unfitText answers a text that cannot go to people; false: it can.
func (d *Desk) unfitText(m chat.Message, text string, problem answer.Problem) (inbox.Reply, bool) {
	switch {
	case problem.Kind == answer.TooLong:
		return m.Says(dialogue.ShownPreview, d.cfg.Texts.HandoverTooLong(prompts.Length{Length: problem.Length, Limit: answer.QuestionRunes})), true
	case text == "":
		return m.Says(dialogue.AskedForText, d.hint()), true
	}
	return inbox.Reply{}, false
}

// shows a preview as it stands. One that is decided already, by a message that is
// worked on again, is over.
func (d *Desk) shows(ctx context.Context, m chat.Message, h officehours.Handover) (inbox.Reply, error) {
	shown, err := d.previewText(ctx, h)
	if err != nil {
		return inbox.Reply{}, err
	}
	files, err := d.carry(ctx, h.Files)
	if err != nil {
		return inbox.Reply{}, err
	}
	shown.Files, shown.Again = len(files.files), h.QuestionID != m.ID
	if shown.Again {
		shown.Instead = "" // was said
	}
	text := d.cfg.Texts.HandoverPreview(shown)
	if h.Ticket != 0 {
		text = d.cfg.Texts.HandoverPreviewAdd(prompts.Addition{
			Number: h.Ticket, Text: answer.SafeBlock(h.Text), Minutes: int(officehours.PreviewTime.Minutes()), Masked: shown.Masked, Instead: shown.Instead,
			Files: shown.Files, Nothing: shown.Masked && d.nothingLeft(said(h)),
		})
	}
	draft := m.Aside(text)
	draft.Files, draft.Moot = files.files, decided(h)
	if d.cfg.Buttons {
		on := inbox.Subject{HandoverID: h.ID}
		draft.Buttons = []inbox.Button{
			{Label: d.cfg.Texts.WordYes(), Action: inbox.HandOver, Subject: on, Primary: true, Spends: inbox.SpendsAll},
			{Label: d.cfg.Texts.WordEdit(), Action: inbox.Edit, Subject: on, Spends: inbox.SpendsAll},
			{Label: d.cfg.Texts.WordNo(), Action: inbox.Decline, Subject: on, Spends: inbox.SpendsAll},
		}
		if shown.Joins != 0 {
			draft.Buttons = append(draft.Buttons, inbox.Button{Label: d.cfg.Texts.WordJoin(), Action: inbox.Join, Subject: on, Spends: inbox.SpendsAll})
		}
	}
	return d.alsoRefused(inbox.Reply{Outcome: dialogue.ShownPreview, Lasting: true, Drafts: []inbox.Draft{draft}}, files), nil
}

func (d *Desk) previewText(ctx context.Context, h officehours.Handover) (prompts.Preview, error) {
	p := prompts.Preview{
		Text:      answer.SafeBlock(h.Text),
		Masked:    h.Original != "",
		Marked:    h.Unmasked && len(d.cfg.Masker.Find(h.Text)) > 0,
		Name:      answer.Safe(h.Name),
		InChannel: h.FromPublic,
		Minutes:   int(officehours.PreviewTime.Minutes()),
	}
	if h.Instead != "" {
		p.Instead = answer.Safe(h.Instead)
	}
	if f, known := d.cfg.Calendar.Format(h.Format); known {
		p.Format = answer.Link(f.Name, f.Link)
		p.Place = answer.Safe(f.Place)
		p.At = h.Session.In(d.cfg.Calendar.Zone())
		if h.Session.IsZero() {
			p.At = h.Session
		}
		if s, ok := d.cfg.Calendar.Propose(officehours.KindOf(h.Text), d.cfg.Now()); ok && s.Format.ID == h.Format {
			p.Why = d.cfg.Texts.Why(string(officehours.KindOf(h.Text)))
		}
	}
	along, err := d.along(ctx, h)
	if err != nil {
		return p, err
	}
	p.Answer, p.AnswerMasked = along.text != "", along.masked
	p.Joins, p.Others, err = d.othersText(ctx, h)
	return p, err
}

// LastQuestion is the question that a message leans on: the last one of its
// author in the talk; empty: there is none.
func (d *Desk) LastQuestion(ctx context.Context, m chat.Message) (chat.Post, bool, error) {
	talk, err := chat.Before(ctx, d.cfg.Posts, m)
	if err != nil {
		return chat.Post{}, false, err
	}
	last, found := d.cfg.Ear.LastQuestion(talk, m.UserID, m.Post, d.cfg.Self, d.Refuses)
	return last, found, nil
}

// Refuses reports whether a text is of the hard list.
func (d *Desk) Refuses(text string) bool {
	_, hit := d.cfg.Refuser.Refuse(text)
	return hit
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
