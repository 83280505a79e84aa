package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"lvr.example/sprechstunde/bot/budget"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Pipeline stores what is addressed to the bot, once each, and works on it.
type Pipeline interface {
	Receive(ctx context.Context, a inbox.Arrival) error
	Edited(ctx context.Context, a inbox.Arrival, editedAt time.Time) error
	Deleted(ctx context.Context, postID string) error
}

// Intake returns the way in: it picks what is the bot's business out of the
// events of the chat platform. Budgets are kept by each replica for itself; all
// see the same events.
func (b *Bot) Intake(p Pipeline) chat.Intake {
	return &intake{bot: b, pipeline: p, budget: budget.New(b.cfg.Budget)}
}

type intake struct {
	bot      *Bot
	pipeline Pipeline
	budget   *budget.Budget
}

func (in *intake) Posted(ctx context.Context, p chat.Post) error {
	_, err := in.posted(ctx, p)
	return err
}

// Edited receives a post that only the edit made the bot's business; the
// pipeline does nothing where it knows the post already in this form.
func (in *intake) Edited(ctx context.Context, p chat.Post) error {
	if gave, err := in.changed(ctx, p.ID, strconv.FormatInt(p.Revision(), 10)); gave || err != nil {
		return err
	}
	a, err := in.posted(ctx, p)
	if err != nil {
		return err
	}
	return in.pipeline.Edited(ctx, a, p.EditedAt)
}

// posted receives a post that is the bot's business, and returns how it arrives.
func (in *intake) posted(ctx context.Context, p chat.Post) (inbox.Arrival, error) {
	heard, err := in.bot.judge(ctx, p)
	if errors.Is(err, inbox.ErrGone) { // a place that is closed to the bot
		heard, err = ignored, nil
	}
	if err != nil {
		return inbox.Arrival{}, fmt.Errorf("take in post (%s): %w", p.ID, err)
	}
	a := in.arrival(p)
	a.Overheard = heard == overheard
	if heard == ignored {
		return a, nil
	}
	switch in.budget.Spend(p) {
	case budget.Exhausted:
		in.bot.cfg.Log.InfoContext(ctx, "above budget", inbox.KeyPost, p.ID)
		return a, nil
	case budget.LastOne:
		a.Action = inbox.Pause
	}
	return a, in.pipeline.Receive(ctx, a)
}

func (in *intake) Deleted(ctx context.Context, postID string) error {
	if gave, err := in.changed(ctx, postID, "deleted"); gave || err != nil {
		return err
	}
	return in.pipeline.Deleted(ctx, postID)
}

// changed receives the edit or the deletion of a post that gave a host's answer; false:
// it gave none.
func (in *intake) changed(ctx context.Context, postID, how string) (gave bool, err error) {
	a, gave, err := in.bot.cfg.Desk.Gave(ctx, postID)
	if err != nil || !gave {
		return false, err
	}
	return true, in.pipeline.Receive(ctx, inbox.Arrival{
		Origin: inbox.FromHouse, Key: "change:" + postID + ":" + how, UserID: a.HostID,
		Action: inbox.HostChange, Subject: inbox.Subject{PostID: postID}, At: in.bot.cfg.Now(),
	})
}

func (in *intake) Pressed(ctx context.Context, c chat.Click) error {
	return in.pipeline.Receive(ctx, pressed(inbox.FromButton, c))
}

func pressed(origin inbox.Origin, c chat.Click) inbox.Arrival {
	return inbox.Arrival{
		Origin:    origin,
		Key:       c.ID,
		ChannelID: c.ChannelID,
		RootID:    chat.RootOf(c.PostID, c.RootID),
		UserID:    c.UserID,
		Action:    c.Action,
		Subject:   c.Subject,
		Marker:    c.Marker,
		PostID:    c.PostID,
		At:        c.At,
	}
}

func (in *intake) Commanded(ctx context.Context, c chat.Command) error {
	a := inbox.Arrival{
		Origin: inbox.FromCommand, Key: c.ID, ChannelID: c.ChannelID, RootID: c.RootID, UserID: c.UserID, At: c.At,
		Fields: map[string]string{inbox.CommandText: c.Text},
	}
	switch in.budget.Spend(chat.Post{ID: c.ID, UserID: c.UserID, CreatedAt: c.At}) {
	case budget.Exhausted:
		in.bot.cfg.Log.InfoContext(ctx, "above budget", inbox.KeyOrigin, a.Origin)
		return nil
	case budget.LastOne:
		a.Action = inbox.Pause
	}
	return in.pipeline.Receive(ctx, a)
}

func (in *intake) Added(ctx context.Context, channelID string) error {
	return in.bot.cfg.Channels.Added(ctx, in.pipeline, channelID)
}

func (in *intake) Reacted(ctx context.Context, since time.Time, postIDs ...string) error {
	return in.bot.cfg.Feedback.Reacted(ctx, in.pipeline, since, postIDs)
}

func (in *intake) arrival(p chat.Post) inbox.Arrival {
	at := p.CreatedAt
	if p.EditedAt.After(at) {
		at = p.EditedAt
	}
	return inbox.Arrival{
		Origin:    inbox.FromPost,
		Key:       p.ID,
		ChannelID: p.ChannelID,
		RootID:    p.RootID,
		UserID:    p.UserID,
		Late:      in.bot.cfg.Now().Sub(at) > in.bot.cfg.LateAfter,
		At:        at,
	}
}

// judge says whether a post is the bot's business: ignored, addressed, overheard
// or a hostWord.
func (b *Bot) judge(ctx context.Context, p chat.Post) (verdict, error) {
	channel, err := b.cfg.Directory.Channel(ctx, p.ChannelID, false)
	if err != nil {
		return ignored, chat.Unreachable(err)
	}
	hosts, err := b.cfg.Desk.Hosts(ctx)
	if err != nil {
		return ignored, err
	}
	rule := address{selfID: b.cfg.Self.ID, username: b.cfg.Self.Username, hostsID: hosts.ID}
	heard := rule.judge(p, channel.Kind)
	if heard == overheard {
		if ours, err := b.overhears(ctx, rule, p); err != nil || !ours {
			return ignored, err
		}
	}
	if heard == ignored {
		return ignored, nil
	}
	author, err := b.cfg.Directory.User(ctx, p.UserID, false)
	if err != nil {
		return ignored, chat.Unreachable(err)
	}
	if author.Bot || author.Remote {
		return ignored, nil
	}
	return heard, nil
}

// overhears reports whether a reply that names nobody is the bot's business: it goes
// on with a talk where the channel wants that, or is a word below a LeanCoffee.
func (b *Bot) overhears(ctx context.Context, rule address, p chat.Post) (bool, error) {
	wanted, err := b.cfg.Channels.Overhears(ctx, p.ChannelID)
	if err != nil {
		return false, err
	}
	if wanted {
		thread, err := b.cfg.Posts.Thread(ctx, p.RootID)
		if err != nil {
			return false, chat.Unreachable(err)
		}
		if rule.followsUp(p, thread) {
			return true, nil
		}
	}
	return b.belowCoffee(ctx, p)
}
