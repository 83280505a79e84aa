package eval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/unicode/norm"

	"lvr.example/sprechstunde/retrieval"
)

// Searcher answers one query; [retrieval.Engine] is one.
type Searcher interface {
	Search(ctx context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error)
}

// House is a corpus made searchable. Documents carry the folder's ids as their
// Path.
type House struct {
	Keyword, Vector, Fused Searcher // Vector nil: no embedder
	Readers                retrieval.Readers
	Documents              int      // indexed
	StoodIn                int      // rows of corpus.jsonl in place of files that could not be read
	NotRead                []string // ids of files that could not be read and have no row

	Weights Weights // that judge sufficiency

	// Tell returns what a person would be told; nil: the band of Fused. It
	// knows of questions that are not searched for at all (elsewhere, refused).
	// It is called by several goroutines at once.
	Tell func(ctx context.Context, before []string, question string) (Response, error)

	// Follow searches for a question that the same person asked after others, oldest
	// first; nil: it is searched alone.
	Follow func(ctx context.Context, s Searcher, before []string, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error)
}

// Response is what a person would be told of one question.
type Response struct {
	Outcome     string
	Probability float64
	Judgement   *retrieval.Sufficiency // of the search behind it; nil: nothing was searched for
	Post        string                 // what is posted, without marks of form; empty: not known
	Sources     int                    // passages that it shows
}

// Opener makes a folder's corpus searchable in a place to be thrown away by close.
type Opener func(ctx context.Context, f Folder) (house House, closeHouse func(), err error)

// Config says what to measure.
type Config struct {
	Dir          string
	Unanswerable string // further folder whose questions its own corpus cannot answer; empty: none
	Open         Opener
	Progress     func(done, total int) // nil: nobody watches
	Draws        int                   // of the bootstrap; defaults to 10 000
	PerQuery     func(Observation) error
	Earlier      *Earlier                     // run to compare with; nil: none
	Calibrate    *Rule                        // fit the weights of sufficiency by this rule; nil: do not
	At           time.Time                    // stands in what is fitted
	Retype       func(question string) string // how questions are typed; nil: as they stand
}

// depth is how many passages are asked for, so that ten documents are among them.
const depth = 60

// Mode names a ranking.
type Mode string

// The rankings that are measured.
const (
	Keyword Mode = "keyword"
	Vector  Mode = "vector"
	Fused   Mode = "fused"
)

// Set tells the questions of the measured folder from those of --unanswerable:
// the same id may stand in both.
type Set string

// The sets.
const (
	Main         Set = "main"
	Unanswerable Set = "unanswerable"
)

// Observation is what one question brought.
type Observation struct {
	ID           string            `json:"id"`
	Set          Set               `json:"set"`
	Folder       string            `json:"folder"`
	Kind         string            `json:"kind"`
	Answerable   bool              `json:"answerable"`
	Relevant     map[string]int    `json:"relevant,omitempty"` // document → score, positive ones only
	Ranked       map[Mode][]string `json:"ranked"`             // documents, best first, up to 10
	AnswerInTop5 *bool             `json:"answer_in_top5"`     // nil: no answer words given
	AnswerInPost *bool             `json:"answer_in_post"`     // nil: no answer words given, or nothing is posted
	AnswerFirst  *bool             `json:"answer_first"`       // within the post's first 60 words
	Words        int               `json:"words"`              // of the post; 0: not known
	Shown        int               `json:"shown"`              // passages in the post
	Outcome      string            `json:"outcome"`
	Probability  float64           `json:"probability"`
	Signals      retrieval.Signals `json:"signals"`
	Missing      []string          `json:"missing,omitempty"`

	text     string
	degraded bool                            // searched without vectors, although there are some
	judged   map[Mode]*retrieval.Sufficiency // of Fused, and of Keyword where it is fitted
}

// Handover reports whether the question belongs to people, not to documents.
func (o Observation) Handover() bool { return strings.HasPrefix(o.Kind, handover) }

// handover begins the kinds of questions that belong to people.
const handover = "handover"

