package answer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// What a model says of the passages.
const (
	StatusAnswered     = "beantwortet"
	StatusNotContained = "nicht enthalten"
	StatusConflicting  = "widersprüchlich"
)

// shape is the JSON schema of a shapedReply. The number and the quote come first:
// a model that has copied the words says less beside them.
var shape = json.RawMessage(`{"type":"object","additionalProperties":false,"required":["status","aussagen"],"properties":{` +
	`"status":{"type":"string","enum":["beantwortet","nicht enthalten","widersprüchlich"]},` +
	`"aussagen":{"type":"array","maxItems":5,"items":{"type":"object","additionalProperties":false,"required":["nr","zitat","satz"],"properties":{` +
	`"nr":{"type":"integer"},"zitat":{"type":"string"},"satz":{"type":"string"}}}}}}`)

type shapedReply struct {
	Status     *string            `json:"status"`
	Statements *[]shapedStatement `json:"aussagen"`
}

type shapedStatement struct {
	Number   *int    `json:"nr"`
	Quote    *string `json:"zitat"`
	Sentence *string `json:"satz"`
}

// shaped asks for statements with their quotes and returns those that are carried.
func (c *Composer) shaped(ctx context.Context, model Shaper, p prompts.ModelPrompt, hits []retrieval.Hit, w *Wording) ([]statement, error) {
	system, user := c.cfg.Texts.ShapedModelPrompt(p)
	w.Prompt = hashOf(system, string(shape))
	text, err := model.CompleteShaped(ctx, system, user, shape)
	if err != nil {
		return nil, fmt.Errorf("word the answer: %w", err)
	}
	reply, err := parseShaped(text)
	if err != nil {
		return nil, err
	}
	w.Status = *reply.Status
	var kept []statement
	said := map[string]bool{}
	for _, given := range *reply.Statements {
		for _, sentence := range sentencesOf(given) {
			s, judged := c.checkQuoted(ctx, sentence, hits)
			kept = keep(kept, s, judged, said, w)
			if !judged.Kept {
				break // what follows may lean on it
			}
		}
	}
	switch {
	case *reply.Status == StatusNotContained:
		return nil, errNotContained
	case *reply.Status == StatusConflicting:
		return nil, errContradicted
	case len(kept) == 0:
		return nil, errNothingLeft
	}
	return kept, nil
}

// parseShaped reads a reply that must be one JSON object of the shape asked for.
func parseShaped(text string) (shapedReply, error) {
	if utf8.RuneCountInString(text) > replyRunes {
		return shapedReply{}, errTooLong
	}
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.DisallowUnknownFields()
	var reply shapedReply
	if err := decoder.Decode(&reply); err != nil {
		return shapedReply{}, errShape
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return shapedReply{}, errShape // a second object, or talk behind it
	}
	if reply.Status == nil || reply.Statements == nil {
		return shapedReply{}, errShape
	}
	switch *reply.Status {
	case StatusAnswered, StatusNotContained, StatusConflicting:
	default:
		return shapedReply{}, errShape
	}
	for _, s := range *reply.Statements {
		if s.Number == nil || s.Quote == nil || s.Sentence == nil {
			return shapedReply{}, errShape
		}
	}
	return reply, nil
}

// sentencesOf takes a statement apart whose sentence is several: small models copy on.
func sentencesOf(given shapedStatement) []shapedStatement {
	text := *given.Sentence
	var all []shapedStatement
	for _, span := range german.Sentences(text) {
		sentence := span.Of(text)
		all = append(all, shapedStatement{Number: given.Number, Quote: given.Quote, Sentence: &sentence})
	}
	if len(all) == 0 {
		return []shapedStatement{given}
	}
	return all
}

// checkQuoted returns the statement if its quote stands in a passage that was shown and
// the sentences of the quote carry it.
func (c *Composer) checkQuoted(ctx context.Context, given shapedStatement, hits []retrieval.Hit) (statement, Judged) {
	text := withoutYesNo(visible(unemphasize(citation.ReplaceAllString(*given.Sentence, ""))))
	s, judged := statement{text: text}, Judged{Text: text, Quote: *given.Quote, Number: *given.Number}
	switch {
	case *given.Number < 1 || *given.Number > len(hits):
		judged.Reason = reasonNoSuch
	case active.MatchString(text):
		judged.Reason = reasonActive
	case len(strings.Fields(text)) < sentenceWords:
		judged.Reason = "no sentence"
	}
	if judged.Reason != "" {
		return s, judged
	}
	judged.Reason, judged.Basis = "quote not in passage", modelText(hits[*given.Number-1])
	for _, at := range standing(*given.Quote, *given.Number-1, hits) {
		verdict := c.grounded(ctx, text, at.basis, above(at.part))
		judged.Kept, judged.Reason, judged.Basis = verdict.Carried, verdict.Reason, at.basis
		if verdict.Carried {
			s.sources = []retrieval.Hit{at.part}
			break
		}
	}
	return s, judged
}

// evidence is a quote where it stands.
type evidence struct {
	part  retrieval.Hit
	basis string // the sentences of the quote and those beside it
}

// standing finds a quote in the passage that was named for it, or else in the others
// that were shown: small models copy well and count badly. The source is where the
// quote stands.
func standing(quote string, named int, hits []retrieval.Hit) (found []evidence) {
	for _, hit := range slices.Concat(hits[named:named+1], hits[:named], hits[named+1:]) {
		for _, part := range parts(hit) {
			if basis, ok := quoted(quote, clip(part.Passage.Text, modelRunes)); ok {
				found = append(found, evidence{part, basis})
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

const (
	evidenceWords = 4 // fewer prove nothing
	beside        = 1 // sentences on either side of a quote that may restrict or explain it
)

// quoted finds a quote in a passage and returns the sentences that it touches with
// their neighbours; false: it does not stand there word for word.
func quoted(quote, passage string) (string, bool) {
	quote = unified(quote)
	if len(strings.Fields(quote)) < evidenceWords {
		return "", false
	}
	spans := german.Sentences(passage)
	var all strings.Builder
	starts := make([]int, len(spans))
	for i, span := range spans {
		starts[i] = all.Len()
		all.WriteString(unified(span.Of(passage)) + " ")
	}
	text := " " + all.String()
	at := strings.Index(text, " "+strings.TrimRight(quote, ".!?:;, "))
	if at < 0 {
		return "", false
	}
	end := at + len(strings.TrimRight(quote, ".!?:;, "))
	if r, _ := utf8.DecodeRuneInString(text[end+1:]); r != ' ' && !strings.ContainsRune(".!?:;,)\"'", r) {
		return "", false // the quote ends within a word
	}
	first, last := 0, 0
	for i, start := range starts {
		if start <= at {
			first = i
		}
		if start < end {
			last = i
		}
	}
	first, last = max(0, first-beside), min(len(spans)-1, last+beside)
	return passage[spans[first].Start:spans[last].End], true
}

// unified makes what looks the same the same: forms of one character, blanks,
// hyphens that show only at a line's end, quotation marks.
func unified(text string) string {
	text = norm.NFKC.String(text)
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u0002', '\u200b', '\u200c', '\u200d', '\ufeff':
			return -1
		case '„', '“', '”', '‟', '«', '»', '‚', '‘', '’', '‹', '›', '\'':
			return '"'
		case '‐', '‑', '–':
			return '-'
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
