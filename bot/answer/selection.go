package answer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// selection is the statements of one document and which of them are quoted.
type selection struct {
	all      []retrieval.Statement // in reading order
	best     int
	chosen   []bool
	repeated map[string]bool // statements that say nothing of what was asked
	words    int             // of those chosen
}

// newSelection selects the statement that answers with what it is not understood
// without.
func newSelection(all []retrieval.Statement, hits []retrieval.Hit, best retrieval.Statement, repeated map[string]bool) *selection {
	s := &selection{repeated: repeated}
	document := hits[best.Hit].Document.ID
	for _, statement := range all {
		if hits[statement.Hit].Document.ID == document {
			s.all = append(s.all, statement)
		}
	}
	slices.SortFunc(s.all, func(a, b retrieval.Statement) int {
		return cmp.Or(cmp.Compare(a.Passage.Ordinal, b.Passage.Ordinal), cmp.Compare(a.Passage.ID, b.Passage.ID), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	s.best = slices.IndexFunc(s.all, func(o retrieval.Statement) bool { return o.Passage.ID == best.Passage.ID && o.Span == best.Span })
	s.chosen = make([]bool, len(s.all))
	s.choose(s.closure(s.best))
	return s
}

// closure returns from where to where a statement has to be quoted: with the one
// that it leans on, and those that restrict it.
func (s *selection) closure(i int) (from, to int) {
	from, to = i, i+1
	for range 2 {
		if s.together(from-1, from) && s.leans(from) && !s.asks(from-1) && !Orders(s.text(from-1)) {
			from--
		}
	}
	for s.together(to-1, to) && turns.MatchString(s.text(to)) && !Orders(s.text(to)) {
		to++
	}
	return s.unbroken(from, to)
}

// unbroken widens a quote to the whole of what its document puts between quotation
// marks: "Der Satz lautet: „Maschinelle Übersetzung. Verbindlich ist …“".
func (s *selection) unbroken(from, to int) (begin, end int) {
	begin, end = from, to
	for range unbrokenWithin {
		if !s.together(end-1, end) || !opened(s.texted(begin, end)) {
			break
		}
		end++
	}
	for range unbrokenWithin {
		if !s.together(begin-1, begin) || !closed(s.texted(begin, end)) {
			break
		}
		begin--
	}
	if text := s.texted(begin, end); opened(text) || closed(text) {
		return from, to // its mark is missing
	}
	return begin, end
}

// unbrokenWithin is how many statements away the other quotation mark is looked for.
const unbrokenWithin = 3

func (s *selection) texted(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		b.WriteString(s.text(i) + " ")
	}
	return b.String()
}

// opened reports whether a German quotation is left open, closed whether one ends
// that did not begin.
func opened(text string) bool { return strings.Count(text, "„") > strings.Count(text, "“") }

func closed(text string) bool {
	return strings.Count(text, "“") > strings.Count(text, "„") && !strings.Contains(text, "”")
}

func (s *selection) choose(from, to int) {
	for i := from; i < to; i++ {
		if !s.chosen[i] {
			s.chosen[i] = true
			s.words += len(strings.Fields(s.text(i)))
		}
	}
}

// fill adds what else the document says to the question, the best first, as long
// as it fits.
func (s *selection) fill(words int) {
	s.list()
	order := make([]int, len(s.all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.all[b].Score, s.all[a].Score) })
	for _, i := range order {
		if s.all[i].Score < s.all[s.best].Score-alsoScore {
			break
		}
		if from, to := s.closure(i); !s.chosen[i] && s.adds(from, to) && s.words+s.wordsOf(from, to) <= words && s.cuts(from, to) <= mostCuts {
			s.choose(from, to)
		}
	}
	s.bridge(words)
	s.goOn()
}

// mostCuts is how often a quote leaves something out: one that is all gaps cannot be read.
const mostCuts = 1

// cuts counts where a quote would leave something out that has these statements as well.
func (s *selection) cuts(from, to int) int {
	cuts, last := -1, -1
	for i := range s.all {
		if !s.chosen[i] && (i < from || i >= to) {
			continue
		}
		if last < 0 || i > last+1 || !s.together(i-1, i) {
			cuts++
		}
		last = i
	}
	return cuts
}

// list adds the list that the best statement is an item of, from its first item on,
// where what was asked for is what stands above it rather than in the item: "Wann
// lohnt sich ein Roboter?" has five conditions for an answer.
func (s *selection) list() {
	from, to := s.listAround(s.best)
	asked := s.all[s.best].Above
	if lead := s.lead(s.best); lead >= 0 {
		asked = max(asked, s.all[lead].Bears)
	}
	if to-from < 2 || asked <= s.all[s.best].Bears {
		return
	}
	for i := from; i < to && s.words+s.wordsOf(i, i+1) <= listWords; i++ {
		if quotable(s.text(i)) {
			s.choose(i, i+1)
		}
	}
}

// listAround returns from where to where the list goes that a statement is an item
// of; nowhere where it is none.
func (s *selection) listAround(i int) (from, to int) {
	from, to = i, i
	for s.together(to, i) && german.ListItem(s.text(to)) {
		to++
	}
	for to > i && s.together(from-1, i) && german.ListItem(s.text(from-1)) {
		from--
	}
	return from, to
}

// goOn adds what stands behind the best statement to a quote of a few words: "Danach
// werden sie gelöscht."
func (s *selection) goOn() {
	for i := s.best + 1; s.together(i-1, i); i++ {
		from, to := s.closure(i)
		if !s.chosen[i] && (!s.adds(from, to) || s.words+s.wordsOf(from, to) > fewWords) {
			return
		}
		s.choose(from, to)
	}
}

// bridge adds single statements between those chosen, as far as they fit: what is
// left out is to be more than a mark says.
func (s *selection) bridge(words int) {
	for i := 1; i+1 < len(s.all); i++ {
		between := s.chosen[i-1] && s.chosen[i+1] && s.together(i-1, i) && s.together(i, i+1)
		if between && !s.chosen[i] && quotable(s.text(i)) && s.words+s.wordsOf(i, i+1) <= words {
			s.choose(i, i+1)
		}
	}
}

// wordsOf counts the words that quoting these would add.
func (s *selection) wordsOf(from, to int) int {
	words := 0
	for i := from; i < to; i++ {
		if !s.chosen[i] {
			words += len(strings.Fields(s.text(i)))
		}
	}
	return words
}

// adds reports whether statements may be quoted beside the best one: rows below
// the same head, items below the same line, and of another passage only what
// stands by itself there.
func (s *selection) adds(from, to int) bool {
	if s.row(from) != s.row(s.best) || s.row(from) && (from == s.top(s.best) || s.top(from) != s.top(s.best)) {
		return false
	}
	for i := from; i < to; i++ {
		if !quotable(s.text(i)) || s.repeated[german.Fold(s.text(i))] {
			return false
		}
	}
	if s.together(from, s.best) {
		return s.start(from) >= s.start(s.best) || s.lead(s.best) < 0 && s.askedBefore(s.best) == ""
	}
	return !german.ListItem(s.text(from)) && !s.leans(from) && !strings.HasSuffix(s.text(to-1), ":") &&
		s.heading(from) == "" && s.heading(s.best) == "" && s.passagesWith(from) <= 1+morePassages
}

// passagesWith counts the passages that would be quoted with a statement.
func (s *selection) passagesWith(i int) int {
	passages := map[int64]bool{s.all[i].Passage.ID: true}
	for k, chosen := range s.chosen {
		if chosen {
			passages[s.all[k].Passage.ID] = true
		}
	}
	return len(passages)
}

func (s *selection) text(i int) string { return s.all[i].Text() }

func (s *selection) start(i int) int { return s.all[i].Span.Start }

// together reports whether both exist and stand in one passage.
func (s *selection) together(a, b int) bool {
	return a >= 0 && b >= 0 && a < len(s.all) && b < len(s.all) && s.all[a].Passage.ID == s.all[b].Passage.ID
}

func (s *selection) row(i int) bool { return isRow(s.text(i)) }

// asks reports whether a statement is a question: none is an item of a list of things to
// check, or a head of a table.
func (s *selection) asks(i int) bool {
	return strings.HasSuffix(s.text(i), "?") && !s.row(i) && !german.ListItem(s.text(i))
}

// leans reports whether a statement is not understood without the one before. A
// Yes or No is not without its question.
func (s *selection) leans(i int) bool {
	return german.LeansBack(s.text(i)) || yesOrNo.MatchString(s.text(i)) && s.question(i) == ""
}

// question returns what the document asks right before a statement: in the
// sentence before it, or in its heading.
func (s *selection) question(i int) string { return cmp.Or(s.askedBefore(i), s.heading(i)) }

// askedBefore is the sentence before a statement if it asks.
func (s *selection) askedBefore(i int) string {
	if s.together(i-1, i) && s.asks(i-1) {
		return s.text(i - 1)
	}
	return ""
}

// heading is the heading of a statement if it asks.
func (s *selection) heading(i int) string {
	if heading := s.all[i].Passage.Heading(); strings.HasSuffix(strings.TrimSpace(heading), "?") {
		return heading
	}
	return ""
}

// lead returns the line before the list that a statement is of, or the head of its
// table, unless it is quoted itself; -1: none.
func (s *selection) lead(i int) int {
	k := i
	if s.row(k) {
		k = s.top(k)
	} else if from, to := s.listAround(k); from < to {
		if k = from - 1; !s.together(k, i) || !strings.HasSuffix(s.text(k), ":") {
			return -1
		}
	}
	if s.chosen[k] || k == i {
		return -1
	}
	return k
}

// top is the first row of the table that a row stands in.
func (s *selection) top(i int) int {
	for s.together(i-1, i) && s.row(i-1) {
		i--
	}
	return i
}

// texts returns the texts of those chosen.
func (s *selection) texts() []string {
	var texts []string
	for i, chosen := range s.chosen {
		if chosen {
			texts = append(texts, s.text(i))
		}
	}
	return texts
}

func (s *selection) excerpt(hit retrieval.Hit) excerpt {
	best := s.all[s.best]
	hit.Passage = best.Passage
	e := excerpt{hit: hit, score: best.Score, bears: best.Bears, fits: best.Fits}
	if lead := s.lead(s.best); lead >= 0 {
		e.lead, e.leadsOn = s.text(lead), s.chosen[lead+1]
	}
	var beside []piece
	for from := 0; from < len(s.all); {
		to := from
		for to < len(s.all) && s.chosen[to] && (to == from || s.together(to-1, to)) {
			to++
		}
		switch p := s.piece(from, to); {
		case to == from:
			to++
		case s.together(from, s.best):
			if p.best != "" {
				e.question = s.question(from)
			}
			e.pieces = append(e.pieces, p)
		default:
			beside = append(beside, p)
		}
		from = to
	}
	e.pieces = append(e.pieces, beside...)
	return e
}

// piece returns those chosen from one statement to another, which is not in it.
func (s *selection) piece(from, to int) piece {
	if from == to {
		return piece{}
	}
	passage := s.all[from].Passage
	start, end := s.start(from), s.all[to-1].Span.End
	best := s.all[s.best]
	if s.best < from || s.best >= to {
		return piece{passage: passage, before: passage.Text[start:end]}
	}
	return piece{
		passage: passage,
		before:  passage.Text[start:best.Span.Start], best: clip(best.Text(), quoteRunes), after: passage.Text[best.Span.End:end],
	}
}

var (
	yesOrNo = regexp.MustCompile(`^(?:(?:Ja|Nein)|Antwort: (?:[Jj]a|[Nn]ein))\b`)
	// turns opens a sentence that restricts or reverses the one before.
	turns = regexp.MustCompile(`^(Das gilt|Dies gilt|Davon|Ausgenommen|Ausnahme|Ausnahmen|Aber|Jedoch|Allerdings|Nicht|Keinesfalls|Verboten|Voraussetzung|Bedingung|Nur|Es sei denn|Außer)\b`)
)
