package inboxtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
)

// Clock is a clock that stands still until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the time on.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Store is what the suite needs of a store under test.
type Store interface {
	inbox.Store
	// TakeJobs returns the queued question ids and empties the queue.
	TakeJobs(ctx context.Context) ([]string, error)
	// Lookup returns a question as it stands.
	Lookup(ctx context.Context, origin inbox.Origin, key string) (inbox.Question, error)
	// Question returns a question as it stands, by its id.
	Question(ctx context.Context, id string) (inbox.Question, error)
	// OutcomeOf returns what became of the question of a draft's marker.
	OutcomeOf(ctx context.Context, marker string) (string, error)
	// Commands are those of the questions, by their ids, that came by a command.
	Commands(ctx context.Context, ids []string) (map[string]inbox.Arrival, error)
	// AnswersAt are the questions whose answers stand in posts, by post.
	AnswersAt(ctx context.Context, postIDs []string) (map[string]string, error)
}

// Run checks that questions are worked on once on the stores that open makes:
// empty ones, with the clock given.
func Run(t *testing.T, open func(t *testing.T, now func() time.Time) Store) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(newBench(t, open))
		})
	}
	for _, s := range stories {
		t.Run("crash/"+s.name, func(t *testing.T) {
			t.Parallel()
			everyCrash(t, open, s)
		})
	}
}

// bench is one store with its chat, handler and workers.
type bench struct {
	t       *testing.T
	ctx     context.Context
	clock   *Clock
	store   Store
	chat    *Chat
	handler *Handler
	pipe    *inbox.Pipeline
	asked   string   // id of the asking post
	offer   ChatPost // what a story offers
}

func newBench(t *testing.T, open func(*testing.T, func() time.Time) Store) *bench {
	t.Helper()
	clock := &Clock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	b := &bench{t: t, ctx: t.Context(), clock: clock, store: open(t, clock.Now)}
	b.begin("post-asked")
	return b
}

// begin starts over with an empty chat and another asking post.
func (b *bench) begin(asked string) {
	b.t.Helper()
	b.asked, b.chat, b.handler = asked, &Chat{}, &Handler{}
	b.pipe = b.pipeline(b.store, b.chat, b.handler)
}

