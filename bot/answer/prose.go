package answer

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

const (
	modelPassages  = 6    // passages that a model is shown
	modelRunes     = 3000 // of each of them at most
	modelSentences = 5    // asked for
	proseSentences = 8    // kept at most
	replyRunes     = 8000 // a longer reply is a fault
)

// Why there is no prose, besides faults of the model itself.
var (
	errNotContained = errors.New("model: passages do not contain it")
	errNothingLeft  = errors.New("model: no statement was carried by its passage")
	errTooLong      = errors.New("model: reply too long")
	errShape        = errors.New("model: reply not in the form asked for")
	errContradicted = errors.New("model: passages contradict one another")
)

// prose asks the model and keeps of its reply what the passages carry.
func (c *Composer) prose(ctx context.Context, question string, found retrieval.Result) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.modelTime(ctx))
	defer cancel()
	hits := found.Hits[:min(modelPassages, len(found.Hits))]
	statements, err := c.statements(ctx, modelPrompt(question, hits), hits)
	if err != nil {
		return Answer{}, err
	}
	body, cited := set(statements)
	var rests []excerpt
	for _, hit := range cited {
		if e, ok := excerptOf(question+" "+body, hit); ok {
			rests = append(rests, e)
		}
	}
	a := answerOf(found, Answered, rests)
	a.Body, a.Prose = body, true
	return a, nil
}

// statements asks the model, in the form that its endpoint can keep to, and returns
// what is carried of its reply: at least one statement, or an error that says why
// there is none.
func (c *Composer) statements(ctx context.Context, p prompts.ModelPrompt, hits []retrieval.Hit) ([]statement, error) {
	if shaper, ok := c.cfg.Model.(Shaper); ok {
		keeps, err := shaper.Shapes(ctx)
		if err != nil {
			return nil, fmt.Errorf("word the answer: %w", err)
		}
		if keeps {
			return c.shaped(ctx, shaper, p, hits)
		}
	}
	system, user := c.cfg.Texts.ModelPrompt(p)
	reply, err := c.cfg.Model.Complete(ctx, system, user)
	if err != nil {
		return nil, fmt.Errorf("word the answer: %w", err)
	}
	if utf8.RuneCountInString(reply) > replyRunes {
		return nil, errTooLong
	}
	kept := c.carried(reply, hits)
	switch {
	case len(kept) > 0:
		return kept, nil
	case strings.Contains(german.Fold(reply), "nicht enthalten"):
		return nil, errNotContained
	}
	return nil, errNothingLeft
}

func modelPrompt(question string, hits []retrieval.Hit) prompts.ModelPrompt {
	p := prompts.ModelPrompt{Question: question, Sentences: modelSentences}
	for i, hit := range hits {
		p.Passages = append(p.Passages, prompts.ModelPassage{
			Number: i + 1, Title: hit.Document.Title, Place: hit.Passage.Place, Text: modelText(hit),
		})
	}
	return p
}

// quotingTime is kept of a deadline for the quotes that stand in for the model.
const quotingTime = 3 * time.Second

// modelTime is how long the model may take: what is set, or less where the context
// ends sooner.
func (c *Composer) modelTime(ctx context.Context) time.Duration {
	if end, ok := ctx.Deadline(); ok {
		return min(c.cfg.Timeout, time.Until(end)-quotingTime)
	}
	return c.cfg.Timeout
}

// modelText is what a model is shown of a hit: its passage and what was joined
// to it.
func modelText(hit retrieval.Hit) string { return clip(hit.Reading(), modelRunes) }

// parts returns the passages that a model is shown of a hit, its own first. A
// statement must be carried by one of them, which then is its source.
func parts(hit retrieval.Hit) []retrieval.Hit {
	all := []retrieval.Hit{hit}
	for _, p := range hit.Around {
		if p.ID != hit.Passage.ID {
			all = append(all, retrieval.Hit{Document: hit.Document, Passage: p, Score: hit.Score})
		}
	}
	return all
}

// statement is a sentence of the model with the passages that carry it.
type statement struct {
	text    string
	sources []retrieval.Hit
}

