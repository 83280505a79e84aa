package mattermost

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval/pacing"
)

// Cursors remember how far each channel was read. Times are the server's, in
// Unix milliseconds. The empty channel id stands for all channels together.
type Cursors interface {
	Cursor(ctx context.Context, channelID string) (postID string, createAt int64, found bool, err error)
	SaveCursor(ctx context.Context, channelID, postID string, createAt int64) error
}

// allChannels is the cursor up to which every channel was read.
const allChannels = ""

const (
	firstAgain = 8 * time.Second // after a catch-up that is incomplete
	perPage    = 200             // the most that the server gives
	talkPosts  = 60              // what a talk in a direct message can refer to; the server takes long for more
	// overlap is read again each time: a post can become visible after a younger
	// one, because its transaction took longer.
	overlap = 10 * time.Second
	// settleAfter is how long after a channel's last post it counts as read to the end.
	settleAfter = overlap
)

// catchUp finds through REST what the event stream lost. It hands over every
// post since the cursors, oldest first; those that are known already cost the
// bot one look.
type catchUp struct {
	c    *Client
	in   chat.Intake
	self string
	log  *slog.Logger

	wake chan struct{}
	mu   sync.Mutex
	due  time.Time // the next run; zero: only the regular one

	seen map[string]sighting // by channel
}

// sighting is the state of a channel that an earlier run of this process saw.
type sighting struct {
	lastPostAt int64
	at         time.Time
}

func newCatchUp(c *Client, in chat.Intake, self string) *catchUp {
	return &catchUp{c: c, in: in, self: self, log: c.log, wake: make(chan struct{}, 1), seen: map[string]sighting{}}
}

// request asks for a run after a pause; it never blocks.
func (u *catchUp) request(pause time.Duration) {
	u.mu.Lock()
	at := u.c.now().Add(pause)
	if u.due.IsZero() || at.Before(u.due) {
		u.due = at
	}
	u.mu.Unlock()
	select {
	case u.wake <- struct{}{}:
	default:
	}
}

// run catches up when asked, and regularly, until the context ends.
func (u *catchUp) run(ctx context.Context) {
	regular := time.NewTicker(u.c.cfg.CatchUpEvery)
	defer regular.Stop()
	pause := time.NewTimer(0)
	pause.Stop()
	defer pause.Stop()
	pauses := pacing.Backoff(firstAgain, longestBackOff)
	for {
		select {
		case <-ctx.Done():
			return
		case <-u.wake:
			pause.Reset(u.untilDue())
			continue
		case <-regular.C:
		case <-pause.C:
		}
		u.mu.Lock()
		u.due = time.Time{}
		u.mu.Unlock()
		if err := u.once(ctx); err != nil && ctx.Err() == nil {
			again := pauses.NextBackOff()
			u.log.Warn("catch-up incomplete", inbox.KeyError, err, inbox.KeyPause, again)
			u.request(again)
			continue
		}
		pauses.Reset()
	}
}

func (u *catchUp) untilDue() time.Duration {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.due.IsZero() {
		return u.c.cfg.CatchUpEvery
	}
	return max(0, u.due.Sub(u.c.now()))
}

