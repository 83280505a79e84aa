package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"lvr.example/sprechstunde/bot/inbox"
)

// wholeTeam is the channel that every member of a team is in.
const wholeTeam = "town-square"

func (p Pilot) open() bool { return len(p.Teams)+len(p.Channels)+len(p.Users) == 0 }

// admits reports whether the pilot takes a message: its author is named, or is
// a member of a team or channel that is.
func (b *Bot) admits(ctx context.Context, m message) (bool, error) {
	pilot := b.cfg.Pilot
	if pilot.open() {
		return true, nil
	}
	user, err := b.cfg.Directory.User(ctx, m.UserID, false)
	if err != nil {
		return false, unreachable(err)
	}
	if slices.ContainsFunc(pilot.Users, func(name string) bool { return strings.EqualFold(strings.TrimPrefix(name, "@"), user.Username) }) {
		return true, nil
	}
	channels := slices.Clone(pilot.Channels)
	for _, team := range pilot.Teams {
		channels = append(channels, team+"/"+wholeTeam)
	}
	for _, name := range channels {
		if in, err := b.inPilotChannel(ctx, name, m); err != nil || in {
			return in, err
		}
	}
	return false, nil
}

func (b *Bot) inPilotChannel(ctx context.Context, name string, m message) (bool, error) {
	channel, err := b.cfg.Directory.ChannelByName(ctx, name)
	if err == nil && channel.ID == m.ChannelID {
		return true, nil
	}
	in := false
	if err == nil {
		in, err = b.cfg.Directory.Member(ctx, channel.ID, m.UserID, false)
	}
	if errors.Is(err, inbox.ErrGone) {
		b.cfg.Log.WarnContext(ctx, "pilot channel is closed to the bot", "channel", name)
		return false, nil
	}
	if err != nil {
		return false, unreachable(err)
	}
	return in, nil
}

// pilotNotices remembers who has been told today, and by which reply.
type pilotNotices struct {
	mu   sync.Mutex
	day  string
	told map[string]string // user id to question id
}

// first reports whether the question is the user's first one of the day; asked
// again for the same question it says the same.
func (n *pilotNotices) first(day, userID, questionID string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.day != day {
		n.day, n.told = day, map[string]string{}
	}
	if n.told[userID] == "" {
		n.told[userID] = questionID
	}
	return n.told[userID] == questionID
}

// pilotNotice is one kind sentence a day to those who are not in the pilot yet.
func (b *Bot) pilotNotice(m message) inbox.Reply {
	day := b.cfg.Now().In(b.cfg.Calendar.Zone()).Format("2006-01-02")
	if !b.pilot.first(day, m.UserID, m.ID) {
		return inbox.Reply{Drop: true, Reason: "not in the pilot, told today"}
	}
	return b.notice(m, "pilot", b.cfg.Texts.Pilot())
}