func (b *bench) pipeline(s inbox.Store, c inbox.Chat, h inbox.Handler) *inbox.Pipeline {
	b.t.Helper()
	p, err := inbox.New(inbox.Config{Store: s, Chat: c, Handler: h, Now: b.clock.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

func (b *bench) arrival() inbox.Arrival {
	return inbox.Arrival{Origin: inbox.FromPost, Key: b.asked, ChannelID: "town", UserID: "anna", At: b.clock.Now()}
}

func (b *bench) ask() {
	b.t.Helper()
	b.must(b.pipe.Receive(b.ctx, b.arrival()))
}

// tell has the house say something; told is how that stands.
func (b *bench) tell() {
	b.t.Helper()
	b.must(b.pipe.Receive(b.ctx, inbox.Arrival{Origin: inbox.FromHouse, Key: b.asked, UserID: "anna", Action: inbox.Tell, Subject: inbox.Subject{Bundle: 1}, At: b.clock.Now()}))
}

func (b *bench) told() inbox.Question {
	b.t.Helper()
	q, err := b.store.Lookup(b.ctx, inbox.FromHouse, b.asked)
	b.must(err)
	return q
}

func (b *bench) edited(sec int64) {
	b.t.Helper()
	b.must(b.pipe.Edited(b.ctx, b.arrival(), time.Unix(sec, 0)))
}

func (b *bench) deleted() {
	b.t.Helper()
	b.must(b.pipe.Deleted(b.ctx, b.asked))
}

// work runs the jobs that are queued, and those that they queue, on p.
func (b *bench) work(p *inbox.Pipeline) {
	b.t.Helper()
	for range 20 {
		jobs, err := b.store.TakeJobs(b.ctx)
		b.must(err)
		if len(jobs) == 0 {
			return
		}
		for _, id := range jobs {
			// A dying process's jobs end in errors.
			_ = p.Work(b.ctx, id)
		}
	}
	b.t.Fatal("jobs do not end")
}

// pass lets time go by, with reconciling and work every 5 s.
func (b *bench) pass(d time.Duration) {
	b.t.Helper()
	for end := b.clock.Now().Add(d); b.clock.Now().Before(end); b.clock.Advance(5 * time.Second) {
		b.must(b.pipe.Reconcile(b.ctx))
		b.work(b.pipe)
	}
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) question() inbox.Question {
	b.t.Helper()
	q, err := b.store.Lookup(b.ctx, inbox.FromPost, b.asked)
	b.must(err)
	return q
}

// ended checks how the question stands and what people see.
func (b *bench) ended(s inbox.State, reason string, texts ...string) {
	b.t.Helper()
	q := b.question()
	if q.State != s || q.Reason != reason {
		b.t.Errorf("question is %s (%q), want %s (%q)", q.State, q.Reason, s, reason)
	}
	if got := b.chat.Texts(); !slices.Equal(got, texts) {
		b.t.Errorf("people see %q, want %q", got, texts)
	}
	if n := b.chat.StillWorking(); n != 0 {
		b.t.Errorf("%d signs of work are left", n)
	}
	for i, p := range b.chat.Live() {
		if i < len(q.Drafts) && (q.Drafts[i].PostID != p.ID || b.handler.Noted(p.Draft.Marker) != p.ID) {
			b.t.Errorf("post %s is recorded as %q and noted as %q", p.ID, q.Drafts[i].PostID, b.handler.Noted(p.Draft.Marker))
		}
	}
}

// story is a course of events in which a process may die at each call.
type story struct {
	name    string
	handler func(h *Handler)
	before  func(b *bench) // by a sound process
	act     func(b *bench) // events, before the dying process works
	want    func(b *bench)
	points  int // at least so many places to die
}

// first posts a draft while the reply is worked out, which kind says is an answer.
func first(kind inbox.AboutKind, then func(q inbox.Question) (inbox.Reply, error)) func(h *Handler) {
	return func(h *Handler) {
		h.OnHandle = func(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
			d := Answer(q, 1).Drafts[0]
			d.Text, d.About.Kind = "first", kind
			inbox.Meanwhile(ctx, d)
			return then(q)
		}
	}
}

var stories = []story{
	{
		name:    "something first, then the reply in its place",
		handler: first(inbox.AboutNotice, func(q inbox.Question) (inbox.Reply, error) { return Answer(q, 2), nil }),
		act:     (*bench).ask,
		want:    func(b *bench) { b.ended(inbox.Posted, "", "answer 0.1", "answer 0.2") },
		points:  30,
	}, {
		name: "something first, and no reply",
		handler: first(inbox.AboutNotice, func(inbox.Question) (inbox.Reply, error) {
			return inbox.Reply{Drop: true, Reason: "nothing"}, nil
		}),
		act:    (*bench).ask,
		want:   func(b *bench) { b.ended(inbox.Dropped, "nothing") },
		points: 20,
	}, {
		name: "something first, and the reply elsewhere",
		handler: first(inbox.AboutNotice, func(q inbox.Question) (inbox.Reply, error) {
			r := Answer(q, 1)
			r.Drafts[0].ChannelID, r.Drafts[0].RootID, r.Drafts[0].ToUserID = "", "", "anna"
			return r, nil
		}),
		act:    (*bench).ask,
		want:   func(b *bench) { b.ended(inbox.Posted, "", "answer 0.1") },
		points: 24,
	},
	{
		name:   "one reply",
		act:    (*bench).ask,
		want:   func(b *bench) { b.ended(inbox.Posted, "", "answer 0.1") },
		points: 20,
	}, {
		name: "two replies",
		handler: func(h *Handler) {
			h.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) { return Answer(q, 2), nil }
		},
		act:    (*bench).ask,
		want:   func(b *bench) { b.ended(inbox.Posted, "", "answer 0.1", "answer 0.2") },
		points: 28,
	}, {
		name:   "renewed after an edit",
		before: func(b *bench) { b.ask(); b.work(b.pipe) },
		act:    func(b *bench) { b.edited(7) },
		want:   func(b *bench) { b.ended(inbox.Posted, "", "answer 7000.1") },
		points: 24,
	}, {
		name:   "removed after a deletion",
		before: func(b *bench) { b.ask(); b.work(b.pipe) },
		act:    (*bench).deleted,
		want:   func(b *bench) { b.ended(inbox.Dropped, "deleted") },
		points: 12,
	}, {
		name: "edited before each post",
		handler: func(h *Handler) {
			h.OnConfirm = func(q inbox.Question, _ inbox.Draft) error {
				if q.Revision < 3 {
					return inbox.ErrChanged
				}
				return nil
			}
			h.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) {
				r := Answer(q, 1)
				r.Revision = int64(h.Calls())
				return r, nil
			}
		},
		act:    (*bench).ask,
		want:   func(b *bench) { b.ended(inbox.Posted, "", "answer 0.1") },
		points: 40,
	}, {
		name: "the failure is told",
		handler: func(h *Handler) {
			h.OnHandle = func(context.Context, inbox.Question) (inbox.Reply, error) {
				return inbox.Reply{}, errors.New("no luck")
			}
		},
		act:    (*bench).ask,
		want:   func(b *bench) { b.ended(inbox.Told, "", "sorry") },
		points: 12,
	}, {
		name:   "a press uses a button up",
		before: func(b *bench) { b.offer = b.offers(inbox.SpendsItself) },
		act:    func(b *bench) { b.presses(b.offer, "1", nil) },
		want: func(b *bench) {
			if got := b.chat.Texts(); len(got) != 2 || got[0] != "offer" {
				b.t.Errorf("people see %q", got)
			}
			b.leaves(b.offer, "b", "c")
		},
		points: 24,
	}, {
		name:   "a word decides a choice",
		before: func(b *bench) { b.offer = b.offers(inbox.SpendsAll) },
		act:    func(b *bench) { b.decides("word", "anna", "a") },
		want: func(b *bench) {
			if got := b.chat.Texts(); !slices.Equal(got, []string{"offer", "decided"}) {
				b.t.Errorf("people see %q", got)
			}
			b.leaves(b.offer, "b", "c")
		},
		points: 24,
	}, {
		name: "none of the bot's business",
		handler: func(h *Handler) {
			h.OnHandle = func(context.Context, inbox.Question) (inbox.Reply, error) {
				return inbox.Reply{Drop: true, Reason: "quote"}, nil
			}
		},
		act:    (*bench).ask,
		want:   func(b *bench) { b.ended(inbox.Dropped, "quote") },
		points: 12,
	},
}

// everyCrash plays the story once for each call at which the process can die.
func everyCrash(t *testing.T, open func(*testing.T, func() time.Time) Store, s story) {
	b := newBench(t, open)
	at := 0
	for ; ; at++ {
		b.begin(fmt.Sprintf("post-%d", at))
		if s.handler != nil {
			s.handler(b.handler)
		}
		if s.before != nil {
			s.before(b)
		}
		s.act(b)
		crash := &Crash{At: at}
		b.work(b.pipeline(crash.Store(b.store), crash.Chat(b.chat), crash.Handler(b.handler)))
		b.pass(3 * time.Minute)
		s.want(b)
		if t.Failed() {
			t.Fatalf("crash at %d", at)
		}
		if !crash.Happened() {
			break
		}
	}
	if at < s.points {
		t.Errorf("only %d places to die, want at least %d", at, s.points)
	}
}

var cases = []struct {
	name string
	run  func(b *bench)
}{
	{"repeated arrivals are one", func(b *bench) {
		b.ask()
		b.ask()
		b.work(b.pipe)
		b.ask()
		b.pass(time.Minute)
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"unknown posts are nobody's", func(b *bench) {
		b.must(b.pipe.Edited(b.ctx, inbox.Arrival{Origin: inbox.FromPost, Key: "other"}, time.Unix(5, 0)))
		b.must(b.pipe.Deleted(b.ctx, "other"))
		b.must(b.pipe.Work(b.ctx, "01890000-0000-7000-8000-000000000000"))
	}},
	{"old edits change nothing", func(b *bench) {
		b.ask()
		b.edited(9)
		b.work(b.pipe)
		b.edited(9)
		b.edited(4)
		b.pass(time.Minute)
		b.ended(inbox.Posted, "", "answer 9000.1")
		if n := b.handler.Calls(); n != 1 {
			b.t.Errorf("handled %d times, want once", n)
		}
	}},
	{"an answer that came first stands where no better one comes", func(b *bench) {
		first(inbox.AboutAnswer, func(inbox.Question) (inbox.Reply, error) { return inbox.Reply{}, errors.New("broken") })(b.handler)
		b.ask()
		b.pass(30 * time.Minute)
		b.ended(inbox.Posted, "no better answer", "first")
	}},
	{"a word that came first gives way to the one that there is no answer", func(b *bench) {
		first(inbox.AboutNotice, func(inbox.Question) (inbox.Reply, error) { return inbox.Reply{}, errors.New("broken") })(b.handler)
		b.ask()
		b.pass(30 * time.Minute)
		b.ended(inbox.Told, "", "sorry")
	}},
	{"what came first is one post, keeps its marker, and goes with the question", func(b *bench) {
		var seen []ChatPost
		first(inbox.AboutAnswer, func(q inbox.Question) (inbox.Reply, error) {
			inbox.Meanwhile(b.ctx, inbox.Draft{Text: "outside of a handler"})
			seen = b.chat.Live()
			return Answer(q, 1), nil
		})(b.handler)
		b.ask()
		b.work(b.pipe)
		live := b.chat.Live()
		if len(seen) != 1 || len(live) != 1 || seen[0].ID != live[0].ID || seen[0].Draft.Marker != live[0].Draft.Marker || seen[0].Draft.Text != "first" {
			b.t.Errorf("first %+v, then %+v", seen, live)
		}
		b.ended(inbox.Posted, "", "answer 0.1")
		b.edited(8)
		b.pass(time.Minute)
		b.ended(inbox.Posted, "", "answer 8000.1")
		b.deleted()
		b.pass(time.Minute)
		b.ended(inbox.Dropped, "deleted")
	}},
	{"nothing comes first that may not go out", func(b *bench) {
		b.handler.OnConfirm = func(_ inbox.Question, d inbox.Draft) error {
			if d.Text == "first" {
				return inbox.ErrChanged
			}
			return nil
		}
		first(inbox.AboutAnswer, func(q inbox.Question) (inbox.Reply, error) {
			if n := len(b.chat.Live()); n != 0 {
				b.t.Errorf("%d posts", n)
			}
			return Answer(q, 1), nil
		})(b.handler)
		b.ask()
		b.work(b.pipe)
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"edited while working", func(b *bench) {
		b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) {
			if b.handler.Calls() == 1 {
				b.edited(3)
			}
			return Answer(q, 1), nil
		}
		b.ask()
		b.work(b.pipe)
		b.ended(inbox.Posted, "", "answer 3000.1")
	}},
	{"deleted while working", func(b *bench) {
		b.handler.OnConfirm = func(q inbox.Question, d inbox.Draft) error {
			if d.About.Ticket == 2 {
				b.deleted()
			}
			return nil
		}
		b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) { return Answer(q, 2), nil }
		b.ask()
		b.work(b.pipe)
		b.pass(time.Minute)
		b.ended(inbox.Dropped, "deleted")
	}},
	{"deleted while waiting", func(b *bench) {
		b.ask()
		b.deleted()
		b.work(b.pipe)
		b.ended(inbox.Dropped, "deleted")
		if b.handler.Calls() != 0 {
			b.t.Error("a deleted question was handled")
		}
	}},
	{"a lasting reply outlives its post", func(b *bench) {
		b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) {
			r := Answer(q, 1)
			r.Lasting = true
			return r, nil
		}
		b.ask()
		b.work(b.pipe)
		b.edited(5)
		b.deleted()
		b.pass(time.Minute)
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"the post is gone when asked again", func(b *bench) {
		b.handler.OnHandle = func(context.Context, inbox.Question) (inbox.Reply, error) {
			return inbox.Reply{}, fmt.Errorf("read post: %w", inbox.ErrGone)
		}
		b.ask()
		b.work(b.pipe)
		b.ended(inbox.Dropped, "gone")
	}},
	{"rights withdrawn before the second post", func(b *bench) {
		b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) { return Answer(q, 2), nil }
		b.handler.OnConfirm = func(_ inbox.Question, d inbox.Draft) error {
			if d.About.Ticket == 2 {
				return inbox.ErrGone
			}
			return nil
		}
		b.ask()
		b.work(b.pipe)
		b.ended(inbox.Dropped, "gone")
	}},
	{"one of two places is gone", func(b *bench) {
		b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) { return Answer(q, 2), nil }
		b.chat.OnCreate = func(d inbox.Draft) (bool, error) {
			if d.About.Ticket == 1 {
				return false, inbox.ErrGone
			}
			return true, nil
		}
		b.ask()
		b.work(b.pipe)
		q := b.question()
		if q.State != inbox.Posted || q.Reason != "partly gone" || !slices.Equal(b.chat.Texts(), []string{"answer 0.2"}) {
			b.t.Errorf("%s (%s), %q", q.State, q.Reason, b.chat.Texts())
		}
	}},
	{"a refused reply is told as a failure", func(b *bench) {
		b.chat.OnCreate = func(d inbox.Draft) (bool, error) {
			if d.Text != "sorry" {
				return false, inbox.ErrRefused
			}
			return true, nil
		}
		b.ask()
		b.work(b.pipe)
		b.ended(inbox.Told, "", "sorry")
	}},
	{"the response to a post is lost", func(b *bench) {
		lost := false
		b.chat.OnCreate = func(inbox.Draft) (bool, error) {
			if lost {
				return true, nil
			}
			lost = true
			return true, errors.New("connection reset")
		}
		b.ask()
		b.work(b.pipe)
		b.pass(time.Minute)
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"a late request makes a second post", func(b *bench) {
		var late *inbox.Draft
		b.chat.OnCreate = func(d inbox.Draft) (bool, error) {
			if late == nil {
				late = &d
				return false, context.DeadlineExceeded
			}
			return true, nil
		}
		b.ask()
		b.work(b.pipe)
		b.pass(30 * time.Second)
		b.chat.Arrive(*late)
		if n := len(b.chat.Live()); n != 2 {
			b.t.Fatalf("%d posts before the sweep, want 2", n)
		}
		b.pass(2 * time.Minute)
		b.ended(inbox.Posted, "", "answer 0.1")
		b.chat.Arrive(*late)
		b.pass(12 * time.Minute)
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"a late request of a withdrawn reply", func(b *bench) {
		var late *inbox.Draft
		b.chat.OnCreate = func(d inbox.Draft) (bool, error) {
			if late == nil {
				late = &d
				return false, context.DeadlineExceeded
			}
			return true, nil
		}
		b.ask()
		b.work(b.pipe)
		b.edited(3)
		b.pass(30 * time.Second)
		b.chat.Arrive(*late)
		b.pass(2 * time.Minute)
		b.ended(inbox.Posted, "", "answer 3000.1")
	}},
	{"the chat platform is down for an hour", func(b *bench) {
		down := true
		b.chat.OnCreate = func(inbox.Draft) (bool, error) {
			if down {
				return false, &inbox.RetryError{Err: errors.New("connection refused")}
			}
			return true, nil
		}
		b.ask()
		b.pass(time.Hour)
		if q := b.question(); q.State != inbox.Posting {
			b.t.Errorf("question is %s while the platform is down", q.State)
		}
		down = false
		b.pass(2 * time.Minute)
		b.ended(inbox.Posted, "", "answer 0.1")
		if n := b.handler.Calls(); n != 1 {
			b.t.Errorf("handled %d times, want once", n)
		}
	}},
	{"a saved reply is given up after a day", func(b *bench) {
		b.chat.OnCreate = func(inbox.Draft) (bool, error) { return false, errors.New("connection refused") }
		b.ask()
		b.work(b.pipe)
		b.clock.Advance(25 * time.Hour)
		b.pass(time.Minute)
		b.ended(inbox.Dropped, "undeliverable")
	}},
	{"what the house has to say is made anew each day until it is said", func(b *bench) {
		down := true
		b.chat.OnCreate = func(inbox.Draft) (bool, error) {
			if down {
				return false, &inbox.RetryError{Err: errors.New("connection refused")}
			}
			return true, nil
		}
		b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) {
			r := Answer(q, 1)
			r.Drafts[0].Text = fmt.Sprintf("day %d", b.handler.Calls())
			return r, nil
		}
		b.tell()
		const days = 9 // more than a Handler may fail
		for range days {
			b.pass(time.Minute)
			b.clock.Advance(25 * time.Hour)
		}
		if q := b.told(); q.State != inbox.Posting || len(b.chat.Texts()) != 0 {
			b.t.Errorf("question is %s while the platform is down, people see %q", q.State, b.chat.Texts())
		}
		down = false
		b.pass(2 * time.Minute)
		if q, got := b.told(), b.chat.Texts(); q.State != inbox.Posted || !slices.Equal(got, []string{fmt.Sprintf("day %d", days+1)}) {
			b.t.Errorf("question is %s, people see %q", q.State, got)
		}
	}},
	{"what the house need not say any more is dropped", func(b *bench) {
		b.chat.OnCreate = func(inbox.Draft) (bool, error) { return false, errors.New("connection refused") }
		b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) {
			if b.handler.Calls() > 1 {
				return inbox.Reply{Drop: true, Reason: "settled"}, nil
			}
			return Answer(q, 1), nil
		}
		b.tell()
		b.pass(time.Minute)
		b.clock.Advance(25 * time.Hour)
		b.pass(time.Minute)
		if q := b.told(); q.State != inbox.Dropped || q.Reason != "settled" {
			b.t.Errorf("question is %s (%q)", q.State, q.Reason)
		}
	}},
	{"the failure is told after five tries", func(b *bench) {
		b.handler.OnHandle = func(context.Context, inbox.Question) (inbox.Reply, error) {
			return inbox.Reply{}, errors.New("no luck")
		}
		b.ask()
		b.pass(2 * time.Minute)
		b.ended(inbox.Told, "", "sorry")
		if n := b.handler.Calls(); n != 5 {
			b.t.Errorf("handled %d times, want 5", n)
		}
	}},
	{"a panic counts as a failure", func(b *bench) {
		b.handler.OnHandle = func(context.Context, inbox.Question) (inbox.Reply, error) { panic("oh") }
		b.ask()
		b.pass(2 * time.Minute)
		b.ended(inbox.Told, "", "sorry")
	}},
	{"a pause that is asked for is kept", func(b *bench) {
		b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) {
			if b.handler.Calls() <= 8 {
				return inbox.Reply{}, &inbox.RetryError{After: time.Minute, Err: errors.New("busy")}
			}
			return Answer(q, 1), nil
		}
		b.ask()
		b.pass(50 * time.Second)
		if n := b.handler.Calls(); n != 1 {
			b.t.Errorf("handled %d times within the first minute, want once", n)
		}
		b.pass(10 * time.Minute)
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"patience ends", func(b *bench) {
		b.handler.OnHandle = func(context.Context, inbox.Question) (inbox.Reply, error) {
			return inbox.Reply{}, &inbox.RetryError{Err: errors.New("busy")}
		}
		b.ask()
		b.pass(20 * time.Minute)
		b.ended(inbox.Told, "", "sorry")
	}},
	{"a question that takes the process down is told", func(b *bench) {
		b.ask()
		for range 5 {
			id := b.question().ID
			_, err := b.store.Claim(b.ctx, id, 30*time.Second)
			b.must(err)
			b.clock.Advance(31 * time.Second)
		}
		b.pass(time.Minute)
		b.ended(inbox.Told, "", "sorry")
		if b.handler.Calls() != 0 {
			b.t.Error("it was handled once more")
		}
	}},
	{"taken over within a minute", func(b *bench) {
		b.ask()
		jobs, err := b.store.TakeJobs(b.ctx)
		b.must(err)
		_, err = b.store.Claim(b.ctx, jobs[0], 30*time.Second)
		b.must(err)
		b.must(b.pipe.Work(b.ctx, jobs[0])) // leased: left alone
		if b.handler.Calls() != 0 {
			b.t.Fatal("a leased question was handled")
		}
		b.pass(60 * time.Second)
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"a lost job is queued again", func(b *bench) {
		b.ask()
		_, err := b.store.TakeJobs(b.ctx)
		b.must(err)
		b.pass(60 * time.Second)
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"a stale worker changes and posts nothing", staleWorker},
	{"a stale worker leaves the question to the one who is at it", func(b *bench) {
		taken := false
		b.handler.OnHandle = func(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
			r := Answer(q, 1)
			if !taken {
				taken = true
				r.Drafts[0].Text = "stale"
				b.clock.Advance(31 * time.Second)
				_, err := b.store.Claim(ctx, q.ID, 30*time.Second)
				b.must(err)
			}
			return r, nil
		}
		b.ask()
		b.work(b.pipe)
		if got := b.chat.Texts(); len(got) != 0 {
			b.t.Errorf("people see %q", got)
		}
		b.pass(time.Minute) // the other one dies of it
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"shutting down puts the question back", func(b *bench) {
		ctx, cancel := context.WithCancel(b.ctx)
		b.handler.OnHandle = func(hctx context.Context, q inbox.Question) (inbox.Reply, error) {
			if b.handler.Calls() == 1 {
				cancel()
				<-hctx.Done()
				return inbox.Reply{}, hctx.Err()
			}
			return Answer(q, 1), nil
		}
		b.ask()
		jobs, err := b.store.TakeJobs(b.ctx)
		b.must(err)
		b.must(b.pipe.Work(ctx, jobs[0]))
		if q := b.question(); q.Try != 0 {
			b.t.Errorf("the shutdown counted as try %d", q.Try)
		}
		b.work(b.pipe)
		b.ended(inbox.Posted, "", "answer 0.1")
	}},
	{"three replicas, one storm", storm},
	{"an edited question arrives anew", func(b *bench) {
		a := b.arrival()
		a.Late, a.Overheard, a.Action = true, true, "pause"
		b.must(b.pipe.Receive(b.ctx, a))
		b.work(b.pipe)
		a.Late, a.Overheard, a.Action = false, false, ""
		b.must(b.pipe.Edited(b.ctx, a, time.Unix(4, 0)))
		if q := b.question(); q.Late || q.Overheard || q.Action != "" {
			b.t.Errorf("the edited question is still as it was: %+v", q.Arrival)
		}
		a.Late = true
		b.must(b.pipe.Edited(b.ctx, a, time.Unix(4, 0))) // a catch-up finds the same edit
		if b.question().Late {
			b.t.Error("an edit that is known made the question late")
		}
	}},
	{"what is overheard shows no sign of work", func(b *bench) {
		a := b.arrival()
		a.Overheard = true
		b.must(b.pipe.Receive(b.ctx, a))
		b.work(b.pipe)
		b.ended(inbox.Posted, "", "answer 0.1")
		if n := b.chat.Signs(); n != 0 {
			b.t.Errorf("%d signs of work", n)
		}
	}},
	{"two quick presses have one effect", func(b *bench) {
		m := b.offers(inbox.SpendsNothing)
		b.presses(m, "1", nil)
		b.presses(m, "2", inbox.ErrPressed) // it waits
		b.work(b.pipe)
		b.presses(m, "3", inbox.ErrPressed) // it was answered a moment ago
		b.presses(m, "1", inbox.ErrPressed) // the same press, delivered again
		b.ended(inbox.Posted, "", "offer", "effect 1")
	}},
	{"a dialog counts once, uses its button up, and what was typed goes", func(b *bench) {
		m := b.offers(inbox.SpendsItself)
		handled := b.handler.OnHandle
		var typed []string
		b.handler.OnHandle = func(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
			typed = append(typed, q.Fields["why"])
			return handled(ctx, q)
		}
		a := b.press(m, "d1")
		a.Origin, a.Fields = inbox.FromDialog, map[string]string{"why": "secret"}
		b.must(b.pipe.Receive(b.ctx, a))
		b.work(b.pipe)
		if err := b.pipe.Receive(b.ctx, a); !errors.Is(err, inbox.ErrPressed) {
			b.t.Errorf("sent off once more: %v", err)
		}
		b.work(b.pipe)
		b.ended(inbox.Posted, "", "offer", "effect 1")
		b.leaves(m, "b", "c")
		q, err := b.store.Lookup(b.ctx, inbox.FromDialog, a.Key)
		if err != nil || len(q.Fields) != 0 || !slices.Equal(typed, []string{"secret"}) {
			b.t.Errorf("handled %q, still kept %q, %v", typed, q.Fields, err)
		}
	}},
	{"what was typed behind a command is kept", func(b *bench) {
		a := inbox.Arrival{Origin: inbox.FromCommand, Key: b.asked, UserID: "anna", ChannelID: "town", At: b.clock.Now(), Fields: map[string]string{inbox.CommandText: "Darf ich?"}}
		b.must(b.pipe.Receive(b.ctx, a))
		b.must(b.pipe.Receive(b.ctx, a))
		b.work(b.pipe)
		q, err := b.store.Lookup(b.ctx, inbox.FromCommand, a.Key)
		if err != nil || q.State != inbox.Posted || q.Fields[inbox.CommandText] != "Darf ich?" {
			b.t.Errorf("%+v, %v", q, err)
		}
		b.must(b.pipe.Receive(b.ctx, inbox.Arrival{Origin: inbox.FromPost, Key: "another", UserID: "anna", ChannelID: "town", At: b.clock.Now()}))
		other, err := b.store.Lookup(b.ctx, inbox.FromPost, "another")
		b.must(err)
		found, err := b.store.Commands(b.ctx, []string{q.ID, other.ID, "no id"})
		if c := found[q.ID]; err != nil || len(found) != 1 || c.UserID != "anna" || !c.At.Equal(a.At) || c.Fields[inbox.CommandText] != "Darf ich?" {
			b.t.Errorf("commands %+v, %v", found, err)
		}
	}},
	{"a button works again while its offer stands", func(b *bench) {
		m := b.offers(inbox.SpendsNothing)
		b.presses(m, "1", nil)
		b.work(b.pipe)
		b.clock.Advance(inbox.PressAgain)
		b.presses(m, "2", nil)
		b.work(b.pipe)
		b.ended(inbox.Posted, "", "offer", "effect 1", "effect 2")
		b.leaves(m, "a", "b", "c")
	}},
	{"another person's press is another one", func(b *bench) {
		m := b.offers(inbox.SpendsNothing)
		b.presses(m, "1", nil)
		p := b.press(m, "2")
		p.UserID = "berta"
		b.must(b.pipe.Receive(b.ctx, p))
		b.work(b.pipe)
		b.ended(inbox.Posted, "", "offer", "effect 1", "effect 2")
	}},
	{"another button is another one", func(b *bench) {
		m := b.offers(inbox.SpendsNothing)
		b.presses(m, "1", nil)
		p := b.press(m, "2")
		p.Subject = inbox.Subject{HandoverID: "b"}
		b.must(b.pipe.Receive(b.ctx, p))
		b.work(b.pipe)
		b.ended(inbox.Posted, "", "offer", "effect 1", "effect 2")
	}},
	{"what is used up goes, once", func(b *bench) {
		m := b.offers(inbox.SpendsItself)
		b.presses(m, "1", nil)
		b.work(b.pipe)
		b.leaves(m, "b", "c")
		b.clock.Advance(inbox.PressAgain)
		b.presses(m, "2", nil) // from a client that shows it still
		b.work(b.pipe)
		b.leaves(m, "b", "c")
	}},
	{"a choice goes as a whole", func(b *bench) {
		m := b.offers(inbox.SpendsAll)
		b.presses(m, "1", nil)
		b.work(b.pipe)
		b.leaves(m)
	}},
	{"a choice that a word decides goes from earlier posts", func(b *bench) {
		m := b.offers(inbox.SpendsAll)
		b.decides("word", "anna", "a")
		b.work(b.pipe)
		b.leaves(m, "b", "c")
		b.decides("another", "anna", "b", "c")
		b.work(b.pipe)
		b.leaves(m)
	}},
	{"a word decides nobody else's choice", func(b *bench) {
		m := b.offers(inbox.SpendsAll)
		b.decides("word", "berta", "a")
		b.work(b.pipe)
		b.leaves(m, "a", "b", "c")
	}},
	{"a word ends no offer that stands", func(b *bench) {
		m := b.offers(inbox.SpendsNothing)
		b.decides("word", "anna", "a")
		b.work(b.pipe)
		b.leaves(m, "a", "b", "c")
	}},
	{"what everybody in a channel was offered goes there by anybody's word", func(b *bench) {
		m := b.offersIn("channel", inbox.SpendsDecided)
		b.decidesIn("elsewhere", "berta", "another", "a")
		b.work(b.pipe)
		b.leaves(m, "a", "b", "c")
		b.decidesIn("here", "berta", "channel", "a")
		b.work(b.pipe)
		b.leaves(m, "b", "c")
	}},
	{"a press that decides nothing uses nothing up that waits for a decision", func(b *bench) {
		m := b.offers(inbox.SpendsDecided)
		b.presses(m, "1", nil)
		b.work(b.pipe)
		b.leaves(m, "a", "b", "c")
	}},
	{"a word about all offers of a kind takes them away", func(b *bench) {
		m := b.offers(inbox.SpendsAll)
		b.decidesOn("other", "anna", inbox.Choice{Action: inbox.Forget})
		b.work(b.pipe)
		b.leaves(m, "a", "b", "c")
		b.decidesOn("word", "anna", inbox.Choice{Action: inbox.HandOver})
		b.work(b.pipe)
		b.leaves(m)
	}},
	{"a word that stands for one button under an answer takes that one away", func(b *bench) {
		m := b.offers(inbox.SpendsItself)
		under := inbox.Choice{Answer: inbox.QuestionOf(m.Draft.Marker), Action: inbox.HandOver}
		for key, other := range map[string]inbox.Choice{
			"action": {Answer: under.Answer, Action: inbox.Edit},
			"answer": {Answer: "0198c0de-0000-7000-8000-000000000000", Action: under.Action},
		} {
			b.decidesOn(key, "anna", other)
			b.work(b.pipe)
		}
		b.decidesOn("person", "berta", under)
		b.work(b.pipe)
		b.leaves(m, "a", "b", "c")
		b.decidesOn("word", "anna", under)
		b.work(b.pipe)
		b.leaves(m)
	}},
	{"a choice goes though the worker dies in between, and the reply comes once", func(b *bench) {
		m := b.offers(inbox.SpendsAll)
		b.decides("word", "anna", "a", "b", "c")
		b.chat.OnShow = func(string) error { return &inbox.RetryError{Err: errors.New("down")} }
		b.work(b.pipe)
		b.leaves(m, "a", "b", "c")
		b.chat.OnShow = nil
		b.pass(2 * time.Minute)
		b.leaves(m)
		if got := b.chat.Texts(); !slices.Equal(got, []string{"offer", "decided"}) {
			b.t.Errorf("people see %q", got)
		}
	}},
	{"a press that failed uses nothing up and may be repeated", func(b *bench) {
		m := b.offers(inbox.SpendsAll)
		b.handler.OnHandle = func(context.Context, inbox.Question) (inbox.Reply, error) {
			return inbox.Reply{}, errors.New("no luck")
		}
		b.presses(m, "1", nil)
		b.pass(2 * time.Minute)
		b.leaves(m, "a", "b", "c")
		b.presses(m, "2", nil)
	}},
}

// offers has the bot answer with buttons whose first one spends what is given, and
// returns the post. From then on each reply is an effect.
func (b *bench) offers(s inbox.Spends) ChatPost {
	b.t.Helper()
	return b.offersIn("", s)
}

// offersIn is offers in a channel; none: where it was asked.
func (b *bench) offersIn(channel string, s inbox.Spends) ChatPost {
	b.t.Helper()
	b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) {
		r := Answer(q, 1)
		r.Drafts[0].Text = "offer"
		if channel != "" {
			r.Drafts[0].ChannelID, r.Drafts[0].ToUserID, r.Drafts[0].RootID = channel, "", ""
		}
		for _, subject := range []string{"a", "b", "c"} {
			r.Drafts[0].Buttons = append(r.Drafts[0].Buttons, inbox.Button{Label: subject, Action: inbox.HandOver, Subject: inbox.Subject{HandoverID: subject}, Spends: s})
		}
		return r, nil
	}
	b.ask()
	b.work(b.pipe)
	effects := 0
	b.handler.OnHandle = func(_ context.Context, q inbox.Question) (inbox.Reply, error) {
		effects++
		return inbox.Reply{Outcome: "done", Lasting: true, Drafts: []inbox.Draft{{ToUserID: q.UserID, Text: fmt.Sprint("effect ", effects)}}}, nil
	}
	return b.chat.Live()[0]
}

// decides is a word of a user that decides choices about these.
func (b *bench) decides(key, userID string, subjects ...string) {
	b.t.Helper()
	var choices []inbox.Choice
	for _, on := range subjects {
		choices = append(choices, inbox.Choice{Subject: inbox.Subject{HandoverID: on}})
	}
	b.decidesOn(key, userID, choices...)
}

func (b *bench) decidesOn(key, userID string, choices ...inbox.Choice) {
	b.t.Helper()
	b.says(key, userID, inbox.Draft{ToUserID: userID, Text: "decided", Moot: choices})
}

// decidesIn is a word of a user that decides a choice in a channel.
func (b *bench) decidesIn(key, userID, channel, subject string) {
	b.t.Helper()
	on := inbox.Choice{Subject: inbox.Subject{HandoverID: subject}}
	b.says(key, userID, inbox.Draft{ChannelID: channel, Text: "decided", Moot: []inbox.Choice{on}})
}

// says is a word of a user with its effect.
func (b *bench) says(key, userID string, d inbox.Draft) {
	b.t.Helper()
	b.handler.OnHandle = func(context.Context, inbox.Question) (inbox.Reply, error) {
		return inbox.Reply{Outcome: "done", Lasting: true, Drafts: []inbox.Draft{d}}, nil
	}
	b.must(b.pipe.Receive(b.ctx, inbox.Arrival{Origin: inbox.FromPost, Key: b.asked + key, ChannelID: "direct", UserID: userID, At: b.clock.Now()}))
}

// press is anna's press of the first button.
func (b *bench) press(m ChatPost, id string) inbox.Arrival {
	return inbox.Arrival{Origin: inbox.FromButton, Key: b.asked + id, Marker: m.Draft.Marker, PostID: m.ID, Action: inbox.HandOver, Subject: inbox.Subject{HandoverID: "a"}, UserID: "anna", At: b.clock.Now()}
}

func (b *bench) presses(m ChatPost, id string, want error) {
	b.t.Helper()
	if err := b.pipe.Receive(b.ctx, b.press(m, id)); !errors.Is(err, want) {
		b.t.Errorf("press %s: %v, want %v", id, err, want)
	}
}

// leaves looks whether these buttons stand below a post now, by their subjects.
func (b *bench) leaves(m ChatPost, want ...string) {
	b.t.Helper()
	var got []string
	for _, p := range b.chat.Live() {
		if p.ID == m.ID {
			for _, button := range p.Draft.Buttons {
				got = append(got, button.Subject.HandoverID)
			}
		}
	}
	if !slices.Equal(got, want) {
		b.t.Errorf("buttons %q, want %q", got, want)
	}
}

// staleWorker lets a second worker take over while the first one handles.
func staleWorker(b *bench) {
	second := b.pipeline(b.store, b.chat, &Handler{})
	b.handler.OnHandle = func(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
		b.clock.Advance(31 * time.Second)
		b.must(second.Reconcile(ctx))
		b.work(second)
		r := Answer(q, 1)
		r.Drafts[0].Text = "stale"
		return r, nil
	}
	b.ask()
	b.work(b.pipe)
	if got := b.chat.Texts(); !slices.Equal(got, []string{"answer 0.1"}) {
		b.t.Errorf("people see %q", got)
	}
	if q := b.question(); q.State != inbox.Posted {
		b.t.Errorf("question is %s", q.State)
	}
}

// storm lets three pipelines receive and work on the same things at once.
func storm(b *bench) {
	const questions = 20
	var wg sync.WaitGroup
	for range 3 {
		p := b.pipeline(b.store, b.chat, &Handler{})
		wg.Go(func() {
			for i := range questions {
				a := b.arrival()
				a.Key = fmt.Sprintf("%s-%d", b.asked, i)
				if err := p.Receive(b.ctx, a); err != nil {
					b.t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	jobs, err := b.store.TakeJobs(b.ctx)
	b.must(err)
	if len(jobs) != questions {
		b.t.Errorf("%d jobs for %d questions", len(jobs), questions)
	}
	for range 3 {
		p := b.pipeline(b.store, b.chat, &Handler{})
		wg.Go(func() {
			for _, id := range jobs {
				if err := p.Work(b.ctx, id); err != nil {
					b.t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := len(b.chat.Live()); n != questions {
		b.t.Errorf("%d replies to %d questions", n, questions)
	}
}
