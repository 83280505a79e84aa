package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Hosts is the hosts' channel; the zero channel if the house has none.
func (d *Desk) Hosts(ctx context.Context) (chat.Channel, error) {
	if !d.Open() {
		return chat.Channel{}, nil
	}
	channel, err := d.cfg.Directory.ChannelByName(ctx, d.cfg.Hosts.Channel)
	if errors.Is(err, inbox.ErrGone) {
		d.cfg.Log.WarnContext(ctx, "hosts' channel is closed to the bot", inbox.KeyChannel, d.cfg.Hosts.Channel)
		return chat.Channel{}, nil
	}
	if err != nil {
		return chat.Channel{}, chat.Unreachable(fmt.Errorf("find hosts' channel: %w", err))
	}
	return channel, nil
}

// privateHosts is the hosts' channel if questions may be shown there. Until it
// is put right, what should go there waits.
func (d *Desk) privateHosts(ctx context.Context, fresh bool) (chat.Channel, error) {
	channel, err := d.Hosts(ctx)
	if err == nil && fresh && channel.ID != "" {
		channel, err = d.cfg.Directory.Channel(ctx, channel.ID, true)
	}
	if err != nil {
		return chat.Channel{}, chat.Unreachable(err)
	}
	if channel.Kind != chat.PrivateChannel {
		d.cfg.Log.ErrorContext(ctx, "hosts' channel must be private and have the bot as a member", inbox.KeyChannel, d.cfg.Hosts.Channel)
		return chat.Channel{}, &inbox.RetryError{After: pauseBeforeRetry, Err: errors.New("hosts' channel is not private")}
	}
	return channel, nil
}

// Confirm looks once more, past every cache, whether a card, or a word to the hosts,
// may go where it should.
func (d *Desk) Confirm(ctx context.Context, card inbox.Draft) error {
	hosts, err := d.privateHosts(ctx, true)
	if err == nil && hosts.ID != card.ChannelID {
		err = &inbox.RetryError{After: pauseBeforeRetry, Err: errors.New("hosts' channel is another one now")}
	}
	return err
}

// pauseBeforeRetry is how long a reply waits for something that people must put right.
const pauseBeforeRetry = time.Minute
