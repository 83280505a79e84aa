package mattermost

import (
	"context"
	"encoding/json"
	"errors"
	"hash/fnv"
	"log/slog"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

const (
	lanes      = 4
	laneLength = 1024
	// handWithin bounds one call into the bot.
	handWithin = 30 * time.Second
	// againAfter is how soon catch-up follows an event that could not be handed over.
	againAfter = 5 * time.Second
)

// dispatch hands events to the bot without ever blocking the reader of the
// stream: events of one channel stay in order, and what does not fit is left to
// catch-up.
type dispatch struct {
	in     chat.Intake
	self   string
	rights func()              // somebody's rights may have changed
	missed func(time.Duration) // catch up after this pause
	log    *slog.Logger
	lanes  [lanes]chan func(context.Context) error
}

func newDispatch(in chat.Intake, self string, rights func(), missed func(time.Duration), log *slog.Logger) *dispatch {
	d := &dispatch{in: in, self: self, rights: rights, missed: missed, log: log}
	for i := range d.lanes {
		d.lanes[i] = make(chan func(context.Context) error, laneLength)
	}
	return d
}

func (d *dispatch) run(ctx context.Context) {
	var group sync.WaitGroup
	for _, lane := range d.lanes {
		group.Go(func() { d.work(ctx, lane) })
	}
	group.Wait()
}

func (d *dispatch) work(ctx context.Context, lane <-chan func(context.Context) error) {
	for {
		select {
		case <-ctx.Done():
			return
		case hand := <-lane:
			within, cancel := context.WithTimeout(ctx, handWithin)
			err := hand(within)
			cancel()
			if err != nil && ctx.Err() == nil {
				d.log.Warn("event not taken, left to catch-up", inbox.KeyError, err)
				d.missed(againAfter)
			}
		}
	}
}

// deliver sorts an event. It runs in the reader of the stream.
func (d *dispatch) deliver(ev *model.WebSocketEvent) {
	switch ev.EventType() {
	case model.WebsocketEventPosted:
		d.post(ev, d.in.Posted)
	case model.WebsocketEventPostEdited:
		d.post(ev, d.in.Edited)
	case model.WebsocketEventPostDeleted:
		d.post(ev, func(ctx context.Context, p chat.Post) error { return d.in.Deleted(ctx, p.ID) })
	case model.WebsocketEventReactionAdded, model.WebsocketEventReactionRemoved:
		d.reaction(ev)
	case model.WebsocketEventDirectAdded, model.WebsocketEventGroupAdded:
		// A first message may have come before the membership that its event needs.
		d.missed(againAfter)
	case model.WebsocketEventUserAdded:
		if user, _ := ev.GetData()["user_id"].(string); user == d.self {
			channel := ev.GetBroadcast().ChannelId
			d.queue(channel, func(ctx context.Context) error { return d.in.Added(ctx, channel) })
		}
		d.rights()
		d.missed(againAfter)
	case model.WebsocketEventUserRemoved, model.WebsocketEventLeaveTeam, model.WebsocketEventAddedToTeam,
		model.WebsocketEventUserUpdated, model.WebsocketEventUserRoleUpdated, model.WebsocketEventMemberroleUpdated,
		model.WebsocketEventRoleUpdated, model.WebsocketEventGuestsDeactivated, model.WebsocketEventUserActivationStatusChange,
		model.WebsocketEventChannelConverted, model.WebsocketEventChannelUpdated, model.WebsocketEventChannelDeleted,
		model.WebsocketEventChannelRestored, model.WebsocketEventChannelMemberUpdated, model.WebsocketEventChannelSchemeUpdated,
		model.WebsocketEventUpdateTeamScheme, model.WebsocketEventDeleteTeam, model.WebsocketEventSharedChannelRemoteUpdated:
		d.rights()
	}
}

func (d *dispatch) post(ev *model.WebSocketEvent, hand func(context.Context, chat.Post) error) {
	p, err := eventPost(ev)
	if err != nil {
		d.log.Warn("event not understood, left to catch-up", inbox.KeyEvent, ev.EventType(), inbox.KeyError, err)
		d.missed(againAfter)
		return
	}
	if addedTo(p, d.self) {
		d.queue(p.ChannelId, func(ctx context.Context) error { return d.in.Added(ctx, p.ChannelId) })
		return
	}
	if unasked(p, d.self) {
		return
	}
	d.queue(p.ChannelId, func(ctx context.Context) error { return hand(ctx, decodePost(p, d.self)) })
}

// queue puts work into the lane of what it is about.
func (d *dispatch) queue(of string, work func(context.Context) error) {
	select {
	case d.lanes[laneOf(of)] <- work:
	default:
		d.missed(againAfter)
	}
}

func eventPost(ev *model.WebSocketEvent) (*model.Post, error) {
	raw, ok := ev.GetData()["post"].(string)
	if !ok {
		return nil, errors.New("holds no post")
	}
	var p model.Post
	if err := json.Unmarshal([]byte(raw), &p); err != nil {
		return nil, err
	}
	if p.Id == "" || p.ChannelId == "" {
		return nil, errors.New("post has no id")
	}
	return &p, nil
}

// unasked reports whether nobody asked anything with a post: it is the bot's
// own, a program's, or the system's.
func unasked(p *model.Post, self string) bool {
	return p.UserId == self || p.Type != "" || automated(p)
}

// addedTo reports whether a post is the system's that says that the bot was added to
// its channel.
func addedTo(p *model.Post, self string) bool {
	return p.Type == model.PostTypeAddToChannel && text(p, model.PostPropsAddedUserId) == self
}

func laneOf(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return int(h.Sum32() % lanes)
}
