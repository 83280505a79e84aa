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
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/answer/ground"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

const (
	modelPassages  = 6    // passages that a model is shown something of
	passageWords   = 400  // that it is shown of all of them
	modelRunes     = 3000 // of each of them that its statements are checked against
	modelSentences = 5    // asked for
	proseSentences = 8    // kept at most
	sentenceWords  = 3    // fewer say nothing
	replyRunes     = 8000 // a longer reply is a fault
)

// Why there is no prose, besides faults of the model itself.
var (
	errNotContained = errors.New("model: passages do not contain it")
	errNothingLeft  = errors.New("model: no statement was carried by its passage")
	errTooLong      = errors.New("model: reply too long")
	errShape        = errors.New("model: reply not in the form asked for")
	errContradicted = errors.New("model: passages contradict one another")
	errLeftOut      = errors.New("model: left out what was asked")
	errWithheld     = errors.New("model: passages must not be sent to it")
)

// prose asks the model and keeps of its reply what the passages carry.
func (c *Composer) prose(ctx context.Context, question string, found retrieval.Result, simple bool) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.modelTime(ctx))
	defer cancel()
	shown, err := c.material(question, found)
	if err != nil {
		return Answer{}, err
	}
	wording := &Wording{Model: identityOf(c.cfg.Model)}
	statements, err := c.statements(ctx, shown.prompt(question, simple), shown.hits, wording)
	if err != nil {
		return Answer{Wording: wording}, err
	}
	body, cited := set(statements)
	missing, left := gaps(question, body, shown.hits)
	if left {
		return Answer{Wording: wording}, errLeftOut
	}
	if len(missing) > 0 {
		body += " " + c.cfg.Texts.Gap(prompts.Gap{Aspects: missing})
	}
	var rests []excerpt
	for _, hit := range cited {
		if e, ok := excerptOf(question+" "+body, asFound(hit, found.Hits)); ok {
			rests = append(rests, e)
		}
	}
	a := answerOf(found, Answered, rests)
	a.Body, a.Prose, a.Wording = body, true, wording
	return a, nil
}

// asFound is a passage that a model was shown as it stands in its document.
func asFound(shown retrieval.Hit, hits []retrieval.Hit) retrieval.Hit {
	for _, hit := range hits {
		for _, part := range parts(hit) {
			if part.Passage.ID == shown.Passage.ID {
				return part
			}
		}
	}
	return shown
}

