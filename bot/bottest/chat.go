package bottest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Team is the name of the one team. Its members are staff.
const Team = "haus"

// Chat is a chat platform in memory: it implements chat.Posts, chat.Directory and
// inbox.Chat. User ids are user names, channel ids are "team/channel" or
// "direct/user".
type Chat struct {
	// Self is the bot's account.
	Self chat.User
	// Err, if set, fails look-ups of people and channels; called with "user",
	// "channel", "member", "outsiders" or "staff".
	Err func(what string, fresh bool) error

	now     func() time.Time
	mu      sync.Mutex
	world   world
	cached  *world // what look-ups that need not be fresh see
	posts   []chat.Post
	drafts  map[string]inbox.Draft
	working map[string]bool
	files   map[string]chat.File
	presses int
	thumbs  []chat.Reaction
}

type world struct {
	users    map[string]chat.User
	channels map[string]chat.Channel
	members  map[string]bool // "channel user"
	admins   map[string]bool // likewise
}

var (
	_ chat.Posts     = (*Chat)(nil)
	_ chat.Directory = (*Chat)(nil)
	_ chat.Reactions = (*Chat)(nil)
	_ inbox.Chat     = (*Chat)(nil)
	_ chat.Files     = (*Chat)(nil)
)

// NewChat returns a chat with only the bot in it.
func NewChat(now func() time.Time) *Chat {
	self := chat.User{ID: "sprechstunde", Username: "sprechstunde", Bot: true}
	return &Chat{
		Self:    self,
		now:     now,
		world:   world{users: map[string]chat.User{self.ID: self}, channels: map[string]chat.Channel{}, members: map[string]bool{}, admins: map[string]bool{}},
		drafts:  map[string]inbox.Draft{},
		working: map[string]bool{},
	}
}

// AddUser adds or changes an account.
func (c *Chat) AddUser(name string, changes ...func(*chat.User)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	u := chat.User{ID: name, Username: name}
	for _, change := range changes {
		change(&u)
	}
	c.world.users[name] = u
	c.world.channels[direct(name)] = chat.Channel{ID: direct(name), Name: name, Kind: chat.DirectChannel}
}

// AddChannel adds or changes a channel of the team, with members besides the
// bot, and returns its id.
func (c *Chat) AddChannel(name string, kind chat.ChannelKind, members ...string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	id := Team + "/" + name
	c.world.channels[id] = chat.Channel{ID: id, TeamID: Team, Name: name, Kind: kind}
	for _, m := range append(members, c.Self.ID) {
		c.world.members[id+" "+m] = true
	}
	return id
}

// RemoveUser removes an account for good.
func (c *Chat) RemoveUser(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.world.users, name)
	delete(c.world.channels, direct(name))
}

// Archive closes a channel to everybody.
func (c *Chat) Archive(channelID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.world.channels, channelID)
}

// Leave ends a membership.
func (c *Chat) Leave(channelID, userID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.world.members, channelID+" "+userID)
}

// CacheNow makes look-ups that need not be fresh see the world as it is now.
func (c *Chat) CacheNow() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cached = &world{users: maps.Clone(c.world.users), channels: maps.Clone(c.world.channels), members: maps.Clone(c.world.members)}
}

// Direct is the id of the direct channel with a user.
func Direct(userID string) string { return direct(userID) }

func direct(userID string) string { return "direct/" + userID }

// Write posts as a user. Root may be empty.
func (c *Chat) Write(userID, channelID, rootID, text string, changes ...func(*chat.Post)) chat.Post {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := chat.Post{ID: c.nextID(), ChannelID: channelID, RootID: rootID, UserID: userID, Text: text, CreatedAt: c.now()}
	for _, change := range changes {
		change(&p)
	}
	c.posts = append(c.posts, p)
	return p
}

// With attaches a file to what is written.
func (c *Chat) With(name string, content []byte) func(*chat.Post) {
	return func(p *chat.Post) { // under the lock of Write
		if c.files == nil {
			c.files = map[string]chat.File{}
		}
		id := fmt.Sprintf("f%d", len(c.files)+1)
		c.files[id] = chat.File{Name: name, Size: int64(len(content)), Content: content}
		p.Files = append(p.Files, id)
	}
}

// File reads an attachment; with the post that it belongs to it is gone.
func (c *Chat) File(_ context.Context, id string, limit int64) (chat.File, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f, known := c.files[id]
	for _, p := range c.posts {
		known = known && (!p.Deleted || !slices.Contains(p.Files, id))
	}
	if !known {
		return chat.File{}, fmt.Errorf("read file (%s): %w", id, inbox.ErrGone)
	}
	if f.Size > limit {
		f.Content = nil
	}
	return f, nil
}

// Edit changes the text of a post.
func (c *Chat) Edit(postID, text string) chat.Post {
	return c.change(postID, func(p *chat.Post) { p.Text, p.EditedAt = text, c.now() })
}

// Remove deletes a post as its author does.
func (c *Chat) Remove(postID string) {
	c.change(postID, func(p *chat.Post) { p.Deleted = true })
}

func (c *Chat) change(postID string, change func(*chat.Post)) chat.Post {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.posts, func(p chat.Post) bool { return p.ID == postID })
	change(&c.posts[i])
	return c.posts[i]
}

func (c *Chat) nextID() string { return fmt.Sprintf("p%d", len(c.posts)+1) }

// Made is a post of the bot that people see.
type Made struct {
	chat.Post
	Draft inbox.Draft
}

