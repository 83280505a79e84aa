package ground

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// loose is a statement beside the part of a passage that could carry it in other
// words.
type loose struct {
	said    sentence
	basis   sentence   // the sentence of the passage
	matched sentence   // of it, the main clauses that the statement's clauses are of
	others  []sentence // the other sentences
	before  *sentence  // the one before; nil: basis opens the passage
	behind  *sentence
	known   sentence // what stands above the passage
	missing []int    // words of the statement that matched has not
	left    []int    // words of matched that the statement has not
	reason  string   // which hard fact speaks against it; empty: none
	covered int      // words of the statement that it has
}

// looseIn sets a statement beside sentence i of a passage.
func looseIn(said sentence, sentences []sentence, i int, known sentence) loose {
	l := loose{said: said, basis: sentences[i], known: known, others: slices.Concat(sentences[:i], sentences[i+1:])}
	if i > 0 {
		l.before = &sentences[i-1]
	}
	if i+1 < len(sentences) {
		l.behind = &sentences[i+1]
	}
	l.align()
	for j, w := range said.words {
		switch {
		case !said.carries[j]:
		case l.has(j):
			l.covered++
		case w.Kind != german.Plain && w.Kind != german.Abbreviation, said.light(j):
		default:
			l.missing = append(l.missing, j)
		}
	}
	for j, w := range l.matched.words {
		if l.matched.carries[j] && w.Kind == german.Plain && !has(said, w, l.matched) {
			l.left = append(l.left, j)
		}
	}
	return l
}

// has reports whether the matched part has word i of the statement.
func (l *loose) has(i int) bool {
	w := l.said.words[i]
	if has(l.matched, w, l.said) {
		return true
	}
	return l.said.prefix != "" && !l.said.capital[i] && has(l.matched, l.said.whole(w), l.said)
}

// align finds for each main clause of the statement the one of the basis that has
// most of its words.
func (l *loose) align() {
	groups := l.basis.groups()
	used := map[int]bool{}
	for _, part := range l.said.groups() {
		best, at := -1.0, -1
		for i, group := range groups {
			if share := covers(part, group) + part.figuresIn(group); share > best {
				best, at = share, i
			}
		}
		if at >= 0 && !used[at] {
			used[at] = true
		}
	}
	first := true
	for i, group := range groups {
		switch {
		case !used[i]:
		case first:
			l.matched, first = group, false
		default:
			l.matched = join(l.matched, group)
		}
	}
	if first {
		l.matched = l.basis
	}
	l.matched.topic = l.basis.topic
}

// figuresIn is the share of figures that another part has, too.
func (s sentence) figuresIn(other sentence) float64 {
	n := 0
	for _, f := range s.figures {
		if other.find(f) >= 0 {
			n++
		}
	}
	return float64(n) / float64(len(s.figures)+1)
}

// groups are the main clauses of a sentence, each with the clauses that hang on it.
func (s sentence) groups() (groups []sentence) {
	open := false // what stands before its main clause
	for _, c := range s.clauses {
		hangs := c.subordinate() != "" || c.conditional || relative(c.text) || !c.verb || c.infinitive()
		switch {
		case len(groups) > 0 && (open || hangs):
			last := &groups[len(groups)-1]
			before := last.clauses
			*last = join(*last, c)
			last.clauses = slices.Concat(before, []sentence{c})
			open = open && hangs
		default:
			c.clauses = []sentence{c}
			groups = append(groups, c)
			open = hangs
		}
	}
	return groups
}

func (s sentence) infinitive() bool { return infinitive(s.text) }

// elsewhere reports whether another part of the passage has word i of the statement.
func (l *loose) elsewhere(i int) bool {
	w := l.said.words[i]
	return has(l.basis, w, l.said) || slices.ContainsFunc(l.others, func(o sentence) bool { return has(o, w, l.said) })
}

// subject reports whether word i is a noun in the place of none: no preposition, no
// genitive.
func (l *loose) subject(i int) bool {
	return l.said.capital[i] && l.said.preposition(i) == "" && l.said.genitive(i) == ""
}

// contrary says which hard fact of the statement is not the passage's, or nothing.
func (l *loose) contrary() string {
	for _, fact := range []func(*loose) string{
		(*loose).noFigure, (*loose).noDate, (*loose).noName, (*loose).noParty, (*loose).noMatter, (*loose).noClause, (*loose).joined, (*loose).denied,
		(*loose).contrasted, (*loose).forced, (*loose).unlimited, (*loose).universal, (*loose).opposed, (*loose).compared, (*loose).ordered,
		(*loose).restricted, (*loose).orderTurned, (*loose).afterwards, (*loose).otherWay, (*loose).swapped, (*loose).turned, (*loose).ofAnother, (*loose).onlyTurned,
	} {
		if reason := fact(l); reason != "" {
			return reason
		}
	}
	for _, check := range []func(said, matched, basis sentence) string{names, pairing} {
		if reason := check(l.said, l.matched, l.basis); reason != "" {
			return reason
		}
	}
	return ""
}

// perOrOne stand before a span of time that has no figure: "pro Woche", "einen Tag".
var perOrOne = list("per-or-one")

// unlike: who the statement says does it stands in the sentence where that
// names who does, also where "die Beschäftigten" might be spoken to; and what is paid
// a day is not paid a week.
func (l *loose) unlike() string {
	for stem, acts := range l.said.parties {
		if acts && generic[stem] && l.matched.acted() && !l.basis.keys[stem] && !l.known.keys[stem] {
			return "person or body not in passage"
		}
	}
	for i, w := range l.said.words {
		span, ok := spanOf(w)
		if !ok || i == 0 || !perOrOne[l.said.words[i-1].Form] {
			continue
		}
		if !slices.ContainsFunc(l.basis.quantities(), func(q quantity) bool { return q.value == span.value && q.measure == span.measure }) && !l.basis.mentions(l.said, quantity{word: i}) {
			return "unit differs"
		}
	}
	return l.orderTurned()
}

// onlyTurned: a statement in the passage's own words is not loosely worded; what
// speaks against it in the strict check, speaks against it.
func (l *loose) onlyTurned() string {
	if len(l.missing) > 0 {
		return ""
	}
	around := l.known
	if l.before != nil {
		around = join(around, *l.before)
	}
	reason := against(l.said, l.basis, around)
	if strings.HasSuffix(reason, "word not in passage") || strings.HasSuffix(reason, "noun not in passage") || strings.HasPrefix(reason, "permission") {
		return ""
	}
	return reason
}