// retype changes the questions' texts where that is asked for.
func (c Config) retype(queries []Query) {
	if c.Retype == nil {
		return
	}
	for i := range queries {
		queries[i].Text = c.Retype(queries[i].Text)
	}
}

// Run measures a folder.
func Run(ctx context.Context, c Config) (Report, error) {
	if c.Open == nil {
		return Report{}, errors.New("eval: nothing that opens a corpus")
	}
	if c.Draws <= 0 {
		c.Draws = draws
	}
	folders, err := c.read()
	if err != nil {
		return Report{}, err
	}
	asking := &progress{show: c.Progress}
	for _, f := range folders {
		asking.total += len(f.Queries)
	}
	var all []Observation
	var report Report
	for i, f := range folders {
		set := Main
		if i > 0 {
			set = Unanswerable
		}
		seen, house, err := c.observe(ctx, f, set, asking)
		if err != nil {
			return Report{}, fmt.Errorf("eval %s: %w", f.Dir, err)
		}
		if set == Main {
			report.describe(house)
		}
		all = append(all, seen...)
	}
	for _, o := range all {
		if c.PerQuery != nil {
			if err := c.PerQuery(o); err != nil {
				return Report{}, fmt.Errorf("write per query: %w", err)
			}
		}
	}
	return report, report.fill(all, c)
}

// Check reports why nothing could be measured, before anything is opened for it.
func (c Config) Check() error {
	_, err := c.read()
	return err
}

// read reads the folders, the one to measure first.
func (c Config) read() (folders []Folder, err error) {
	dirs := []string{c.Dir}
	if c.Unanswerable != "" {
		dirs = append(dirs, c.Unanswerable)
	}
	answerable, unanswerable := 0, 0
	for i, dir := range dirs {
		folder, err := ReadFolder(dir)
		if err != nil {
			return nil, fmt.Errorf("eval: %w", err)
		}
		c.retype(folder.Queries)
		for _, q := range folder.Queries {
			switch {
			case strings.HasPrefix(q.Kind, handover):
			case q.Answerable && i == 0:
				answerable++
			default:
				unanswerable++
			}
		}
		folders = append(folders, folder)
	}
	if c.Calibrate != nil {
		if err := cmp.Or(c.Calibrate.Check(), enough(answerable, unanswerable)); err != nil {
			return nil, err
		}
	}
	return folders, nil
}

// progress counts the questions of all folders.
type progress struct {
	mu          sync.Mutex
	done, total int
	show        func(done, total int) // nil: nobody watches
}

func (p *progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if p.show != nil {
		p.show(p.done, p.total)
	}
}

// atOnce is how many questions are asked at the same time: enough that the
// database works while another question is looked at closely.
const atOnce = 4

// observe asks all questions of one folder.
func (c Config) observe(ctx context.Context, f Folder, set Set, asking *progress) ([]Observation, House, error) {
	house, closeHouse, err := c.Open(ctx, f)
	if err != nil {
		return nil, House{}, fmt.Errorf("open corpus: %w", err)
	}
	defer closeHouse()
	ask := asker{house: house, id: f.ids(), keywords: c.Calibrate != nil}
	all := make([]Observation, len(f.Queries))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, q := range f.Queries {
		if set == Unanswerable {
			q.Answerable, q.Relevant = false, nil
		}
		group.Go(func() error {
			o, err := ask.observe(ctx, q)
			if err != nil {
				return fmt.Errorf("question %s: %w", q.ID, err)
			}
			o.Set, o.Folder = set, f.Dir
			all[i] = o
			asking.step()
			return nil
		})
	}
	return all, house, group.Wait()
}

// asker asks the questions of one folder.
type asker struct {
	house    House
	id       func(path string) string // that a found document counts as
	keywords bool                     // judge by keywords alone, too
}

