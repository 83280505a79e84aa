package answer

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// An excerpt is what is quoted of one document: the statement that answers best,
// with what it needs to be understood, and what else the document says to the
// question as far as it fits, word for word.
type excerpt struct {
	hit      retrieval.Hit // with the passage that the best statement stands in
	score    float64       // of the best statement, in log odds
	bears    float64       // share of the question's words in it
	fits     bool          // it gives what the question asks for
	question string        // that the document itself answers with it; empty: none
	lead     string        // the line that introduces its list, or its table's head, where it is not beside it
	leadsOn  bool          // what is quoted begins right below lead
	pieces   []piece       // in the document's order, those of other passages last; one holds the best statement
}

// piece is statements in a row of one passage.
type piece struct {
	passage retrieval.Passage
	before  string // the statements before the best one; all of them where it is not here
	best    string // the statement that answers; empty: it stands in another piece
	after   string
}

// quote is the piece as it stands in the document.
func (p piece) quote() string { return p.before + p.best + p.after }

const (
	quoteWords   = 45  // words up to which statements are added to the best one
	secondWords  = 25  // the same in the excerpt of a second document
	listWords    = 50  // up to which a list is quoted whose items together answer
	fewWords     = 20  // up to which it goes on with what stands behind it
	quoteRunes   = 760 // no quote is longer, whatever its sentences
	morePassages = 1   // of the same document are quoted besides the one that answers
	cut          = "[…]"

	// alsoScore is how far, in log odds, a statement of the same document may lie
	// behind the best one to be quoted with it. Of 282 questions over the example
	// house .642 have their answer's words within a post's first 60 then, with 4 .631.
	alsoScore = 3.0
	// closeScore is the same for the best statement of another document: 18 % of
	// these posts show two, with .7 10 %, and .681 have their answer's words in the
	// post, with .7 .667.
	closeScore = 1.0
	// bindingScore is the same for a more binding document that has at least
	// bindingBears of the question's words: a rule is not left unsaid beside what tells
	// of it.
	bindingScore = 2.0
	bindingBears = 0.4
)

// rank is how binding its document is, 1 most.
func (e excerpt) rank() int { return max(1, e.hit.Document.Rank) }

// quote is what is quoted as it stands in the document, with a mark where something
// is left out.
func (e excerpt) quote() string {
	quotes := make([]string, len(e.pieces))
	for i, p := range e.pieces {
		quotes[i] = p.quote()
	}
	return strings.Join(quotes, " "+cut+" ")
}

// beside are the passages that are quoted besides the one of the best statement.
func (e excerpt) beside() []retrieval.Passage {
	var others []retrieval.Passage
	for _, p := range e.pieces {
		known := func(o retrieval.Passage) bool { return o.ID == p.passage.ID }
		if !known(e.hit.Passage) && !slices.ContainsFunc(others, known) {
			others = append(others, p.passage)
		}
	}
	return others
}

// bestText is the statement that answers.
func (e excerpt) bestText() string {
	for _, p := range e.pieces {
		if p.best != "" {
			return p.best
		}
	}
	return ""
}

// candidates are excerpts of different documents, the best first.
type candidates []excerpt

// candidatesOf returns the best excerpts of what was found, each of another
// document, at most n. Statements are judged once.
func candidatesOf(question string, found retrieval.Result, n int) candidates {
	all := found.Statements(question)
	repeated := repetitions(all, found.Hits)
	var chosen candidates
	shown, quoted := map[string]bool{}, map[int64]bool{}
	for _, s := range all {
		if len(chosen) == n {
			break
		}
		key, document := german.Fold(s.Text()), found.Hits[s.Hit].Document.ID
		if shown[key] || repeated[key] || quoted[document] || !quotable(s.Text()) {
			continue
		}
		words := quoteWords
		if len(chosen) > 0 {
			words = secondWords
		}
		sel := newSelection(all, found.Hits, s, repeated)
		sel.fill(words)
		for _, t := range sel.texts() {
			shown[german.Fold(t)] = true
		}
		quoted[document] = true
		chosen = append(chosen, sel.excerpt(found.Hits[s.Hit]))
	}
	return chosen
}

// quotedOf returns the excerpts that an answer of quotes shows, the most binding first:
// the best one, and a second one where it bears on the question nearly as much.
func quotedOf(question string, found retrieval.Result) candidates {
	return candidatesOf(question, found, lookedAt).shown().byRank()
}

// shown are those that an answer shows: the best one, and behind it a more binding
// document that speaks of the same, or else one that bears on the question nearly as much
// where the best one does not give what was asked for.
func (c candidates) shown() candidates {
	for i, other := range c {
		if i > 0 && other.rank() < c[0].rank() && other.fits && other.bears >= bindingBears && other.score >= c[0].score-bindingScore {
			return candidates{c[0], other}
		}
	}
	if len(c) > 0 && c[0].fits {
		return c[:1] // it gives what was asked for
	}
	return c.near(shownPassages, closeScore)
}

// sidesOf returns the excerpts of the statements that differ, the more binding
// first; where none are known, those of the best two documents.
func sidesOf(question string, found retrieval.Result) candidates {
	all := found.Statements(question)
	repeated := repetitions(all, found.Hits)
	var sides candidates
	for _, s := range found.Sufficiency.Sides {
		sel := newSelection(all, found.Hits, s, repeated)
		sel.fill(secondWords)
		sides = append(sides, sel.excerpt(found.Hits[s.Hit]))
	}
	if len(sides) < 2 {
		return candidatesOf(question, found, shownPassages).byRank()
	}
	return sides
}

// near returns those that lie no further than within behind the best, at most n.
func (c candidates) near(n int, within float64) candidates {
	for i := range c {
		if i == n || c[i].score < c[0].score-within {
			return c[:i]
		}
	}
	return c
}

// without returns those of other documents than shown.
func (c candidates) without(shown candidates) (rest candidates) {
	for _, e := range c {
		if !slices.ContainsFunc(shown, func(s excerpt) bool { return s.hit.Document.ID == e.hit.Document.ID }) {
			rest = append(rest, e)
		}
	}
	return rest
}

// byRank returns them with the most binding document first.
func (c candidates) byRank() candidates {
	sorted := slices.Clone(c)
	slices.SortStableFunc(sorted, func(a, b excerpt) int {
		if min(a.bears, b.bears) < leastBearing {
			return 0 // one of them may be about something else
		}
		return cmp.Compare(a.rank(), b.rank())
	})
	return sorted
}

// excerptOf returns the best excerpt of one hit's own passage.
func excerptOf(question string, hit retrieval.Hit) (excerpt, bool) {
	hit.Around = nil
	one := candidatesOf(question, retrieval.Result{Hits: []retrieval.Hit{hit}}, 1)
	if len(one) == 0 {
		return excerpt{}, false
	}
	return one[0], true
}

// repetitions are the statements that stand in several documents, or have no word that
// does not, and say nothing of what was asked: notes and running heads of a house.
func repetitions(all []retrieval.Statement, hits []retrieval.Hit) map[string]bool {
	documents := map[string]int64{}
	repeated := map[string]bool{}
	for _, s := range all {
		key, document := german.Fold(s.Text()), hits[s.Hit].Document.ID
		if s.Usual && s.Bears < leastBearing {
			repeated[key] = true
		}
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
	return strings.ContainsFunc(text, isWordRune) && !strings.HasSuffix(text, "?") && !Orders(text)
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
