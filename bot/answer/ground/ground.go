// Package ground decides whether a passage carries a statement: without a language
// model, the same way each time. It errs on the side of "no", in two layers.
//
// In its words (align.go, checks.go, figures.go, roles.go): each clause of a statement
// must be found, word by word, in a word of the same family or in one that says the
// same (lexicon.txt, roots.txt), in one clause of one sentence of the passage: a number
// with what it counts and the preposition before it, who does it and to whom, and with
// the same negation, force, conditions and attributes. Only what a pronoun stands for,
// a place or matter added with a preposition, or what the headings are about, may come
// from the sentence before or from above.
//
// In other words (loose.go and, a fact a file, present.go, quantity.go, denial.go,
// limits.go, opposites.go, order.go, doers.go): where words are missing, every
// hard fact must agree all the same (figures in one measure, dates, names, persons and
// bodies, denials, permission and duty, limits, "always", opposites, order, who does
// it). Then a small regression (likeness.go, weights.json) weighs how alike an embedder
// finds the statement and the sentence, and the missing words and those that are left;
// against it speaks most that it is nearly the passage word for word, where a word was
// put in the place of another. Without an embedder there is no second layer.
//
// What it cannot see: a relation turned round between things that are no persons or
// bodies, a verb that means another thing with the same letters, and what is true only
// in the light of several sentences. Words are data: lists.txt, wordings.txt (several words as one).
package ground

import (
	"cmp"
	"context"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// longest is a statement in bytes: three times a long sentence of a rule.
const longest = 800

// Verdict says whether a statement is carried, and why not.
type Verdict struct {
	Carried bool
	Reason  string // short English key phrase; empty if carried
}

// Checker judges with a house's words.
type Checker struct {
	Synonyms *german.Synonyms // what means the same in this house; nil: nothing
	Likeness Likeness         // for statements in other words; nil: they are not carried
	weights  *weights         // nil: those of weights.json
}

// Check judges a statement against a passage. Above is what stands above the passage
// (title, headings): its words count as known, but carry nothing alone. Where Likeness
// fails, the verdict is the one without it, and the error says why.
func (c Checker) Check(ctx context.Context, statement, passage, above string) (Verdict, error) {
	if len(statement) > longest {
		return Verdict{Reason: "too long for one statement"}, nil
	}
	said := read(statement, nil)
	if len(said.content) == 0 {
		return Verdict{Reason: "no content"}, nil
	}
	sentences, known := c.basis(passage, above)
	verdict := inItsWords(said, sentences, known)
	if verdict.Carried || len(sentences) == 0 || c.Likeness == nil {
		return verdict, nil
	}
	reason, err := inOtherWords(ctx, c.Likeness, *cmp.Or(c.weights, &fitted), said, sentences, known)
	if err != nil {
		return verdict, err
	}
	return Verdict{Carried: reason == "", Reason: reason}, nil
}

// basis reads the sentences of a passage, and what stands above it.
func (c Checker) basis(passage, above string) (sentences []sentence, known sentence) {
	known = read(above, c.Synonyms)
	for _, span := range german.Statements(passage) {
		one := read(span.Of(passage), c.Synonyms)
		one.topic = &known
		sentences = append(sentences, one)
	}
	return sentences, known
}

// inItsWords judges whether one of the sentences carries a statement in its own words
// or in ones of the same families.
func inItsWords(said sentence, sentences []sentence, known sentence) Verdict {
	verdict := Verdict{Reason: "empty passage"}
	best := -1.0
	for i, one := range sentences {
		around := known
		if i > 0 && (sentences[i-1].negations == 0 || said.negations > 0) {
			around = join(known, sentences[i-1])
		}
		reason := ""
		if !same(said, one) {
			reason = against(said, one, around)
		}
		if reason == "" {
			reason = undone(said, one, sentences, i)
		}
		if i > 0 && one.restricts && reason != "" && against(said, join(sentences[i-1], one), known) == "" {
			reason = ""
		}
		if reason == "" && !same(said, one) {
			l := looseIn(said, sentences, i, known)
			reason = l.unlike()
		}
		if reason == "" {
			return Verdict{Carried: true}
		}
		if share := covers(said, one); share > best {
			best, verdict.Reason = share, reason
		}
	}
	return verdict
}

// same reports whether two sentences are the same to the letter.
func same(a, b sentence) bool {
	plain := func(s sentence) string { return strings.TrimRight(strings.Join(strings.Fields(s.given), " "), ".! ") }
	return plain(a) == plain(b)
}

// against says what speaks against basis carrying said, or nothing. Known is what
// stands around basis.
func against(said, basis, known sentence) string {
	matched, reason := align(said, basis, known)
	if reason != "" {
		return reason
	}
	if reason := figures(said, matched, known); reason != "" {
		return reason
	}
	for _, check := range []func(said, matched, basis sentence) string{
		frequency, repeated, pairing, polarity, force, conditions, bounds, prepositions, names, roles, restrictions, attributes,
	} {
		if reason := check(said, matched, basis); reason != "" {
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
