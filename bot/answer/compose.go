package answer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"lvr.example/sprechstunde/bot/answer/ground"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Config sets up a Composer.
type Config struct {
	Texts   *prompts.Catalogue // required
	Model   Model              // nil: quotes only
	Timeout time.Duration      // for the model; 0: 45 s
	// PassageWords are how many words of passages the model is shown; 0: 400. A slow
	// one reads some ten in a second before it begins to answer.
	PassageWords int
	Log          *slog.Logger // required; gets no text of questions or documents
	// Withhold names the collections that the model may not see; nil: it may see all.
	Withhold []string
	// Synonyms are the house's words, for the check of prose; nil: none.
	Synonyms *german.Synonyms
	// Likeness compares by meaning what a model says in other words than its passage;
	// nil: such statements are withheld.
	Likeness ground.Likeness
}

// Composer makes answers. It is safe for concurrent use.
type Composer struct {
	cfg    Config
	ground ground.Checker
}

// New returns a Composer.
func New(cfg Config) *Composer {
	if cfg.Timeout == 0 {
		cfg.Timeout = 45 * time.Second
	}
	if cfg.PassageWords == 0 {
		cfg.PassageWords = passageWords
	}
	return &Composer{cfg: cfg, ground: ground.Checker{Synonyms: cfg.Synonyms, Likeness: cfg.Likeness}}
}

// Compose makes the answer to a question from what a search found. With a
// model, a question that the passages answer, or come near to, gets prose; on any
// fault of the model, where it finds no answer in them, and without one, it gets
// quotes. A question about a day in the past always does: prose would say what was
// the rule as if it were. The error is the context's.
func (c *Composer) Compose(ctx context.Context, question string, found retrieval.Result, now time.Time) (Answer, error) {
	if err := ctx.Err(); err != nil {
		return Answer{}, fmt.Errorf("compose answer: %w", err)
	}
	if !found.AsOf.IsZero() {
		return c.past(question, found, now), nil
	}
	if c.asksModel(found) {
		return c.worded(ctx, question, found, now)
	}
	return c.quoted(question, found, now), nil
}

// Further makes the answer that shows, after Compose has shown the best, what
// other documents say to a question.
func (c *Composer) Further(ctx context.Context, question string, found retrieval.Result, now time.Time) (Answer, error) {
	if err := ctx.Err(); err != nil {
		return Answer{}, fmt.Errorf("compose further passages: %w", err)
	}
	all := candidatesOf(question, found, lookedAt+furtherPassages)
	rest := all.without(all[:min(len(all), lookedAt)].shown())
	rest = rest[:min(len(rest), furtherPassages)].byRank()
	a := answerOf(found, Nearest, rest)
	if len(rest) == 0 {
		a.Outcome = NotFound
	}
	a.AsOf = found.AsOf
	a.Body = c.cfg.Texts.Further(prompts.Quotes{Quotes: c.display(rest, a.Sources, now)})
	return a, nil
}

const (
	shownPassages   = 2 // shown at most, each of another document
	lookedAt        = 4 // documents that they are chosen from
	furtherPassages = 3 // shown on request at most
)

// Brief makes the answer to one question of several: one quote, without a model.
func (c *Composer) Brief(ctx context.Context, question string, found retrieval.Result, now time.Time) (Answer, error) {
	if err := ctx.Err(); err != nil {
		return Answer{}, fmt.Errorf("compose answer: %w", err)
	}
	chosen := candidatesOf(question, found, 1)
	if len(chosen) == 0 || found.Sufficiency.Band == retrieval.NotFound {
		return c.notFound(question, found), nil
	}
	return c.one(found, chosen[0], now), nil
}

// one makes the answer of one excerpt, without a word besides.
func (c *Composer) one(found retrieval.Result, e excerpt, now time.Time) Answer {
	outcome := Answered
	if found.Sufficiency.Band == retrieval.Nearest {
		outcome = Nearest
	}
	a := answerOf(found, outcome, []excerpt{e})
	a.AsOf = found.AsOf
	a.Body = c.cfg.Texts.Quotes(prompts.Quotes{Quotes: c.display([]excerpt{e}, a.Sources, now)})
	return a
}

