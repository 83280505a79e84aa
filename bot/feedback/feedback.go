// Package feedback takes what people say of an answer, in words, by buttons or by a
// thumb under it: whether it helped, if not
// why, and that something in a document is wrong or outdated, which then goes to
// whoever looks after it, without a word of who said it.
//
// Limits: a vote is counted once for a person and an answer and shown for nobody;
// what follows from votes is decided elsewhere. Owners are told what they may read.
package feedback

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
	"lvr.example/sprechstunde/bot/rights"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Reason is why an answer did not help. The values stand in the database.
type Reason string

// The reasons.
const (
	Unsaid   Reason = ""
	Wrong    Reason = "wrong"
	Outdated Reason = "outdated"
	Source   Reason = "source" // does not fit
	Brief    Reason = "brief"
	Other    Reason = "other"
)

// reasons are those that can be chosen, in this order.
var reasons = []Reason{Wrong, Outdated, Source, Brief, Other}

// Vote is what one person says of one answer.
type Vote struct {
	Answer   string // question that it answers, by its id in the inbox
	By       string // arrival that says so, likewise; empty: a reaction
	UserID   string
	Helpful  bool
	Reason   Reason // of one that is not Helpful
	Reaction bool   // by a reaction to the post, which may be taken back
	At       time.Time
}

// Votes keep what was said.
type Votes interface {
	// Cast counts a vote, or changes the person's earlier one on that answer; an
	// older one changes nothing. inbox.ErrStale: the person or the answer is not
	// kept any more.
	Cast(ctx context.Context, v Vote) error
	// TakeBack forgets a person's vote on an answer if it is a Reaction.
	TakeBack(ctx context.Context, answer, userID string) error
	// ByReaction are those on answers that are Reactions, without By.
	ByReaction(ctx context.Context, answers []string) ([]Vote, error)
}

// Answers are what the bot has said.
type Answers interface {
	chat.Answers
	// AnswersAt are the questions, by their ids, whose answers stand in posts: by
	// those of the posts in which any does.
	AnswersAt(ctx context.Context, postIDs []string) (map[string]string, error)
}

// Documents are what answers rest on.
type Documents interface {
	// Passages returns those of the passages that the readers may see on the day.
	Passages(ctx context.Context, ids []int64, day retrieval.Date, r retrieval.Readers) ([]retrieval.Hit, error)
	// Cared says who looks after a document, or is retrieval.ErrNoDocument.
	Cared(ctx context.Context, document int64) (retrieval.Cared, error)
}

// Readers know what somebody may read.
type Readers interface {
	Of(ctx context.Context, m chat.Message) (rights.Audience, error)
}

// Config sets up Feedback. All fields are required but those with a default.
type Config struct {
	Self      chat.User
	Posts     chat.Posts
	Directory chat.Directory
	Votes     Votes
	Answers   Answers
	Documents Documents      // defaults to none: nobody is told
	Reactions chat.Reactions // defaults to none: thumbs count nothing
	Readers   Readers
	Texts     *prompts.Catalogue
	Now       func() time.Time // defaults to time.Now
}

// Feedback takes votes and brings reports to owners.
type Feedback struct{ cfg Config }

// New returns Feedback, or what the configuration lacks.
func New(cfg Config) (*Feedback, error) {
	if cfg.Self.ID == "" || cfg.Posts == nil || cfg.Directory == nil || cfg.Votes == nil || cfg.Answers == nil || cfg.Readers == nil || cfg.Texts == nil {
		return nil, errors.New("feedback: Self, Posts, Directory, Votes, Answers, Readers and Texts must be set")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Feedback{cfg: cfg}, nil
}

// Helpful counts that an answer helped.
func (f *Feedback) Helpful(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	return f.votes(ctx, m, Vote{Helpful: true}, f.cfg.Texts.VoteHelpful)
}

// Unhelpful counts that it did not, and why: by the dialog, or else asks for the
// reason in words.
func (f *Feedback) Unhelpful(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	if m.Fields == nil {
		return f.votes(ctx, m, Vote{}, f.cfg.Texts.VoteUnhelpful)
	}
	reason := Reason(m.Fields[fieldReason])
	counted, err := f.votes(ctx, m, Vote{Reason: reason}, f.cfg.Texts.VoteReason)
	if err != nil || m.Fields[fieldTell] != "true" || reason != Wrong && reason != Outdated {
		return counted, err
	}
	return f.reports(ctx, m, reason)
}

// Said counts that an answer was said to be wrong or outdated, and lets the way go
// on that answers it.
func (f *Feedback) Said(reason Reason, then dialogue.Handler) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		id, err := f.about(ctx, m)
		if err == nil && id != "" {
			err = f.cast(ctx, m, id, Vote{Reason: reason})
		}
		if err != nil {
			return inbox.Reply{}, err
		}
		reply, err := then(ctx, m, act)
		if id != "" && len(reply.Drafts) > 0 {
			reply.Drafts[0].Moot = append(reply.Drafts[0].Moot, voted(id, false))
		}
		return reply, err
	}
}

// Report tells the owners what was said of their documents, at the asker's word.
func (f *Feedback) Report(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	return f.reports(ctx, m, Wrong, Outdated)
}

