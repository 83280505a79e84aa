package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// directoryCaches hold what was asked lately. They are emptied on every event
// that may change somebody's rights, and on every new connection.
type directoryCaches struct {
	users     *cache[chat.User]
	channels  *cache[chat.Channel]
	members   *cache[bool]
	outsiders *cache[bool]
	staff     *cache[bool]
	direct    *cache[string] // user id to channel id
	teams     *cache[string] // name to id
}

func newDirectoryCaches(life time.Duration, now func() time.Time) directoryCaches {
	return directoryCaches{
		users: newCache[chat.User](life, now), channels: newCache[chat.Channel](life, now),
		members: newCache[bool](life, now), outsiders: newCache[bool](life, now),
		staff: newCache[bool](life, now), direct: newCache[string](life, now), teams: newCache[string](life, now),
	}
}

func (d directoryCaches) clear() {
	d.users.clear()
	d.channels.clear()
	d.members.clear()
	d.outsiders.clear()
	d.staff.clear()
	d.direct.clear()
	d.teams.clear()
}

// User looks somebody up.
func (c *Client) User(ctx context.Context, id string, fresh bool) (chat.User, error) {
	return c.people.users.get(id, fresh, func() (chat.User, error) {
		u, resp, err := c.api.GetUser(ctx, id, "")
		if err != nil {
			return chat.User{}, classify("read user", resp, err, c.now())
		}
		return decodeUser(u), nil
	})
}

// UserByName finds the account with a user name; none is inbox.ErrGone.
func (c *Client) UserByName(ctx context.Context, name string) (chat.User, error) {
	return c.people.users.get("@"+name, false, func() (chat.User, error) {
		u, resp, err := c.api.GetUserByUsername(ctx, name, "")
		if missing(resp, err) || resp != nil && resp.StatusCode == http.StatusBadRequest && fromServer(err) {
			return chat.User{}, fmt.Errorf("find user by name: %w", inbox.ErrGone)
		}
		if err != nil {
			return chat.User{}, classify("find user by name", resp, err, c.now())
		}
		return decodeUser(u), nil
	})
}

// Channel looks a channel up; an archived one is inbox.ErrGone.
func (c *Client) Channel(ctx context.Context, id string, fresh bool) (chat.Channel, error) {
	return c.people.channels.get(id, fresh, func() (chat.Channel, error) {
		ch, resp, err := c.api.GetChannel(ctx, id)
		return c.channel(fmt.Sprintf("read channel (%s)", id), ch, resp, err)
	})
}

// ChannelByName finds "team/channel".
func (c *Client) ChannelByName(ctx context.Context, name string) (chat.Channel, error) {
	team, channel, ok := strings.Cut(name, "/")
	if !ok || team == "" || channel == "" {
		return chat.Channel{}, fmt.Errorf("find channel (%s): write it as team/channel, with the names from the channel's address", name)
	}
	return c.people.channels.get(name, false, func() (chat.Channel, error) {
		ch, resp, err := c.api.GetChannelByNameForTeamName(ctx, channel, team, "")
		return c.channel(fmt.Sprintf("find channel (%s)", name), ch, resp, err)
	})
}

func (c *Client) channel(op string, ch *model.Channel, resp *model.Response, err error) (chat.Channel, error) {
	if err != nil {
		return chat.Channel{}, classify(op, resp, err, c.now())
	}
	if ch.DeleteAt != 0 {
		return chat.Channel{}, fmt.Errorf("%s: archived: %w", op, inbox.ErrGone)
	}
	return decodeChannel(ch), nil
}

// Member reports whether the user is a member of a channel that the bot is a
// member of; of any other channel it is an error.
func (c *Client) Member(ctx context.Context, channelID, userID string, fresh bool) (bool, error) {
	return c.people.members.get(channelID+"/"+userID, fresh, func() (bool, error) {
		_, resp, err := c.api.GetChannelMember(ctx, channelID, userID, "")
		if missing(resp, err) {
			// A channel closed to the bot is 403: this is the member.
			return false, nil
		}
		if err != nil {
			return false, classify(fmt.Sprintf("read member (of %s)", channelID), resp, err, c.now())
		}
		return true, nil
	})
}

// Admin reports whether the user is an admin of a channel, its team or the system,
// asked each time.
func (c *Client) Admin(ctx context.Context, channelID, userID string) (bool, error) {
	m, resp, err := c.api.GetChannelMember(ctx, channelID, userID, "")
	if missing(resp, err) {
		return false, nil
	}
	if err != nil {
		return false, classify(fmt.Sprintf("read member (of %s)", channelID), resp, err, c.now())
	}
	if m.SchemeAdmin || slices.Contains(strings.Fields(m.Roles), model.ChannelAdminRoleId) {
		return true, nil
	}
	u, resp, err := c.api.GetUser(ctx, userID, "")
	if err != nil {
		return false, classify("read user", resp, err, c.now())
	}
	ch, err := c.Channel(ctx, channelID, true)
	if err != nil || u.IsSystemAdmin() {
		return u.IsSystemAdmin(), err
	}
	return c.teamAdmin(ctx, ch.TeamID, userID)
}