// quoted makes the answer without a model.
func (c *Composer) quoted(question string, found retrieval.Result, now time.Time) Answer {
	band := found.Sufficiency.Band
	if len(found.Hits) == 0 || band == retrieval.NotFound {
		return c.notFound(question, found)
	}
	if band == retrieval.Conflicting {
		if a, ok := c.conflicting(question, found, now); ok {
			return a
		}
	}
	if band == retrieval.Answered {
		return c.quotes(question, found, now)
	}
	return c.nearest(question, found, now)
}

// asksModel reports whether a model may word the answer. Passages that come near may
// hold the answer in words that the question has not: a model sees that, and the check
// sees that it keeps to them.
func (c *Composer) asksModel(found retrieval.Result) bool {
	band := found.Sufficiency.Band
	return c.cfg.Model != nil && len(found.Hits) > 0 && (band == retrieval.Answered || band == retrieval.Nearest)
}

// worded tries the model and falls back to quotes.
func (c *Composer) worded(ctx context.Context, question string, found retrieval.Result, now time.Time) (Answer, error) {
	end := begun(ctx, question, func() Answer { return c.quotes(question, found, now) })
	a, err := c.prose(ctx, question, found, false)
	end()
	if err == nil {
		return a, nil
	}
	wording := a.Wording
	if err := ctx.Err(); err != nil {
		return Answer{}, fmt.Errorf("compose answer: %w", err)
	}
	if !errors.Is(err, errWithheld) {
		c.cfg.Log.WarnContext(ctx, "model gave no prose, quoting instead", "reason", reasonOf(err))
	}
	near := found.Sufficiency.Band == retrieval.Nearest
	if near || errors.Is(err, errNotContained) && found.Sufficiency.Probability < sure {
		a = c.nearest(question, found, now)
	} else {
		a = c.quotes(question, found, now)
	}
	a.Reason, a.Wording = reasonOf(err), wording
	return a, nil
}

// sure is a probability that outweighs a model's word that the passages do not
// contain the answer: small models say so of nearly everything.
const sure = 0.9

// quotes says what stands where.
func (c *Composer) quotes(question string, found retrieval.Result, now time.Time) Answer {
	chosen := quotedOf(question, found)
	if len(chosen) == 0 {
		return c.notFound(question, found)
	}
	a := answerOf(found, Answered, chosen)
	a.Body = c.cfg.Texts.Quotes(prompts.Quotes{Quotes: c.display(chosen, a.Sources, now)})
	return a
}

// nearest shows what comes nearest, and what is missing.
func (c *Composer) nearest(question string, found retrieval.Result, now time.Time) Answer {
	chosen := candidatesOf(question, found, 1)
	a := answerOf(found, Nearest, chosen)
	a.Body = c.cfg.Texts.Nearest(prompts.Quotes{Quotes: c.display(chosen, a.Sources, now), Missing: missing(question, found)})
	return a
}

func (c *Composer) notFound(question string, found retrieval.Result) Answer {
	a := answerOf(found, NotFound, nil)
	a.Body = c.cfg.Texts.NotFound(prompts.Quotes{Missing: missing(question, found)})
	return a
}

// conflicting shows what two documents say, the more binding first; false: there
// is only one.
func (c *Composer) conflicting(question string, found retrieval.Result, now time.Time) (Answer, bool) {
	sides := sidesOf(question, found)
	if len(sides) < 2 {
		return Answer{}, false
	}
	return c.differing(found, sides, now), true
}

func answerOf(found retrieval.Result, outcome Outcome, excerpts []excerpt) Answer {
	var sources []Source
	for _, e := range excerpts {
		sources = append(sources, sourceOf(e))
	}
	return Answer{
		Outcome:     outcome,
		Probability: found.Sufficiency.Probability,
		Sources:     sources,
		Reason:      found.Sufficiency.Reason,
	}
}
