package leancoffee

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Open begins one in the channel of the message.
func (r *Room) Open(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	channel, err := r.place(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	if channel.Kind != chat.PublicChannel && channel.Kind != chat.PrivateChannel {
		return m.Says("coffee", r.cfg.Texts.CoffeeWhere()), nil
	}
	c, err := r.cfg.Store.OpenCoffee(ctx, channel.ID, m.ID, r.cfg.Now())
	if errors.Is(err, officehours.ErrRunning) {
		return r.says(m, r.cfg.Texts.CoffeeRunning()), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	d := inbox.Draft{ChannelID: channel.ID, Text: r.cfg.Texts.CoffeeOpen(), Machine: true, About: inbox.About{Kind: inbox.AboutCoffee, Coffee: c.ID}}
	r.buttons(&d, r.button(r.cfg.Texts.CoffeeWordBallot(), inbox.CoffeeBallot, c), r.end(c))
	reply := inbox.Reply{Outcome: "coffee", Lasting: true, Drafts: []inbox.Draft{d}}
	if m.Origin == inbox.FromCommand { // who called was told that an answer follows
		reply.Drafts = append(reply.Drafts, m.Aside(r.cfg.Texts.CoffeeOpened()))
	}
	return reply, nil
}

// place is the channel that a message or a command was written in; the zero value: one
// that the bot is no member of, or where the author of a command is none.
func (r *Room) place(ctx context.Context, m chat.Message) (chat.Channel, error) {
	if m.Origin != inbox.FromCommand {
		return m.Channel, nil
	}
	channel, err := r.cfg.Directory.Channel(ctx, m.Typed.ChannelID, true)
	if errors.Is(err, inbox.ErrGone) {
		return chat.Channel{}, nil
	}
	if err != nil {
		return channel, chat.Unreachable(err)
	}
	member, err := r.cfg.Directory.Member(ctx, channel.ID, m.UserID, true)
	if err != nil {
		return chat.Channel{}, chat.Unreachable(err)
	}
	if !member {
		return chat.Channel{}, nil
	}
	return channel, nil
}

// Topic takes a topic on. What is said to the bot alone stands in the thread
// without a name. Where none is held, handled is false: the words mean
// something else.
func (r *Room) Topic(ctx context.Context, m chat.Message, act dialogue.Act) (reply inbox.Reply, handled bool, err error) {
	c, err := r.change(ctx, m, act, func(c *officehours.Coffee) error {
		same := alike
		if act.Added {
			same = func(string, string) bool { return false }
		}
		return c.Add(act.Text, m.ID, same)
	})
	if errors.Is(err, officehours.ErrUnknown) {
		return inbox.Reply{}, false, nil
	}
	if err != nil {
		reply, err = r.refused(m, err)
		return reply, true, err
	}
	brought, _ := c.Brought(m.ID)
	reply = r.says(m, r.cfg.Texts.CoffeeTopic(topicText(brought)))
	if m.Direct() {
		reply.Drafts = append(reply.Drafts, r.below(c, r.cfg.Texts.CoffeeTopicShown(topicText(brought))))
	}
	return reply, true, nil
}

// Ballot begins the voting.
func (r *Room) Ballot(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	return r.step(ctx, m, act, func(c *officehours.Coffee) error { return c.Ballot(r.cfg.Now()) })
}

// Vote counts votes of a person; who gave them learns what is left, alone.
func (r *Room) Vote(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	topics, anew := []int{act.Subject.Topic}, false
	if act.Subject.Topic == 0 {
		topics, anew = numbers(act.Text), true
	}
	c, err := r.change(ctx, m, act, func(c *officehours.Coffee) error { return c.Vote(m.UserID, topics, anew) })
	if err != nil {
		return r.refused(m, err)
	}
	given := c.Votes[m.UserID]
	return m.Says("coffee", r.cfg.Texts.CoffeeVoted(prompts.CoffeeVotes{Topics: given, Left: officehours.CoffeeVotes - len(given)})), nil
}

// numbers reads numbers with blanks between; what is none is 0, no topic's.
func numbers(text string) (all []int) {
	for _, digits := range strings.Fields(text) {
		n, _ := strconv.Atoi(digits)
		all = append(all, n)
	}
	return all
}

// Count ends the voting.
func (r *Room) Count(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	return r.step(ctx, m, act, func(c *officehours.Coffee) error { return c.Count(r.cfg.Now()) })
}

// GoOn is a word for going on with the topic.
func (r *Room) GoOn(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if _, err := r.change(ctx, m, act, func(c *officehours.Coffee) error { return c.Choose(m.UserID, true) }); err != nil {
		return r.refused(m, err)
	}
	return m.Says("coffee", r.cfg.Texts.CoffeeChosen()), nil
}

// Next goes to the next topic, or is a word for it while people decide.
func (r *Room) Next(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	return r.step(ctx, m, act, func(c *officehours.Coffee) error {
		if c.Phase == officehours.Deciding {
			return c.Choose(m.UserID, false)
		}
		return c.Next(r.cfg.Now())
	})
}

// Note keeps a note for the minutes.
func (r *Room) Note(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if _, err := r.change(ctx, m, act, func(c *officehours.Coffee) error { return c.Keep(act.Text) }); err != nil {
		return r.refused(m, err)
	}
	return r.says(m, r.cfg.Texts.CoffeeNoted()), nil
}

// End ends it with its minutes.
func (r *Room) End(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	return r.step(ctx, m, act, (*officehours.Coffee).End)
}

// Time does what is due when time is up.
func (r *Room) Time(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	return r.step(ctx, m, act, func(c *officehours.Coffee) error { return c.TimeUp(r.cfg.Now()) })
}

// step changes the one that is meant and tells the channel where it stands now.
func (r *Room) step(ctx context.Context, m chat.Message, act dialogue.Act, change func(*officehours.Coffee) error) (inbox.Reply, error) {
	c, err := r.change(ctx, m, act, change)
	if err != nil {
		return r.refused(m, err)
	}
	if c.Phase == officehours.Deciding && m.Origin != inbox.FromHouse {
		return m.Says("coffee", r.cfg.Texts.CoffeeChosen()), nil
	}
	return inbox.Reply{Outcome: "coffee", Lasting: true, Drafts: []inbox.Draft{r.stands(c)}}, nil
}

func (r *Room) change(ctx context.Context, m chat.Message, act dialogue.Act, change func(*officehours.Coffee) error) (officehours.Coffee, error) {
	c, err := r.meant(ctx, m, act)
	if err != nil {
		return c, err
	}
	c, err = r.cfg.Store.ChangeCoffee(ctx, c.ID, m.ID, change)
	if err == nil {
		r.cfg.Log.InfoContext(ctx, "leancoffee changed", inbox.KeyQuestion, m.ID, inbox.KeyState, string(c.Phase))
	}
	return c, err
}

// refused says why a step cannot be taken. What colleagues say to each other and
// only sounds like a step is left alone, and so is a clock that is late.
func (r *Room) refused(m chat.Message, err error) (inbox.Reply, error) {
	say := map[error]func() string{
		officehours.ErrNoTopics: r.cfg.Texts.CoffeeNoTopics,
		officehours.ErrTopics:   r.cfg.Texts.CoffeeFull,
		officehours.ErrNoTopic:  r.cfg.Texts.CoffeeNoTopic,
		officehours.ErrVotes:    r.cfg.Texts.CoffeeNoVotes,
		officehours.ErrWords:    r.cfg.Texts.CoffeeWords,
		officehours.ErrPhase:    r.cfg.Texts.CoffeePhase,
		officehours.ErrUnknown:  r.cfg.Texts.CoffeeNone,
	}
	for known, text := range say {
		if !errors.Is(err, known) {
			continue
		}
		if m.Origin == inbox.FromHouse || m.Overheard && (errors.Is(err, officehours.ErrPhase) || errors.Is(err, officehours.ErrUnknown)) {
			return inbox.Reply{Drop: true, Reason: "not now"}, nil
		}
		return m.Says("coffee", text()), nil
	}
	return inbox.Reply{}, err
}
