package gaps

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/masking"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/rights"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Question is one that found no answer, or whose answer did not help, by where its
// words stand.
type Question struct {
	PostID    string
	Typed     string // behind a command, instead of a post
	Person    string // id of the person in that month
	Unhelpful bool   // somebody said so of its answer; else it had none
}

// Report is what a month's questions were about. It holds nothing of a single person.
type Report struct {
	Month time.Time // its first day, UTC
	Gaps  []Gap
}

// Gap is what many have asked in vain.
type Gap struct {
	Words    []string `json:"words"`    // each used by at least five of them
	People   int      `json:"people"`   // rounded to fives
	Missing  bool     `json:"missing"`  // nothing was found; else what was found did not help
	Document int64    `json:"document"` // that comes nearest
	Title    string   `json:"title"`    // of it; empty: there is none
}

// ErrUnknown: there is no report of a month.
var ErrUnknown = errors.New("no report of this month")

// Store keeps reports, and knows which questions they are about.
type Store interface {
	// InVain returns the newest questions from a time to another that found no
	// answer, or whose answer was said not to help.
	InVain(ctx context.Context, from, to time.Time, limit int) ([]Question, error)
	// Report returns that of a month. ErrUnknown: it is not made yet.
	Report(ctx context.Context, month time.Time) (Report, error)
	// SaveReport keeps one; the first of a month stays.
	SaveReport(ctx context.Context, r Report, at time.Time) error
}

// Desk is where hosts are.
type Desk interface {
	Hosts(ctx context.Context) (chat.Channel, error)
	InHosts(ctx context.Context, text string) (inbox.Draft, error)
	Masked(text string, kinds ...masking.Kind) string
}

// Documents are what was searched.
type Documents interface {
	Search(ctx context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error)
}

// Owners know who looks after a document.
type Owners interface {
	// Cared returns a document, or retrieval.ErrNoDocument.
	Cared(ctx context.Context, document int64) (retrieval.Cared, error)
}

// Readers know what may be read where.
type Readers interface {
	Of(ctx context.Context, m chat.Message) (rights.Audience, error)
	// In is what everybody who reads a channel may read.
	In(ctx context.Context, channel chat.Channel) (retrieval.Readers, error)
}

// Config sets up Gaps. All fields are required but those with a default.
type Config struct {
	Self      chat.User // the bot's own account
	Store     Store
	Posts     chat.Posts
	Desk      Desk
	Documents Documents
	Owners    Owners
	Readers   Readers
	Directory chat.Directory
	Calendar  *officehours.Calendar
	Texts     *prompts.Catalogue
	Embed     func(ctx context.Context, question string) ([]float32, error) // defaults to none: words alone count
	Now       func() time.Time                                              // defaults to time.Now
	Log       *slog.Logger                                                  // gets counts, no text; defaults to none
}

// Gaps makes the reports.
type Gaps struct{ cfg Config }

