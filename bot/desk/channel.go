package desk

import (
	"context"
	"errors"
	"slices"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// ToChannel shows a person's answer below the question in the channel where it was
// asked, at the asker's word: those who read there then see who asked.
func (d *Desk) ToChannel(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	tickets, err := d.meant(ctx, m, act, officehours.Replied, officehours.Settled)
	if err != nil {
		return inbox.Reply{}, err
	}
	switch {
	case len(tickets) == 0:
		return m.Says("no ticket", d.cfg.Texts.HandoverNoTicket()), nil
	case len(tickets) > 1:
		return m.Says("which ticket", d.cfg.Texts.HandoverWhichTicket(numbersOf(tickets))), nil
	}
	t := tickets[0]
	post, found, err := d.askedIn(ctx, t, m.UserID)
	if err != nil {
		return inbox.Reply{}, err
	}
	last, answered, err := d.lastAnswer(ctx, t)
	if err != nil {
		return inbox.Reply{}, err
	}
	step := d.stepText(t)
	if !found || !answered {
		return m.Says("not to channel", d.cfg.Texts.Tells("to_channel_not", step)), nil
	}
	if step.Who, err = d.signature(ctx, last.HostID); err != nil {
		return inbox.Reply{}, err
	}
	files, err := d.filesOf(ctx, last.PostID)
	if err != nil {
		return inbox.Reply{}, err
	}
	step.Text = relayed(last.Text)
	there := inbox.Draft{ChannelID: post.ChannelID, RootID: post.Root(), Text: d.cfg.Texts.Tells("in_channel", step), Files: files.files}
	return inbox.Reply{Outcome: "to channel", Lasting: true, Drafts: []inbox.Draft{there, m.Aside(d.cfg.Texts.Tells("to_channel", step))}}, nil
}

// askedIn is the post in a channel that somebody asks a ticket with, if it is there.
func (d *Desk) askedIn(ctx context.Context, t officehours.Ticket, userID string) (chat.Post, bool, error) {
	askers, err := d.cfg.Store.Askers(ctx, t.Number)
	if err != nil {
		return chat.Post{}, false, err
	}
	i := slices.IndexFunc(askers, func(a officehours.Asker) bool { return a.UserID == userID })
	if i < 0 || askers[i].PostID == "" {
		return chat.Post{}, false, nil
	}
	post, err := d.cfg.Posts.Post(ctx, askers[i].PostID)
	if errors.Is(err, inbox.ErrGone) {
		return chat.Post{}, false, nil
	}
	if err != nil {
		return chat.Post{}, false, chat.Unreachable(err)
	}
	return post, true, nil
}

// lastAnswer is the last one that stands.
func (d *Desk) lastAnswer(ctx context.Context, t officehours.Ticket) (officehours.HostAnswer, bool, error) {
	answers, err := d.cfg.Store.Answers(ctx, t.Number)
	if err != nil {
		return officehours.HostAnswer{}, false, err
	}
	for _, a := range slices.Backward(answers) {
		if !a.AskBack {
			return a, true, nil
		}
	}
	return officehours.HostAnswer{}, false, nil
}

// filesOf are the files of a host's post, if it is still there.
func (d *Desk) filesOf(ctx context.Context, postID string) (carried, error) {
	if postID == "" {
		return carried{}, nil
	}
	post, err := d.cfg.Posts.Post(ctx, postID)
	if errors.Is(err, inbox.ErrGone) {
		return carried{}, nil
	}
	if err != nil {
		return carried{}, chat.Unreachable(err)
	}
	return d.carry(ctx, post.Files)
}

// channelButton shows an answer in the channel of the question.
func (d *Desk) channelButton(t officehours.Ticket) inbox.Button {
	return inbox.Button{
		Label: d.cfg.Texts.Tells("word_to_channel", prompts.Step{}), Action: inbox.ToChannel, Subject: inbox.Subject{Ticket: t.Number}, Spends: inbox.SpendsItself,
	}
}
