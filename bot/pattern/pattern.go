// Package pattern reads the patterns of words that the house's rules are written in,
// as data: what a message is (bot/dialogue) and what no machine decides
// (bot/answer/hardlist). The two write brackets, choices and lists alike; what else a
// pattern may say is theirs, as a Dialect.
//
//	danke       the word; dank* one that begins so, *dank and *dank* likewise
//	(a b / c)   one of them
//	$name       one of the words of a list
//	x?          x or nothing; of words, lists and brackets
//
// Limits: a pattern is matched on a line of words, each with a blank behind it. What
// the words of a line are, and how they are folded, is up to the dialect.
package pattern

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"
)

// Part is a piece of a pattern.
type Part struct {
	Expr  string   // a regular expression over words with a blank behind each
	Needs []OneOf  // what every line has that it fits, by which most lines are told apart before the expression is tried
	Words []string // that it names, "dank*" with the marks of the pattern
}

// OneOf are words as patterns name them ("dank*") one of which a line has.
type OneOf []string

// Lists are what patterns name as $name.
type Lists map[string]Part

// Dialect is what a kind of rules writes in its own way. Form is required.
type Dialect struct {
	Form  func(word string) (string, error)                 // how a word without its marks stands in a line
	Own   func(element string) (one Part, is bool, _ error) // reads an element of this dialect alone
	Signs string                                            // that may stand behind lists and brackets and, but for *, words, of "?+*"
}

// Fault is what is wrong with a line of a file of rules.
type Fault struct {
	File string
	Line int
	Why  string
}

// FaultAt is a fault of that line, from 1.
func FaultAt(file string, line int, why string) *Fault { return &Fault{file, line, why} }

func (f *Fault) Error() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Why) }

// Lines are the lines of a file of rules by their numbers, from 1, without what is
// around them. Empty ones and comments, which begin with #, are left out.
func Lines(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		number := 0
		for line := range strings.Lines(text) {
			number++
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !yield(number, line) {
				return
			}
		}
	}
}

// mostNested is how deep brackets may stand in each other.
const mostNested = 8

// Parse reads a pattern, or the words of a list.
func (d Dialect) Parse(text string, lists Lists) (Part, error) {
	p := &parser{dialect: d, rest: elements(text), lists: lists}
	whole, err := p.alternatives(0)
	if err == nil && len(p.rest) > 0 {
		err = errors.New("a bracket is closed that was not opened")
	}
	return whole, err
}

// elements parts a pattern at blanks, brackets and strokes. What stands right
// behind a bracket stays with it.
func elements(text string) []string {
	return strings.Fields(strings.NewReplacer("(", " ( ", ")", " )", "/", " / ").Replace(text))
}

type parser struct {
	dialect Dialect
	rest    []string
	lists   Lists
}

func (p *parser) next() string {
	if len(p.rest) == 0 {
		return ""
	}
	return p.rest[0]
}

func (p *parser) alternatives(depth int) (Part, error) {
	if depth > mostNested {
		return Part{}, errors.New("too many brackets in each other")
	}
	whole, err := p.sequence(depth)
	for err == nil && p.next() == "/" {
		p.rest = p.rest[1:]
		var branch Part
		branch, err = p.sequence(depth)
		whole = whole.Or(branch)
	}
	return whole, err
}

func (p *parser) sequence(depth int) (Part, error) {
	var whole Part
	for e := p.next(); e != "" && e != "/" && !strings.HasPrefix(e, ")"); e = p.next() {
		p.rest = p.rest[1:]
		one, err := p.element(e, depth)
		if err != nil {
			return Part{}, err
		}
		whole.Expr += one.Expr
		whole.Needs, whole.Words = append(whole.Needs, one.Needs...), append(whole.Words, one.Words...)
	}
	if whole.Expr == "" {
		return Part{}, errors.New("the words, or one of the choices, are empty")
	}
	return whole, nil
}

func (p *parser) element(e string, depth int) (Part, error) {
	if e == "(" {
		return p.bracket(depth)
	}
	if p.dialect.Own != nil {
		if own, is, err := p.dialect.Own(e); is || err != nil {
			return own, err
		}
	}
	if called, is := strings.CutPrefix(e, "$"); is {
		name, sign := cutSign(called, p.dialect.Signs)
		list, known := p.lists[name]
		if !known {
			return Part{}, fmt.Errorf("no list is called %q", name)
		}
		return list.Times(sign), nil
	}
	word, sign := cutSign(e, strings.ReplaceAll(p.dialect.Signs, "*", ""))
	one, err := p.word(word)
	return one.Times(sign), err
}

// word reads a word with a * for any letters before or behind it.
func (p *parser) word(marked string) (Part, error) {
	const letters = `[^ ]*`
	bare, before := strings.CutPrefix(marked, "*")
	bare, behind := strings.CutSuffix(bare, "*")
	form, err := p.dialect.Form(bare)
	if err != nil {
		return Part{}, err
	}
	expr, need := regexp.QuoteMeta(form), form
	if before {
		expr, need = letters+expr, "*"+need
	}
	if behind {
		expr, need = expr+letters, need+"*"
	}
	one := Part{Expr: expr + " ", Words: []string{need}}
	if form != "" {
		one.Needs = []OneOf{{need}}
	}
	return one, nil
}

func (p *parser) bracket(depth int) (Part, error) {
	inner, err := p.alternatives(depth + 1)
	if err != nil {
		return Part{}, err
	}
	end := p.next()
	closed, sign := cutSign(end, p.dialect.Signs)
	if closed != ")" {
		return Part{}, fmt.Errorf("a bracket is not closed, or other than %q stands behind it", p.dialect.Signs)
	}
	p.rest = p.rest[1:]
	return inner.Times(sign), nil
}

// cutSign takes a sign from the end of an element.
func cutSign(e, signs string) (element, sign string) {
	if n := len(e) - 1; n > 0 && strings.ContainsRune(signs, rune(e[n])) {
		return e[:n], e[n:]
	}
	return e, ""
}

// Times is the part as often as the sign behind it says: ? or none, + one or more, *
// any number; no sign: once.
func (p Part) Times(sign string) Part {
	p.Expr = "(?:" + p.Expr + ")" + sign
	if sign == "?" || sign == "*" {
		p.Needs = nil
	}
	return p
}

// Or is one of two parts.
func (p Part) Or(other Part) Part {
	either := Part{Expr: p.Expr + "|" + other.Expr, Words: slices.Concat(p.Words, other.Words)}
	if len(p.Needs) > 0 && len(other.Needs) > 0 {
		either.Needs = []OneOf{slices.Concat(rarest(p.Needs), rarest(other.Needs))}
	}
	return either
}

// rarest is the need that tells most lines apart: of the fewest words, of the
// longest among those.
func rarest(needs []OneOf) OneOf {
	return slices.MinFunc(needs, func(a, b OneOf) int { return cmp.Or(len(a)-len(b), len(b[0])-len(a[0])) })
}