func (c *Client) teamAdmin(ctx context.Context, teamID, userID string) (bool, error) {
	if teamID == "" {
		return false, nil
	}
	m, resp, err := c.api.GetTeamMember(ctx, teamID, userID, "")
	if missing(resp, err) {
		return false, nil
	}
	if err != nil {
		return false, classify("read team member", resp, err, c.now())
	}
	return m.DeleteAt == 0 && m.SchemeAdmin, nil
}

// smallChannel is how many members are looked at one by one, which is one page.
// Of larger channels the server's count of guests is taken.
const smallChannel = 200

// Outsiders reports whether anybody but staff reads the channel: guests, people
// of other servers or other teams.
func (c *Client) Outsiders(ctx context.Context, channelID string, fresh bool) (bool, error) {
	return c.people.outsiders.get(channelID, fresh, func() (bool, error) {
		ch, err := c.Channel(ctx, channelID, fresh)
		switch {
		case err != nil:
			return false, err
		case ch.Shared:
			return true, nil
		case ch.TeamID == "":
			return c.outsiderIn(ctx, channelID, fresh)
		}
		ours, err := c.ownTeam(ctx, ch.TeamID)
		if err != nil || !ours {
			return !ours, err
		}
		return c.guestIn(ctx, channelID)
	})
}

// ownTeam reports whether a team is one of the house's.
func (c *Client) ownTeam(ctx context.Context, id string) (bool, error) {
	for _, name := range c.cfg.Teams {
		own, err := c.teamID(ctx, name)
		if err != nil || own == id {
			return err == nil, err
		}
	}
	return false, nil
}

// outsiderIn asks of each member of a direct or group message whether they are staff.
func (c *Client) outsiderIn(ctx context.Context, channelID string, fresh bool) (bool, error) {
	me, err := c.self(ctx)
	if err != nil {
		return false, err
	}
	users, err := c.membersOf(ctx, channelID)
	if err != nil {
		return false, err
	}
	for _, u := range users {
		if u.Id == me.Id || u.DeleteAt != 0 {
			continue
		}
		if staff, err := c.Staff(ctx, u.Id, fresh); err != nil || !staff {
			return !staff, err
		}
	}
	return false, nil
}

// guestIn looks for guests and people of other servers in a team's channel. The
// server's count may be cached there, so a small channel is read as well.
func (c *Client) guestIn(ctx context.Context, channelID string) (bool, error) {
	stats, resp, err := c.api.GetChannelStats(ctx, channelID, "", true)
	if err != nil {
		return false, classify(fmt.Sprintf("count guests (%s)", channelID), resp, err, c.now())
	}
	if stats.GuestCount > 0 || stats.MemberCount > smallChannel {
		return stats.GuestCount > 0, nil
	}
	users, err := c.membersOf(ctx, channelID)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(users, func(u *model.User) bool {
		return u.DeleteAt == 0 && (u.IsGuest() || u.IsRemote())
	}), nil
}

// membersOf reads the members of a small channel.
func (c *Client) membersOf(ctx context.Context, channelID string) ([]*model.User, error) {
	users, resp, err := c.api.GetUsersInChannel(ctx, channelID, 0, smallChannel, "")
	if err != nil {
		return nil, classify(fmt.Sprintf("read members (%s)", channelID), resp, err, c.now())
	}
	return users, nil
}

// Staff reports whether the user is a full member of one of the house's teams.
func (c *Client) Staff(ctx context.Context, userID string, fresh bool) (bool, error) {
	return c.people.staff.get(userID, fresh, func() (bool, error) {
		u, err := c.User(ctx, userID, fresh)
		if err != nil {
			return false, err
		}
		if u.Bot || u.Guest || u.Remote || u.Deactivated {
			return false, nil
		}
		var errs []error
		for _, team := range c.cfg.Teams {
			member, err := c.fullTeamMember(ctx, team, userID)
			if member {
				return true, nil
			}
			errs = append(errs, err)
		}
		return false, errors.Join(errs...)
	})
}

func (c *Client) fullTeamMember(ctx context.Context, team, userID string) (bool, error) {
	id, err := c.teamID(ctx, team)
	if err != nil {
		return false, err
	}
	m, resp, err := c.api.GetTeamMember(ctx, id, userID, "")
	if missing(resp, err) {
		return false, nil
	}
	if err != nil {
		return false, classify(fmt.Sprintf("read team member (of %s)", team), resp, err, c.now())
	}
	return m.DeleteAt == 0 && !m.SchemeGuest, nil
}

func (c *Client) teamID(ctx context.Context, name string) (string, error) {
	return c.people.teams.get(name, false, func() (string, error) {
		team, resp, err := c.api.GetTeamByName(ctx, name, "")
		if err != nil {
			return "", classify(fmt.Sprintf("find team (%s)", name), resp, err, c.now())
		}
		return team.Id, nil
	})
}

// directChannel opens (or finds) the channel between the bot and a user.
func (c *Client) directChannel(ctx context.Context, userID string) (string, error) {
	me, err := c.self(ctx)
	if err != nil {
		return "", err
	}
	return c.people.direct.get(userID, false, func() (string, error) {
		ch, resp, err := c.api.CreateDirectChannel(ctx, me.Id, userID)
		if err != nil {
			return "", classify("open direct channel", resp, err, c.now())
		}
		return ch.Id, nil
	})
}