var (
	// behind matches citations that follow the mark that ends their sentence.
	behind   = regexp.MustCompile(`([.!?])[ \t]*((?:\[[\d, ]+\][ \t]*)+)`)
	citation = regexp.MustCompile(`\[\s*(\d{1,3}(?:\s*,\s*\d{1,3})*)\s*\]`)
	opener   = regexp.MustCompile(`^\s*(?:[-*•–+]\s+|\d{1,2}[.)]\s+|#+\s+|>\s*)+`)
)

// carried returns the sentences of a reply that cite passages which carry them.
func (c *Composer) carried(reply string, hits []retrieval.Hit) []statement {
	reply = behind.ReplaceAllString(reply, " $2$1 ")
	var kept []statement
	said := map[string]bool{}
	for _, span := range german.Sentences(reply) {
		s, ok := c.check(span.Of(reply), hits)
		if key := german.Fold(s.text); ok && !said[key] && len(kept) < proseSentences {
			said[key] = true
			kept = append(kept, s)
		}
	}
	return kept
}

// check returns the statement in a sentence if all its citations exist and at
// least one of them carries it. A sentence that holds Markdown that could do
// something is never kept: no passage is quoted by way of links or images.
func (c *Composer) check(sentence string, hits []retrieval.Hit) (statement, bool) {
	text := citation.ReplaceAllString(sentence, "")
	text = visible(opener.ReplaceAllString(unemphasize(text), ""))
	text = strings.ReplaceAll(strings.ReplaceAll(text, " .", "."), " ,", ",")
	if active.MatchString(text) {
		return statement{}, false
	}
	s := statement{text: text}
	for _, match := range citation.FindAllStringSubmatch(sentence, -1) {
		for number := range strings.SplitSeq(match[1], ",") {
			n, err := strconv.Atoi(strings.TrimSpace(number))
			if err != nil || n < 1 || n > len(hits) {
				return statement{}, false // an invented source
			}
			if source, ok := c.carrier(text, hits[n-1]); ok && !slices.ContainsFunc(s.sources, same(source)) {
				s.sources = append(s.sources, source)
			}
		}
	}
	return s, len(s.sources) > 0
}

// carrier returns the passage of a hit that carries a statement.
func (c *Composer) carrier(text string, hit retrieval.Hit) (retrieval.Hit, bool) {
	for _, part := range parts(hit) {
		if c.ground.Check(text, clip(part.Passage.Text, modelRunes), above(part)).Carried {
			return part, true
		}
	}
	return retrieval.Hit{}, false
}

// above is what stands above a passage.
func above(part retrieval.Hit) string {
	return part.Document.Title + ". " + strings.Join(part.Passage.Headings, ". ")
}

// same returns whether a hit is of the same passage.
func same(as retrieval.Hit) func(retrieval.Hit) bool {
	return func(h retrieval.Hit) bool { return h.Passage.ID == as.Passage.ID }
}

// active matches what a statement of a house's rule never needs.
var active = regexp.MustCompile("[\\[\\]<>`@]|://|(?i)\\bwww\\.")

func unemphasize(text string) string {
	return strings.NewReplacer("**", "", "__", "").Replace(text)
}

// set makes the body and returns the passages cited, in the order of their new
// numbers.
func set(statements []statement) (body string, cited []retrieval.Hit) {
	var b strings.Builder
	for i, s := range statements {
		if i > 0 {
			b.WriteByte(' ')
		}
		text := strings.TrimRight(s.text, " ")
		end := ""
		if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") {
			end = text[len(text)-1:]
			text = strings.TrimRight(text[:len(text)-1], " ")
		}
		b.WriteString(Safe(text))
		for _, source := range s.sources {
			if !slices.ContainsFunc(cited, same(source)) {
				cited = append(cited, source)
			}
			fmt.Fprintf(&b, " [%d]", slices.IndexFunc(cited, same(source))+1)
		}
		b.WriteString(end)
	}
	return b.String(), cited
}

// reasonOf is a key phrase for operators. It never holds text of a reply.
func reasonOf(err error) string {
	for _, known := range []error{errNotContained, errNothingLeft, errTooLong, errShape, errContradicted} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "model: too slow"
	}
	return "model: failed"
}
