package answer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// An excerpt is what is quoted of one passage: the statement that answers best,
// with what it needs to be understood and neighbours as far as they fit, word for
// word and in a row.
type excerpt struct {
	hit      retrieval.Hit // whose passage it stands in
	question string        // that the document itself answers with it; empty: none
	lead     string        // the line that introduces its list, or its table's head, where it is not beside it
	before   string        // the quote in three parts: neighbours,
	best     string        // the statement that answers,
	after    string        // neighbours
}

const (
	quoteWords = 40  // words up to which neighbours are added to a statement
	quoteRunes = 760 // no quote is longer, whatever its sentences
	cut        = "[…]"

	// closeScore is how far, in log odds, the best statement of another document
	// may lie behind the best one to be shown as well. On 117 questions over the
	// example house 18 % of the answers show two then, and 4 more hold the answer's
	// words; 2.0 would show two in 35 %, for 2 more.
	closeScore = 1.0
)

// rank is how binding its document is, 1 most.
func (e excerpt) rank() int { return max(1, e.hit.Document.Rank) }

// quote is the excerpt as it stands in the document.
func (e excerpt) quote() string { return e.before + e.best + e.after }

// excerpts returns the best ones of what was found, each of another document, at
// most n: the first always, a further one only if it lies no further than within
// behind the best and says something new. The most binding document comes first.
func excerpts(question string, found retrieval.Result, n int, within float64) []excerpt {
	all := found.Statements(question)
	repeated := repetitions(all, found.Hits)
	var chosen []excerpt
	shown, quoted := map[string]bool{}, map[int64]bool{}
	for _, s := range all {
		if len(chosen) == n || len(chosen) > 0 && s.Score < all[0].Score-within {
			break
		}
		key, document := german.Fold(s.Text()), found.Hits[s.Hit].Document.ID
		if shown[key] || repeated[key] || quoted[document] || !quotable(s.Text()) {
			continue
		}
		r := newRun(all, s)
		for _, t := range r.statements() {
			shown[german.Fold(t)] = true
		}
		quoted[document] = true
		chosen = append(chosen, r.excerpt(found.Hits[s.Hit]))
	}
	slices.SortStableFunc(chosen, func(a, b excerpt) int { return cmp.Compare(a.rank(), b.rank()) })
	return chosen
}

// excerptOf returns the best excerpt of one hit's own passage.
func excerptOf(question string, hit retrieval.Hit) (excerpt, bool) {
	hit.Around = nil
	one := excerpts(question, retrieval.Result{Hits: []retrieval.Hit{hit}}, 1, 0)
	if len(one) == 0 {
		return excerpt{}, false
	}
	return one[0], true
}

// repetitions are the statements that stand in several documents and say nothing
// of what was asked: notes and running heads of a house.
func repetitions(all []retrieval.Statement, hits []retrieval.Hit) map[string]bool {
	documents := map[string]int64{}
	repeated := map[string]bool{}
	for _, s := range all {
		key, document := german.Fold(s.Text()), hits[s.Hit].Document.ID
		if other, known := documents[key]; known && other != document && s.Bears < leastBearing {
			repeated[key] = true
		}
		documents[key] = document
	}
	return repeated
}

// leastBearing is the share of the question's words from which a statement that
// several documents have is one about the question.
const leastBearing = 0.34

// quotable reports whether a statement says something by itself, to people.
func quotable(text string) bool {
	return strings.ContainsFunc(text, isWordRune) && !strings.HasSuffix(text, "?") && !orders(text)
}

// run is statements in a row of one passage around the one that answers.
type run struct {
	all      []retrieval.Statement // of the passage, in reading order
	best     int
	from, to int // those chosen
}

func newRun(all []retrieval.Statement, best retrieval.Statement) *run {
	r := &run{}
	for _, s := range all {
		if s.Passage.ID == best.Passage.ID {
			r.all = append(r.all, s)
		}
	}
	slices.SortFunc(r.all, func(a, b retrieval.Statement) int { return a.Span.Start - b.Span.Start })
	r.best = slices.IndexFunc(r.all, func(s retrieval.Statement) bool { return s.Span == best.Span })
	r.from, r.to = r.best, r.best+1
	r.complete()
	r.fill()
	return r
}

