package answer

import (
	"slices"
	"time"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Statement makes the answer of the one statement that answers best, word for word, with
// its source, or of the two that differ; false: nothing was found.
func (c *Composer) Statement(question string, found retrieval.Result, now time.Time) (Answer, bool) {
	said := saidOf(question, found)
	switch {
	case len(said) == 0:
		return Answer{}, false
	case len(said) > 1:
		return c.differing(found, said, now), true
	}
	return c.one(found, said[0], now), true
}

// Whence makes the answer that says of an answer where it stands, who is in charge or since
// when it is so; false: nothing was found.
func (c *Composer) Whence(question string, found retrieval.Result, asks prompts.WhenceAsks, now time.Time) (Answer, bool) {
	said := saidOf(question, found)
	if len(said) == 0 {
		return Answer{}, false
	}
	a := answerOf(found, Answered, said)
	shown := prompts.Whence{Asks: asks}
	for _, s := range a.Sources {
		shown.Sources = append(shown.Sources, sourceShown(c.cfg.Texts, s, now))
	}
	a.Body = c.cfg.Texts.Whence(shown)
	return a, true
}

// Against makes the answer to who says otherwise: what the documents say once more, and
// where another one has the number or is the document that was named, that one besides,
// the more binding first. Wider is found for both together. False: nothing was found.
func (c *Composer) Against(question, said string, found, wider retrieval.Result, now time.Time) (Answer, bool) {
	own := saidOf(question, found)
	if len(own) == 0 {
		return Answer{}, false
	}
	if len(own) > 1 {
		return c.differing(found, own, now), true
	}
	for _, result := range []retrieval.Result{found, wider} {
		if other, unsure, there := otherwise(said, own[0], question, result); there {
			return c.sides(found, candidates{own[0], other}.byRank(), unsure, now), true
		}
	}
	a := c.one(found, own[0], now)
	a.Body = c.cfg.Texts.Stays(prompts.Quotes{Quotes: c.display(own, a.Sources, now)})
	return a, true
}

// Since is the day from which on the document of the best statement is valid; false: it
// says none.
func (c *Composer) Since(question string, found retrieval.Result) (time.Time, bool) {
	said := saidOf(question, found)
	if len(said) == 0 {
		return time.Time{}, false
	}
	day := midnight(said[0].hit.Document.ValidFrom)
	return day, !day.IsZero()
}

// Before makes the answer of what held before, out of what was found for a day before;
// false: nothing was found for it but what still holds.
func (c *Composer) Before(question string, before retrieval.Result, now time.Time) (Answer, bool) {
	ended := before.Only(func(h retrieval.Hit) bool { return !h.Ended.IsZero() })
	then := saidOf(question, ended)
	if len(then) == 0 {
		return Answer{}, false
	}
	a := answerOf(ended, Answered, then[:1])
	a.AsOf = before.AsOf
	a.Body = c.cfg.Texts.Before(prompts.Before{Until: midnight(then[0].hit.Ended), Quote: c.display(then[:1], a.Sources, now)[0]})
	return a, true
}

// saidOf are the statements that an answer rests on, each alone: the best one, or the two
// that differ.
func saidOf(question string, found retrieval.Result) candidates {
	var chosen candidates
	switch found.Sufficiency.Band {
	case retrieval.NotFound:
		return nil
	case retrieval.Conflicting:
		chosen = sidesOf(question, found)
	default:
		if quoted := quotedOf(question, found); len(quoted) > 0 {
			chosen = quoted[:1]
		}
	}
	alone := make(candidates, len(chosen))
	for i, e := range chosen {
		alone[i] = e.statement()
	}
	return alone
}

// statement is an excerpt of the best statement alone. What says which question it answers,
// or heads its row, stays.
func (e excerpt) statement() excerpt {
	for _, p := range e.pieces {
		if p.best != "" {
			p.before, p.after = "", ""
			e.pieces = []piece{p}
			break
		}
	}
	return e
}

// differing makes the answer of two statements that differ, the more binding first.
func (c *Composer) differing(found retrieval.Result, sides candidates, now time.Time) Answer {
	return c.sides(found, sides, false, now)
}

// sides is differing of two statements that may as well say the same in other words.
func (c *Composer) sides(found retrieval.Result, sides candidates, unsure bool, now time.Time) Answer {
	a := answerOf(found, Conflicting, sides)
	a.Body = c.cfg.Texts.Conflicting(prompts.Conflict{
		Quotes: c.display(sides, a.Sources, now), Ranked: sides[0].rank() < sides[1].rank(), Unsure: unsure,
	})
	return a
}

// otherwise finds the best statement of another document that says what was named: a
// number that the own one has not, or where none was, that is of a document which was, or has
// all words that were claimed; unsure: it may as well say the same. Who names what the own
// one says is shown a more binding one with another number.
func otherwise(said string, own excerpt, question string, found retrieval.Result) (other excerpt, unsure, there bool) {
	numbers, named, mine := numbersIn(said), namedIn(said), numbersIn(own.bestText())
	claimed := claimedIn(said, question)
	agrees := anyOf(numbers, mine)
	all := found.Statements(question)
	for _, s := range all {
		hit := found.Hits[s.Hit]
		if hit.Document.ID == own.hit.Document.ID || max(s.Bears, s.Above) < leastBearing || !quotable(s.Text()) {
			continue
		}
		theirs := numbersIn(s.Text())
		switch {
		case agrees:
			there = hit.Document.Rank < own.rank() && len(theirs) > 0 && !anyOf(theirs, mine)
		case len(numbers) > 0:
			there = anyOf(numbers, theirs)
		default:
			unsure = has(hit.Document.Title, named) == 0
			there = !unsure || len(claimed) > 0 && has(s.Text(), claimed) == len(claimed)
		}
		if there {
			return newSelection(all, found.Hits, s, nil).excerpt(hit).statement(), unsure, true
		}
	}
	return excerpt{}, false, false
}

// claimedIn are the words of what somebody says, but for those of the question and of who
// says it.
func claimedIn(said, question string) []german.Word {
	asked := german.Content(german.Words(question))
	return slices.DeleteFunc(german.Content(german.Words(said)), func(w german.Word) bool {
		return saying[w.Form] || slices.ContainsFunc(asked, func(q german.Word) bool { return q.Stem == w.Stem })
	})
}

// saying are words for who says something, and that they do; folded.
var saying = german.Set("meint meinen meinte sagt sagen sagte behauptet schreibt kollege kollegin kollegen kolleginnen chef chefin vorgesetzte vorgesetzter leitung " +
	"teamleitung team abteilung geht ginge darf durfen sei ware klappt reicht lotse lotsin personalrat immer doch")

func anyOf(wanted, there []string) bool {
	return slices.ContainsFunc(wanted, func(w string) bool { return slices.Contains(there, w) })
}

// numbersIn are the numbers of a text as digits, also those written as words.
func numbersIn(text string) []string {
	var all []string
	for _, w := range german.Words(text) {
		number := german.Numeral(w.Form)
		if w.Kind == german.Number {
			number = w.Stem
		}
		if number != "" && !slices.Contains(all, number) {
			all = append(all, number)
		}
	}
	return all
}
