package ground

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// align finds for each clause of a statement the clause of basis that has its
// words, and returns those clauses as one.
func align(said, basis, known sentence) (matched sentence, reason string) {
	used := map[int]bool{}
	for _, clause := range said.clauses {
		if len(clause.content) == 0 {
			matched = join(matched, basis.answering(clause))
			continue
		}
		at, why := -1, ""
		for i, candidate := range candidates(said, basis) {
			reason := within(clause, said, candidate, known, basis)
			if reason == "" && clause.subordinate() != candidate.subordinate() && said.has(candidate.subordinate()) && basis.has(clause.subordinate()) {
				reason = "condition and consequence exchanged"
			}
			if reason == "" {
				at = i
				break
			}
			if why == "" || covers(clause, candidate) > 0.5 {
				why = reason
			}
		}
		if at < 0 {
			return sentence{}, or(why, "empty sentence")
		}
		if !used[at] {
			matched = join(matched, candidates(said, basis)[at])
		}
		used[at] = true
	}
	return matched, ""
}

// candidates are the clauses that one of the statement may stand in; for a statement
// of one clause a condition and what it is of count as one besides: "Wer das eigene
// Rad nutzt, erhält 8 Cent".
func candidates(said, basis sentence) []sentence {
	if len(said.clauses) != 1 || len(basis.clauses) != 2 || !basis.clauses[0].conditional && !basis.clauses[1].conditional {
		return basis.clauses
	}
	return append(slices.Clone(basis.clauses), join(basis.clauses[0], basis.clauses[1]))
}

// subordinate is what a clause is to another one; empty: the main one.
func (s sentence) subordinate() string {
	switch {
	case len(s.words) == 0:
		return ""
	case s.conditional:
		return "if"
	}
	return subordinating[s.words[0].Form]
}

var subordinating = pairs("conjunctions")

// has reports whether the sentence has such a clause; of main ones there always is.
func (s sentence) has(subordinate string) bool {
	return subordinate == "" || slices.ContainsFunc(s.clauses, func(c sentence) bool { return c.subordinate() == subordinate })
}

// told reports whether a statement has all nouns of a clause that depend on no
// preposition: what it adds then stands in the place of none.
func (s sentence) told(said sentence) bool {
	for i, w := range s.words {
		if s.carries[i] && s.capital[i] && !s.counted(i) && s.preposition(i) == "" && !has(said, w, s) {
			return false
		}
	}
	return true
}

// answering is a clause without content that denies as another one does: "wird sie
// verboten". Empty: none does.
func (s sentence) answering(clause sentence) sentence {
	for _, c := range s.clauses {
		if clause.negations > 0 && c.negations == clause.negations {
			return sentence{negations: c.negations, may: c.may, must: c.must}
		}
	}
	return sentence{}
}

func or(reason, otherwise string) string {
	if reason == "" {
		return otherwise
	}
	return reason
}

// within says which word of a statement's clause the basis lacks, or nothing.
func within(clause, said, basis, known, whole sentence) string {
	found, replaced := 0, 0
	for i, w := range clause.words {
		if !clause.carries[i] {
			continue
		}
		switch {
		case said.named[w.Stem] != "" && !basis.keys[w.Stem]:
			return "name not in passage" // a double name is another one
		case has(basis, w, said), clause.prefix != "" && !clause.capital[i] && has(basis, clause.whole(w), said):
			found++
		case w.Kind != german.Plain && w.Kind != german.Abbreviation:
			if !clause.loose[w.Form] || !known.loose[w.Form] {
				return "number, date or paragraph not in passage"
			}
		case clause.light(i):
		case !clause.capital[i] && (neutral[w.Stem] || neutral[verbKey(w.Form)]):
		case clause.addressed(i, basis, said):
		case has(known, w, said) && clause.attribute(i) && i+1 < len(clause.words) && clause.capital[i+1] && !has(basis, clause.words[i+1], said):
		case has(known, w, said) && clause.capital[i] && adding[clause.preposition(i)] && !basis.prepositions[clause.preposition(i)]:
		case (has(known, w, said) || has(whole, w, said)) && clause.capital[i] && basis.pronoun && (replaced == 0 || clause.genitive(i) != ""):
			replaced++
		case i > 0 && clause.attribute(i-1) && clause.capital[i-1] && clause.capital[i] && has(known, w, said) && basis.pronoun && replaced == 1:
		case clause.capital[i] && replaced == 0 && whole.about(w) && basis.told(said):
			replaced++
		case clause.capital[i] && scoping[clause.preposition(i)] && has(known, w, said) && len(said.figures) == 0 && (basis.must || basis.negations > 0):
		case clause.capital[i]:
			return "noun not in passage"
		default:
			return "word not in passage"
		}
	}
	if found == 0 && !clause.generic() {
		return "too few words in passage"
	}
	return ""
}

// adding are prepositions that may bring in what a sentence is about; others
// bring in when, where or how it holds.
var adding = list("adding")

// addressed: staff may be spoken of where the passage speaks to them, unless an
// attribute says which.
func (s sentence) addressed(i int, basis, said sentence) bool {
	return i > 0 && generic[s.words[i].Stem] && (!s.capital[i] || !s.attribute(i-1) || has(basis, s.words[i-1], said))
}

// light reports whether verb i says nothing beside the noun of its clause: "einen
// Antrag stellen".
func (s sentence) light(i int) bool {
	if s.capital[i] {
		return false
	}
	for _, key := range formKeys(s.words[i].Form) {
		for _, noun := range lightVerbs[key] {
			if s.keys[noun] {
				return true
			}
		}
	}
	return false
}

// lightVerbs are verbs with the nouns beside which they say nothing.
var lightVerbs = func() map[string][]string {
	verbs := map[string][]string{}
	for _, pair := range lists["light-verbs"] {
		verb, noun, _ := strings.Cut(pair, "/")
		for _, key := range formKeys(verb) {
			verbs[key] = append(verbs[key], german.Stem(noun))
		}
	}
	return verbs
}()

// scoping are prepositions that narrow a duty or a ban, which then holds all the more.
var scoping = list("scoping")

func (s sentence) generic() bool {
	for _, w := range s.content {
		if !generic[w.Stem] && !neutral[w.Stem] {
			return false
		}
	}
	return true
}

// covers is the share of the statement's content words that basis has.
func covers(said, basis sentence) float64 {
	found := 0
	for _, w := range said.content {
		if has(basis, w, said) {
			found++
		}
	}
	if len(said.content) == 0 {
		return 0
	}
	return float64(found) / float64(len(said.content))
}

// whole is a verb with the prefix that stands at the end of its clause.
func (s sentence) whole(w german.Word) german.Word {
	w.Form = s.prefix + w.Form
	w.Stem = german.Stem(w.Form)
	return w
}