// votes counts a vote on the answer that a message is about.
func (f *Feedback) votes(ctx context.Context, m chat.Message, v Vote, says func() string) (inbox.Reply, error) {
	id, err := f.about(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	if id == "" {
		return m.Says("no answer", f.cfg.Texts.VoteNothing()), nil
	}
	if err := f.cast(ctx, m, id, v); err != nil {
		return inbox.Reply{}, err
	}
	reply := m.Says(dialogue.Voted, says())
	reply.Drafts[0].Moot = []inbox.Choice{voted(id, v.Helpful)}
	return reply, nil
}

// voted is the choice that a vote on an answer makes.
func voted(id string, helpful bool) inbox.Choice {
	if helpful {
		return inbox.Choice{Answer: id, Action: inbox.Helpful}
	}
	return inbox.Choice{Answer: id, Action: inbox.Unhelpful}
}

func (f *Feedback) cast(ctx context.Context, m chat.Message, id string, v Vote) error {
	v.Answer, v.By, v.UserID, v.At = id, m.ID, m.UserID, m.At
	if v.At.IsZero() {
		v.At = f.cfg.Now()
	}
	err := f.cfg.Votes.Cast(ctx, v)
	if errors.Is(err, inbox.ErrStale) {
		return nil // what is not kept any more is counted nowhere
	}
	return err
}

// about is the answer that a message is about: the one that the button is under, or
// the last in the talk; empty: none.
func (f *Feedback) about(ctx context.Context, m chat.Message) (string, error) {
	if m.Marker != "" {
		return inbox.QuestionOf(m.Marker), nil
	}
	said, err := chat.LastAnswer(ctx, f.cfg.Posts, f.cfg.Answers, m, f.cfg.Self)
	return inbox.QuestionOf(said.Marker), err
}

// reports tells the owners of what an answer rests on.
func (f *Feedback) reports(ctx context.Context, m chat.Message, reasons ...Reason) (inbox.Reply, error) {
	id, err := f.about(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	if id == "" || f.cfg.Documents == nil {
		return m.Says("no answer", f.cfg.Texts.VoteNothing()), nil
	}
	q, err := f.cfg.Answers.Question(ctx, id)
	if errors.Is(err, inbox.ErrDone) {
		return m.Says("no answer", f.cfg.Texts.VoteNothing()), nil
	}
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("read answer (%s): %w", id, err)
	}
	told, err := f.owners(ctx, q, reasons)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(told) == 0 {
		return m.Says(dialogue.Voted, f.cfg.Texts.VoteNobody()), nil
	}
	return inbox.Reply{Outcome: dialogue.Voted, Lasting: true, Drafts: append(told, m.Aside(f.cfg.Texts.VoteReported()))}, nil
}

// owners are the messages to those who look after what an answer rests on, one for
// each of them.
func (f *Feedback) owners(ctx context.Context, q inbox.Question, reasons []Reason) ([]inbox.Draft, error) {
	i := slices.IndexFunc(q.Drafts, func(d inbox.Draft) bool { return d.About.Kind == inbox.AboutAnswer && len(d.About.Basis.Passages) > 0 })
	if i < 0 {
		return nil, nil
	}
	said := q.Drafts[i]
	basis := said.About.Basis
	hits, err := f.cfg.Documents.Passages(ctx, basis.Passages, retrieval.DateOf(f.cfg.Now()), retrieval.ReadersOf(basis.Collections...))
	if err != nil {
		return nil, fmt.Errorf("read what an answer rests on (%s): %w", q.ID, err)
	}
	var drafts []inbox.Draft
	seen := map[string]bool{}
	for _, h := range hits {
		owner, reached, err := f.owner(ctx, h.Document.ID)
		if err != nil {
			return nil, err
		}
		if !reached || seen[owner] {
			continue
		}
		seen[owner] = true
		report := prompts.Report{
			Title: answer.Safe(h.Document.Title), Place: answer.Safe(h.Passage.Place), Passage: answer.SafeBlock(h.Passage.Text),
			Wrong: slices.Contains(reasons, Wrong), Outdated: slices.Contains(reasons, Outdated), Number: h.Document.ID,
		}
		if f.mayRead(ctx, owner, basis.Collections) {
			report.Answer, _ = answer.Posted(f.cfg.Texts, said.Text)
		}
		drafts = append(drafts, inbox.Draft{ToUserID: owner, Text: f.cfg.Texts.VoteReport(report)})
	}
	return drafts, nil
}

// owner is the account of whoever looks after a document, also where it was blocked
// meanwhile: the report is about what had been answered from it.
func (f *Feedback) owner(ctx context.Context, document int64) (id string, reached bool, err error) {
	cared, err := f.cfg.Documents.Cared(ctx, document)
	if errors.Is(err, retrieval.ErrNoDocument) || err == nil && cared.Contact == "" {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	return chat.StaffNamed(ctx, f.cfg.Directory, cared.Contact)
}

// mayRead reports whether an owner may read all that an answer rests on; what
// cannot be found out counts as no.
func (f *Feedback) mayRead(ctx context.Context, owner string, collections []string) bool {
	a, err := f.cfg.Readers.Of(ctx, chat.Message{Question: inbox.Question{Arrival: inbox.Arrival{UserID: owner}}, Channel: chat.Channel{Kind: chat.DirectChannel}})
	return err == nil && !slices.ContainsFunc(collections, func(name string) bool { return !a.Personal.May(name) })
}
