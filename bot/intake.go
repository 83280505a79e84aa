package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Pipeline stores what is addressed to the bot, once each, and works on it.
type Pipeline interface {
	Receive(ctx context.Context, a inbox.Arrival) error
	Edited(ctx context.Context, postID string, editedAt time.Time) error
	Deleted(ctx context.Context, postID string) error
}

// Intake returns the way in: it picks what is the bot's business out of the
// events of the chat platform. Budgets are kept by each replica for itself; all
// see the same events.
func (b *Bot) Intake(p Pipeline) chat.Intake {
	return &intake{bot: b, pipeline: p, budget: newBudget(b.cfg.Budget)}
}

type intake struct {
	bot      *Bot
	pipeline Pipeline
	budget   *budget
}

func (in *intake) Posted(ctx context.Context, p chat.Post) error {
	ours, err := in.bot.addressed(ctx, p)
	if err != nil {
		return fmt.Errorf("take in post (%s): %w", p.ID, err)
	}
	if !ours {
		return nil
	}
	return in.receive(ctx, p)
}

// Edited receives a post that only the edit made the bot's business; the
// pipeline does nothing where it knows the post already in this form.
func (in *intake) Edited(ctx context.Context, p chat.Post) error {
	if err := in.Posted(ctx, p); err != nil {
		return err
	}
	return in.pipeline.Edited(ctx, p.ID, p.EditedAt)
}

func (in *intake) Deleted(ctx context.Context, postID string) error {
	return in.pipeline.Deleted(ctx, postID)
}

func (in *intake) Pressed(ctx context.Context, c chat.Click) error {
	return in.pipeline.Receive(ctx, inbox.Arrival{
		Origin:    inbox.FromButton,
		Key:       c.Nonce,
		ChannelID: c.ChannelID,
		RootID:    chat.RootOf(c.PostID, c.RootID),
		UserID:    c.UserID,
		Action:    c.Action,
		Subject:   c.Subject,
		At:        c.At,
	})
}

func (in *intake) receive(ctx context.Context, p chat.Post) error {
	at := p.CreatedAt
	if p.EditedAt.After(at) {
		at = p.EditedAt
	}
	a := inbox.Arrival{
		Origin:    inbox.FromPost,
		Key:       p.ID,
		ChannelID: p.ChannelID,
		RootID:    p.RootID,
		UserID:    p.UserID,
		Late:      in.bot.cfg.Now().Sub(at) > in.bot.cfg.LateAfter,
		At:        at,
	}
	switch in.budget.take(p) {
	case exhausted:
		in.bot.cfg.Log.InfoContext(ctx, "above budget", "post", p.ID)
		return nil
	case lastOne:
		a.Action = inbox.Pause
	}
	return in.pipeline.Receive(ctx, a)
}

// addressed reports whether a post is the bot's business. A place that is gone
// or closed to the bot is not.
func (b *Bot) addressed(ctx context.Context, p chat.Post) (bool, error) {
	ours, err := b.judge(ctx, p)
	if errors.Is(err, inbox.ErrGone) {
		return false, nil
	}
	return ours, err
}

func (b *Bot) judge(ctx context.Context, p chat.Post) (bool, error) {
	channel, err := b.cfg.Directory.Channel(ctx, p.ChannelID, false)
	if err != nil {
		return false, chat.Unreachable(err)
	}
	hosts, err := b.cfg.Desk.Hosts(ctx)
	if err != nil {
		return false, err
	}
	rule := address{selfID: b.cfg.Self.ID, username: b.cfg.Self.Username, hostsID: hosts.ID}
	switch rule.judge(p, channel.Kind) {
	case ignored:
		return false, nil
	case askThread:
		thread, err := b.cfg.Posts.Thread(ctx, p.RootID)
		if err != nil {
			return false, chat.Unreachable(err)
		}
		if !rule.followsUp(p, thread) {
			return false, nil
		}
	}
	author, err := b.cfg.Directory.User(ctx, p.UserID, false)
	if err != nil {
		return false, chat.Unreachable(err)
	}
	return !author.Bot && !author.Remote, nil
}
