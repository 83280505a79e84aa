package german

import "strings"

// Reword returns a question with the words of rules in place of what staff say,
// where the list knows them as kinds: "dürfen lehrlinge das" becomes "dürfen Azubi
// das". It is for comparing by meaning; nobody reads it.
func (s *Synonyms) Reword(question string) string {
	list := s.current()
	words := Words(question)
	var b strings.Builder
	end := 0
	for i := 0; i < len(words); i++ {
		if words[i].Stop {
			continue
		}
		if rule, last, ok := list.rule(words, i); ok {
			b.WriteString(question[end:words[i].Start])
			b.WriteString(rule)
			end, i = words[last].End, last
		}
	}
	b.WriteString(question[end:])
	return b.String()
}

// rule returns the word of rules that the words from i on are a kind of.
func (l *synonymList) rule(words []Word, i int) (rule string, last int, ok bool) {
	for _, e := range l.byFirst[words[i].Stem] {
		g := l.groups[e.group]
		if !g[e.member].kind {
			continue
		}
		if last, ok := matches(g[e.member].words, words, i); ok {
			return g.rule(), last, true
		}
	}
	return "", 0, false
}

// rule is the first member that is no abbreviation, which says more by itself.
func (g group) rule() string {
	for _, m := range g {
		if !m.kind && m.words[0].Kind != Abbreviation {
			return m.typed
		}
	}
	return g[0].typed
}
