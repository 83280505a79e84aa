package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Trouble is something in the way of the bot, and what to do about it.
type Trouble struct {
	What string // for example "team musterland"
	Says string
	Do   string
}

func (t Trouble) Error() string { return t.What + ": " + t.Says + "; " + t.Do }

// Check looks at the account, its teams, the private channels given by name
// ("team/channel": gate channels and the hosts'), and the way back for buttons.
// It changes nothing. No trouble at all is an empty list.
func (c *Client) Check(ctx context.Context, channels []string) []Trouble {
	me, err := c.self(ctx)
	if err != nil {
		return []Trouble{c.accountTrouble(err)}
	}
	var found []Trouble
	if !me.IsBot {
		found = append(found, Trouble{"account @" + me.Username, "is a person's", "create a bot account (System Console, Integrations, Bot Accounts) and use its token"})
	}
	if len(c.cfg.Teams) == 0 {
		found = append(found, Trouble{"teams", "none is named, so nobody counts as staff", "name the teams whose members are staff"})
	}
	for _, team := range c.cfg.Teams {
		found = append(found, c.checkTeam(ctx, team, me)...)
	}
	for _, name := range channels {
		found = append(found, c.checkPrivate(ctx, name)...)
	}
	return append(found, c.checkCallback(ctx)...)
}

func (c *Client) accountTrouble(err error) Trouble {
	var refused *AuthError
	if errors.As(err, &refused) {
		return Trouble{"token", "the server refuses it", "make a new access token for the bot's account; is the account active?"}
	}
	return Trouble{"server " + c.cfg.URL, err.Error(), "is the address right, and does a proxy or an own certificate authority stand in between?"}
}

func (c *Client) checkTeam(ctx context.Context, name string, me *model.User) []Trouble {
	what := "team " + name
	id, err := c.teamID(ctx, name)
	if err == nil {
		var m *model.TeamMember
		var resp *model.Response
		m, resp, err = c.api.GetTeamMember(ctx, id, me.Id, "")
		if err == nil && m.DeleteAt == 0 {
			return nil
		}
		if err != nil {
			err = classify("read own membership", resp, err, c.now())
		}
	}
	if err == nil || errors.Is(err, inbox.ErrGone) {
		return []Trouble{{what, "does not exist, or @" + me.Username + " is no member", "check the name as it stands in the team's address, and invite the bot to the team"}}
	}
	return []Trouble{{what, err.Error(), "try again when the server is well"}}
}

// checkPrivate looks whether a channel can guard something, see Guards.
func (c *Client) checkPrivate(ctx context.Context, name string) []Trouble {
	err := c.Guards(ctx, name)
	var found Trouble
	switch {
	case err == nil:
		return nil
	case errors.As(err, &found):
		return []Trouble{found}
	}
	return []Trouble{{"channel " + name, err.Error(), "correct the name, or try again when the server is well"}}
}

// Guards reports why a channel cannot guard something: nil where it exists, the
// bot is a member, and it is private. A public channel guards nothing, because
// everybody in the team may join it. An error that is no Trouble says only that
// it could not be found out.
func (c *Client) Guards(ctx context.Context, name string) error {
	what := "channel " + name
	ch, err := c.ChannelByName(ctx, name)
	if err == nil && ch.Kind == chat.PrivateChannel {
		err = c.checkMember(ctx, ch.ID)
	}
	switch {
	case errors.Is(err, inbox.ErrGone):
		return Trouble{what, "does not exist, is archived, or the bot is no member", "check the name as it stands in the channel's address, and invite the bot to the channel"}
	case err != nil:
		return err
	case ch.Kind != chat.PrivateChannel:
		return Trouble{what, "is public, so it guards nothing", "make it private, or name another channel"}
	}
	return nil
}

func (c *Client) checkMember(ctx context.Context, channelID string) error {
	me, err := c.self(ctx)
	if err != nil {
		return err
	}
	member, err := c.Member(ctx, channelID, me.Id, true)
	if err == nil && !member {
		err = fmt.Errorf("read own membership (%s): %w", channelID, inbox.ErrGone)
	}
	return err
}

// checkCallback can only see from here whether the address answers as the
// button endpoint does; the server's own way there may differ.
func (c *Client) checkCallback(ctx context.Context) []Trouble {
	if c.cfg.CallbackURL == "" {
		return nil
	}
	do := "check the address, and allow it on the server: AllowedUntrustedInternalConnections names hosts verbatim, addresses as CIDR"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.cfg.CallbackURL, nil)
	if err != nil {
		return []Trouble{{"callback", err.Error(), do}}
	}
	resp, err := (&http.Client{Timeout: c.cfg.RequestTimeout, Transport: c.plain}).Do(req)
	if err != nil {
		return []Trouble{{"callback " + c.cfg.CallbackURL, err.Error(), do}}
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		return []Trouble{{"callback " + c.cfg.CallbackURL, fmt.Sprintf("answers %d, not as the bot's button endpoint does", resp.StatusCode), do}}
	}
	return nil
}
