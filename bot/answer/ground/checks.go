package ground

import (
	"maps"
	"slices"

	"lvr.example/sprechstunde/retrieval/german"
)

// repeated: a statement that says all that the basis says denies and limits as often.
func repeated(said, _, basis sentence) string {
	if covers(basis, said) < 1 {
		return ""
	}
	if said.negations != basis.negations && said.negations%2 != basis.negations%2 || said.only() != basis.only() && !basis.needs(said) {
		return "a denial or limit of several lost"
	}
	return ""
}

// only is how often a sentence says "nur" and the like.
func (s sentence) only() (n int) {
	for _, w := range s.words {
		if limitWords[w.Form] {
			n++
		}
	}
	return n
}

// polarity: both deny, or neither; twice is once too many to tell.
func polarity(said, matched, _ sentence) string {
	if said.negations == 1 && matched.negations > 1 && matched.denials() == 1 && !slices.ContainsFunc(said.words, func(w german.Word) bool { return coordinating[w.Form] }) {
		return "" // one of several that are denied each
	}
	if (said.negations > 0) != (matched.negations > 0) || said.negations%2 != matched.negations%2 {
		return "negation differs"
	}
	return ""
}

// force: permission, duty and advice must not be exchanged. A rule that merely
// says how something is done is a duty.
func force(said, matched, _ sentence) string {
	if exchanged(said, matched) {
		return "permission or duty differs"
	}
	has := matched.may || matched.must || matched.should
	switch {
	case said.should && planned.MatchString(matched.line()), said.gives():
		return ""
	case said.must && !matched.must && has, said.may && !matched.may && has, said.should && !matched.should:
		return "permission or duty differs"
	case said.may && !said.must && matched.must && !matched.may:
		return "permission or duty differs"
	case matched.may && !said.may && !matched.must && !said.conditional && said.negations == 0:
		return "permission or duty differs"
	case said.may && !has && said.negations == 0 && !said.upTo():
		return "permission not in passage"
	}
	return ""
}

// planned matches what is to come and no rule.
var planned = phrases("planned")

// gives reports whether a sentence only gives a figure: "Die Leihfrist beträgt …".
func (s sentence) gives() bool {
	return s.keys["v:betrag"] && len(s.figures) > 0 && !s.may && !s.must && !s.should
}

// upTo reports whether a sentence says how much at most.
func (s sentence) upTo() bool {
	return slices.ContainsFunc(s.figures, func(f figure) bool { return f.bound == "max" })
}

// exchanged reports whether a verb may be done in the statement and must be in the
// passage, or the other way: "darf ablehnen und muss begründen".
func exchanged(said, matched sentence) bool {
	for i, w := range said.words {
		if !said.carries[i] || said.capital[i] {
			continue
		}
		j := matched.index(w)
		if j < 0 {
			continue
		}
		one, other := said.modals(i), matched.modals(j)
		if len(one) > 0 && len(other) > 0 && !maps.Equal(one, other) {
			return true
		}
	}
	return false
}

// modals are the kinds of permission and duty in the segment of word i.
func (s sentence) modals(i int) map[string]bool {
	kinds := map[string]bool{}
	from, to := s.segment(i)
	for _, w := range s.words[from:to] {
		switch {
		case mayWords[w.Form]:
			kinds["may"] = true
		case mustWords[w.Form]:
			kinds["must"] = true
		}
	}
	return kinds
}

// conditions: "nur", "wenn", "außer" must not be lost or added, nor what is
// behind them.
func conditions(said, matched, basis sentence) string {
	switch {
	case basis.limited && !said.limited && !basis.needs(said):
		return "limit lost"
	case said.limited && !basis.limited:
		return "limit added"
	case basis.conditional && !said.conditional && !said.limited && (!said.opensNarrow() || !basis.namesConditions()):
		return "condition lost"
	}
	holding := slices.Clone(basis.clauses)
	if basis.limited {
		holding = append(holding, matched)
	}
	for _, clause := range holding {
		if !clause.conditional && !basis.limited {
			continue
		}
		for i, w := range clause.words {
			if clause.carries[i] && clause.capital[i] && !clause.counted(i) && !has(said, w, clause) && !empty[w.Stem] && !basis.about(w) {
				return "condition lost"
			}
		}
	}
	return ""
}

// about reports whether what stands above the passage names a noun, no person or
// body: then it need not be said again.
func (s sentence) about(w german.Word) bool {
	return s.topic != nil && s.topic.keys[w.Stem] && !party(w)
}

// empty are nouns that only carry what stands beside them: "für dienstliche Zwecke".
var empty = list("empty")

// needs reports whether a limit is one to something that the statement says must be:
// "nur mit Zustimmung".
func (s sentence) needs(said sentence) bool {
	for i, w := range s.words {
		if !limitWords[w.Form] || !said.must || i+2 >= len(s.words) || s.words[i+1].Form != "mit" && s.words[i+1].Form != "nach" {
			continue
		}
		for j := i + 2; j < len(s.words) && j <= i+4; j++ {
			if s.capital[j] && s.carries[j] {
				return has(said, s.words[j], s)
			}
		}
	}
	return false
}

// opensNarrow reports whether a sentence says at its beginning when it holds.
func (s sentence) opensNarrow() bool { return len(s.words) > 0 && prepWords[s.words[0].Form] }

// namesConditions reports whether each condition of a sentence has a noun, which the
// statement then must have.
func (s sentence) namesConditions() bool {
	for _, c := range s.clauses {
		if c.conditional && !slices.ContainsFunc(c.indices(), func(i int) bool { return c.carries[i] && c.capital[i] && !c.counted(i) }) {
			return false
		}
	}
	return true
}

