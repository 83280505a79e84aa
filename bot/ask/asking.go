package ask

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/rights"
	"lvr.example/sprechstunde/bot/schedule"
	"lvr.example/sprechstunde/prompts"
)

// Readers knows who reads a reply.
type Readers interface {
	Of(ctx context.Context, m chat.Message) (rights.Audience, error)
}

// People are those whom a question can go to.
type People interface {
	Open() bool // they take questions at all
}

// Config sets up Asking. All fields are required but those with a default.
type Config struct {
	Self      chat.User // the bot's own account
	Posts     chat.Posts
	Directory chat.Directory
	Ear       *dialogue.Ear
	Answerer  *Answerer
	Answers   chat.Answers
	Readers   Readers
	People    People
	Calendar  *officehours.Calendar
	Texts     *prompts.Catalogue
	Buttons   bool             // put buttons under answers; defaults to none
	Now       func() time.Time // defaults to time.Now
	Log       *slog.Logger     // gets ids and errors, no text; defaults to none

	Channels    Channels      // nil: answers stand where they are asked for
	QuotesFirst bool          // quotes are shown at once, and a model's words in their place when they come
	Moment      time.Duration // after which an asker is told that a model takes its time; defaults to 8 s
}

func (c Config) validate() error {
	if c.Self.ID == "" || c.Posts == nil || c.Directory == nil || c.Ear == nil || c.Answerer == nil || c.Answers == nil ||
		c.Readers == nil || c.People == nil || c.Calendar == nil || c.Texts == nil {
		return errors.New("ask: Self, Posts, Directory, Ear, Answerer, Answers, Readers, People, Calendar and Texts must be set")
	}
	return nil
}

// Asking answers questions where they are asked.
type Asking struct{ cfg Config }

// New returns Asking, or what the configuration lacks.
func New(cfg Config) (*Asking, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Moment = cmp.Or(cfg.Moment, momentAfter)
	return &Asking{cfg: cfg}, nil
}

// Answer answers where it was asked, with what everybody there may read. What
// the asker alone may read besides goes by direct message; the reply in the
// channel is the same whether there is such a thing or not.
func (a *Asking) Answer(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	ctx = answer.AskedBy(ctx, answer.Asker{Person: m.UserID, Channel: m.ChannelID})
	readers, err := a.cfg.Readers.Of(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	before, err := a.questionsBefore(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	since, err := a.sinceFormat(ctx, m, readers.Here)
	if err != nil {
		return inbox.Reply{}, err
	}
	spoken, err := a.spoken(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	q := asked{
		text: cmp.Or(act.Text, m.Text), whole: m.Text, leans: act.Kind == dialogue.FollowUp, files: len(m.Post.Files),
		before: before, since: since, spoken: spoken, readers: readers.Here,
	}
	found, err := a.first(a.meanwhile(ctx, m), q, readers)
	if err != nil {
		return inbox.Reply{}, err
	}
	if m.Origin == inbox.FromCommand && found.Outcome == answer.NotFound && len(dialogue.Words(q.text)) == 1 {
		found = given{Answer: answer.Answer{Outcome: answer.NotFound, Body: a.cfg.Texts.UnknownWord(), Reason: "unknown word"}}
	}
	if found.Reason == reasonNoCollection && !m.Direct() { // the same for every asker
		found.Body = a.cfg.Texts.NoAccessChannel()
	}
	if a.overheard(m) && (found.declined || !asksHere(m.Text)) {
		return inbox.Reply{Drop: true, Reason: "no question"}, nil
	}
	reply := inbox.Reply{
		Outcome: string(found.Outcome),
		Reason:  found.Reason,
		Drafts:  append([]inbox.Draft{a.answerDraft(m, found)}, a.more(ctx, m, q, found, readers)...),
	}
	if found.Outcome == answer.Refused {
		reply.Reason = answer.HardListReason
		if !m.Direct() {
			reply.Drafts[0] = a.aloneDraft(m, reply.Drafts[0])
			return reply, nil
		}
	}
	return reply, nil
}

// Refuses reports whether a text is of the hard list.
func (a *Asking) Refuses(text string) bool {
	_, hit := a.cfg.Answerer.Refuse(text)
	return hit
}

// RefusesPlainly reports whether a text that is known to be no question leaves no doubt
// that it is of the hard list.
func (a *Asking) RefusesPlainly(text string) bool {
	_, hit := a.cfg.Answerer.cfg.HardList.Plain(text)
	return hit
}

// OfOthers reports whether a text names what others are in charge of.
func (a *Asking) OfOthers(text string) bool { return a.cfg.Answerer.cfg.Fields.Named(text) }

// overheard reports whether a message continues a thread in a channel without a
// mention. It may be meant for colleagues, so the bot only speaks up where it
// has an answer or was asked something.
func (a *Asking) overheard(m chat.Message) bool {
	return !m.Direct() && m.RootID != "" && !chat.Mentions(m.Post.Text, a.cfg.Self.Username)
}

// asksHere reports whether a message in a thread is a question, whole or a part of one, so
// that it may be meant for the bot.
func asksHere(text string) bool {
	words := dialogue.Words(text)
	return dialogue.Asks(text) || dialogue.GoesOn(text) || len(words) > 0 && elliptic(words)
}

// sameTalk is how long in a direct message without threads a question may lean
// on the one before.
const sameTalk = 30 * time.Minute

// longestTalk is how many questions before one are looked at: what the calendar was asked
// goes on over more of them than a search is joined of.
const longestTalk = 6

// questionsBefore returns what the same person asked before in this talk, oldest
// first, in posts of that person and the bot only: in the thread, or where a direct
// message goes on without one, lately. What others write there is never among it.
func (a *Asking) questionsBefore(ctx context.Context, m chat.Message) ([]string, error) {
	talk, err := chat.Before(ctx, a.cfg.Posts, m)
	if err != nil {
		return nil, err
	}
	return a.chain(talk, m.UserID, m.Post, m.RootID == ""), nil
}

// mostBetween is how many other messages of a person may stand between a question and
// one that leans on it: a word of thanks, a wish for more. Behind them the talk is about
// something else.
const mostBetween = 2

// between counts what a person wrote behind one post and before another.
func between(talk []chat.Post, userID string, first, second chat.Post) (n int) {
	for _, p := range talk {
		if p.UserID == userID && p.Behind(first) && second.Behind(p) {
			n++
		}
	}
	return n
}

// chain returns the questions of a person before a post that it may lean on, oldest
// first: the last one, and those that this leans on itself. What no machine decides is
// one only right behind it, to be led to people again.
func (a *Asking) chain(talk []chat.Post, userID string, p chat.Post, lately bool) []string {
	var before []string
	for len(before) < longestTalk {
		last, found := a.cfg.Ear.LastQuestion(talk, userID, p, a.cfg.Self, a.Refuses)
		if !found || lately && p.CreatedAt.Sub(last.CreatedAt) > sameTalk {
			break
		}
		refused := a.Refuses(last.Text)
		if n := between(talk, userID, last, p); n > mostBetween || refused && n > 0 {
			break
		}
		before = append(before, last.Text)
		if _, typed := chat.CommandOf(last.ID); typed || refused || !Leans(last.Text) && !schedule.Continues(last.Text, a.cfg.Calendar, a.cfg.Now()) {
			break
		}
		p = last
	}
	slices.Reverse(before)
	return before
}
