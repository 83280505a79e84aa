package evaluate

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/eval"
)

// AnswersNeeds are the neighbours that Answers works with.
var AnswersNeeds = neighbours.Needs{Database: true, Embedders: true, Reader: true, Model: true}

// ErrNoModel says that there is no model to word answers.
var ErrNoModel = errors.New("no model words answers here: set model.url and model.name, or --model local")

// AnswersConfig says which answers to measure.
type AnswersConfig struct {
	Dir      string
	Sample   int                   // ask only so many questions, spread over the folder; 0: all
	Show     bool                  // keep the text of each answer
	Progress func(done, total int) // nil: nobody watches
}

// Answers asks the questions of a folder one by one as a reader of everything and
// looks at what the model words, what of it is kept and what people are told.
func Answers(ctx context.Context, n *neighbours.Set, c AnswersConfig) (AnswersReport, error) {
	if n.Model == nil {
		return AnswersReport{}, ErrNoModel
	}
	folder, err := eval.ReadFolder(c.Dir)
	if err != nil {
		return AnswersReport{}, err
	}
	folder.Queries = sample(folder.Queries, c.Sample)
	lib, opened, release, err := bench{n}.opened(ctx, folder)
	if err != nil {
		return AnswersReport{}, fmt.Errorf("open corpus: %w", err)
	}
	defer release()
	own, err := house.Of(n.Config)
	if err != nil {
		return AnswersReport{}, err
	}
	texts, err := house.Texts(n.Config)
	if err != nil {
		return AnswersReport{}, err
	}
	answerer, err := app.NewAnswerer(app.Answering{Site: n.Site, Library: lib, House: own, Texts: texts, Model: n.Model})
	if err != nil {
		return AnswersReport{}, err
	}
	var all []looked
	for i, q := range folder.Queries {
		begun := n.Now()
		a, err := answerer.Ask(ctx, q.Text, opened.Readers)
		if err != nil {
			return AnswersReport{}, fmt.Errorf("question %s: %w", q.ID, err)
		}
		all = append(all, look(q, a, n.Now().Sub(begun)))
		if c.Progress != nil {
			c.Progress(i+1, len(folder.Queries))
		}
	}
	return report(all, c.Show), nil
}

// sample returns n of the questions, evenly spread.
func sample(all []eval.Query, n int) []eval.Query {
	if n <= 0 || n >= len(all) {
		return all
	}
	var some []eval.Query
	for i := range n {
		some = append(some, all[i*len(all)/n])
	}
	return some
}

// Answered is one question with its answer, for people who read all of it.
type Answered struct {
	ID         string      `json:"id"`
	Question   string      `json:"question"`
	Answerable bool        `json:"answerable"`
	Outcome    string      `json:"outcome"`
	Status     string      `json:"status"` // of the model; empty: it was not asked, or nothing could be read
	Prose      bool        `json:"prose"`
	Reason     string      `json:"reason"`
	Text       string      `json:"text"`
	Model      string      `json:"model"`  // hash; empty: it was not asked
	Prompt     string      `json:"prompt"` // as Model
	Seconds    float64     `json:"seconds"`
	Statements []Statement `json:"statements"`
	Cited      []string    `json:"cited"` // documents that the answer cites
}

// looked is an answer and what is seen by the folder's own judgements.
type looked struct {
	Answered
	asked    bool // the model was
	relevant int  // of the cited documents
	expects  bool // words are known that an answer must have
	whole    bool // it has them
}

// Statement is one statement of a model with what became of it.
type Statement struct {
	Text    string `json:"text"`
	Quote   string `json:"quote"`
	Kept    bool   `json:"kept"`
	Reason  string `json:"reason"`  // why it was dropped
	Passage string `json:"passage"` // that carries it, or that it names
}

func look(q eval.Query, a answer.Answer, took time.Duration) looked {
	out := looked{Answered: Answered{
		ID: q.ID, Question: q.Text, Answerable: q.Answerable, Outcome: string(a.Outcome), Prose: a.Prose, Reason: a.Reason, Text: a.Body,
		Seconds: took.Seconds(), Statements: []Statement{}, Cited: []string{},
	}, expects: q.Answerable && q.Answer != ""}
	shown := a.Body
	for _, s := range a.Sources {
		if slices.Contains(out.Cited, s.Document) {
			continue
		}
		out.Cited = append(out.Cited, s.Document)
		if q.Relevant[s.Document] > 0 || q.Relevant[norm.NFC.String(s.Document)] > 0 {
			out.relevant++
		}
	}
	if a.Wording != nil {
		out.asked, out.Status, out.Model, out.Prompt = true, a.Wording.Status, a.Wording.Model, a.Wording.Prompt
		for _, s := range a.Wording.Statements {
			out.Statements = append(out.Statements, Statement{s.Text, s.Quote, s.Kept, s.Reason, s.Basis})
			if s.Kept {
				shown += " " + s.Quote
			}
		}
	}
	out.whole = out.expects && strings.Contains(eval.Comparable(shown), eval.Comparable(q.Answer))
	return out
}

