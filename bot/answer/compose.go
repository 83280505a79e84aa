package answer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Config sets up a Composer.
type Config struct {
	Texts   *prompts.Catalogue // required
	Model   Model              // nil: quotes only
	Timeout time.Duration      // for the model; 0: 45 s
	Log     *slog.Logger       // required; gets no text of questions or documents
}

// Composer makes answers. It is safe for concurrent use.
type Composer struct{ cfg Config }

// New returns a Composer.
func New(cfg Config) *Composer {
	if cfg.Timeout == 0 {
		cfg.Timeout = 45 * time.Second
	}
	return &Composer{cfg: cfg}
}

// Compose makes the answer to a question from what a search found. With a
// model, a question that the passages answer gets prose; on any fault of the
// model, and without one, it gets quotes. A question about a day in the past
// always does: prose would say what was the rule as if it were. The error is the
// context's.
func (c *Composer) Compose(ctx context.Context, question string, found retrieval.Result, now time.Time) (Answer, error) {
	if err := ctx.Err(); err != nil {
		return Answer{}, fmt.Errorf("compose answer: %w", err)
	}
	if !found.AsOf.IsZero() {
		return c.past(question, found, now), nil
	}
	if found.Sufficiency.Band == retrieval.Answered && len(found.Hits) > 0 && c.cfg.Model != nil {
		return c.worded(ctx, question, found)
	}
	return c.quoted(question, found, now), nil
}

// quoted makes the answer without a model.
func (c *Composer) quoted(question string, found retrieval.Result, now time.Time) Answer {
	band := found.Sufficiency.Band
	switch {
	case len(found.Hits) == 0 || band == retrieval.NotFound:
		return c.notFound(found)
	case band == retrieval.Conflicting && len(sides(found.Hits)) == 2:
		return c.conflicting(question, found, now)
	case band != retrieval.Answered:
		return c.nearest(question, found)
	}
	return c.quotes(question, found)
}

// worded tries the model and falls back to quotes.
func (c *Composer) worded(ctx context.Context, question string, found retrieval.Result) (Answer, error) {
	a, err := c.prose(ctx, question, found)
	if err == nil {
		return a, nil
	}
	if err := ctx.Err(); err != nil {
		return Answer{}, fmt.Errorf("compose answer: %w", err)
	}
	c.cfg.Log.WarnContext(ctx, "model gave no prose, quoting instead", "reason", reasonOf(err))
	if errors.Is(err, errNotContained) {
		a = c.nearest(question, found)
	} else {
		a = c.quotes(question, found)
	}
	a.Reason = reasonOf(err)
	return a, nil
}

func (c *Composer) quotes(question string, found retrieval.Result) Answer {
	sources := pick(question, found.Hits, 3)
	a := answerOf(found, Answered, sources)
	a.Body = c.cfg.Texts.Quotes(prompts.Quotes{Quotes: shown(sources)})
	return a
}

func (c *Composer) nearest(question string, found retrieval.Result) Answer {
	sources := pick(question, found.Hits, 2)
	a := answerOf(found, Nearest, sources)
	a.Body = c.cfg.Texts.Nearest(prompts.Quotes{Quotes: shown(sources), Missing: missing(found)})
	return a
}

func (c *Composer) notFound(found retrieval.Result) Answer {
	a := answerOf(found, NotFound, nil)
	a.Body = c.cfg.Texts.NotFound(prompts.Quotes{Missing: missing(found)})
	return a
}

func (c *Composer) conflicting(question string, found retrieval.Result, now time.Time) Answer {
	hits := sides(found.Hits)
	var places []prompts.Place
	var sources []Source
	for i, hit := range hits {
		source := sourceOf(question, hit)
		sources = append(sources, source)
		places = append(places, prompts.Place{
			Quote: shown(sources)[i],
			Owner: Safe(source.Owner),
			State: c.cfg.Texts.State(stateOf(source, now)),
			Rank:  hit.Document.Rank,
		})
	}
	a := answerOf(found, Conflicting, sources)
	a.Body = c.cfg.Texts.Conflicting(prompts.Places{Places: places})
	return a
}

func answerOf(found retrieval.Result, outcome Outcome, sources []Source) Answer {
	return Answer{
		Outcome:     outcome,
		Probability: found.Sufficiency.Probability,
		Sources:     sources,
		Reason:      found.Sufficiency.Reason,
	}
}

// missing returns the words that nothing was found for, safe, at most five.
func missing(found retrieval.Result) []string {
	var words []string
	for _, word := range found.Sufficiency.Missing {
		if word = Safe(clip(word, 40)); word != "" && len(words) < 5 {
			words = append(words, "„"+word+"“")
		}
	}
	return words
}
