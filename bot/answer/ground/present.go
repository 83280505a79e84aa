package ground

import (
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

func (l *loose) noFigure() string { return quantified(l.said, l.matched, l.known) }

// noDate: dates, months, weekdays and paragraphs stand in the passage.
func (l *loose) noDate() string {
	for _, f := range l.said.figures {
		w := l.said.words[f.at]
		if w.Kind != german.Date && w.Kind != german.Paragraph {
			continue
		}
		found := slices.ContainsFunc(l.matched.figures, func(g figure) bool { return g.value == f.value && all(f.parts, l.matched.keys) })
		if !found && (!l.known.keys[f.value] || !all(f.parts, l.known.keys)) {
			return "number, date or paragraph not in passage"
		}
	}
	for _, i := range l.missing {
		form := l.said.words[i].Form
		if counting(form) {
			return "number, date or paragraph not in passage"
		}
		if calendar[strings.TrimSuffix(form, "s")] && !l.matched.inDate(form) {
			return "number, date or paragraph not in passage"
		}
	}
	return ""
}

var (
	calendar = list("weekdays", "months")
	months   = lists["months"]
)

// counting reports whether a word says which of several, how often or how many:
// "dritten", "fünfmal", "Mehrheit".
func counting(form string) bool {
	for _, ending := range []string{"mal", "ten", "te", "ter", "tes", "sten", "ste", "ster", "stes"} {
		if bare, ok := strings.CutSuffix(form, ending); ok && (numerals[bare] != "" || ordinals[bare]) {
			return true
		}
	}
	return shares[form]
}

var (
	ordinals = list("ordinals")
	shares   = list("shares")
)

// inDate reports whether a month is one of a date: "August 2025" of the 1st.
func (s sentence) inDate(month string) bool {
	at := slices.Index(months, month) + 1
	return at > 0 && slices.ContainsFunc(s.figures, func(f figure) bool {
		return s.words[f.at].Kind == german.Date && strings.Contains("-"+f.value, fmt.Sprintf("-%02d-", at))
	})
}

// noName: what is named, by letters with figures or behind "Frau", stands in the passage.
func (l *loose) noName() string {
	for _, i := range l.missing {
		w := l.said.words[i]
		if l.said.named[w.Stem] != "" || strings.ContainsAny(w.Form, "0123456789") || w.Kind == german.Abbreviation && !l.known.keys[w.Stem] {
			return "name not in passage"
		}
	}
	return ""
}

// noParty: persons and bodies stand in the part of the passage.
func (l *loose) noParty() string {
	for _, i := range l.missing {
		w := l.said.words[i]
		if !l.said.capital[i] || !party(w) || generic[w.Stem] && l.addressed() {
			continue
		}
		if has(l.known, w, l.said) && (l.matched.pronoun || !l.subject(i) || len(l.matched.parties) == 0) {
			continue
		}
		return "person or body not in passage"
	}
	return ""
}

// addressed reports whether the passage speaks of nobody, or to its readers.
func (l *loose) addressed() bool {
	for i, w := range l.matched.words {
		if l.matched.capital[i] && l.matched.carries[i] && party(w) {
			return false
		}
	}
	return true
}

// noMatter: what another part of the passage is about, this one is not.
func (l *loose) noMatter() string {
	for _, i := range l.missing {
		w := l.said.words[i]
		if _, span := spanOf(w); span {
			continue
		}
		if !l.subject(i) || !l.elsewhere(i) || has(l.known, w, l.said) {
			continue
		}
		if l.matched.pronoun && l.before != nil && has(*l.before, w, l.said) {
			continue
		}
		return "said of another matter"
	}
	return ""
}

// joined: no verb and noun of the statement come together from another sentence.
func (l *loose) joined() string {
	for _, other := range l.others {
		verb, noun := false, false
		for _, i := range l.missing {
			w := l.said.words[i]
			if !has(other, w, l.said) || has(l.known, w, l.said) && l.said.capital[i] {
				continue
			}
			verb, noun = verb || l.said.verbAt(i), noun || l.said.capital[i]
		}
		if verb && noun {
			return "said of another matter"
		}
	}
	return ""
}

// noClause: no clause of the statement is of another part of the passage.
func (l *loose) noClause() string {
	for _, c := range l.said.clauses {
		borrowed, own := 0, 0
		for i, w := range c.words {
			switch {
			case !c.carries[i]:
			case has(l.matched, w, l.said) || has(l.known, w, l.said):
				own++
			case has(l.basis, w, l.said) || slices.ContainsFunc(l.others, func(o sentence) bool { return has(o, w, l.said) }):
				borrowed++
			default:
				own++
			}
		}
		if borrowed > 0 && own == 0 {
			return "said of another matter"
		}
	}
	return ""
}
