package dialogue

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// compile turns the pattern of a rule into an expression over a line. Elements
// stand one after another with blanks between:
//
//	danke       the word
//	dank*       a word that begins so; *dank and *dank* likewise
//	(a b / c)   one of them
//	$name       one of the words of a list
//	...         any words, also none
//	<rest>      any words, at least one, which the act keeps
//	<nr>        a number, which the act keeps
//
// Behind a word, a list or a bracket may stand ? (or none) or + (one or more),
// behind a list or a bracket also * (any number, also none).
func compile(pattern string, lists map[string]part) (fitting, error) {
	p := &patternParser{rest: elements(pattern), lists: lists}
	whole, err := p.alternatives()
	if err != nil {
		return fitting{}, err
	}
	if len(p.rest) > 0 {
		return fitting{}, fmt.Errorf("%q: nothing opens this", p.rest[0])
	}
	expr, err := regexp.Compile("^(?:" + whole.expr + ")$")
	return fitting{expr, whole.needs}, err
}

// fitting is a pattern ready for use.
type fitting struct {
	expr  *regexp.Regexp
	needs []oneOf
}

// oneOf are words as patterns name them ("dank*") one of which a line has.
type oneOf []string

// fits reports whether a line fits.
func (f fitting) fits(line string) bool { return f.find(line) != nil }

// find returns where the groups of the pattern stand in a line; nil: it does
// not fit.
func (f fitting) find(line string) []int { return f.expr.FindStringSubmatchIndex(line) }

// part is a part of a pattern: its expression, and what every line has that it
// fits, by which most lines are told apart before the expression is tried.
type part struct {
	expr  string
	needs []oneOf
}

// elements parts a pattern at blanks, brackets and strokes. What stands right
// behind a bracket stays with it.
func elements(pattern string) []string {
	return strings.Fields(strings.NewReplacer("(", " ( ", ")", " )", "/", " / ").Replace(pattern))
}

type patternParser struct {
	rest  []string
	lists map[string]part
}

func (p *patternParser) next() string {
	if len(p.rest) == 0 {
		return ""
	}
	return p.rest[0]
}

func (p *patternParser) alternatives() (part, error) {
	whole, err := p.sequence()
	for err == nil && p.next() == "/" {
		p.rest = p.rest[1:]
		var branch part
		branch, err = p.sequence()
		whole = whole.or(branch)
	}
	return whole, err
}

// or is one of two parts.
func (p part) or(other part) part {
	either := part{expr: p.expr + "|" + other.expr}
	if len(p.needs) > 0 && len(other.needs) > 0 {
		either.needs = []oneOf{slices.Concat(rarest(p.needs), rarest(other.needs))}
	}
	return either
}

// rarest is the need that tells most lines apart: of the fewest words, of the
// longest among those.
func rarest(needs []oneOf) oneOf {
	return slices.MinFunc(needs, func(a, b oneOf) int { return cmp.Or(len(a)-len(b), len(b[0])-len(a[0])) })
}

func (p *patternParser) sequence() (part, error) {
	var whole part
	for e := p.next(); e != "" && e != "/" && !strings.HasPrefix(e, ")"); e = p.next() {
		p.rest = p.rest[1:]
		one, err := p.element(e)
		if err != nil {
			return part{}, err
		}
		whole.expr += one.expr
		whole.needs = append(whole.needs, one.needs...)
	}
	if whole.expr == "" {
		return part{}, errors.New("a pattern or a branch of it is empty")
	}
	return whole, nil
}

func (p *patternParser) element(e string) (part, error) {
	switch {
	case e == "...":
		return part{expr: `(?:\S+ )*`}, nil
	case e == "<rest>":
		return part{expr: `(?P<rest>(?:\S+ )+)`}, nil
	case e == "<nr>" || e == "<nr>?":
		return part{expr: `(?:(?P<nr>\d{1,9}) )` + e[4:]}, nil
	case e == "(":
		inner, err := p.alternatives()
		if err != nil {
			return part{}, err
		}
		end := p.next()
		if !strings.HasPrefix(end, ")") {
			return part{}, errors.New("a bracket is not closed")
		}
		p.rest = p.rest[1:]
		return inner.times(end[1:]), nil
	case strings.HasPrefix(e, "$"):
		name := strings.TrimRight(e[1:], "?+*")
		sign := e[1+len(name):]
		list, known := p.lists[name]
		if !known {
			return part{}, fmt.Errorf("no list is called %q", name)
		}
		return list.times(sign), nil
	}
	word, sign := cutTimes(e)
	return wordPart(word).times(sign), nil
}

func cutTimes(e string) (string, string) {
	if n := len(e) - 1; n > 0 && (e[n] == '?' || e[n] == '+') {
		return e[:n], e[n:]
	}
	return e, ""
}

// times is the part as often as the sign behind it says.
func (p part) times(sign string) part {
	p.expr = "(?:" + p.expr + ")"
	switch sign {
	case "+":
		p.expr += sign
	case "?", "*":
		return part{expr: p.expr + sign}
	}
	return p
}

func wordPart(word string) part {
	front, back := strings.HasPrefix(word, "*"), len(word) > 1 && strings.HasSuffix(word, "*")
	need := fold(strings.Trim(word, "*"))
	expr := regexp.QuoteMeta(need)
	if front {
		expr, need = `\S*`+expr, "*"+need
	}
	if back {
		expr, need = expr+`\S*`, need+"*"
	}
	one := part{expr: expr + " "}
	if strings.Trim(need, "*") != "" {
		one.needs = []oneOf{{need}}
	}
	return one
}
