package ground

import (
	"fmt"
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
			clauses := append(last.clauses, c)
			*last = join(*last, c)
			last.clauses = clauses
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
		(*loose).restricted, (*loose).orderTurned, (*loose).turned, (*loose).ofAnother, (*loose).onlyTurned,
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

func (l *loose) noFigure() string { return quantified(l.said, l.matched, l.known) }

// noDate: dates, months, weekdays and paragraphs stand in the passage.
func (l *loose) noDate() string {
	for _, f := range l.said.figures {
		w := l.said.words[f.at]
		if w.Kind != german.Date && w.Kind != german.Paragraph {
			continue
		}
		found := slices.ContainsFunc(l.matched.figures, func(g figure) bool { return g.value == f.value && all(f.parts, l.matched.keys) })
		if !found && !(l.known.keys[f.value] && all(f.parts, l.known.keys)) {
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
	calendar = list("calendar")
	months   = lists["calendar"][7:]
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
		if !ok || i == 0 || l.said.words[i-1].Form != "je" && l.said.words[i-1].Form != "pro" {
			continue
		}
		if !slices.ContainsFunc(l.basis.quantities(), func(q quantity) bool { return q.value == span.value && q.measure == span.measure }) && !l.basis.mentions(l.said, quantity{word: i}) {
			return "unit differs"
		}
	}
	return l.orderTurned()
}

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

// forced: permission, duty and advice are not exchanged.
func (l *loose) forced() string {
	said, matched := l.said, l.matched
	denials, _ := said.denying(matched)
	may, could := said.may || said.permits(), matched.may || matched.permits()
	voluntary := slices.ContainsFunc(matched.words, func(w german.Word) bool { return strings.HasPrefix(w.Form, "freiwillig") })
	must := matched.must || voluntary
	if said.keys["ohn"] && denials%2 == 1 {
		may = false // "ohne … darf man nicht"
	}
	switch {
	case may && !said.must && must && !could && !voluntary,
		said.must && could && !must,
		said.must && matched.should && !must,
		said.should && (must || could) && !matched.should,
		could && !may && !must && !said.conditional && denials == 0 && !said.upTo() && !said.must:
		return "permission or duty differs"
	}
	return ""
}

func (s sentence) permits() bool {
	return slices.ContainsFunc(s.words, func(w german.Word) bool { return permitting[w.Form] })
}

var permitting = list("may")

// unlimited: "nur", "wenn" and the like are neither lost nor added.
func (l *loose) unlimited() string {
	denials, _ := l.said.denying(l.matched)
	switch {
	case l.matched.limited && !l.said.says(limiting) && denials == 0:
		return "limit lost"
	case l.said.limited && !l.matched.says(limiting):
		return "limit added"
	case l.matched.conditional && !l.said.conditional && !l.said.says(narrowing) && !l.said.opensNarrow() && !strings.Contains(l.matched.line(), "auch wenn"):
		return "condition lost"
	}
	return ""
}

var (
	limiting  = list("limits")
	narrowing = list("conditions")
	universal = list("always")
)

func (s sentence) says(list map[string]bool) bool {
	return slices.ContainsFunc(s.words, func(w german.Word) bool { return list[w.Form] })
}

// universal: "immer" and the like are not added.
func (l *loose) universal() string {
	line := l.said.line()
	always := l.said.says(universal) || strings.Contains(line, "in jedem fall") || strings.Contains(line, "allen fallen") || strings.Contains(line, "alle falle")
	if always && !l.matched.says(universal) && !l.matched.bounds["all"] && !l.matched.bounds["always"] {
		return "always added"
	}
	if l.said.althoughAdded(l.matched) {
		return "always added"
	}
	if l.said.ofAll() && !l.matched.bounds["all"] && !l.matched.says(every) {
		return "always added"
	}
	return ""
}

// ofAll reports whether a sentence says something of all, not how often ("alle fünf
// Jahre").
func (s sentence) ofAll() bool {
	for i, w := range s.words {
		if scopeWords[w.Form] == "all" && (i+1 >= len(s.words) || s.words[i+1].Kind != german.Number && numerals[s.words[i+1].Form] == "") {
			return true
		}
	}
	return false
}

// althoughAdded reports whether a sentence holds "auch bei" or "auch ohne" something,
// and the other has no "auch".
func (s sentence) althoughAdded(other sentence) bool {
	if other.says(although) {
		return false
	}
	for i, w := range s.words {
		if w.Form == "auch" && i+1 < len(s.words) && (prepWords[s.words[i+1].Form] || conditionWords[s.words[i+1].Form]) {
			return true
		}
	}
	return false
}

var although = list("although")

var every = list("every")

// opposed: no word of the statement stands where the passage has its opposite, or
// another compound with the same head ("Sachausgaben", "Personalausgaben").
func (l *loose) opposed() string {
	for _, i := range l.missing {
		own := l.said.words[i]
		for _, j := range l.left {
			other := l.matched.words[j]
			if opposite(own.Form, other.Form) || dutiable(own.Form) && exempted(other.Form) || exempted(own.Form) && dutiable(other.Form) || l.said.capital[i] == l.matched.capital[j] && rivals(own, other) {
				return "opposite of what the passage says"
			}
		}
	}
	return ""
}

func dutiable(form string) bool { return strings.Contains(form, "pflichtig") }

func exempted(form string) bool {
	bare := strings.TrimRight(form, "enrsm")
	return strings.HasSuffix(bare, "fr") || strings.HasSuffix(bare, "frei") || strings.HasSuffix(bare, "los")
}

// opposing is with which keys the words of each key stand opposed.
var opposing = func() map[string][]string {
	all := map[string][]string{}
	for _, pair := range lists["opposites"] {
		one, other, _ := strings.Cut(pair, "/")
		for _, a := range formKeys(one) {
			for _, b := range formKeys(other) {
				all[a], all[b] = append(all[a], b), append(all[b], a)
			}
		}
	}
	return all
}()

func opposite(one, other string) bool {
	keys := formKeys(other)
	for _, key := range formKeys(one) {
		if meets(opposing[key], keys) {
			return true
		}
	}
	return false
}

// rivals reports whether two words end alike and begin otherwise: two compounds of
// one head, one verb with two prefixes.
func rivals(a, b german.Word) bool {
	one, other := a.Stem, b.Stem
	n := 0
	for n < len(one) && n < len(other) && one[len(one)-1-n] == other[len(other)-1-n] {
		n++
	}
	if one == other || n < 4 {
		return false
	}
	one, other = one[:len(one)-n], other[:len(other)-n]
	turns := func(begin string) bool {
		return begin == "" || begin == "un" || begin == "ausser" || slices.Contains(separable, begin)
	}
	if turns(one) && turns(other) {
		return n >= 5 || one != "" && other != ""
	}
	return n >= 5 && len(one) >= 3 && len(other) >= 3
}

// compared: what is more, longer or earlier in the statement is so in the passage.
func (l *loose) compared() string {
	for _, i := range l.missing {
		w := l.said.words[i]
		if !l.said.capital[i] && strings.HasSuffix(w.Form, "er") && i+1 < len(l.said.words) && slices.ContainsFunc(l.said.words[i+1:], func(w german.Word) bool { return w.Form == "als" }) {
			return "comparison not in passage"
		}
	}
	for bound := range l.said.bounds {
		if opposite := opposites[bound]; opposite != "" && l.matched.bounds[opposite] && !l.matched.bounds[bound] && !ofFigures[bound] && bound != "max" && bound != "min" {
			return "bound differs"
		}
	}
	return ""
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
		if contraryPrepositions(prep, l.matched.preposition(j)) && !(prep == "ohne" && denials%2 == 1) {
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

func contraryPrepositions(one, other string) bool {
	return slices.ContainsFunc(lists["prepositions"], func(pair string) bool {
		a, b, _ := strings.Cut(pair, "/")
		return one == a && other == b || one == b && other == a
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
		if !l.said.capital[i] || !l.said.carries[i] {
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

// restricted: the sentence behind takes nothing back.
func (l *loose) restricted() string {
	if l.behind != nil && l.behind.restricts && !l.said.conditional && !l.said.limited {
		return "restricted by the next sentence"
	}
	return ""
}

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
					if k != own && c.index(w) >= 0 && (len(c.figures) > 0 || !c.verb) {
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
