package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

const (
	wholeRunes = 480 // a passage up to this length is quoted whole
	quoteRunes = 460 // a longer one is trimmed to this, exceptions aside
	mostRunes  = 760 // no quote is longer, whatever its sentences
	cut        = "[…]"

	passageRunes = 6000 // far above what ingest makes; the rest of a longer one is never quoted
)

// trim returns the sentences of a passage that bear on the question, word for
// word and in their order. What it leaves out is marked "[…]".
func trim(question, passage string) string {
	passage = clip(strings.TrimSpace(passage), passageRunes)
	if utf8.RuneCountInString(passage) <= wholeRunes {
		return passage
	}
	p := newPiece(passage)
	if len(p.units) < 2 {
		return clip(passage, mostRunes)
	}
	p.choose(newWish(question))
	return p.text()
}

// piece is a passage cut into its sentences, list items and table rows, with
// those chosen for the quote.
type piece struct {
	passage string
	units   []german.Span
	bodies  []body
	chosen  []bool
}

func newPiece(passage string) *piece {
	p := &piece{passage: passage, units: rows(passage, german.Sentences(passage))}
	for _, u := range p.units {
		p.bodies = append(p.bodies, newBody(u.Of(passage)))
	}
	p.chosen = make([]bool, len(p.units))
	return p
}

// rows cuts spans that hold several rows of a table ("a | b") at their lines.
func rows(passage string, spans []german.Span) []german.Span {
	var cut []german.Span
	for _, span := range spans {
		from := span.Start
		for i := span.Start; i < span.End && strings.Contains(span.Of(passage), " | "); i++ {
			if passage[i] == '\n' && i > from {
				cut = append(cut, german.Span{Start: from, End: i})
				from = i + 1
			}
		}
		if from < span.End {
			cut = append(cut, german.Span{Start: from, End: span.End})
		}
	}
	return cut
}

// choose takes the best sentence with what it needs to be understood, then the
// next best while they fit and bear on the question nearly as much, and fills
// what is still short with neighbours.
func (p *piece) choose(w wish) {
	scores := p.scores(w)
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	p.take(order[0], mostRunes)
	for _, i := range order[1:] {
		if scores[i] < 0.3*scores[order[0]] {
			break
		}
		p.take(i, quoteRunes)
	}
	p.fill(order[0])
}

// take adds unit i with the sentence that it leans on and the one that
// restricts it, if the quote does not grow beyond limit.
func (p *piece) take(i, limit int) {
	from, to := i, i+1
	for range 2 {
		if from > 0 && leansBack.MatchString(p.unit(from)) {
			from--
		}
	}
	for to < len(p.units) && turns.MatchString(p.unit(to)) {
		to++
	}
	if lead := p.lead(i); lead >= 0 {
		p.add(lead, lead+1, limit)
	}
	if !p.add(from, to, limit) {
		p.add(i, i+1, limit)
	}
}

// add chooses units from up to to, if they fit.
func (p *piece) add(from, to, limit int) bool {
	length := 0
	for i, chosen := range p.chosen {
		if chosen || i >= from && i < to {
			length += p.bodies[i].runes
		}
	}
	if length > limit && slices.Contains(p.chosen, true) {
		return false
	}
	for i := from; i < to; i++ {
		p.chosen[i] = true
	}
	return true
}

// fill adds neighbours of the best unit, those behind it first, up to a quote's
// length.
func (p *piece) fill(best int) {
	for i := best + 1; i < len(p.units) && p.add(i, i+1, quoteRunes); i++ {
	}
	for i := best - 1; i >= 0 && p.add(i, i+1, quoteRunes); i-- {
	}
}

// scores says how much each unit bears on the question: the words it has, rare
// ones of the passage more, and whether it holds a value of the kind asked for.
func (p *piece) scores(w wish) []float64 {
	held := make([][]float64, len(p.units))
	often := make([]float64, len(w.words))
	for i, b := range p.bodies {
		held[i] = make([]float64, len(w.words))
		for k, word := range w.words {
			held[i][k] = b.holds(word)
			often[k] += held[i][k]
		}
	}
	scores := make([]float64, len(p.units))
	for i := range p.units {
		for k := range w.words {
			scores[i] += held[i][k] / (0.5 + often[k])
		}
		if w.definite() && w.asked.Holds(p.unit(i)) {
			scores[i] += 0.35
		}
	}
	return scores
}

// wish is what a question looks for.
type wish struct {
	words []german.Word
	asked retrieval.Asked
}

func newWish(question string) wish {
	return wish{words: german.Content(german.Words(question)), asked: retrieval.AskedBy(question)}
}

