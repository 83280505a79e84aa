package hardlist

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// pattern is the words of a rule, as rules.txt explains them.
type pattern struct {
	expr  *regexp.Regexp
	needs []string // every text that it meets has one of them; none: not known
	words []string // that it names, folded; with a * behind: a beginning
}

// meets reports whether a text has the words. Most texts are told apart by what
// they lack.
func (p *pattern) meets(text string) bool {
	if len(p.needs) > 0 && !slices.ContainsFunc(p.needs, func(w string) bool { return strings.Contains(text, w) }) {
		return false
	}
	return p.expr.MatchString(text)
}

// compile reads a pattern. Each of its elements takes the blank behind it, so
// that they stand side by side in a text where they do in the pattern.
func compile(text string, lists map[string]part) (*pattern, error) {
	whole, err := parsePattern(text, lists)
	if err != nil {
		return nil, err
	}
	expr, err := regexp.Compile(" (?:" + whole.expr + ")")
	if err != nil {
		return nil, fmt.Errorf("the pattern is too large: %w", err)
	}
	return &pattern{expr, whole.needs, whole.words}, nil
}

func parsePattern(text string, lists map[string]part) (part, error) {
	p := &patternParser{rest: elements(text), lists: lists}
	whole, err := p.alternatives(0)
	if err == nil && len(p.rest) > 0 {
		err = errors.New("a bracket is closed that was not opened")
	}
	return whole, err
}

// part is a part of a pattern.
type part struct {
	expr         string
	needs, words []string
}

// mostNested is how deep brackets may stand in each other.
const mostNested = 8

// mostBetween is how many words a gap may have.
const mostBetween = 20

// elements parts a pattern at blanks, brackets and strokes. What stands right
// behind a bracket stays with it.
func elements(text string) []string {
	return strings.Fields(strings.NewReplacer("(", " ( ", ")", " )", "/", " / ").Replace(text))
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

func (p *patternParser) alternatives(depth int) (part, error) {
	if depth > mostNested {
		return part{}, errors.New("too many brackets in each other")
	}
	var exprs []string
	var whole part
	free := false
	for {
		branch, err := p.sequence(depth)
		if err != nil {
			return part{}, err
		}
		exprs = append(exprs, branch.expr)
		whole.needs, whole.words = append(whole.needs, branch.needs...), append(whole.words, branch.words...)
		free = free || len(branch.needs) == 0
		if p.next() != "/" {
			break
		}
		p.rest = p.rest[1:]
	}
	if free {
		whole.needs = nil
	}
	whole.expr = strings.Join(exprs, "|")
	return whole, nil
}

func (p *patternParser) sequence(depth int) (part, error) {
	var whole part
	for e := p.next(); e != "" && e != "/" && !strings.HasPrefix(e, ")"); e = p.next() {
		p.rest = p.rest[1:]
		one, err := p.element(e, depth)
		if err != nil {
			return part{}, err
		}
		whole.expr += one.expr
		whole.words = append(whole.words, one.words...)
		if len(one.needs) > 0 && (len(whole.needs) == 0 || len(one.needs) < len(whole.needs)) {
			whole.needs = one.needs
		}
	}
	if whole.expr == "" {
		return part{}, errors.New("the words, or one of the choices, are empty")
	}
	return whole, nil
}

func (p *patternParser) element(e string, depth int) (part, error) {
	name, maybe := strings.CutSuffix(e, "?")
	switch {
	case e == "(":
		inner, err := p.alternatives(depth + 1)
		if err != nil {
			return part{}, err
		}
		end := p.next()
		if end != ")" && end != ")?" {
			return part{}, errors.New("a bracket is not closed, or more than ? stands behind it")
		}
		p.rest = p.rest[1:]
		return inner.grouped(end == ")?"), nil
	case name == ".":
		return part{expr: `\. `}.grouped(maybe), nil
	case name == "_":
		return part{expr: `[^ .]+ `}.grouped(maybe), nil
	case strings.HasPrefix(e, "<") && strings.HasSuffix(e, ">"):
		n, err := strconv.Atoi(e[1 : len(e)-1])
		if err != nil || n < 1 || n > mostBetween {
			return part{}, fmt.Errorf("%s: write the number of words between as <1> to <%d>", e, mostBetween)
		}
		return part{expr: fmt.Sprintf(`(?:[^ .]+ ){0,%d}?`, n)}, nil
	case strings.HasPrefix(e, "$"):
		list, known := p.lists[name[1:]]
		if !known {
			return part{}, fmt.Errorf("no list is called %q", name[1:])
		}
		return list.grouped(maybe), nil
	}
	one, err := wordPart(name)
	return one.grouped(maybe), err
}

func (p part) grouped(maybe bool) part {
	p.expr = "(?:" + p.expr + ")"
	if maybe {
		p.expr, p.needs = p.expr+"?", nil
	}
	return p
}

var wordForm = regexp.MustCompile(`^\*?[a-z0-9]+\*?$`)

func wordPart(written string) (part, error) {
	word := german.Fold(written)
	if !wordForm.MatchString(word) {
		return part{}, fmt.Errorf("%q is no word", written)
	}
	stem := strings.Trim(word, "*")
	one := part{expr: stem, needs: []string{stem}, words: []string{stem}}
	if strings.HasPrefix(word, "*") {
		one.expr = `[^ .]*` + one.expr
	}
	if strings.HasSuffix(word, "*") {
		one.expr += `[^ .]*`
		one.words = []string{stem + "*"}
	}
	one.expr += " "
	return one, nil
}
