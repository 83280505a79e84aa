// Package channels is how the bot acts in a channel: as its admins set it, by a word
// or by command. It introduces the bot where it was added, and in the mode review
// shows an answer to the admin who set that before it stands in the channel.
//
// Limits: a mode is about what somebody asks; what hosts and a LeanCoffee do in
// their channels goes on. The mode is read anew for each message, so that it counts
// in all replicas at once.
package channels

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// Setting is how the bot acts in a channel.
type Setting struct {
	Mode     string // one of dialogue's modes
	Reviewer string // user id of who looks at answers in the mode review; empty: nobody, or forgotten
}

// Store keeps settings.
type Store interface {
	// Setting is how the bot acts in a channel. The zero value: nobody has set it.
	Setting(ctx context.Context, channelID string) (Setting, error)
	// Set changes it, by an arrival with this id. inbox.ErrStale: whoever said so was
	// forgotten meanwhile.
	Set(ctx context.Context, channelID string, s Setting, by string) error
}

// Directory also knows who sets channels.
type Directory interface {
	chat.Directory
	// Admin reports whether the user is an admin of the channel or its team, now.
	Admin(ctx context.Context, channelID, userID string) (bool, error)
}

// People are those whom a question can go to.
type People interface {
	Open() bool
	// Hosts is their channel; the zero value: there is none.
	Hosts(ctx context.Context) (chat.Channel, error)
}

// Questions are what the bot was asked, with its replies.
type Questions interface {
	// Question returns one. inbox.ErrDone: it is not kept.
	Question(ctx context.Context, id string) (inbox.Question, error)
}

// Inbox takes what happens to the bot.
type Inbox interface {
	Receive(ctx context.Context, a inbox.Arrival) error
}

// Config sets up a Room. All fields are required but those with a default.
type Config struct {
	Self      chat.User
	Posts     chat.Posts
	Directory Directory
	Store     Store
	Questions Questions
	People    People
	Texts     *prompts.Catalogue
	Now       func() time.Time // defaults to time.Now
}

// Room sets channels.
type Room struct{ cfg Config }

