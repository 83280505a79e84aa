package ground

import (
	"slices"

	"lvr.example/sprechstunde/retrieval/german"
)

// turned: who does it in the statement is not whom it is done to in the passage, and
// the other way round, where both say the same of them.
func (l *loose) turned() string {
	speaks := slices.Contains(l.said.forms, "Sie") && len(l.said.parties) == 0
	sameVerb, done := l.verb(), l.matched.acted()
	if speaks && sameVerb && done {
		return "done by another"
	}
	for stem, acts := range l.said.parties {
		acted, ok := l.matched.parties[stem]
		switch {
		case !ok || acts == acted:
		case acts && (done || sameVerb), acted && sameVerb && (l.said.acted() || speaks):
			return "relation turned round"
		}
	}
	return ""
}

// swapped: who does it, and who does what comes before or is its condition, have not
// changed places.
func (l *loose) swapped() string {
	main, leaning := l.said.doers()
	mainHere, leaningHere := l.basis.doers()
	if meets(main, leaningHere) && meets(leaning, mainHere) {
		return "relation turned round"
	}
	return ""
}

// doers are who does something in the main clauses of a sentence, and in those that
// hang on them.
func (s sentence) doers() (main, leaning []string) {
	for _, c := range s.clauses {
		for stem, acts := range c.parties {
			switch {
			case !acts:
			case c.leaning():
				leaning = append(leaning, stem)
			default:
				main = append(main, stem)
			}
		}
	}
	return main, leaning
}

// acted reports whether a person or body does something in a sentence.
func (s sentence) acted() bool {
	for _, acts := range s.parties {
		if acts {
			return true
		}
	}
	return false
}

// verb reports whether the passage has a verb of the statement.
func (l *loose) verb() bool {
	for i := range l.said.words {
		if l.said.verbAt(i) && l.has(i) {
			return true
		}
	}
	return false
}

func (s sentence) verbAt(i int) bool {
	return s.carries[i] && !s.capital[i] && s.words[i].Kind == german.Plain && !adverb(s.words[i].Form) && (i+1 >= len(s.words) || !s.capital[i+1] || !s.attribute(i))
}

// ofAnother: where clauses of the passage say the same of several ("Einzelzimmer 38
// Euro, Doppelzimmer 54 Euro"), the statement takes figure, doer and matter from one.
func (l *loose) ofAnother() string {
	for _, part := range l.said.clauses {
		for _, f := range part.figures {
			own, other := l.matched.clauseWith(f), ""
			if own < 0 {
				continue
			}
			for i, w := range part.words {
				if !part.capital[i] || !part.carries[i] || part.counted(i) || l.matched.clauses[own].index(w) >= 0 {
					continue
				}
				for k, c := range l.matched.clauses {
					if k != own && c.index(w) >= 0 && c.countsIn(f.unit) {
						other = "number of another matter"
					}
				}
			}
			if other != "" {
				return other
			}
		}
		for stem, acts := range part.parties {
			if acts && l.doneByAnother(part, stem) {
				return "done by another"
			}
		}
	}
	return ""
}

// countsIn reports whether a clause has a figure of a unit.
func (s sentence) countsIn(unit string) bool {
	return slices.ContainsFunc(s.figures, func(f figure) bool { return f.unit == unit })
}

// clauseWith is the only clause with a figure, -1 without it.
func (s sentence) clauseWith(f figure) (at int) {
	at = -1
	for i, c := range s.clauses {
		if c.find(f) >= 0 {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// doneByAnother reports whether the clause of the passage that has the verb of a
// statement's clause names another doer than this one, who stands in another clause.
func (l *loose) doneByAnother(part sentence, doer string) bool {
	for k, c := range l.matched.clauses {
		has := slices.ContainsFunc(c.words, func(w german.Word) bool { return w.Stem == doer })
		if has || c.leaning() {
			continue
		}
		same := false
		for i, w := range part.words {
			same = same || part.verbAt(i) && slices.ContainsFunc(c.words, func(o german.Word) bool { return meets(keysOf(w.Form), keysOf(o.Form)) })
		}
		if !same {
			continue
		}
		for stem, acts := range c.parties {
			if acts && !part.keys[stem] && l.matched.partyBeside(k, doer) {
				return true
			}
		}
	}
	return false
}

func (s sentence) partyBeside(k int, stem string) bool {
	for i, c := range s.clauses {
		if i != k && slices.ContainsFunc(c.words, func(w german.Word) bool { return w.Stem == stem }) {
			return true
		}
	}
	return false
}
