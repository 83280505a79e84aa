package hardlist

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/bot/pattern"
	"lvr.example/sprechstunde/retrieval/german"
)

// matcher is the words of a rule, as rules.txt explains them.
type matcher struct {
	expr  *regexp.Regexp
	needs [][]string // a text that it meets has one of each, the fewest first
	words []string   // that it names
}

// meets reports whether a text has the words. Most texts are told apart by what
// they lack.
func (m *matcher) meets(text string) bool {
	for _, need := range m.needs {
		if !slices.ContainsFunc(need, func(letters string) bool { return strings.Contains(text, letters) }) {
			return false
		}
	}
	return m.expr.MatchString(text)
}

// compile reads a pattern. Each of its elements takes the blank behind it, so
// that they stand side by side in a text where they do in the pattern.
func compile(text string, lists pattern.Lists) (*matcher, error) {
	whole, err := dialect.Parse(text, lists)
	if err != nil {
		return nil, err
	}
	expr, err := regexp.Compile(" (?:" + whole.Expr + ")")
	if err != nil {
		return nil, fmt.Errorf("the pattern is too large: %w", err)
	}
	return &matcher{expr, lettersOf(whole.Needs), whole.Words}, nil
}

func lettersOf(needs []pattern.OneOf) [][]string {
	all := make([][]string, len(needs))
	for i, need := range needs {
		for _, word := range need {
			all[i] = append(all[i], strings.Trim(word, "*"))
		}
	}
	slices.SortStableFunc(all, func(a, b []string) int { return len(a) - len(b) })
	return all
}

// dialect is how rules.txt writes what [pattern] leaves open.
var dialect = pattern.Dialect{Signs: "?", Form: formOf, Own: ownPart}

// mostBetween is how many words a gap may have.
const mostBetween = 20

func ownPart(e string) (one pattern.Part, is bool, err error) {
	name, maybe := strings.CutSuffix(e, "?")
	sign := ""
	if maybe {
		sign = "?"
	}
	switch {
	case name == ".":
		return pattern.Part{Expr: `\. `}.Times(sign), true, nil
	case name == "_":
		return pattern.Part{Expr: `[^ .]+ `}.Times(sign), true, nil
	case strings.HasPrefix(e, "<") && strings.HasSuffix(e, ">"):
		n, err := strconv.Atoi(e[1 : len(e)-1])
		if err != nil || n < 1 || n > mostBetween {
			return one, false, fmt.Errorf("%s: write the number of words between as <1> to <%d>", e, mostBetween)
		}
		return pattern.Part{Expr: fmt.Sprintf(`(?:[^ .]+ ){0,%d}?`, n)}, true, nil
	}
	return one, false, nil
}

// A folded word, without its marks and with them.
var (
	bareForm = regexp.MustCompile(`^[a-z0-9]+$`)
	wordForm = regexp.MustCompile(`^\*?[a-z0-9]+\*?$`)
)

func formOf(word string) (string, error) {
	form := german.Fold(word)
	if !bareForm.MatchString(form) {
		return "", fmt.Errorf("%q is no word", word)
	}
	return form, nil
}