// statements asks the model, in the form that its endpoint can keep to, and returns
// what is carried of its reply: at least one statement, or an error that says why
// there is none.
func (c *Composer) statements(ctx context.Context, p prompts.ModelPrompt, hits []retrieval.Hit, w *Wording) ([]statement, error) {
	if shaper, ok := c.cfg.Model.(Shaper); ok {
		keeps, err := shaper.Shapes(ctx)
		if err != nil {
			return nil, fmt.Errorf("word the answer: %w", err)
		}
		if keeps {
			return c.shaped(ctx, shaper, p, hits, w)
		}
	}
	system, user := c.cfg.Texts.ModelPrompt(p)
	w.Prompt = hashOf(system)
	reply, err := c.cfg.Model.Complete(ctx, system, user)
	if err != nil {
		return nil, fmt.Errorf("word the answer: %w", err)
	}
	if utf8.RuneCountInString(reply) > replyRunes {
		return nil, errTooLong
	}
	kept := c.carried(ctx, reply, hits, w)
	switch {
	case len(kept) > 0:
		return kept, nil
	case strings.Contains(german.Fold(reply), "nicht enthalten"):
		w.Status = StatusNotContained
		return nil, errNotContained
	}
	return nil, errNothingLeft
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

// modelText is what the statements of a model are checked against: a passage and what
// was joined to it. What it is shown is of this.
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
func (c *Composer) carried(ctx context.Context, reply string, hits []retrieval.Hit, w *Wording) []statement {
	reply = behind.ReplaceAllString(reply, " $2$1 ")
	var kept []statement
	said := map[string]bool{}
	for _, span := range german.Sentences(reply) {
		s, judged := c.check(ctx, span.Of(reply), hits)
		kept = keep(kept, s, judged, said, w)
	}
	return kept
}

// keep adds a statement that is carried and new, and notes what became of it.
func keep(kept []statement, s statement, judged Judged, said map[string]bool, w *Wording) []statement {
	key := german.Fold(s.text)
	switch {
	case !judged.Kept:
	case said[key]:
		judged.Kept, judged.Reason = false, "said before"
	case len(kept) >= proseSentences:
		judged.Kept, judged.Reason = false, "one too many"
	default:
		said[key] = true
		kept = append(kept, s)
	}
	w.Statements = append(w.Statements, judged)
	return kept
}

// check returns the statement in a sentence if all its citations exist and at
// least one of them carries it. A sentence that holds Markdown that could do
// something is never kept: no passage is quoted by way of links or images.
func (c *Composer) check(ctx context.Context, sentence string, hits []retrieval.Hit) (statement, Judged) {
	text := citation.ReplaceAllString(sentence, "")
	text = withoutYesNo(visible(opener.ReplaceAllString(unemphasize(text), "")))
	text = strings.ReplaceAll(strings.ReplaceAll(text, " .", "."), " ,", ",")
	s, judged := statement{text: text}, Judged{Text: text, Reason: "no citation"}
	switch {
	case active.MatchString(text):
		judged.Reason = reasonActive
		return s, judged
	case len(strings.Fields(text)) < sentenceWords:
		judged.Reason = "no sentence"
		return s, judged
	}
	for _, match := range citation.FindAllStringSubmatch(sentence, -1) {
		for number := range strings.SplitSeq(match[1], ",") {
			n, err := strconv.Atoi(strings.TrimSpace(number))
			if err != nil || n < 1 || n > len(hits) {
				return s, Judged{Text: text, Reason: reasonNoSuch}
			}
			source, reason := c.carrier(ctx, text, hits[n-1])
			if judged.Number == 0 {
				judged.Number, judged.Reason, judged.Basis = n, reason, modelText(hits[n-1])
			}
			if reason == "" && !slices.ContainsFunc(s.sources, same(source)) {
				s.sources = append(s.sources, source)
			}
		}
	}
	if len(s.sources) > 0 {
		judged.Kept, judged.Reason, judged.Basis = true, "", s.sources[0].Passage.Text
	}
	return s, judged
}

// Why a statement is dropped, besides what the check of its passage says.
const (
	reasonActive = "holds links, marks or mentions"
	reasonNoSuch = "cites a passage that was not given"
)

// carrier returns the passage of a hit that carries a statement, or why none does.
func (c *Composer) carrier(ctx context.Context, text string, hit retrieval.Hit) (carrying retrieval.Hit, reason string) {
	for _, part := range parts(hit) {
		verdict := c.grounded(ctx, text, clip(part.Passage.Text, modelRunes), above(part))
		if verdict.Carried {
			return part, ""
		}
		reason = orElse(reason, verdict.Reason)
	}
	return retrieval.Hit{}, reason
}

// grounded is the verdict of the check. Where texts cannot be compared by meaning, it
// is the one by words.
func (c *Composer) grounded(ctx context.Context, text, passage, above string) ground.Verdict {
	verdict, err := c.ground.Check(ctx, text, passage, above)
	if err != nil && !errors.Is(err, errNotFitted) {
		c.cfg.Log.WarnContext(ctx, "statement checked by its words only", "error", err)
	}
	return verdict
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
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

// withoutYesNo takes a Ja or Nein from the beginning of a sentence: no passage carries
// it, and the rule says it itself.
func withoutYesNo(text string) string {
	rest := strings.TrimSpace(yesNo.ReplaceAllString(text, ""))
	if rest == "" || len(rest) == len(text) {
		return text
	}
	first, size := utf8.DecodeRuneInString(rest)
	return string(unicode.ToUpper(first)) + rest[size:]
}

var yesNo = regexp.MustCompile(`^\s*(Ja|Nein|Doch)\s*[,:;.!–]\s*`)

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
	for _, known := range []error{errNotContained, errNothingLeft, errTooLong, errShape, errContradicted, errLeftOut, errWithheld} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "model: too slow"
	}
	return "model: failed"
}
