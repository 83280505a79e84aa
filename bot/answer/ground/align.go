package ground

import (
	"lvr.example/sprechstunde/retrieval/german"
)

// align finds for each clause of a statement the clause of basis that has its
// words, and returns those clauses as one.
func align(said, basis, known sentence) (matched sentence, reason string) {
	used := map[int]bool{}
	for _, clause := range said.clauses {
		if len(clause.content) == 0 {
			continue
		}
		at, why := -1, ""
		for i, candidate := range basis.clauses {
			reason := within(clause, said, candidate, known)
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
			matched = join(matched, basis.clauses[at])
		}
		used[at] = true
	}
	return matched, ""
}

func or(reason, otherwise string) string {
	if reason == "" {
		return otherwise
	}
	return reason
}

// within says which word of a statement's clause the basis lacks, or nothing.
func within(clause, said, basis, known sentence) string {
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
		case !clause.capital[i] && (neutral[w.Stem] || neutral[verbKey(w.Form)]):
		case clause.addressed(i):
		case has(known, w, said) && clause.attribute(i) && i+1 < len(clause.words) && clause.capital[i+1] && !has(basis, clause.words[i+1], said):
		case has(known, w, said) && clause.capital[i] && adding[clause.preposition(i)] && !basis.prepositions[clause.preposition(i)]:
		case has(known, w, said) && clause.capital[i] && basis.pronoun && (replaced == 0 || clause.genitive(i) != ""):
			replaced++
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
var adding = words(`zu zum zur von vom`)

// addressed: staff may be spoken of where the passage speaks to them.
func (s sentence) addressed(i int) bool { return i > 0 && generic[s.words[i].Stem] }

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