// New returns Gaps, or what the configuration lacks.
func New(cfg Config) (*Gaps, error) {
	if cfg.Self.ID == "" || cfg.Store == nil || cfg.Posts == nil || cfg.Desk == nil || cfg.Documents == nil || cfg.Owners == nil || cfg.Readers == nil ||
		cfg.Directory == nil || cfg.Calendar == nil || cfg.Texts == nil {
		return nil, errors.New("gaps: Self, Store, Posts, Desk, Documents, Owners, Readers, Directory, Calendar and Texts must be set")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Gaps{cfg: cfg}, nil
}

// Inbox stores what is to be said, once each.
type Inbox interface {
	Receive(ctx context.Context, a inbox.Arrival) error
}

// LastMonth makes the report of the month before this one, if it is not made yet, and
// has it told where there is something to tell. It may be called as often as one
// likes, by each replica: a month is looked at once and told once.
func (g *Gaps) LastMonth(ctx context.Context, in Inbox) error {
	month := MonthBefore(g.cfg.Now().In(g.cfg.Calendar.Zone()))
	report, err := g.cfg.Store.Report(ctx, month)
	if errors.Is(err, ErrUnknown) {
		if report, err = g.look(ctx, month); err != nil {
			return err
		}
		if err := g.cfg.Store.SaveReport(ctx, report, g.cfg.Now()); err != nil {
			return err
		}
		report, err = g.cfg.Store.Report(ctx, month) // another replica may have been first
	}
	if err != nil || len(report.Gaps) == 0 {
		return err
	}
	return in.Receive(ctx, inbox.Arrival{Origin: inbox.FromHouse, Key: keyOf(month), Action: inbox.Gaps, At: g.cfg.Now()})
}

// MonthBefore is the first day of the month before a time, as a month is named in reports.
func MonthBefore(now time.Time) time.Time {
	return time.Date(now.Year(), now.Month()-1, 1, 0, 0, 0, 0, time.UTC)
}

const keyPrefix = "gaps:"

func keyOf(month time.Time) string { return keyPrefix + month.Format("2006-01") }

// look reads a month's questions again and groups them.
func (g *Gaps) look(ctx context.Context, month time.Time) (Report, error) {
	report := Report{Month: month}
	zone := g.cfg.Calendar.Zone()
	from := time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, zone)
	inVain, err := g.cfg.Store.InVain(ctx, from, from.AddDate(0, 1, 0), mostOfAMonth)
	if err != nil {
		return report, fmt.Errorf("find gaps: %w", err)
	}
	var all []*asked
	for _, q := range inVain {
		one, ok, err := g.read(ctx, q)
		if err != nil {
			return report, fmt.Errorf("read questions in vain: %w", err)
		}
		if ok {
			all = append(all, one)
		}
	}
	r, err := g.hostsMay(ctx)
	if err != nil {
		return report, err
	}
	for _, many := range grouped(all) {
		gap := Gap{Words: many.topic(all), People: officehours.Rounded(many.people()), Missing: !many.unhelpful()}
		if len(gap.Words) == 0 {
			continue // they ask about the same in words that are each their own
		}
		if err := g.nearest(ctx, &gap, r); err != nil {
			return report, err
		}
		report.Gaps = append(report.Gaps, gap)
	}
	g.cfg.Log.InfoContext(ctx, "looked for gaps", inbox.KeyCount, len(report.Gaps))
	return report, nil
}

// read reads one question again, masked; false: it cannot be read any more, or says
// nothing.
func (g *Gaps) read(ctx context.Context, q Question) (*asked, bool, error) {
	text := dialogue.Commanded(q.Typed).Text
	if q.PostID != "" {
		post, err := g.cfg.Posts.Post(ctx, q.PostID)
		if errors.Is(err, inbox.ErrGone) || err == nil && post.Deleted {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		text = chat.WithoutMention(post.Text, g.cfg.Self.Username)
	}
	one := &asked{person: q.Person, text: g.cfg.Desk.Masked(text), unhelpful: q.Unhelpful}
	one.words = wordsOf(one.text)
	if len(one.words) == 0 {
		return nil, false, nil
	}
	if g.cfg.Embed != nil {
		vector, err := g.cfg.Embed(ctx, one.text)
		if err != nil {
			return nil, false, fmt.Errorf("embed a question: %w", err)
		}
		one.vector = append([]float32(nil), vector...) // it is changed
	}
	return one, true, nil
}

// hostsMay is what all hosts may read.
func (g *Gaps) hostsMay(ctx context.Context) (retrieval.Readers, error) {
	hosts, err := g.cfg.Desk.Hosts(ctx)
	if err != nil || hosts.ID == "" {
		return retrieval.Readers{}, err
	}
	return g.cfg.Readers.In(ctx, hosts)
}

// nearest finds the document that says most about a gap, among what all hosts may
// read.
func (g *Gaps) nearest(ctx context.Context, gap *Gap, r retrieval.Readers) error {
	if r.Empty() {
		return nil
	}
	found, err := g.cfg.Documents.Search(ctx, retrieval.Query{Text: prompts.And(gap.Words), At: g.cfg.Now(), Limit: 1}, r)
	if err != nil {
		return fmt.Errorf("find what is nearest to a gap: %w", err)
	}
	if len(found.Hits) > 0 && found.Sufficiency.Band != retrieval.NotFound {
		gap.Document, gap.Title = found.Hits[0].Document.ID, found.Hits[0].Document.Title
	}
	return nil
}
