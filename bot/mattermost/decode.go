package mattermost

import (
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
)

// Props of own posts.
const (
	markerProp = "sprechstunde_q"     // inbox.Draft.Marker
	partProp   = "sprechstunde_part"  // 2, 3, …: continues the post with the same marker
	partsProp  = "sprechstunde_parts" // on the first of several: how many there are
)

// decodePost takes what the bot needs from a post. The marker of anybody else's
// post is ignored: everybody can set props.
func decodePost(p *model.Post, self string) chat.Post {
	post := chat.Post{
		ID: p.Id, ChannelID: p.ChannelId, RootID: p.RootId, UserID: p.UserId, Text: p.Message,
		CreatedAt: instant(p.CreateAt), EditedAt: instant(p.EditAt),
		Deleted: p.DeleteAt != 0, Type: p.Type, Automated: automated(p), Remote: p.IsRemote(),
		Files: p.FileIds,
	}
	if p.UserId == self {
		post.Marker = text(p, markerProp)
	}
	return post
}

// automated reports whether a post says of itself that no person wrote it.
func automated(p *model.Post) bool {
	for _, prop := range []string{model.PostPropsFromBot, model.PostPropsFromWebhook, model.PostPropsFromPlugin, model.PostPropsFromOAuthApp} {
		switch v := p.GetProp(prop).(type) {
		case string:
			if v == "true" {
				return true
			}
		case bool:
			if v {
				return true
			}
		}
	}
	return p.GetProp("wrangler") != nil || p.Type == model.PostTypeWrangler
}

func text(p *model.Post, prop string) string {
	s, _ := p.GetProp(prop).(string)
	return s
}

func decodeUser(u *model.User) chat.User {
	return chat.User{
		ID: u.Id, Username: u.Username, Bot: u.IsBot, Name: u.GetDisplayName(model.ShowFullName), Function: u.Position,
		Guest: u.IsGuest(), Remote: u.IsRemote(), Deactivated: u.DeleteAt != 0,
	}
}

func decodeChannel(ch *model.Channel) chat.Channel {
	return chat.Channel{
		ID: ch.Id, TeamID: ch.TeamId, Name: ch.Name, Kind: channelKind(ch.Type),
		Shared: ch.Shared != nil && *ch.Shared,
	}
}

func channelKind(t model.ChannelType) chat.ChannelKind {
	switch t {
	case model.ChannelTypeDirect:
		return chat.DirectChannel
	case model.ChannelTypeGroup:
		return chat.GroupChannel
	case model.ChannelTypePrivate:
		return chat.PrivateChannel
	case model.ChannelTypeOpen:
		return chat.PublicChannel
	}
	// A kind that is not known yet may be read by anybody.
	return chat.PublicChannel
}

// IsID reports whether a text has the form of the server's ids.
func IsID(text string) bool { return model.IsValidId(text) }

// instant turns Unix milliseconds into a time; 0 is no time.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
