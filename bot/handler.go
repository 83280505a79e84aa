package bot

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// Handle works out the replies to one arrival. It may be called again for the
// same one.
func (b *Bot) Handle(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
	m, act, err := b.hear(ctx, q)
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("read question (%s): %w", q.ID, err)
	}
	reply, err := b.goes(ctx, m, act)
	if q.Origin.Pressed() && (errors.Is(err, inbox.ErrGone) || act.Kind == dialogue.Nothing) {
		// Who pressed was told that an answer follows.
		return m.Says("over", b.cfg.Texts.ButtonExpired()), nil
	}
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("handle question (%s, %s): %w", q.ID, act.Kind, err)
	}
	reply.Revision = m.Revision
	return reply, nil
}

// goes the way of a message, if its author is admitted to it.
func (b *Bot) goes(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	w := b.ways[act.Kind]
	if (m.Origin == inbox.FromPost || m.Origin == inbox.FromCommand) && !w.everybody {
		if admitted, err := b.cfg.Rights.Admits(ctx, m); err != nil {
			return inbox.Reply{}, err
		} else if !admitted {
			return b.cfg.Talk.Outside(ctx, m)
		}
	}
	if reply, silent, err := b.cfg.Channels.Silent(ctx, m, act); silent || err != nil {
		return reply, err
	}
	reply, err := w.handle(ctx, m, act)
	if err == nil {
		reply, err = b.cfg.Talk.Welcomed(ctx, m, act, reply)
	}
	if err == nil {
		reply, err = b.cfg.Channels.Directed(ctx, m, act, reply)
	}
	if err == nil && act.Kind.Searched() && m.Revision > 0 {
		var shown []inbox.Draft
		if shown, err = b.cfg.Desk.Edited(ctx, m); len(shown) > 0 {
			reply.Outcome, reply.Drafts = dialogue.ShownPreview, append(reply.Drafts, shown...)
		}
	}
	return b.cfg.Talk.Traced(m, reply), err
}

// hear reads an arrival again and understands it.
func (b *Bot) hear(ctx context.Context, q inbox.Question) (chat.Message, dialogue.Act, error) {
	m := chat.Of(q)
	switch q.Origin {
	case inbox.FromHouse:
		return m, dialogue.Pressed(q.Action, q.Subject), nil
	case inbox.FromButton, inbox.FromDialog:
		return m, dialogue.Pressed(q.Action, q.Subject), b.readChannel(ctx, &m)
	case inbox.FromCommand:
		m.Typed = chat.Place{ChannelID: m.ChannelID, RootID: m.RootID}
		m.Channel, m.ChannelID, m.RootID = chat.Channel{Kind: chat.DirectChannel}, "", ""
		m.Text = q.Fields[inbox.CommandText]
		if q.Action != "" {
			return m, dialogue.Pressed(q.Action, q.Subject), nil
		}
		return m, dialogue.Commanded(m.Text), nil
	}
	ours, err := b.readPost(ctx, &m)
	switch {
	case err != nil:
		return m, dialogue.Act{}, err
	case !ours: // an edit may have taken the mention away
		return m, dialogue.Act{Kind: dialogue.Nothing}, nil
	case q.Action != "":
		return m, dialogue.Pressed(q.Action, q.Subject), nil
	}
	act, err := b.understand(ctx, m)
	return m, act, err
}

// readPost fills in the post as it is now and reports whether it is still the
// bot's business.
func (b *Bot) readPost(ctx context.Context, m *chat.Message) (ours bool, err error) {
	if m.Post, err = b.cfg.Posts.Post(ctx, m.Key); err != nil {
		return false, chat.Unreachable(err)
	}
	heard, err := b.judge(ctx, m.Post)
	if err != nil {
		return false, fmt.Errorf("judge: %w", err)
	}
	m.ChannelID, m.RootID, m.UserID = m.Post.ChannelID, m.Post.RootID, m.Post.UserID
	m.Text = chat.WithoutMention(m.Post.Text, b.cfg.Self.Username)
	m.Revision = m.Post.Revision()
	return heard != ignored, b.readChannel(ctx, m)
}