// observe asks one question in every mode that has something to say about it.
func (a asker) observe(ctx context.Context, q Query) (Observation, error) {
	o := Observation{
		ID: q.ID, Kind: q.Kind, Answerable: q.Answerable, Relevant: q.Relevant, text: q.Text,
		Ranked: make(map[Mode][]string), judged: make(map[Mode]*retrieval.Sufficiency),
	}
	for mode, searcher := range map[Mode]Searcher{Keyword: a.house.Keyword, Vector: a.house.Vector, Fused: a.house.Fused} {
		needed := mode == Fused || len(q.Relevant) > 0 || mode == Keyword && a.keywords
		if searcher == nil || !needed {
			continue
		}
		result, err := a.search(ctx, searcher, q)
		if err != nil {
			return Observation{}, err
		}
		o.Ranked[mode], o.judged[mode] = a.documents(result.Hits), &result.Sufficiency
		if mode != Fused {
			continue
		}
		o.degraded = len(result.Degraded) > 0
		if q.Answerable && q.Answer != "" {
			stands := answerIn(q.Answer, result.Hits)
			o.AnswerInTop5 = &stands
		}
	}
	return o, a.tell(ctx, q, &o)
}

func (a asker) search(ctx context.Context, s Searcher, q Query) (retrieval.Result, error) {
	query := retrieval.Query{Text: q.Text, Limit: depth}
	if len(q.Before) > 0 && a.house.Follow != nil {
		return a.house.Follow(ctx, s, q.Before, query, a.house.Readers)
	}
	return s.Search(ctx, query, a.house.Readers)
}

// tell notes what a person would be told.
func (a asker) tell(ctx context.Context, q Query, o *Observation) error {
	s := o.judged[Fused]
	told := Response{Outcome: string(s.Band), Probability: s.Probability, Judgement: s}
	if a.house.Tell != nil {
		var err error
		if told, err = a.house.Tell(ctx, q.Before, o.text); err != nil {
			return err
		}
	}
	o.Outcome, o.Probability, o.judged[Fused] = told.Outcome, told.Probability, told.Judgement
	o.look(told, q)
	if told.Judgement == nil {
		delete(o.judged, Keyword)
		return nil
	}
	o.Signals, o.Missing = told.Judgement.Signals, told.Judgement.Missing
	return nil
}

// firstWords is how much of a post people read before they decide whether to go on.
const firstWords = 60

// look notes what a post shows.
func (o *Observation) look(told Response, q Query) {
	words := strings.Fields(told.Post)
	o.Words, o.Shown = len(words), told.Sources
	if len(words) == 0 || !q.Answerable || q.Answer == "" {
		return
	}
	want := Comparable(q.Answer)
	inPost := strings.Contains(Comparable(told.Post), want)
	first := strings.Contains(Comparable(strings.Join(words[:min(firstWords, len(words))], " ")), want)
	o.AnswerInPost, o.AnswerFirst = &inPost, &first
}

// documents returns the first ten documents of the hits, each once.
func (a asker) documents(hits []retrieval.Hit) []string {
	var ids []string
	seen := make(map[string]bool)
	for _, h := range hits {
		if id := a.id(h.Document.Path); !seen[id] && len(ids) < 10 {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// answerIn reports whether the answer stands word for word in what is
// read of the first five hits, of which no more than 6000 characters are read together.
func answerIn(answer string, hits []retrieval.Hit) bool {
	want := Comparable(answer)
	left := 6000
	for _, h := range hits[:min(5, len(hits))] {
		text := []rune(h.Reading())
		text = text[:min(left, len(text))]
		left -= len(text)
		if strings.Contains(Comparable(string(text)), want) {
			return true
		}
	}
	return false
}

// Comparable returns a text as words are compared: NFC, invisible characters gone,
// lower case, runs of other than letters and digits as one space, and a space
// at both ends so that words are whole.
func Comparable(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	gap := true
	for _, r := range norm.NFC.String(text) {
		switch {
		case unicode.Is(unicode.Cf, r): // soft hyphens, zero-width characters
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
			gap = false
		case !gap:
			b.WriteByte(' ')
			gap = true
		}
	}
	if !gap {
		b.WriteByte(' ')
	}
	return b.String()
}
