// Package ground decides whether a passage carries a statement: without a
// model, without a network, the same way each time.
//
// It errs on the side of "no". Each clause of a statement must be found, word by
// word, in a word of the same family or in one that says the same (lexicon.txt,
// roots.txt), in one clause of one sentence of the passage: a number with what it
// counts and the preposition before it, who does it and to whom, and with the same
// negation, force, conditions and attributes. Only what a pronoun stands for, a place
// or matter added with a preposition, or what the headings are about, may come from
// the sentence before or from above.
//
// What it cannot see: a relation turned round between things that are no
// persons or bodies, and a verb that means another thing with the same letters.
// What says the same only in the light of the whole ("Der Empfang bewahrt auf" for
// "am Empfang abzugeben und wird dort aufbewahrt") is not carried.
package ground

import (
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
}

// Check judges a statement against a passage. Context is what stands above the
// passage (title, headings): its words count as known, but carry nothing alone.
func (c Checker) Check(statement, passage, context string) Verdict {
	if len(statement) > longest {
		return Verdict{Reason: "too long for one statement"}
	}
	said := read(statement, nil)
	if len(said.content) == 0 {
		return Verdict{Reason: "no content"}
	}
	known := read(context, c.Synonyms)
	var sentences []sentence
	for _, span := range german.Statements(passage) {
		one := read(span.Of(passage), c.Synonyms)
		one.topic = &known
		sentences = append(sentences, one)
	}
	verdict := Verdict{Reason: "empty passage"}
	best := -1.0
	for i, one := range sentences {
		around := known
		if i > 0 {
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
