package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
)

// Pipeline stores what is addressed to the bot, once each, and works on it.
type Pipeline interface {
	Receive(ctx context.Context, a inbox.Arrival) error
	Edited(ctx context.Context, a inbox.Arrival, editedAt time.Time) error
	Deleted(ctx context.Context, postID string) error
}

// actionPause is the Action of an arrival above the budget: it gets the one
// notice.
const actionPause = "pause"

// Intake returns the way in: it picks what is the bot's business out of the
// events of the chat platform. Budgets are kept by each replica for itself; all
// see the same events.
func (b *Bot) Intake(p Pipeline) Intake {
	return &intake{bot: b, pipeline: p, budget: newBudget(b.cfg.Budget)}
}

type intake struct {
	bot      *Bot
	pipeline Pipeline
	budget   *budget
}

func (in *intake) Posted(ctx context.Context, p Post) error {
	_, err := in.posted(ctx, p)
	return err
}

// Edited receives a post that only the edit made the bot's business; the
// pipeline does nothing where it knows the post already in this form.
func (in *intake) Edited(ctx context.Context, p Post) error {
	a, err := in.posted(ctx, p)
	if err != nil {
		return err
	}
	return in.pipeline.Edited(ctx, a, p.EditedAt)
}

// posted receives a post that is the bot's business, and returns how it arrives.
func (in *intake) posted(ctx context.Context, p Post) (inbox.Arrival, error) {
	ours, err := in.bot.addressed(ctx, p)
	if err != nil {
		return inbox.Arrival{}, fmt.Errorf("take in post (%s): %w", p.ID, err)
	}
	a := in.arrival(p)
	if !ours {
		return a, nil
	}
	switch in.budget.take(p) {
	case exhausted:
		in.bot.cfg.Log.InfoContext(ctx, "above budget", "post", p.ID)
		return a, nil
	case lastOne:
		a.Action = actionPause
	}
	return a, in.pipeline.Receive(ctx, a)
}

func (in *intake) Deleted(ctx context.Context, postID string) error {
	return in.pipeline.Deleted(ctx, postID)
}

func (in *intake) Pressed(ctx context.Context, c Click) error {
	return in.pipeline.Receive(ctx, inbox.Arrival{
		Origin:    inbox.FromButton,
		Key:       c.ID,
		ChannelID: c.ChannelID,
		RootID:    rootOf(c.PostID, c.RootID),
		UserID:    c.UserID,
		Action:    c.Action,
		Subject:   c.Subject,
		Marker:    c.Marker,
		PostID:    c.PostID,
		At:        c.At,
	})
}

func (in *intake) arrival(p Post) inbox.Arrival {
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

// addressed reports whether a post is the bot's business. A place that is gone
// or closed to the bot is not.
func (b *Bot) addressed(ctx context.Context, p Post) (bool, error) {
	ours, err := b.judge(ctx, p)
	if errors.Is(err, inbox.ErrGone) {
		return false, nil
	}
	return ours, err
}

func (b *Bot) judge(ctx context.Context, p Post) (bool, error) {
	channel, err := b.cfg.Directory.Channel(ctx, p.ChannelID, false)
	if err != nil {
		return false, unreachable(err)
	}
	hosts, err := b.hosts(ctx)
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
			return false, unreachable(err)
		}
		if !rule.followsUp(p, thread) {
			return false, nil
		}
	}
	author, err := b.cfg.Directory.User(ctx, p.UserID, false)
	if err != nil {
		return false, unreachable(err)
	}
	return !author.Bot && !author.Remote, nil
}

// rootOf returns the root of the thread that a post is in.
func rootOf(postID, rootID string) string {
	if rootID != "" {
		return rootID
	}
	return postID
}

// budget counts messages by the times that the platform gave them, so that a
// catch-up counts as the events would have.
type budget struct {
	limits Budget
	mu     sync.Mutex
	users  map[string]*window
	roots  map[string]*window
	swept  time.Time
}

type spending int

const (
	within spending = iota
	lastOne
	exhausted
)

const (
	userWindow   = time.Minute
	threadWindow = 10 * time.Minute
)

func newBudget(limits Budget) *budget {
	return &budget{limits: limits, users: map[string]*window{}, roots: map[string]*window{}}
}

// take counts a post; one seen before counts no second time and gets the same
// reply as long as its window is kept.
func (b *budget) take(p Post) spending {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sweep(p.CreatedAt)
	byUser := windowOf(b.users, p.UserID).take(p, userWindow, b.limits.PerUser)
	byRoot := windowOf(b.roots, rootOf(p.ID, p.RootID)).take(p, threadWindow, b.limits.PerThread)
	return max(byUser, byRoot)
}

// sweep forgets windows that have passed, so that memory follows the traffic.
func (b *budget) sweep(now time.Time) {
	if now.Sub(b.swept) < threadWindow {
		return
	}
	b.swept = now
	for _, windows := range []map[string]*window{b.users, b.roots} {
		for key, w := range windows {
			if len(w.seen) == 0 || now.Sub(w.seen[len(w.seen)-1].at) > threadWindow {
				delete(windows, key)
			}
		}
	}
}

// window is what one user or thread has taken lately, oldest first.
type window struct{ seen []taken }

type taken struct {
	id    string
	at    time.Time
	reply spending
}

func windowOf(all map[string]*window, key string) *window {
	if all[key] == nil {
		all[key] = &window{}
	}
	return all[key]
}

func (w *window) take(p Post, length time.Duration, limit int) spending {
	if limit < 0 {
		return within
	}
	for _, t := range w.seen {
		if t.id == p.ID {
			return t.reply
		}
	}
	w.seen = slices.DeleteFunc(w.seen, func(t taken) bool { return p.CreatedAt.Sub(t.at) >= length })
	noticed, count := false, 0
	for _, t := range w.seen {
		noticed = noticed || t.reply == lastOne
		if t.reply == within {
			count++
		}
	}
	reply := within
	if count >= limit {
		reply = lastOne
		if noticed {
			reply = exhausted
		}
	}
	w.seen = append(w.seen, taken{p.ID, p.CreatedAt, reply})
	return reply
}
