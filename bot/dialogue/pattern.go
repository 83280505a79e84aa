package dialogue

import (
	"fmt"
	"regexp"

	"lvr.example/sprechstunde/bot/pattern"
)

// dialect is how the rules write what [pattern] leaves open:
//
//	...         any words, also none
//	<rest>      any words, at least one, which the act keeps
//	<nr>        a number, which the act keeps
//
// Behind a word, a list or a bracket may stand ? (or none) or + (one or more),
// behind a list or a bracket also * (any number, also none).
var dialect = pattern.Dialect{Signs: "?+*", Form: wordForm, Own: ownPart}

// compile turns the pattern of a rule into an expression over a whole line.
func compile(d pattern.Dialect, text string, lists pattern.Lists) (fitting, error) {
	whole, err := d.Parse(text, lists)
	if err != nil {
		return fitting{}, err
	}
	expr, err := regexp.Compile("^(?:" + whole.Expr + ")$")
	if err != nil {
		return fitting{}, fmt.Errorf("the pattern is too large: %w", err)
	}
	return fitting{expr, whole.Needs}, nil
}

// fitting is a pattern ready for use.
type fitting struct {
	expr  *regexp.Regexp
	needs []pattern.OneOf
}

// fits reports whether a line fits.
func (f fitting) fits(line string) bool { return f.expr.MatchString(line) }

// find returns where the groups of the pattern stand in a line; nil: it does
// not fit.
func (f fitting) find(line string) []int { return f.expr.FindStringSubmatchIndex(line) }

func ownPart(e string) (one pattern.Part, is bool, err error) {
	switch e {
	case "...":
		return pattern.Part{Expr: `(?:\S+ )*`}, true, nil
	case "<rest>":
		return pattern.Part{Expr: `(?P<rest>(?:\S+ )+)`}, true, nil
	case "<nr>", "<nr>?":
		return pattern.Part{Expr: `(?:(?P<nr>\d{1,9}) )` + e[4:]}, true, nil
	}
	return one, false, nil
}

func wordForm(word string) (string, error) { return fold(word), nil }
