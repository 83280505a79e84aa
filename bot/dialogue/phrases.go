package dialogue

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"lvr.example/sprechstunde/bot/pattern"
)

//go:embed phrases.txt
var phrasesText string

// phrases are the lines of phrases.txt, by their names. They are read when a message is
// first heard: most commands of the program, and each reader of a file, hear none.
var phrases = sync.OnceValue(func() map[string][]phrase {
	all, err := parsePhrases("phrases.txt", phrasesText)
	if err != nil {
		panic(err) // a part of the program: TestPhrases reads it
	}
	return all
})

// phrase is what is said in fixed words, in one way of several.
type phrase struct {
	fitting
	rest    int      // number of the group, 0: none
	line    int      // in its file
	yes, no []string // examples that it meets, and that it does not
}

// longestPhrase is how many bytes a message has at most that is one.
const longestPhrase = 400

// plain is a message as phrases are matched with it.
type plain struct {
	spoken
	line string
}

// plainOf parts a message into words with umlauts written out. One that is too long for
// a phrase has none.
func plainOf(message string) plain {
	if len(message) > longestPhrase {
		return plain{}
	}
	s := read(message)
	words := s.tokens[:0]
	for _, t := range s.tokens {
		if t.form = joined(s.text[t.from:t.to]); t.form != "" {
			words = append(words, t)
		}
	}
	s.tokens = words
	return plain{s, s.line()}
}

// is reports whether a message is said as a line of that name has it.
func (p plain) is(name string) bool {
	_, is := p.rest(name)
	return is
}

// rest returns what stands in the place of <rest>, as it was written, in a message that
// is said as a line of that name has it.
func (p plain) rest(name string) (rest string, is bool) {
	if len(p.tokens) == 0 {
		return "", false
	}
	for _, one := range phrases()[name] {
		m := one.find(p.line)
		switch {
		case m == nil:
		case one.rest == 0:
			return "", true
		default:
			return p.words(m[2*one.rest], m[2*one.rest+1]), true
		}
	}
	return "", false
}

// plainDialect is the dialect of phrases: words with umlauts written out, and a <rest>
// that takes as little as may be.
var plainDialect = pattern.Dialect{
	Signs: dialect.Signs,
	Form:  func(word string) (string, error) { return plainly(word), nil },
	Own: func(e string) (pattern.Part, bool, error) {
		if e == "<rest>" {
			return pattern.Part{Expr: `(?P<rest>(?:\S+ )+?)`}, true, nil
		}
		return ownPart(e)
	},
}

// parsePhrases reads a file of phrases. All that is wrong is told at once.
func parsePhrases(file, text string) (map[string][]phrase, error) {
	all, lists := map[string][]phrase{}, pattern.Lists{}
	var wrong []error
	for number, line := range pattern.Lines(text) {
		var err error
		if words, is := strings.CutPrefix(line, "list "); is {
			err = addList(plainDialect, words, lists)
		} else {
			var name string
			var p phrase
			name, p, err = parsePhrase(line, lists)
			p.line = number
			all[name] = append(all[name], p)
		}
		if err != nil {
			wrong = append(wrong, pattern.FaultAt(file, number, err.Error()))
		}
	}
	return all, errors.Join(wrong...)
}

func parsePhrase(line string, lists pattern.Lists) (name string, p phrase, err error) {
	fields := strings.Split(line, "|")
	if len(fields) != 4 {
		return "", p, fmt.Errorf("write a phrase as: name | pattern | example; example | counter-example")
	}
	if p.fitting, err = compile(plainDialect, fields[1], lists); err != nil {
		return "", p, err
	}
	p.rest = max(0, p.expr.SubexpIndex("rest"))
	p.yes, p.no = list(fields[2]), list(fields[3])
	return strings.TrimSpace(fields[0]), p, nil
}