func (b *Bot) readChannel(ctx context.Context, m *chat.Message) (err error) {
	if m.Channel, err = b.cfg.Directory.Channel(ctx, m.ChannelID, false); err != nil {
		return fmt.Errorf("read channel: %w", chat.Unreachable(err))
	}
	return nil
}

// understand says what a post means, given what waits. What is of the hard list goes
// the way of a question, which knows whom to lead to, as does what others are in charge
// of and was only guessed to be something else.
func (b *Bot) understand(ctx context.Context, m chat.Message) (dialogue.Act, error) {
	place, err := b.place(ctx, m)
	if err != nil {
		return dialogue.Act{}, err
	}
	act, err := b.cfg.Talk.Hear(ctx, m, dialogue.Heard{
		Text:      chat.Named(m.Post.Text, b.cfg.Self.Username, dialogue.Named),
		Place:     place,
		Overheard: !m.Direct() && m.RootID != "" && !chat.Mentions(m.Post.Text, b.cfg.Self.Username),
	})
	if err != nil {
		return dialogue.Act{}, err
	}
	talk, guessed := act.Kind.Talk(), (act.Guessed || act.Kind == dialogue.Unclear) && !act.Kind.Searched()
	refused := guessed && b.cfg.Asking.Refuses(m.Text) || talk && !act.Kind.OfAbove() && b.cfg.Asking.RefusesPlainly(m.Text)
	others := talk && guessed && act.Kind != dialogue.ReplyToHost && act.Kind != dialogue.Change && b.cfg.Asking.OfOthers(m.Text)
	if act.Choice == "" && (refused || others) {
		act = dialogue.Act{Kind: dialogue.Question, Waits: act.Waits}
	}
	return act, nil
}

// place says where a post stands.
func (b *Bot) place(ctx context.Context, m chat.Message) (dialogue.Place, error) {
	if m.Direct() {
		return dialogue.Direct, nil
	}
	place := dialogue.Channel
	if m.RootID != "" {
		place = dialogue.Thread
		if below, err := b.belowCoffee(ctx, m.Post); err != nil {
			return 0, err
		} else if below {
			place |= dialogue.Coffee
		}
	}
	hosts, err := b.cfg.Desk.Hosts(ctx)
	if err == nil && hosts.ID != "" && hosts.ID == m.ChannelID {
		place |= dialogue.Hosts
	}
	return place, err
}

// Failed says that there will be no answer, and where people help.
func (b *Bot) Failed(ctx context.Context, q inbox.Question) inbox.Reply {
	next := answer.NextDate(b.cfg.Calendar, officehours.Single, b.cfg.Now())
	draft := inbox.Draft{Text: answer.Notice(b.cfg.Texts, b.cfg.Texts.Failed(next)), Machine: true}
	stopped, ofCoffee := b.cfg.Coffee.Failed(q)
	switch {
	case ofCoffee:
		draft = stopped
	case q.Origin == inbox.FromPost:
		draft.ChannelID, draft.RootID = q.ChannelID, chat.RootOf(q.Key, q.RootID)
	case q.Origin == inbox.FromHouse:
		if q.UserID == "" { // nobody waits for it
			return inbox.Reply{Drop: true, Outcome: "failed"}
		}
		draft.ToUserID, draft.Text = q.UserID, answer.Notice(b.cfg.Texts, b.cfg.Texts.CareFailed())
	default:
		draft.ToUserID = q.UserID
	}
	b.cfg.Log.WarnContext(ctx, "question told as failed", inbox.KeyQuestion, q.ID, inbox.KeyState, string(q.State))
	return inbox.Reply{Outcome: "failed", Drafts: []inbox.Draft{draft}}
}
