package channels

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// ownChannels are those that everybody of a team is put into: nobody chose to have
// the bot there.
var ownChannels = []string{"town-square", "off-topic"}

// Added takes in that the bot was added to a channel, once, whoever says so.
func (r *Room) Added(ctx context.Context, in Inbox, channelID string) error {
	return in.Receive(ctx, inbox.Arrival{
		Origin: inbox.FromHouse, Key: "joined:" + channelID, ChannelID: channelID, Action: inbox.Joined, At: r.cfg.Now(),
	})
}

// Introduce says there how to call the bot, who reads along and who can change it.
func (r *Room) Introduce(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	channel, err := r.cfg.Directory.Channel(ctx, m.ChannelID, true)
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("introduce: %w", chat.Unreachable(err))
	}
	hosts, err := r.cfg.People.Hosts(ctx)
	if err != nil {
		return inbox.Reply{}, err
	}
	team := channel.Kind == chat.PublicChannel || channel.Kind == chat.PrivateChannel
	if !team || channel.ID == hosts.ID || slices.Contains(ownChannels, channel.Name) {
		return inbox.Reply{Drop: true, Reason: "not introduced there"}, nil
	}
	guests, err := r.cfg.Directory.Outsiders(ctx, channel.ID, true)
	if err != nil && !errors.Is(err, inbox.ErrGone) {
		return inbox.Reply{}, chat.Unreachable(err)
	}
	text := r.cfg.Texts.ChannelAdded(prompts.Added{Bot: r.cfg.Self.Username, Guests: guests, People: r.cfg.People.Open()})
	return inbox.Reply{Outcome: "introduced", Lasting: true, Drafts: []inbox.Draft{
		{ChannelID: channel.ID, Text: answer.Notice(r.cfg.Texts, text), Machine: true},
	}}, nil
}
