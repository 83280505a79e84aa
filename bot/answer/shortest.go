package answer

import (
	"time"

	"lvr.example/sprechstunde/retrieval"
)

// Shortest makes the answer of the one statement that answers best, word for word, with
// its source; false: nothing was found, or what is shown is no longer than that.
func (c *Composer) Shortest(question string, found retrieval.Result, now time.Time) (Answer, bool) {
	chosen := quotedOf(question, found)
	if len(chosen) == 0 || found.Sufficiency.Band == retrieval.NotFound {
		return Answer{}, false
	}
	short, shorter := chosen[0].statement()
	if !shorter && len(chosen) == 1 {
		return Answer{}, false
	}
	return c.one(found, short, now), true
}

// statement is an excerpt of the best statement alone, and whether that is less. What
// says which question it answers, or heads its row, stays.
func (e excerpt) statement() (alone excerpt, less bool) {
	less = len(e.pieces) > 1
	for _, p := range e.pieces {
		if p.best == "" {
			continue
		}
		less = less || p.before != "" || p.after != ""
		p.before, p.after = "", ""
		e.pieces = []piece{p}
		break
	}
	return e, less
}