// New returns a Room, or what the configuration lacks.
func New(cfg Config) (*Room, error) {
	if cfg.Self.ID == "" || cfg.Posts == nil || cfg.Directory == nil || cfg.Store == nil || cfg.Questions == nil || cfg.People == nil || cfg.Texts == nil {
		return nil, errors.New("channels: Self, Posts, Directory, Store, Questions, People and Texts must be set")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Room{cfg: cfg}, nil
}

// Overhears reports whether the bot may take what nobody said to it in a channel.
func (r *Room) Overhears(ctx context.Context, channelID string) (bool, error) {
	s, err := r.setting(ctx, channelID)
	return s.Mode == dialogue.ModeThreads, err
}

func (r *Room) setting(ctx context.Context, channelID string) (Setting, error) {
	s, err := r.cfg.Store.Setting(ctx, channelID)
	if err != nil {
		return Setting{}, fmt.Errorf("read mode of channel (%s): %w", channelID, err)
	}
	if s.Mode == "" {
		s.Mode = dialogue.ModeThreads
	}
	return s, nil
}

// Silent is the reply to who asks where the bot was switched off: addressed means
// answered, but not there. False: it may go its way.
func (r *Room) Silent(ctx context.Context, m chat.Message, act dialogue.Act) (reply inbox.Reply, silent bool, err error) {
	if !asks(m, act) {
		return reply, false, nil
	}
	s, err := r.setting(ctx, m.ChannelID)
	if err != nil || s.Mode != dialogue.ModeOff {
		return reply, false, err
	}
	return m.Says("channel off", r.cfg.Texts.ChannelOff()), true, nil
}

// Indirect reports whether an answer to a message goes to its author or to who looks at
// it first, and not into the channel.
func (r *Room) Indirect(ctx context.Context, m chat.Message) (bool, error) {
	s, err := r.setting(ctx, m.ChannelID)
	return s.Mode == dialogue.ModePrivate || s.Mode == dialogue.ModeReview, err
}

// Directed brings the reply to a question where its channel wants it.
func (r *Room) Directed(ctx context.Context, m chat.Message, act dialogue.Act, reply inbox.Reply) (inbox.Reply, error) {
	if !asks(m, act) || !slices.ContainsFunc(reply.Drafts, isAnswer(m)) {
		return reply, nil
	}
	s, err := r.setting(ctx, m.ChannelID)
	if err != nil {
		return inbox.Reply{}, err
	}
	switch s.Mode {
	case dialogue.ModePrivate:
		return private(m, reply), nil
	case dialogue.ModeReview:
		return r.reviewed(ctx, m, s, reply)
	}
	return reply, nil
}

// asks reports whether somebody wants something of the bot in a channel.
func asks(m chat.Message, act dialogue.Act) bool {
	return m.Origin == inbox.FromPost && !m.Direct() && (act.Kind.Searched() || act.Kind.Talk())
}

// isAnswer finds an answer that would stand in the channel.
func isAnswer(m chat.Message) func(inbox.Draft) bool {
	return func(d inbox.Draft) bool {
		return d.About.Kind == inbox.AboutAnswer && d.ToUserID == "" && d.ChannelID == m.ChannelID
	}
}

// private sends answers to the author alone.
func private(m chat.Message, reply inbox.Reply) inbox.Reply {
	for i, d := range reply.Drafts {
		if isAnswer(m)(d) {
			d.ToUserID, d.ChannelID, d.RootID = m.UserID, "", ""
			reply.Drafts[i] = d
		}
	}
	return reply
}

// Mode shows or changes how the bot acts in a channel.
func (r *Room) Mode(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	channelID := m.ChannelID
	if m.Origin == inbox.FromCommand {
		channelID = m.Typed.ChannelID
	}
	channel, err := r.cfg.Directory.Channel(ctx, channelID, false)
	if errors.Is(err, inbox.ErrGone) || err == nil && channel.Kind == chat.DirectChannel {
		return m.Says("no channel", r.cfg.Texts.ChannelNone()), nil
	}
	if err != nil {
		return inbox.Reply{}, chat.Unreachable(err)
	}
	now, err := r.setting(ctx, channelID)
	if err != nil {
		return inbox.Reply{}, err
	}
	shown := prompts.Channel{Bot: r.cfg.Self.Username, Mode: now.Mode}
	wanted, known := dialogue.Mode(act.Text)
	if slices.Contains(modes, act.Text) {
		wanted, known = act.Text, true
	}
	if !known {
		return r.says(m, "channel mode", r.cfg.Texts.ChannelShown(shown)), nil
	}
	if may, err := r.may(ctx, channel, m.UserID); err != nil {
		return inbox.Reply{}, err
	} else if !may {
		return r.says(m, "channel mode refused", r.cfg.Texts.ChannelRefused(shown)), nil
	}
	next := Setting{Mode: wanted}
	if wanted == dialogue.ModeReview {
		next.Reviewer = m.UserID
	}
	if err := r.cfg.Store.Set(ctx, channelID, next, m.ID); err != nil {
		return inbox.Reply{}, fmt.Errorf("set channel (%s): %w", channelID, err)
	}
	shown.Mode = wanted
	return r.says(m, "channel mode", r.cfg.Texts.ChannelSet(shown)), nil
}

var modes = []string{dialogue.ModeOff, dialogue.ModeMentions, dialogue.ModeThreads, dialogue.ModePrivate, dialogue.ModeReview}

// may reports whether somebody may set a channel: its admins, and in a group message,
// which has none, everybody.
func (r *Room) may(ctx context.Context, channel chat.Channel, userID string) (bool, error) {
	if channel.Kind == chat.GroupChannel {
		member, err := r.cfg.Directory.Member(ctx, channel.ID, userID, true)
		if err != nil {
			return false, chat.Unreachable(err)
		}
		return member, nil
	}
	admin, err := r.cfg.Directory.Admin(ctx, channel.ID, userID)
	if err != nil && !errors.Is(err, inbox.ErrGone) {
		return false, chat.Unreachable(err)
	}
	return err == nil && admin, nil
}

// says is a short word that everybody there may see, and that stays.
func (r *Room) says(m chat.Message, outcome, text string) inbox.Reply {
	d := m.Here(answer.Notice(r.cfg.Texts, text))
	d.Machine = true
	return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{d}}
}