// complete adds what the statement is not understood without: the one that it
// leans on, and the one that restricts it.
func (r *run) complete() {
	for range 2 {
		if r.from > 0 && r.leans(r.from) && !r.asks(r.from-1) && !orders(r.text(r.from-1)) {
			r.from--
		}
	}
	for r.to < len(r.all) && turns.MatchString(r.text(r.to)) && !orders(r.text(r.to)) {
		r.to++
	}
}

// fill adds neighbours while they fit, of two the one that bears more on the
// question; the next one has the better claim.
func (r *run) fill() {
	for {
		next, before := r.fits(r.to), r.fits(r.from-1)
		switch {
		case next && (!before || r.all[r.to].Score+nextScore >= r.all[r.from-1].Score):
			r.to++
		case before:
			r.from--
		default:
			return
		}
	}
}

// nextScore is what a statement gains by standing behind another.
const nextScore = 0.3

// fits reports whether a neighbour may be added.
func (r *run) fits(i int) bool {
	if i < 0 || i >= len(r.all) || r.asks(i) || orders(r.text(i)) || r.row(i) != r.row(r.best) || r.row(i) && i == r.top() {
		return false // the head of a table stands before each cell
	}
	words := len(strings.Fields(r.text(i)))
	for k := r.from; k < r.to; k++ {
		words += len(strings.Fields(r.text(k)))
	}
	return words <= quoteWords
}

func (r *run) text(i int) string { return r.all[i].Text() }

func (r *run) row(i int) bool { return strings.Contains(r.text(i), " | ") }

func (r *run) asks(i int) bool { return strings.HasSuffix(r.text(i), "?") }

// leans reports whether a statement is not understood without the one before. A
// Yes or No is not without its question.
func (r *run) leans(i int) bool {
	return german.LeansBack(r.text(i)) || yesOrNo.MatchString(r.text(i)) && r.question() == ""
}

// statements returns the texts of those chosen.
func (r *run) statements() []string {
	var texts []string
	for i := r.from; i < r.to; i++ {
		texts = append(texts, r.text(i))
	}
	return texts
}

func (r *run) excerpt(hit retrieval.Hit) excerpt {
	best := r.all[r.best]
	text, from, to := best.Passage.Text, r.all[r.from].Span.Start, r.all[r.to-1].Span.End
	hit.Passage = best.Passage
	return excerpt{
		hit: hit, question: r.question(), lead: r.lead(),
		before: text[from:best.Span.Start], best: clip(best.Text(), quoteRunes), after: text[best.Span.End:to],
	}
}

// question returns what the document asks right before the run: in the sentence
// before it, or in its heading.
func (r *run) question() string {
	if r.from > 0 && r.asks(r.from-1) {
		return r.text(r.from - 1)
	}
	headings := r.all[r.best].Passage.Headings
	if n := len(headings); n > 0 && strings.HasSuffix(strings.TrimSpace(headings[n-1]), "?") {
		return headings[n-1]
	}
	return ""
}

// lead returns the line before the list that the run is of, or the head of its
// table, unless it is part of the run.
func (r *run) lead() string {
	k := r.best
	if r.row(k) {
		k = r.top()
	} else if item.MatchString(r.text(k)) {
		for k > 0 && item.MatchString(r.text(k)) {
			k--
		}
		if !strings.HasSuffix(r.text(k), ":") {
			return ""
		}
	}
	if k >= r.from {
		return ""
	}
	return r.text(k)
}

// top is the first row of the table that the best statement is a row of.
func (r *run) top() int {
	k := r.best
	for k > 0 && r.row(k-1) {
		k--
	}
	return k
}

var (
	yesOrNo = regexp.MustCompile(`^(?:Ja|Nein)\b`)
	// turns opens a sentence that restricts or reverses the one before.
	turns = regexp.MustCompile(`^(Das gilt|Dies gilt|Davon|Ausgenommen|Ausnahme|Ausnahmen|Aber|Jedoch|Allerdings|Nicht|Keinesfalls|Verboten|Voraussetzung|Bedingung|Nur|Es sei denn|Außer)\b`)
	item  = regexp.MustCompile(`^\s*([-*•–+]\s|\d{1,3}[.)]\s|[a-z]\)\s)`)
)

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
