package dialogue

import (
	"regexp"

	"lvr.example/sprechstunde/bot/pattern"
)

// theme is what words are about: a list of the rules, of which some are several
// words long.
type theme struct {
	expr  *regexp.Regexp
	needs set // which a word of each of the list meets
}

// longestName is how many words one of a theme has at most.
const longestName = 4

func themeOf(list string, lists pattern.Lists, f *finder) (theme, error) {
	whole, err := dialect.Parse(list, lists)
	if err != nil {
		return theme{}, err
	}
	expr, err := regexp.Compile("^(?U:" + whole.Expr + ")")
	return theme{expr, f.file(whole.Needs)}, err
}

// ends says of each word of a message where a name of the theme ends that begins
// with it, as the number behind it; 0: none begins there.
func (t *theme) ends(s spoken, meets []set) []int {
	ends := make([]int, len(s.tokens))
	tried := 0
	for i := range s.tokens {
		if !meets[i].holds(t.needs) {
			continue
		}
		for at := max(tried, i-longestName+1); at <= i; at++ {
			near := s.part(at, min(at+longestName, len(s.tokens))).line()
			if m := t.expr.FindStringIndex(near); m != nil {
				ends[at] = at + wordsIn(near[:m[1]])
			}
		}
		tried = i + 1
	}
	return ends
}

func wordsIn(line string) (n int) {
	for _, r := range line {
		if r == ' ' {
			n++
		}
	}
	return n
}

// within reports whether a run names a theme, by the ends of its names.
func within(ends []int, s spoken) bool {
	for _, t := range s.tokens {
		if end := ends[t.at]; end > 0 && end <= s.tokens[len(s.tokens)-1].at+1 {
			return true
		}
	}
	return false
}