// AnswersReport is what was measured; its fields are a contract.
type AnswersReport struct {
	Questions  int            `json:"questions"`
	Outcomes   map[string]int `json:"outcomes"`
	Status     map[string]int `json:"status"`  // what the model says of the passages
	Reasons    map[string]int `json:"reasons"` // why there is no prose where the model was asked
	Statements struct {
		Given   int            `json:"given"`
		Kept    int            `json:"kept"`
		Dropped map[string]int `json:"dropped"` // by reason
	} `json:"statements"`
	Shares  map[string]eval.Share `json:"shares"`
	Seconds struct {
		Median float64 `json:"median"`
		Most   float64 `json:"most"`
	} `json:"seconds"`
	Models  []string   `json:"models"`            // hashes, see answers
	Prompts []string   `json:"prompts"`           // hashes
	Answers []Answered `json:"answers,omitempty"` // with --show
}

// The shares, each of those that it can be said of.
const (
	shareProse     = "prose"              // answerable questions answered in prose
	shareWhole     = "whole"              // prose to answerable questions that has the words expected; partial answers are wrong
	sharePrecision = "citation_precision" // documents cited in prose that are relevant
	shareRecall    = "citation_recall"    // prose to answerable questions that cites a relevant document
	shareRefused   = "wrong_refusals"     // answerable questions of which the model says that the passages do not contain it
	shareWithheld  = "withheld"           // answerable questions that the model answers and of which no statement is kept
	shareBeside    = "prose_unanswerable" // unanswerable questions answered in prose
)

func report(all []looked, show bool) AnswersReport {
	r := AnswersReport{Questions: len(all), Outcomes: map[string]int{}, Status: map[string]int{}, Reasons: map[string]int{}}
	r.Statements.Dropped = map[string]int{}
	counts := map[string][2]int{}
	count := func(name string, n, of int) { c := counts[name]; counts[name] = [2]int{c[0] + n, c[1] + of} }
	for _, name := range []string{shareProse, shareWhole, sharePrecision, shareRecall, shareRefused, shareWithheld, shareBeside} {
		count(name, 0, 0)
	}
	models, prompts := map[string]bool{}, map[string]bool{}
	var seconds []float64
	for _, a := range all {
		if show {
			r.Answers = append(r.Answers, a.Answered)
		}
		r.Outcomes[a.Outcome]++
		seconds = append(seconds, a.Seconds)
		if a.asked {
			models[a.Model], prompts[a.Prompt] = true, true
			r.Status[a.Status]++
		}
		if a.asked && !a.Prose {
			r.Reasons[a.Reason]++
		}
		kept := 0
		for _, s := range a.Statements {
			r.Statements.Given++
			if s.Kept {
				kept++
			} else {
				r.Statements.Dropped[s.Reason]++
			}
		}
		r.Statements.Kept += kept
		if !a.Answerable {
			count(shareBeside, one(a.Prose), 1)
			continue
		}
		count(shareProse, one(a.Prose), 1)
		if a.asked {
			count(shareRefused, one(!a.Prose && a.Status == answer.StatusNotContained), 1)
			count(shareWithheld, one(!a.Prose && len(a.Statements) > 0 && kept == 0), 1)
		}
		if a.Prose {
			count(sharePrecision, a.relevant, len(a.Cited))
			count(shareRecall, one(a.relevant > 0), 1)
			count(shareWhole, one(a.whole), one(a.expects))
		}
	}
	r.Shares = map[string]eval.Share{}
	for name, c := range counts {
		r.Shares[name] = eval.ShareOf(c[0], c[1])
	}
	if slices.Sort(seconds); len(seconds) > 0 {
		r.Seconds.Median, r.Seconds.Most = seconds[len(seconds)/2], seconds[len(seconds)-1]
	}
	r.Models, r.Prompts = slices.Sorted(maps.Keys(models)), slices.Sorted(maps.Keys(prompts))
	return r
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