// Made returns the bot's posts in a channel, oldest first; all, if it is empty.
func (c *Chat) Made(channelID string) []Made {
	c.mu.Lock()
	defer c.mu.Unlock()
	var made []Made
	for _, p := range c.posts {
		if d, own := c.drafts[p.ID]; own && !p.Deleted && (channelID == "" || p.ChannelID == channelID) {
			made = append(made, Made{p, d})
		}
	}
	return made
}

// Written are the posts of a user, also those that are deleted.
func (c *Chat) Written(userID string) (posts []chat.Post) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.posts {
		if p.UserID == userID {
			posts = append(posts, p)
		}
	}
	return posts
}

// StillWorking reports how many questions show a sign of work.
func (c *Chat) StillWorking() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, on := range c.working {
		if on {
			n++
		}
	}
	return n
}

// Post reads one message.
func (c *Chat) Post(_ context.Context, id string) (chat.Post, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.posts {
		if p.ID == id && !p.Deleted {
			return p, nil
		}
	}
	return chat.Post{}, fmt.Errorf("read post (%s): %w", id, inbox.ErrGone)
}

// Thread reads a thread.
func (c *Chat) Thread(_ context.Context, rootID string) ([]chat.Post, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var thread []chat.Post
	for _, p := range c.posts {
		if (p.ID == rootID || p.RootID == rootID) && !p.Deleted {
			thread = append(thread, p)
		}
	}
	return thread, nil
}

// Before reads what was written in a channel before a post.
func (c *Chat) Before(_ context.Context, channelID, postID string) ([]chat.Post, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var before []chat.Post
	for _, p := range c.posts {
		if p.ID == postID {
			break
		}
		if p.ChannelID == channelID && !p.Deleted {
			before = append(before, p)
		}
	}
	return before, nil
}

func (c *Chat) look(what string, fresh bool) (world, error) {
	if c.Err != nil {
		if err := c.Err(what, fresh); err != nil {
			return world{}, err
		}
	}
	if !fresh && c.cached != nil {
		return *c.cached, nil
	}
	return c.world, nil
}

// User finds an account.
func (c *Chat) User(_ context.Context, id string, fresh bool) (chat.User, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, err := c.look("user", fresh)
	if u, known := w.users[id]; known || err != nil {
		return u, err
	}
	return chat.User{}, inbox.ErrGone
}

// UserByName finds an account; user ids are user names.
func (c *Chat) UserByName(ctx context.Context, name string) (chat.User, error) {
	return c.User(ctx, name, false)
}

// Channel finds a channel.
func (c *Chat) Channel(_ context.Context, id string, fresh bool) (chat.Channel, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, err := c.look("channel", fresh)
	if ch, known := w.channels[id]; known || err != nil {
		return ch, err
	}
	return chat.Channel{}, inbox.ErrGone
}

// ChannelByName finds "team/channel".
func (c *Chat) ChannelByName(ctx context.Context, name string) (chat.Channel, error) {
	return c.Channel(ctx, name, false)
}

// Member reports membership.
func (c *Chat) Member(_ context.Context, channelID, userID string, fresh bool) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, err := c.look("member", fresh)
	return w.members[channelID+" "+userID], err
}

// Outsiders reports whether guests or remote users are members.
func (c *Chat) Outsiders(_ context.Context, channelID string, fresh bool) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, err := c.look("outsiders", fresh)
	for key := range w.members {
		channel, user, _ := strings.Cut(key, " ")
		if u := w.users[user]; channel == channelID && (u.Guest || u.Remote) {
			return true, err
		}
	}
	return w.channels[channelID].Shared, err
}

// Staff reports whether the account is a full one of a person.
func (c *Chat) Staff(_ context.Context, userID string, fresh bool) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, err := c.look("staff", fresh)
	u := w.users[userID]
	return u.ID != "" && !u.Bot && !u.Guest && !u.Remote && !u.Deactivated, err
}

// Create posts as the bot.
func (c *Chat) Create(_ context.Context, d inbox.Draft) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	channel := d.ChannelID
	if d.ToUserID != "" {
		channel = direct(d.ToUserID)
	}
	if _, known := c.world.channels[channel]; !known {
		return "", fmt.Errorf("create post (%s): %w", channel, inbox.ErrGone)
	}
	if d.RootID != "" && !slices.ContainsFunc(c.posts, func(p chat.Post) bool {
		return p.ID == d.RootID && p.RootID == "" && p.ChannelID == channel && !p.Deleted
	}) {
		return "", fmt.Errorf("create post: no such thread there: %w", inbox.ErrGone)
	}
	p := chat.Post{ID: c.nextID(), ChannelID: channel, RootID: d.RootID, UserID: c.Self.ID, Text: d.Text, CreatedAt: c.now(), Automated: true, Marker: d.Marker}
	c.posts = append(c.posts, p)
	c.drafts[p.ID] = d
	return p.ID, nil
}

// Find looks for own posts by marker.
func (c *Chat) Find(_ context.Context, d inbox.Draft) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var ids []string
	for _, p := range c.posts {
		if !p.Deleted && p.Marker != "" && p.Marker == d.Marker {
			ids = append(ids, p.ID)
		}
	}
	return ids, nil
}

// Delete removes an own post.
func (c *Chat) Delete(_ context.Context, postID string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.posts {
		if c.posts[i].ID == postID {
			c.posts[i].Deleted = true
		}
	}
	return nil
}

// Working notes the sign of work.
func (c *Chat) Working(_ context.Context, q inbox.Question, on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.working[q.ID] = on
}
