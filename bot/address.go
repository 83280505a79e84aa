package bot

import (
	"strings"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
)

// verdict says whether a post is the bot's business.
type verdict int

const (
	ignored   verdict = iota
	addressed         // yes, whatever the thread says
	overheard         // only if the thread is one of the bot's, see followsUp
	hostWord          // one of the hosts' words in their channel
)

// address is the pure rule which posts are the bot's business.
type address struct {
	selfID   string // user id of the bot
	username string // without @
	hostsID  string // id of the hosts' channel; empty: none
}

// judge looks at the post alone. A post that no person wrote here is never the
// bot's business; a direct message always is; elsewhere a mention outside code
// and quotes counts, or the thread decides.
func (a address) judge(p chat.Post, kind chat.ChannelKind) verdict {
	switch {
	case p.UserID == "" || p.UserID == a.selfID,
		p.Deleted, p.Type != "", p.Automated, p.Remote, p.Marker != "":
		return ignored
	case a.hostsID != "" && p.ChannelID == a.hostsID && dialogue.IsForHosts(chat.WithoutMention(p.Text, a.username), p.RootID != ""):
		return hostWord
	case kind == chat.DirectChannel:
		return addressed
	case chat.Mentions(p.Text, a.username):
		return addressed
	case p.RootID == "" || p.ChannelID == a.hostsID || chat.MentionsAnybody(p.Text):
		return ignored // hosts talk among themselves below a card
	}
	return overheard
}

// followsUp reports whether a reply without a mention continues a talk with the
// bot: the bot has answered in the thread before, and the author either has
// asked here too, or asks right below the bot's answer. Once a colleague has taken
// the thread over, it is theirs until somebody calls the bot again.
func (a address) followsUp(p chat.Post, thread []chat.Post) bool {
	var asked, answered, last, taken bool
	for _, other := range thread {
		if !p.Behind(other) {
			continue
		}
		own := other.UserID == a.selfID && other.Marker != ""
		answered = answered || own
		last = own
		calls := chat.Mentions(other.Text, a.username)
		asked = asked || other.UserID == p.UserID && calls
		taken = !own && (taken && !calls || answered && !calls && other.UserID != p.UserID)
	}
	return answered && !taken && (asked || last && strings.Contains(p.Text, "?"))
}
