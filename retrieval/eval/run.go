package eval

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

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
	Documents              int // indexed
	StoodIn                int // rows of corpus.jsonl in place of files that could not be read

	// Outcome tells what a person would be told; nil: the band of Fused. It
	// knows of questions that are not searched for at all (elsewhere, refused).
	Outcome func(ctx context.Context, question string) (outcome string, probability float64, err error)
}

// Opener makes a folder's corpus searchable in a place to be thrown away by close.
type Opener func(ctx context.Context, f Folder) (house House, closeHouse func(), err error)

// Config says what to measure.
type Config struct {
	Dir          string
	Unanswerable string // further folder whose questions its own corpus cannot answer; empty: none
	Open         Opener
	Progress     func(done, total int) // nil: nobody watches
	Draws        int                   // of the bootstrap; defaults to 2000
	PerQuery     func(Observation) error
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

// Observation is what one question brought.
type Observation struct {
	Query        Query             `json:"-"`
	ID           string            `json:"id"`
	Folder       string            `json:"folder"`
	Kind         string            `json:"kind"`
	Answerable   bool              `json:"answerable"`
	Ranked       map[Mode][]string `json:"ranked"`         // documents, best first, up to 10
	AnswerInTop5 *bool             `json:"answer_in_top5"` // nil: no answer words given
	Outcome      string            `json:"outcome"`
	Probability  float64           `json:"probability"`
	Signals      retrieval.Signals `json:"signals"`
	Missing      []string          `json:"missing,omitempty"`
}

// Run measures a folder.
func Run(ctx context.Context, c Config) (Report, error) {
	if c.Open == nil {
		return Report{}, errors.New("eval: nothing that opens a corpus")
	}
	if c.Draws <= 0 {
		c.Draws = 2000
	}
	dirs := []string{c.Dir}
	if c.Unanswerable != "" {
		dirs = append(dirs, c.Unanswerable)
	}
	folders := make([]Folder, len(dirs))
	total := 0
	for i, dir := range dirs {
		var err error
		if folders[i], err = ReadFolder(dir); err != nil {
			return Report{}, fmt.Errorf("eval: %w", err)
		}
		total += len(folders[i].Queries)
	}
	var all []Observation
	var report Report
	for i, f := range folders {
		seen, house, err := c.observe(ctx, f, i > 0, len(all), total)
		if err != nil {
			return Report{}, fmt.Errorf("eval %s: %w", f.Dir, err)
		}
		if i == 0 {
			report.Documents, report.StoodIn = house.Documents, house.StoodIn
		}
		all = append(all, seen...)
	}
	report.fill(all, c.Draws)
	return report, nil
}

// observe asks all questions of one folder.
func (c Config) observe(ctx context.Context, f Folder, unanswerable bool, done, total int) ([]Observation, House, error) {
	house, closeHouse, err := c.Open(ctx, f)
	if err != nil {
		return nil, House{}, fmt.Errorf("open corpus: %w", err)
	}
	defer closeHouse()
	var all []Observation
	for i, q := range f.Queries {
		if unanswerable {
			q.Answerable, q.Relevant = false, nil
		}
		o, err := house.observe(ctx, q)
		if err != nil {
			return nil, House{}, fmt.Errorf("question %s: %w", q.ID, err)
		}
		o.Folder = f.Dir
		if c.PerQuery != nil {
			if err := c.PerQuery(o); err != nil {
				return nil, House{}, fmt.Errorf("write per query: %w", err)
			}
		}
		all = append(all, o)
		if c.Progress != nil {
			c.Progress(done+i+1, total)
		}
	}
	return all, house, nil
}

// observe asks one question in every mode.
func (h House) observe(ctx context.Context, q Query) (Observation, error) {
	o := Observation{Query: q, ID: q.ID, Kind: q.Kind, Answerable: q.Answerable, Ranked: make(map[Mode][]string)}
	query := retrieval.Query{Text: q.Text, Limit: depth}
	for _, m := range []struct {
		mode     Mode
		searcher Searcher
	}{{Keyword, h.Keyword}, {Vector, h.Vector}, {Fused, h.Fused}} {
		if m.searcher == nil || len(q.Relevant) == 0 && m.mode != Fused {
			continue
		}
		result, err := m.searcher.Search(ctx, query, h.Readers)
		if err != nil {
			return Observation{}, err
		}
		o.Ranked[m.mode] = documents(result.Hits)
		if m.mode != Fused {
			continue
		}
		s := result.Sufficiency
		o.Outcome, o.Probability, o.Signals, o.Missing = string(s.Band), s.Probability, s.Signals, s.Missing
		if q.Answerable && q.Answer != "" {
			stands := answerIn(q.Answer, result.Hits)
			o.AnswerInTop5 = &stands
		}
	}
	if h.Outcome == nil {
		return o, nil
	}
	var err error
	o.Outcome, o.Probability, err = h.Outcome(ctx, q.Text)
	return o, err
}

// documents returns the first ten documents of the hits, each once.
func documents(hits []retrieval.Hit) []string {
	var ids []string
	seen := make(map[string]bool)
	for _, h := range hits {
		if !seen[h.Document.Path] && len(ids) < 10 {
			seen[h.Document.Path] = true
			ids = append(ids, h.Document.Path)
		}
	}
	return ids
}

// answerIn reports whether the answer stands word for word in what is
// read of the first five hits, of which no more than 6000 characters are read together.
func answerIn(answer string, hits []retrieval.Hit) bool {
	want := plain(answer)
	left := 6000
	for _, h := range hits[:min(5, len(hits))] {
		text := []rune(h.Reading())
		text = text[:min(left, len(text))]
		left -= len(text)
		if strings.Contains(plain(string(text)), want) {
			return true
		}
	}
	return false
}

// plain returns a text as words are compared: NFC, invisible characters gone,
// lower case, runs of other than letters and digits as one space, and a space
// at both ends so that words are whole.
func plain(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	gap := true
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == '\u00ad' || r >= '\u200b' && r <= '\u200d' || r == '\u2060' || r == '\ufeff':
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
