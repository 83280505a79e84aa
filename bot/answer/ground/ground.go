// Package ground decides whether a passage carries a statement: without a
// model, without a network, the same way each time.
//
// It errs on the side of "no". A statement is carried by one sentence of the
// passage (or two neighbours) that has its numbers, dates, paragraphs, names
// and nouns, most of its other words, and agrees with it on negation,
// permission or duty, and conditions. What it cannot see: a relation turned
// round with the same words ("A informiert B", "B informiert A").
package ground

import (
	"lvr.example/sprechstunde/retrieval/german"
)

// Verdict says whether a statement is carried, and why not.
type Verdict struct {
	Carried bool
	Reason  string // short English key phrase; empty if carried
}

// Checker judges with a house's words.
type Checker struct {
	Synonyms *german.Synonyms // what means the same in this house; nil: nothing
}

// Check judges a statement against a passage. Context is what stands above the
// passage (title, headings): its words count as known, but carry nothing alone.
func (c Checker) Check(statement, passage, context string) Verdict {
	said := read(statement, nil)
	if len(said.content) == 0 {
		return Verdict{Reason: "no content"}
	}
	known := read(context, c.Synonyms)
	var sentences []sentence
	for _, span := range german.Sentences(passage) {
		sentences = append(sentences, read(span.Of(passage), c.Synonyms))
	}
	verdict := Verdict{Reason: "empty passage"}
	best := -1.0
	for i, one := range sentences {
		candidates := []sentence{one}
		if i > 0 && (one.restricts || both(said, sentences[i-1], one)) {
			candidates = append(candidates, join(sentences[i-1], one))
		}
		for _, basis := range candidates {
			reason := against(said, basis, known)
			if reason == "" {
				reason = undone(said, basis, sentences, i)
			}
			if reason == "" {
				return Verdict{Carried: true}
			}
			if share := covers(said, basis); share > best {
				best, verdict.Reason = share, reason
			}
		}
	}
	return verdict
}

// both reports whether a statement draws on two neighbours at once: each gives
// a word that the other lacks, and two where it alone gives a number. Otherwise
// the number of one sentence could pass for that of the other.
func both(said, a, b sentence) bool {
	return own(said, a, b) >= needed(said, a, b) && own(said, b, a) >= needed(said, b, a)
}

// own counts the statement's words, numbers aside, that a has and b has not.
func own(said, a, b sentence) int {
	n := 0
	for _, w := range said.content {
		if w.Kind != german.Number && w.Kind != german.Date && units[w.Stem] == "" && has(a, w.Stem) && !has(b, w.Stem) {
			n++
		}
	}
	return n
}

func needed(said, a, b sentence) int {
	for figure := range said.exact {
		if a.exact[figure] && !b.exact[figure] {
			return 2
		}
	}
	return 1
}

// against says what speaks against basis carrying said, or nothing.
func against(said, basis, known sentence) string {
	for _, check := range []func(said, basis, known sentence) string{
		exactWords, names, content, polarity, force, conditions, bounds,
	} {
		if reason := check(said, basis, known); reason != "" {
			return reason
		}
	}
	return ""
}

// undone reports a sentence behind the basis that restricts it ("Das gilt nicht
// für …"), where the statement restricts nothing.
func undone(said, basis sentence, sentences []sentence, i int) string {
	if i+1 < len(sentences) && sentences[i+1].restricts && !said.conditional && !said.limited && said.negations == basis.negations {
		return "restricted by the next sentence"
	}
	return ""
}