// once reads all channels up to now. A channel that fails does not stop the
// others.
func (u *catchUp) once(ctx context.Context) error {
	channels, serverTime, err := u.channels(ctx)
	if err != nil {
		return err
	}
	_, since, found, err := u.c.cfg.Cursors.Cursor(ctx, allChannels)
	if err != nil {
		return fmt.Errorf("read cursor: %w", err)
	}
	if !found {
		// A bot that starts for the first time answers nothing that is older.
		u.log.Info("first start: older posts stay unanswered", inbox.KeyCount, len(channels))
		return u.save(ctx, allChannels, "", serverTime)
	}
	var errs []error
	for _, ch := range channels {
		if err := u.channel(ctx, ch, since); err != nil {
			errs = append(errs, fmt.Errorf("catch up (%s): %w", ch.Id, err))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	errs = append(errs, u.recheckKnown(ctx), u.recheckThumbs(ctx, since))
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return u.save(ctx, allChannels, "", max(since, serverTime-overlap.Milliseconds()))
}

// channels lists the bot's channels, direct ones included, and the server's time.
func (u *catchUp) channels(ctx context.Context) ([]*model.Channel, int64, error) {
	list, resp, err := u.c.api.GetChannelsForUserWithLastDeleteAt(ctx, u.self, 0)
	if err != nil {
		return nil, 0, classify("list own channels", resp, err, u.c.now())
	}
	serverTime := u.c.now()
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		serverTime = at
	}
	return list, serverTime.UnixMilli(), nil
}

// channel hands over what came since the channel's cursor; a channel without
// one (new, or a direct message) is read since the last run.
func (u *catchUp) channel(ctx context.Context, ch *model.Channel, since int64) error {
	anchor, readTo, found, err := u.c.cfg.Cursors.Cursor(ctx, ch.Id)
	if err != nil {
		return fmt.Errorf("read cursor: %w", err)
	}
	if !found {
		readTo = since
	}
	if ch.LastPostAt <= readTo {
		return nil
	}
	from := max(0, readTo-overlap.Milliseconds())
	if !found {
		from = readTo
	}
	reached, err := u.posts(ctx, ch, anchor, from, readTo)
	if err != nil {
		return err
	}
	if err := u.changes(ctx, ch.Id, from); err != nil {
		return err
	}
	if reached == "" {
		reached = anchor
	}
	return u.keep(ctx, ch, reached, u.stableUntil(ch))
}

// keep saves how far a channel was read. Between persons nothing is kept: such a
// channel's id says who they are, and would come back after they were forgotten.
// Those channels are read since the last run that read everything.
func (u *catchUp) keep(ctx context.Context, ch *model.Channel, postID string, createAt int64) error {
	if ch.IsGroupOrDirect() {
		return nil
	}
	return u.save(ctx, ch.Id, postID, createAt)
}

// stableUntil says up to where a channel counts as read: to its last post when an
// earlier run had seen that one some seconds ago, else to just before it, so
// that the next run looks once more.
func (u *catchUp) stableUntil(ch *model.Channel) int64 {
	before, ok := u.seen[ch.Id]
	if ok && before.lastPostAt == ch.LastPostAt && u.c.now().Sub(before.at) >= settleAfter {
		return ch.LastPostAt
	}
	if !ok || before.lastPostAt != ch.LastPostAt {
		u.seen[ch.Id] = sighting{lastPostAt: ch.LastPostAt, at: u.c.now()}
	}
	return ch.LastPostAt - 1
}

// posts hands over what came after the anchor, and returns the next anchor: the
// youngest post that is certainly older than anything still to become visible.
func (u *catchUp) posts(ctx context.Context, ch *model.Channel, anchor string, from, readTo int64) (string, error) {
	if anchor != "" {
		next, count, err := u.forward(ctx, ch, anchor, readTo)
		if err != nil || count > 0 {
			return next, err
		}
		// Nothing after it: the anchor was purged, or only edits came.
	}
	oldest, more, err := u.back(ctx, ch.Id, from)
	if err != nil {
		return "", err
	}
	if err := u.hand(ctx, oldest); err != nil {
		return "", err
	}
	next := anchorIn(oldest, ch.LastPostAt)
	if !more {
		return next, nil
	}
	later, _, err := u.forward(ctx, ch, lastBefore(oldest), readTo)
	return cmp.Or(later, next), err
}

// forward reads page after page behind the anchor. It notes how far it came, so
// that a catch-up that is cut short goes on there, however much there is to read;
// the cursor's time stays, because changes since then are still to be read.
func (u *catchUp) forward(ctx context.Context, ch *model.Channel, anchor string, readTo int64) (next string, count int, err error) {
	for {
		list, resp, err := u.c.api.GetPostsAfter(ctx, ch.Id, anchor, 0, perPage, "", false, false)
		if err != nil {
			return "", count, classify("read page", resp, err, u.c.now())
		}
		posts := page(list)
		if err := u.hand(ctx, posts); err != nil {
			return "", count, err
		}
		count += len(posts)
		if older := anchorIn(posts, ch.LastPostAt); older != "" {
			next = older
		}
		if len(posts) < perPage {
			return next, count, nil
		}
		anchor = lastBefore(posts)
		if next != "" {
			if err := u.keep(ctx, ch, next, readTo); err != nil {
				return "", count, err
			}
		}
	}
}

// lastBefore is the last post whose time is not that of the page's end: posts
// of the same millisecond would be left out after it.
func lastBefore(posts []*model.Post) string {
	end := posts[len(posts)-1].CreateAt
	for i := len(posts) - 1; i >= 0; i-- {
		if posts[i].CreateAt < end {
			return posts[i].Id
		}
	}
	return posts[len(posts)-1].Id
}

func anchorIn(posts []*model.Post, lastPostAt int64) string {
	for i := len(posts) - 1; i >= 0; i-- {
		if posts[i].CreateAt < lastPostAt-overlap.Milliseconds() {
			return posts[i].Id
		}
	}
	return ""
}

// back walks from the newest post to the time from, and returns the two oldest
// pages since, oldest first, and whether there is more behind them. It keeps no
// more, however long the way is.
func (u *catchUp) back(ctx context.Context, channelID string, from int64) (oldest []*model.Post, more bool, err error) {
	before := ""
	for pages := 1; ; pages++ {
		posts, err := u.c.older(ctx, channelID, before, perPage, false)
		if err != nil {
			return nil, false, err
		}
		since := posts
		for len(since) > 0 && since[0].CreateAt < from {
			since = since[1:]
		}
		if len(since) == 0 {
			return oldest, more, nil
		}
		oldest, more = append(slices.Clip(since), oldest[:min(len(oldest), perPage)]...), pages > 2
		if len(since) < perPage {
			return oldest, more, nil
		}
		before = posts[0].Id
	}
}

// older returns a page of posts before the named one, or the newest page,
// oldest first.
func (c *Client) older(ctx context.Context, channelID, before string, most int, rootsOnly bool) ([]*model.Post, error) {
	var list *model.PostList
	var resp *model.Response
	var err error
	if before == "" {
		list, resp, err = c.api.GetPostsForChannel(ctx, channelID, 0, most, "", rootsOnly, false)
	} else {
		list, resp, err = c.api.GetPostsBefore(ctx, channelID, before, 0, most, "", rootsOnly, false)
	}
	if err != nil {
		return nil, classify(fmt.Sprintf("read page (%s)", channelID), resp, err, c.now())
	}
	return page(list), nil
}

func (u *catchUp) hand(ctx context.Context, posts []*model.Post) error {
	for _, p := range posts {
		if p.DeleteAt == 0 && addedTo(p, u.self) {
			if err := u.in.Added(ctx, p.ChannelId); err != nil {
				return fmt.Errorf("hand over channel (%s): %w", p.ChannelId, err)
			}
		}
		if p.DeleteAt != 0 || unasked(p, u.self) {
			continue
		}
		if err := u.in.Posted(ctx, decodePost(p, u.self)); err != nil {
			return fmt.Errorf("hand over post (%s): %w", p.Id, err)
		}
	}
	return nil
}

// changes hands over edits and deletions since a time, as far as the server
// tells: it leaves out what exceeds a thousand rows. Questions that are known
// are therefore read again by recheckKnown; this finds a mention added by edit.
func (u *catchUp) changes(ctx context.Context, channelID string, from int64) error {
	list, resp, err := u.c.api.GetPostsSince(ctx, channelID, max(from, 1), false)
	if err != nil {
		return classify("read changes", resp, err, u.c.now())
	}
	for _, p := range page(list) {
		if p.OriginalId != "" || p.EditAt < from && p.DeleteAt < from {
			continue
		}
		if err := u.changed(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (u *catchUp) changed(ctx context.Context, p *model.Post) error {
	var err error
	switch {
	case unasked(p, u.self):
	case p.DeleteAt != 0:
		err = u.in.Deleted(ctx, p.Id)
	case p.EditAt != 0:
		err = u.in.Edited(ctx, decodePost(p, u.self))
	}
	if err != nil {
		return fmt.Errorf("hand over change (%s): %w", p.Id, err)
	}
	return nil
}

func (u *catchUp) recheckKnown(ctx context.Context) error {
	if u.c.cfg.Known == nil {
		return nil
	}
	ids, err := u.c.cfg.Known(ctx)
	if err != nil {
		return fmt.Errorf("list known questions: %w", err)
	}
	return u.recheck(ctx, ids)
}

// recheckAtOnce is how many posts the server reads in one request.
const recheckAtOnce = 500

// recheck reads posts again and hands over which were edited or are gone.
func (u *catchUp) recheck(ctx context.Context, ids []string) error {
	for len(ids) > 0 {
		chunk := ids[:min(len(ids), recheckAtOnce)]
		ids = ids[len(chunk):]
		posts, resp, err := u.c.api.GetPostsByIds(ctx, chunk)
		if err != nil && !missing(resp, err) { // missing: not one of them is left
			return classify("read known posts", resp, err, u.c.now())
		}
		there := map[string]bool{}
		for _, p := range posts {
			there[p.Id] = true
			if err := u.changed(ctx, p); err != nil {
				return err
			}
		}
		for _, id := range chunk {
			if there[id] {
				continue
			}
			if err := u.in.Deleted(ctx, id); err != nil {
				return fmt.Errorf("hand over deletion (%s): %w", id, err)
			}
		}
	}
	return nil
}

func (u *catchUp) save(ctx context.Context, channelID, postID string, createAt int64) error {
	if err := u.c.cfg.Cursors.SaveCursor(ctx, channelID, postID, createAt); err != nil {
		return fmt.Errorf("save cursor: %w", err)
	}
	return nil
}