func (s sentence) indices() []int {
	all := make([]int, len(s.words))
	for i := range all {
		all[i] = i
	}
	return all
}

// bounds: how often, for whom.
func bounds(said, matched, _ sentence) string {
	for bound := range said.bounds {
		opposite := opposites[bound]
		if opposite != "" && matched.bounds[opposite] && !matched.bounds[bound] {
			return "bound differs"
		}
		if mustStand[bound] && !matched.bounds[bound] && (len(said.figures) == 0 || !ofFigures[bound]) {
			return "bound not in passage"
		}
	}
	return ""
}

var (
	opposites = pairs("bound-opposites")
	ofFigures = list("of-figures") // which are compared with their limits
	mustStand = list("must-stand")
)

// prepositions: what stands behind "vor" must not stand behind "nach".
func prepositions(said, matched, _ sentence) string {
	for i, w := range said.words {
		prep := said.preposition(i)
		if !said.carries[i] || prep == "" {
			continue
		}
		for j, other := range matched.words {
			if other.Stem == w.Stem && contraryPrepositions(prep, matched.preposition(j)) {
				return "preposition differs"
			}
		}
	}
	return ""
}

// restrictions: a phrase that says when a rule holds must not be lost.
func restrictions(said, matched, _ sentence) string {
	for i := range matched.words {
		prep := matched.preposition(i)
		if prep == "" || !matched.carries[i] || !matched.capital[i] {
			continue
		}
		if matched.joined(i) && !matched.shared(i, said) {
			continue // another thing told in the same breath
		}
		if matched.counted(i) {
			if prep == "vor" && said.bounds["before"] {
				continue // "vorher"
			}
			if (matched.opensWith(i) || matched.reaches(i)) && !said.counts(matched.words[i-1]) {
				return "limit lost"
			}
			continue
		}
		if prep == "vor" && said.bounds["before"] {
			continue // "vorher"
		}
		if i+1 < len(matched.words) && matched.capital[i+1] && matched.carries[i+1] && has(said, matched.words[i+1], matched) {
			continue // "mit dem Hausassistenten KIM": the name is enough
		}
		if (matched.opensWith(i) || restricting[prep]) && !generic[matched.words[i].Stem] && !has(said, matched.words[i], matched) {
			return "limit lost"
		}
	}
	return ""
}

// reaches reports whether the number before noun i says how far the rule reaches:
// "bis zu vier Kubikmetern gebührenfrei".
func (s sentence) reaches(i int) bool {
	for _, f := range s.figures {
		if f.at == i-1 {
			return f.bound != "" && f.bound != "about" && f.bound != "between"
		}
	}
	return false
}

// segment returns the words around word i that no "und" or "oder" parts.
func (s sentence) segment(i int) (from, to int) {
	from, to = i, i
	for from > 0 && !s.parts(from-1) {
		from--
	}
	for to < len(s.words) && !s.parts(to) {
		to++
	}
	return from, to
}

// parts reports whether word i parts two segments: not so in "zwischen 10 und 20".
func (s sentence) parts(i int) bool {
	if !coordinating[s.words[i].Form] {
		return false
	}
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if s.words[j].Form == "zwischen" {
			return false
		}
	}
	return true
}

// joined reports whether word i stands behind an "und" or "oder", in a segment
// that has a verb.
func (s sentence) joined(i int) bool {
	from, to := s.segment(i)
	verb := false
	for j := from; j < to; j++ {
		verb = verb || s.carries[j] && !s.capital[j] && !s.attribute(j)
	}
	return from > 0 && (verb || to == len(s.words))
}

// shared reports whether the other sentence has a word of the segment of word i.
func (s sentence) shared(i int, other sentence) bool {
	from, to := s.segment(i)
	for j := from; j < to; j++ {
		if s.carries[j] && has(other, s.words[j], s) {
			return true
		}
	}
	return false
}

var coordinating = list("coordinating")

// counts reports whether a sentence has a number.
func (s sentence) counts(number german.Word) bool {
	return s.keys[number.Form] || numerals[number.Form] != "" && s.keys[numerals[number.Form]]
}

var restricting = list("restricting")

// attributes: what narrows a noun of the statement must not be lost.
func attributes(said, matched, _ sentence) string {
	for i := range said.words {
		if !said.capital[i] || !said.carries[i] {
			continue
		}
		for j := 1; j < len(matched.words); j++ {
			if matched.words[j].Stem != said.words[i].Stem || !matched.attribute(j-1) {
				continue
			}
			oneOfTwo := j > 2 && coordinating[matched.words[j-2].Form] && has(said, matched.words[j-3], matched)
			if !has(said, matched.words[j-1], matched) && !oneOfTwo {
				return "attribute lost"
			}
			if i > 0 && said.attribute(i-1) && !matched.narrowedBy(said.words[i-1], said.words[i].Stem, said) {
				return "attribute of another noun"
			}
		}
	}
	return ""
}

// narrowedBy reports whether the sentence has a noun with that attribute.
func (s sentence) narrowedBy(attribute german.Word, noun string, said sentence) bool {
	own := keysOf(attribute.Form)
	for j := 1; j < len(s.words); j++ {
		if s.words[j].Stem == noun && (!s.attribute(j-1) || meets(own, keysOf(s.words[j-1].Form))) {
			return true
		}
	}
	return !has(s, attribute, said)
}
