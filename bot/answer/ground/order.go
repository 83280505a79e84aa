package ground

import (
	"slices"

	"lvr.example/sprechstunde/retrieval/german"
)

// orderTurned: what stands behind "nach" in the passage does not come, in the
// statement, after something else.
func (l *loose) orderTurned() string {
	for k, w := range l.matched.words {
		prep := l.matched.preposition(k)
		if prep != "vor" && prep != "nach" || !l.matched.capital[k] || !l.matched.carries[k] || l.matched.counted(k) || l.said.governs(prep, w) {
			continue
		}
		for i := range l.said.words {
			if l.said.carries[i] && l.said.preposition(i) != prep && meets(keysOf(w.Form), keysOf(l.said.words[i].Form)) && l.said.orders(prep) {
				return "order of two things differs"
			}
		}
	}
	return ""
}

// governs reports whether a word of the same family stands behind a preposition.
func (s sentence) governs(prep string, w german.Word) bool {
	for i, own := range s.words {
		if s.preposition(i) == prep && meets(keysOf(w.Form), keysOf(own.Form)) {
			return true
		}
	}
	return false
}

// orders reports whether a noun that is no span of time stands behind a preposition.
func (s sentence) orders(prep string) bool {
	for i := range s.words {
		if s.preposition(i) == prep && s.capital[i] && s.carries[i] && !s.counted(i) {
			return true
		}
	}
	return false
}

// ordered: what stands behind "vor", "mit" or "unter" does so in the passage, and
// what comes first there.
func (l *loose) ordered() string {
	denials, _ := l.said.denying(l.matched)
	for i, w := range l.said.words {
		prep := l.said.preposition(i)
		if !l.said.capital[i] || !l.said.carries[i] || l.said.counted(i) || prep == "" {
			continue
		}
		j := l.matched.index(w)
		if j < 0 {
			continue
		}
		if contraryPrepositions(prep, l.matched.preposition(j)) && (prep != "ohne" || denials%2 == 0) {
			return "preposition differs"
		}
		if (prep == "vor" || prep == "nach") && l.matched.preposition(j) == "" && !l.matched.subordinateAt(j) && l.matched.hasOrder() {
			return "order of two things differs"
		}
	}
	if l.said.says(sequence) && l.matched.says(sequence) && !l.sameOrder() {
		return "order of two things differs"
	}
	return ""
}

var sequence = list("sequence")

// contraryPrepositions reports whether two say contrary things of what stands behind
// them: each of them excludes the others.
func contraryPrepositions(one, other string) bool {
	return one != other && excluding[one] && excluding[other]
}

var excluding = list("excluding-prepositions")

// afterwards: what the passage does before something, the statement does not do after
// it ("nachdem"), nor the other way round.
func (l *loose) afterwards() string {
	for _, c := range l.said.clauses {
		conjunction, prep := "bevor", "vor"
		switch c.subordinate() {
		case "after":
		case "before":
			conjunction, prep = "nachdem", "nach"
		default:
			continue
		}
		if (l.matched.keys[conjunction] || l.matched.orders(prep)) && l.sameMainVerb() {
			return "order of two things differs"
		}
	}
	return ""
}

// otherWay: what is so long before something is not so long after it ("drei Monate vor
// Beginn").
func (l *loose) otherWay() string {
	for _, f := range l.said.figures {
		for _, other := range l.matched.figures {
			one, two := l.said.direction(f), l.matched.direction(other)
			if f.value == other.value && one != "" && two != "" && one != two {
				return "order of two things differs"
			}
		}
	}
	return ""
}

// direction is the "vor" or "nach" behind a figure and what it counts.
func (s sentence) direction(f figure) string {
	for _, w := range s.words[min(f.at+1, len(s.words)):min(f.at+4, len(s.words))] {
		if w.Form == "vor" || w.Form == "nach" {
			return w.Form
		}
	}
	return ""
}

// sameMainVerb reports whether a verb of the statement's main clauses is one of the
// passage's main clauses, too.
func (l *loose) sameMainVerb() bool {
	return slices.ContainsFunc(l.said.clauses, func(c sentence) bool {
		if c.subordinate() != "" {
			return false
		}
		for i, w := range c.words {
			if !c.verbAt(i) {
				continue
			}
			for k, other := range l.matched.words {
				if l.matched.verbAt(k) && !l.matched.subordinateAt(k) && meets(keysOf(w.Form), keysOf(other.Form)) {
					return true
				}
			}
		}
		return false
	})
}

// hasOrder reports whether a noun of the sentence stands behind "vor" or "nach".
func (s sentence) hasOrder() bool {
	for k := range s.words {
		if prep := s.preposition(k); (prep == "vor" || prep == "nach") && s.capital[k] && !s.counted(k) {
			return true
		}
	}
	return false
}

// sameOrder reports whether the nouns that both have follow one another in one order.
func (l *loose) sameOrder() bool {
	last := -1
	for i, w := range l.said.words {
		if !l.said.capital[i] || !l.said.carries[i] || sequence[w.Form] {
			continue
		}
		if j := l.matched.index(w); j >= 0 {
			if j < last {
				return false
			}
			last = j
		}
	}
	return true
}

// subordinateAt reports whether word i stands in a clause with "bevor" or "nachdem".
func (s sentence) subordinateAt(i int) bool {
	for _, w := range s.words[:i] {
		if w.Form == "bevor" || w.Form == "nachdem" {
			return true
		}
	}
	return false
}
