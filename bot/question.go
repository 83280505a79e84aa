package bot

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

// question answers where it was asked, with what everybody there may read. What
// the asker alone may read besides goes by direct message; the reply in the
// channel is the same whether there is such a thing or not.
func (b *Bot) question(ctx context.Context, m message) (inbox.Reply, error) {
	collections, err := b.cfg.Collections.Collections(ctx)
	if err != nil {
		return inbox.Reply{}, err
	}
	readers, err := b.audience(ctx, m.lookup(b.cfg.Directory), m.channel, m.UserID, collections)
	if err != nil {
		return inbox.Reply{}, err
	}
	before, err := b.questionBefore(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	q := asked{text: m.text, files: m.post.Files, before: before, readers: readers.here}
	found, err := b.cfg.Answerer.answer(ctx, q)
	if err != nil {
		return inbox.Reply{}, err
	}
	if found.Reason == reasonNoCollection && !m.direct() { // the same for every asker
		found.Body = b.cfg.Texts.NoAccessChannel()
	}
	if b.overheard(m) && (found.declined || !found.settled() && !asks(m.text)) {
		return inbox.Reply{Drop: true, Reason: "no question"}, nil
	}
	reply := inbox.Reply{
		Outcome: string(found.Outcome),
		Reason:  found.Reason,
		Drafts:  []inbox.Draft{b.answerDraft(m, found)},
	}
	if found.Outcome == answer.Refused {
		reply.Reason = reasonHardList
	}
	more, err := b.more(ctx, q, found, readers)
	if err != nil {
		return inbox.Reply{}, err
	}
	if more.question != "" {
		reply.Drafts = append(reply.Drafts, b.moreDraft(m, more))
	}
	return reply, nil
}

// reasonHardList says nothing of the topic: with it, the record of a question
// would tell something about a person in need.
const reasonHardList = "hard list"

// overheard reports whether a message continues a thread in a channel without a
// mention. It may be meant for colleagues, so the bot only speaks up where it
// has an answer or was asked something.
func (b *Bot) overheard(m message) bool {
	return !m.direct() && m.RootID != "" && !mentions(m.post.Text, b.cfg.Self.Username)
}

// more answers again with what the asker may read, if that settles what the
// channel's documents do not, or has a better basis.
func (b *Bot) more(ctx context.Context, q asked, found given, readers audience) (given, error) {
	wider := slices.ContainsFunc(readers.personal.Collections(), func(name string) bool { return !readers.here.May(name) })
	if !wider || found.question == "" && found.Reason != reasonNoCollection {
		return given{}, nil
	}
	q.readers = readers.personal
	own, err := b.cfg.Answerer.answer(ctx, q)
	if err != nil || !own.settled() {
		return given{}, err
	}
	restricted := slices.ContainsFunc(own.Sources, func(s answer.Source) bool { return !readers.here.May(s.Collection) })
	if !restricted || found.settled() && own.Probability <= found.Probability {
		return given{}, nil
	}
	return own, nil
}

func (b *Bot) answerDraft(m message, found given) inbox.Draft {
	text := b.render(found)
	if m.Late {
		text = b.cfg.Texts.Late() + "\n\n" + text
	}
	return inbox.Draft{
		ChannelID: m.ChannelID,
		RootID:    m.root(),
		Text:      text,
		Machine:   true,
		About:     aboutAnswer(found.Sources),
		Buttons:   b.answerButtons(m, found),
	}
}

func (b *Bot) moreDraft(m message, more given) inbox.Draft {
	return inbox.Draft{
		ToUserID: m.UserID,
		Text:     b.cfg.Texts.More() + "\n\n" + b.renderPlain(more),
		Machine:  true,
		About:    aboutAnswer(more.Sources),
	}
}

// render sets an answer with the way to people below it.
func (b *Bot) render(found given) string {
	opt := b.renderOptions()
	opt.Handover = b.offers(found)
	if opt.Handover {
		opt.Next = NextSession(b.cfg.Calendar, found.question, found.settled(), b.cfg.Now())
	}
	return answer.Render(found.Answer, opt)
}

// renderPlain sets an answer alone.
func (b *Bot) renderPlain(found given) string { return answer.Render(found.Answer, b.renderOptions()) }

func (b *Bot) renderOptions() answer.RenderOptions {
	return answer.RenderOptions{Texts: b.cfg.Texts, Now: b.cfg.Now().In(b.cfg.Calendar.Zone()), Limit: answer.MessageRunes - lateRoom}
}

// lateRoom is kept free for what may stand above an answer.
const lateRoom = 400

// offers reports whether people could take the question over: one that was
// searched, in a house that has a place for it.
func (b *Bot) offers(found given) bool { return b.cfg.Hosts.Channel != "" && found.question != "" }

func (b *Bot) answerButtons(m message, found given) []inbox.Button {
	if !b.cfg.Buttons || !b.offers(found) {
		return nil
	}
	return []inbox.Button{{Label: b.cfg.Texts.WordPreview(), Action: actionPreview, Subject: m.Key}}
}

// sameTalk is how long in a direct message without threads a question may lean
// on the one before.
const sameTalk = 30 * time.Minute

// questionBefore returns what the same person asked before in this talk, in
// posts of that person and the bot only: in the thread, or where a direct
// message goes on without one, lately.
func (b *Bot) questionBefore(ctx context.Context, m message) (string, error) {
	if m.RootID == "" && !goesOn(m.text) {
		return "", nil
	}
	talk, err := b.talkBefore(ctx, m)
	if err != nil {
		return "", err
	}
	last, found := b.lastQuestion(talk, m.UserID, m.post)
	if !found || m.RootID == "" && m.post.CreatedAt.Sub(last.CreatedAt) > sameTalk {
		return "", nil
	}
	return withoutMention(last.Text, b.cfg.Self.Username), nil
}

// talkBefore returns the posts that a message continues: its thread, or a
// direct message as it stands; nothing where a channel's message begins anew.
func (b *Bot) talkBefore(ctx context.Context, m message) (posts []Post, err error) {
	switch {
	case m.RootID != "":
		posts, err = b.cfg.Posts.Thread(ctx, m.RootID)
	case m.direct():
		posts, err = b.cfg.Posts.Before(ctx, m.ChannelID, m.post.ID)
	}
	if err != nil {
		return nil, unreachable(err)
	}
	return posts, nil
}

// lastQuestion returns the last post before another in which the person asked
// and the bot answered below. Words that steer are no questions.
func (b *Bot) lastQuestion(thread []Post, userID string, before Post) (Post, bool) {
	answered := false
	for i := len(thread) - 1; i >= 0; i-- {
		p := thread[i]
		if p.ID == before.ID || p.CreatedAt.After(before.CreatedAt) {
			continue
		}
		answered = answered || b.own(p)
		if p.UserID != userID || !answered {
			continue
		}
		if w, _ := wordIn(withoutMention(p.Text, b.cfg.Self.Username)); w == wordNone {
			return p, true
		}
	}
	return Post{}, false
}

// own reports whether the bot made a post.
func (b *Bot) own(p Post) bool { return p.UserID == b.cfg.Self.ID && p.Marker != "" }

// collections returns the named ones as they are now.
func (b *Bot) collections(ctx context.Context, names []string) ([]retrieval.Collection, error) {
	all, err := b.cfg.Collections.Collections(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(c retrieval.Collection) bool { return !slices.Contains(names, c.Name) }), nil
}

// aboutAnswer notes on a draft which collections it rests on, for Confirm.
func aboutAnswer(sources []answer.Source) string {
	var names []string
	for _, s := range sources {
		for _, collection := range []string{s.Collection, s.Now.Collection} {
			if name := url.QueryEscape(collection); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return aboutAnswers + strings.Join(names, ",")
}

const aboutAnswers = "answer:"

// restsOn reads that note; false: the draft is no answer.
func restsOn(about string) (collections []string, ok bool) {
	list, ok := strings.CutPrefix(about, aboutAnswers)
	if !ok || list == "" {
		return nil, ok
	}
	for _, escaped := range strings.Split(list, ",") {
		name, err := url.QueryUnescape(escaped)
		if err != nil {
			name = escaped // was never written so: no reader may read it
		}
		collections = append(collections, name)
	}
	return collections, true
}
