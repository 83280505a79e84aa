// Package chat is the chat platform as all rooms of the bot see it: posts,
// channels and people, what may be asked about them, what a mention is, and one
// message with what was read again about it.
//
// Limits: it knows no platform; an adapter implements Posts and Directory and
// calls an Intake. It decides nothing about what a message means.
package chat

import (
	"context"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
)

// ChannelKind is the kind of a channel.
type ChannelKind string

// The kinds.
const (
	DirectChannel  ChannelKind = "direct" // between the bot and one user
	GroupChannel   ChannelKind = "group"
	PublicChannel  ChannelKind = "public"
	PrivateChannel ChannelKind = "private"
)

// Channel is a place where people write.
type Channel struct {
	ID     string
	TeamID string // empty for direct and group messages
	Name   string
	Kind   ChannelKind
	Shared bool // with another server
}

// User is somebody with an account.
type User struct {
	ID          string
	Username    string
	Name        string // as people call the person; empty: not known
	Function    string // in the house, as the person says; empty: not known
	Bot         bool
	Guest       bool
	Remote      bool // lives on another server
	Deactivated bool
}

// Person is somebody of the house, as their account names them; each may be empty but
// the user name.
type Person struct{ Username, Given, Family, Nickname string }

// Post is a message as the chat platform holds it now.
type Post struct {
	ID        string
	ChannelID string
	RootID    string // empty: it is a root
	UserID    string
	Text      string
	CreatedAt time.Time
	EditedAt  time.Time // zero: never
	Deleted   bool
	Type      string // not empty: made by the system or an integration
	Automated bool   // says of itself that a bot, webhook or plugin made it
	Remote    bool
	Files     []string // ids of attachments
	Marker    string   // Draft.Marker of an own post
}

// MadeBy reports whether the bot with this account made the post.
func (p Post) MadeBy(self User) bool { return p.UserID == self.ID && p.Marker != "" }

// Behind reports whether the post comes after another one of its talk, or at the same
// time: what is read of a talk may hold the post itself, and later ones.
func (p Post) Behind(other Post) bool { return other.ID != p.ID && !other.CreatedAt.After(p.CreatedAt) }

// Root returns the root of the thread that the post is in.
func (p Post) Root() string { return RootOf(p.ID, p.RootID) }

// Revision is the time of the post's last edit as the inbox counts it.
func (p Post) Revision() int64 {
	if p.EditedAt.IsZero() {
		return 0
	}
	return p.EditedAt.UnixMilli()
}

// RootOf returns the root of the thread that a post is in.
func RootOf(postID, rootID string) string {
	if rootID != "" {
		return rootID
	}
	return postID
}

// Posts reads messages. An unknown or deleted one is inbox.ErrGone.
type Posts interface {
	Post(ctx context.Context, id string) (Post, error)
	// Thread returns root and replies, oldest first, without deleted ones.
	Thread(ctx context.Context, rootID string) ([]Post, error)
	// Before returns what was written in a channel before a post, oldest
	// first, without deleted ones: the last hundred or so.
	Before(ctx context.Context, channelID, postID string) ([]Post, error)
}

// Directory knows people and channels. Answers may be up to 60 s old unless
// fresh; an error means "unknown", which callers must treat as "no".
type Directory interface {
	User(ctx context.Context, id string, fresh bool) (User, error)
	// UserByName finds the account with a user name; none: inbox.ErrGone.
	UserByName(ctx context.Context, name string) (User, error)
	Channel(ctx context.Context, id string, fresh bool) (Channel, error)
	// ChannelByName finds "team/channel".
	ChannelByName(ctx context.Context, name string) (Channel, error)
	// Member reports whether the user is a member of the channel.
	Member(ctx context.Context, channelID, userID string, fresh bool) (bool, error)
	// Outsiders reports whether guests or people of other servers read the channel.
	Outsiders(ctx context.Context, channelID string, fresh bool) (bool, error)
	// Staff reports whether the user belongs to one of the house's teams as a
	// full member: no guest, not remote, not deactivated, no bot.
	Staff(ctx context.Context, userID string, fresh bool) (bool, error)
}

// Intake is what a chat adapter hands its events to. Each call returns after
// the event is stored (or found to be none of the bot's business); all calls
// are idempotent, so that events may be repeated and caught up.
type Intake interface {
	Posted(ctx context.Context, p Post) error // new, caught up, or edited before it was known
	Edited(ctx context.Context, p Post) error // also: a mention added by edit
	Deleted(ctx context.Context, postID string) error
	// Opens returns the dialog that a press opens; none: Pressed takes the press.
	Opens(ctx context.Context, c Click) (Dialog, error)
	// Pressed is inbox.ErrPressed for a press that is one with an earlier press.
	Pressed(ctx context.Context, c Click) error
	// Submitted is inbox.ErrPressed for a dialog that was sent off before. With
	// faults nothing is stored, and the dialog stays open.
	Submitted(ctx context.Context, s Submission) (Faults, error)
	Commanded(ctx context.Context, c Command) error
	// Added is told that the bot was added to a channel.
	Added(ctx context.Context, channelID string) error
	// Reacted is told that thumbs were put under posts or taken away, or may have
	// been: those that stand there count. What was put there before since is known.
	Reacted(ctx context.Context, since time.Time, postIDs ...string) error
}

// Click is one press of a button, verified by the adapter.
type Click struct {
	ID        string // of this press, the same however often it is delivered; says nothing of who pressed
	Marker    string // Draft.Marker of the draft whose button it is
	Action    inbox.Action
	Subject   inbox.Subject
	PostID    string // of the post with the button
	ChannelID string
	RootID    string
	UserID    string
	At        time.Time
}
