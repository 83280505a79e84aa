package rights

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// wholeTeam is the channel that every member of a team is in.
const wholeTeam = "town-square"

// Pilot limits who is answered: the people and the places named here. The zero
// value admits everybody.
type Pilot struct {
	Teams    []string // names; their members
	Channels []string // "team/channel"; their members, and whoever asks there
	Users    []string // user names
}

func (p Pilot) open() bool { return len(p.Teams)+len(p.Channels)+len(p.Users) == 0 }

// Admits reports whether the pilot takes a message: its author is named, or is
// a member of a team or channel that is.
func (r *Rights) Admits(ctx context.Context, m chat.Message) (bool, error) {
	pilot := r.cfg.Pilot
	if pilot.open() {
		return true, nil
	}
	user, err := r.cfg.Directory.User(ctx, m.UserID, false)
	if err != nil {
		return false, chat.Unreachable(err)
	}
	if slices.ContainsFunc(pilot.Users, func(name string) bool { return strings.EqualFold(strings.TrimPrefix(name, "@"), user.Username) }) {
		return true, nil
	}
	channels := slices.Clone(pilot.Channels)
	for _, team := range pilot.Teams {
		channels = append(channels, team+"/"+wholeTeam)
	}
	for _, name := range channels {
		if in, err := r.inPilotChannel(ctx, name, m); err != nil || in {
			return in, err
		}
	}
	return false, nil
}

func (r *Rights) inPilotChannel(ctx context.Context, name string, m chat.Message) (bool, error) {
	channel, err := r.cfg.Directory.ChannelByName(ctx, name)
	if err == nil && channel.ID == m.ChannelID {
		return true, nil
	}
	in := false
	if err == nil {
		in, err = r.cfg.Directory.Member(ctx, channel.ID, m.UserID, false)
	}
	if errors.Is(err, inbox.ErrGone) {
		r.cfg.Log.WarnContext(ctx, "pilot channel is closed to the bot", inbox.KeyChannel, name)
		return false, nil
	}
	if err != nil {
		return false, chat.Unreachable(err)
	}
	return in, nil
}
