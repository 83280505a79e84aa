package retrieval

import (
	"slices"
	"strings"
)

// What a yes or no is told by goes first, in log odds and shares of the question's words.
const (
	rowWithin  = 4.0  // how far behind the best statement the row of the thing asked about may lie
	rowBears   = 0.15 // how much more of the question it has
	askedAlike = 0.5  // of the question stands above an answer of yes or no
)

// decided puts first, where a rule is asked for, what decides it: the row of a table that
// names the thing ("Dienstplan mit Namen | 2"), and of questions and answers the yes or no
// of the question that is asked alike, whatever is explained behind it.
func (j judging) decided(all []Statement) {
	if j.asked != AskedRule || len(all) == 0 {
		return
	}
	best := all[0]
	first := func(i int) {
		all[i].Score, all[i].Fits = max(all[i].Score, best.Score), true
		toFront(all, i)
	}
	answers := func(s Statement) bool { return s.Passage.ID == best.Passage.ID && yesNo.MatchString(s.Text()) }
	if asksAlike(best) {
		if i := slices.IndexFunc(all, answers); i >= 0 {
			first(i)
			return
		}
	}
	for i, s := range all {
		if i > 0 && row(s.Text()) && !row(best.Text()) && s.Score >= best.Score-rowWithin && s.Bears >= best.Bears+rowBears {
			first(i)
			return
		}
	}
}

// asksAlike reports whether a statement stands below a question that has the words of the
// one asked.
func asksAlike(s Statement) bool {
	return strings.HasSuffix(strings.TrimSpace(s.Passage.Heading()), "?") && s.Above >= askedAlike
}
