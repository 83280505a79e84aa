package ground

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// denied: the main clauses of both deny, or neither; so do the conditions where both
// have some.
func (l *loose) denied() string {
	said, saidIf := l.said.denying(l.matched)
	matched, matchedIf := l.matched.denying(l.said)
	if l.said.keys["ohn"] && said == 1 && (said+saidIf+matched+matchedIf)%2 == 0 {
		return "" // "ohne … nicht" says what must be
	}
	if said+saidIf == 0 && l.deniedCondition() {
		return "negation differs"
	}
	if (said+matched)%2 != 0 || l.said.leans() && l.matched.leans() && (saidIf+matchedIf)%2 != 0 {
		return "negation differs"
	}
	return ""
}

// deniedCondition reports whether the statement has words of a condition that the
// passage denies ("wird eine Buchung nicht storniert"), or of a denial elsewhere.
func (l *loose) deniedCondition() bool {
	for _, c := range l.matched.clauses {
		for i, w := range c.words {
			if w.Form == "nicht" && c.deniesAttribute(i) && has(l.said, c.words[i+1], c) {
				return true
			}
		}
		if !c.leaning() || !slices.ContainsFunc(c.words, func(w german.Word) bool { return negating[w.Form] }) {
			continue
		}
		for i, w := range c.words {
			if c.carries[i] && !c.counted(i) && !negating[w.Form] && has(l.said, w, c) {
				return true
			}
		}
	}
	for _, other := range l.others {
		if denials, _ := other.denying(l.said); denials == 0 {
			continue
		}
		for _, i := range l.missing {
			if prep := l.said.preposition(i); prep == "vor" || prep == "nach" {
				continue
			}
			if l.said.capital[i] && has(other, l.said.words[i], l.said) && !has(l.known, l.said.words[i], l.said) {
				return true
			}
		}
	}
	return false
}

// leans reports whether a sentence has a condition as a clause of its own.
func (s sentence) leans() bool {
	return s.keys["ohn"] || slices.ContainsFunc(s.clauses, func(c sentence) bool { return c.leaning() })
}

func (s sentence) leaning() bool { return s.conditional || s.subordinate() != "" }

// denying is how often a sentence denies what it says in its main clauses, and in
// its conditions, without what is only set against it: "das Amt, nicht die Schule".
// A verb that denies ("lehnt ab") does not count where the other one has it, too.
func (s sentence) denying(other sentence) (main, conditions int) {
	for _, c := range s.clauses {
		if c.againstOnly() {
			continue
		}
		n := 0
		if exempt.MatchString(c.line()) {
			n++
		}
		for i, w := range c.words {
			switch {
			case verbal[w.Form] && (has(other, w, s) || has(other, c.whole(w), s)):
			case w.Form == "ohne", w.Form == "nicht" && c.deniesAttribute(i):
				conditions++
			case negating[w.Form] && !c.contrasts(i), deniers[w.Form], strings.HasPrefix(w.Form, "freiwillig"):
				n++
			}
		}
		if c.leaning() {
			conditions += n
		} else {
			main += n
		}
	}
	return main, conditions + len(unless.FindAllString(s.line(), -1))
}

// deniesAttribute reports whether the "nicht" at word i denies what stands before a
// noun: "nicht verbrauchte Mittel".
func (s sentence) deniesAttribute(i int) bool {
	return i+2 < len(s.words) && s.attribute(i+1) && s.capital[i+2]
}

// againstOnly reports whether a clause only says what is not meant: "nicht die Schule".
func (s sentence) againstOnly() bool {
	return len(s.words) > 1 && s.words[0].Form == "nicht" && !s.verb
}

// contrasted: what the passage says is not meant is not what the statement says.
func (l *loose) contrasted() string {
	for _, c := range l.matched.clauses {
		if !c.againstOnly() || slices.ContainsFunc(l.said.words, func(w german.Word) bool { return negating[w.Form] }) {
			continue
		}
		for i, w := range c.words {
			if c.capital[i] && c.carries[i] && l.said.index(w) >= 0 {
				return "said of what is not meant"
			}
		}
	}
	return ""
}

var (
	deniers = list("denying")
	verbal  = list("denying-verbs")
)

// contrasts reports whether the denial at word i only sets something against
// another: "nicht nur", "aber nicht".
func (s sentence) contrasts(i int) bool {
	return i+1 < len(s.words) && (s.words[i+1].Form == "nur" || s.words[i+1].Form == "allein") || i > 0 && (s.words[i-1].Form == "aber" || s.words[i-1].Form == "auch")
}