// definite reports whether the question asks for a value that shows in a text.
func (w wish) definite() bool {
	return w.asked == retrieval.AskedNumber || w.asked == retrieval.AskedDate || w.asked == retrieval.AskedLink
}

// body is a unit as words are looked up in it.
type body struct {
	runes int
	stems map[string]bool
	grams map[german.Gram]bool
}

const gramLetters = 4

func newBody(text string) body {
	b := body{runes: utf8.RuneCountInString(text), stems: map[string]bool{}, grams: map[german.Gram]bool{}}
	for _, w := range german.Content(german.Words(text)) {
		b.stems[w.Stem] = true
		for _, part := range w.Parts {
			b.stems[part] = true
		}
		for _, g := range german.Grams(nil, w.Form, gramLetters) {
			b.grams[g] = true
		}
	}
	return b
}

// holds says how well a word is found, 0 to 1: by its stem or a part, or by
// the share of its n-grams beyond one half (compounds, typing errors).
func (b body) holds(w german.Word) float64 {
	if b.stems[w.Stem] {
		return 1
	}
	for _, part := range w.Parts {
		if b.stems[part] {
			return 0.8
		}
	}
	grams := german.Grams(nil, w.Stem, gramLetters)
	if len(grams) < 2 {
		return 0
	}
	found := 0
	for _, g := range grams {
		if b.grams[g] {
			found++
		}
	}
	return max(0, 2*float64(found)/float64(len(grams))-1) * 0.9
}

var (
	// leansBack opens a sentence that is not understood without the one before.
	leansBack = regexp.MustCompile(`^(Dies|Diese|Dieser|Dieses|Diesem|Das (?:ist|gilt|sind|heißt|bedeutet|muss|darf|kann|soll|betrifft|hat|wird)|Dabei|Dafür|Dazu|Dagegen|Dort|Dann|Damit|Davon|Daher|Deshalb|Außerdem|Auch|Hierfür|Hierzu|Er|Aber|Jedoch|Allerdings|Sonst|Andernfalls|Ebenso|Zudem|Beides|Nur so)\b`)
	// turns opens a sentence that restricts or reverses the one before.
	turns = regexp.MustCompile(`^(Das gilt|Dies gilt|Davon|Ausgenommen|Ausnahme|Ausnahmen|Aber|Jedoch|Allerdings|Nicht|Keinesfalls|Verboten|Voraussetzung|Bedingung|Nur|Es sei denn|Außer)\b`)
	item  = regexp.MustCompile(`^\s*([-*•–+]\s|\d{1,3}[.)]\s|[a-z]\)\s)`)
)

func (p *piece) unit(i int) string { return p.units[i].Of(p.passage) }

// text joins the chosen units. Neighbours keep what stands between them.
func (p *piece) text() string {
	var b strings.Builder
	last := -1
	for i, chosen := range p.chosen {
		if !chosen {
			continue
		}
		switch {
		case last == i-1 && i > 0:
			b.WriteString(p.passage[p.units[last].End:p.units[i].Start])
		case last >= 0:
			b.WriteString(p.seam(last+1) + cut + p.seam(i))
		case i > 0:
			b.WriteString(cut + p.seam(i))
		}
		b.WriteString(clip(p.unit(i), mostRunes))
		last = i
	}
	if last < len(p.units)-1 {
		b.WriteString(p.seam(last+1) + cut)
	}
	return b.String()
}

// seam is what stands between a cut and unit i: a line break where the unit
// begins its line.
func (p *piece) seam(i int) string {
	if i > 0 && strings.Contains(p.passage[p.units[i-1].End:p.units[i].Start], "\n") {
		return "\n"
	}
	return " "
}

func (p *piece) row(i int) bool { return strings.Contains(p.unit(i), " | ") }

// lead returns the unit that introduces unit i: the line before its list, the
// head of its table; -1: none.
func (p *piece) lead(i int) int {
	k := i
	switch {
	case p.row(i):
		for k > 0 && p.row(k-1) {
			k--
		}
	case item.MatchString(p.unit(i)):
		for k > 0 && item.MatchString(p.unit(k)) {
			k--
		}
		if !strings.HasSuffix(p.unit(k), ":") {
			return -1
		}
	}
	if k == i {
		return -1
	}
	return k
}

// clip shortens a text at a blank to at most n runes and marks the cut.
func clip(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	short := string([]rune(text)[:n])
	if at := strings.LastIndexAny(short, " \n\t"); at > len(short)/2 {
		short = short[:at]
	}
	return strings.TrimSpace(short) + " " + cut
}
