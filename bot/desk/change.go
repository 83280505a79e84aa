package desk

import (
	"context"
	"errors"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// Gave finds the answer that a post of a host gave; false: it gave none, or that
// was taken back.
func (d *Desk) Gave(ctx context.Context, postID string) (officehours.HostAnswer, bool, error) {
	if d.cfg.Store == nil {
		return officehours.HostAnswer{}, false, nil
	}
	a, err := d.cfg.Store.AnswerOf(ctx, postID)
	if errors.Is(err, officehours.ErrUnknown) {
		return a, false, nil
	}
	return a, err == nil && !a.Retracted, err
}

// HostChange brings the edit or the deletion of a host's answer to all who got it.
func (d *Desk) HostChange(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	before, err := d.cfg.Store.AnswerOf(ctx, act.Subject.PostID)
	if errors.Is(err, officehours.ErrUnknown) {
		return inbox.Reply{Drop: true, Reason: "no answer any more"}, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	text, attached, fit, err := d.rewritten(ctx, act.Subject.PostID)
	if err != nil {
		return inbox.Reply{}, err
	}
	t, err := d.cfg.Store.TicketByNumber(ctx, before.Number)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !fit {
		return d.belowCard(ctx, t, "unfit change", d.cfg.Texts.Hosts("correct_empty", d.stepText(t)))
	}
	files, err := d.carry(ctx, attached)
	if err != nil {
		return inbox.Reply{}, err
	}
	return d.changed(ctx, m, before, text, files)
}

func (d *Desk) changed(ctx context.Context, m chat.Message, before officehours.HostAnswer, text string, files carried) (inbox.Reply, error) {
	after, err := d.cfg.Store.ChangeAnswer(ctx, before.PostID, text, m.ID, d.cfg.Now())
	if errors.Is(err, officehours.ErrUnknown) {
		return inbox.Reply{Drop: true, Reason: "nothing changed"}, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	step := d.stepText(after)
	step.AskBack, step.Reopened = before.AskBack, after.State == officehours.Open
	name, shown := "corrected", text
	if text == "" {
		name, shown = "retracted", before.Text
	}
	reply, err := d.belowCard(ctx, after, name, d.cfg.Texts.Hosts(name, step))
	if err != nil {
		return reply, err
	}
	askers, err := d.askers(ctx, after)
	if err != nil {
		return reply, err
	}
	step.Text = relayed(shown)
	reply = d.alsoRefused(reply, files)
	for i, draft := range d.tells(after, askers, name, step) {
		draft.Files = files.files
		if d.cfg.Buttons && name == "corrected" && !before.AskBack && askers[i].PostID != "" {
			draft.Buttons = []inbox.Button{d.channelButton(after)}
		}
		reply.Drafts = append(reply.Drafts, draft)
	}
	return reply, nil
}

// rewritten reads what a host's post says now, and which files it has; no text: it is
// deleted. Not fit: it is there, and says nothing that could go out.
func (d *Desk) rewritten(ctx context.Context, postID string) (text string, files []string, fit bool, err error) {
	post, err := d.cfg.Posts.Post(ctx, postID)
	if errors.Is(err, inbox.ErrGone) {
		return "", nil, true, nil
	}
	if err != nil {
		return "", nil, false, chat.Unreachable(err)
	}
	word, _ := dialogue.ReadHostWord(chat.WithoutMention(post.Text, d.cfg.Self.Username))
	text = asksBack.ReplaceAllString(word.Text, "")
	text = d.withFiles(text, post.Files)
	return text, post.Files, relayed(text) != "" && runes(text) <= hostAnswerRunes, nil
}

// belowCard is a word to the hosts below a ticket's card, that nobody has asked for.
func (d *Desk) belowCard(ctx context.Context, t officehours.Ticket, outcome, text string) (inbox.Reply, error) {
	hosts, err := d.privateHosts(ctx, false)
	if err != nil {
		return inbox.Reply{}, err
	}
	return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{d.underCard(hosts.ID, t, text)}}, nil
}
