// Package hardlist finds questions that no machine decides: somebody in need, a
// data breach, a complaint about a person, one's own personnel case, legal advice
// on one's case.
//
// Two recognisers look at a question. The rules (rules.txt) know wordings that
// leave no doubt and bear typing errors. The examples (examples.txt) teach what
// such questions have in common and how ordinary ones differ, for wordings that
// nobody foresaw. Both are data, read and tried when the program starts; what
// they see is words alone, no model is asked.
//
// The package is pure: it knows no house, keeps nothing of what it reads, and is
// safe for concurrent use.
package hardlist

import (
	_ "embed"
	"errors"
	"sync"
)

// Topic is a subject on which no machine says anything. Its value is the key
// of the house's contact for it.
type Topic string

// The topics, in the order in which they are tried.
const (
	Crisis    Topic = "krise"
	Breach    Topic = "datenpanne"
	Complaint Topic = "beschwerde"
	Personnel Topic = "personalfall"
	Legal     Topic = "rechtsberatung"
)

// Topics are all of them.
var Topics = []Topic{Crisis, Breach, Complaint, Personnel, Legal}

// List is the hard list, ready to check questions.
type List struct {
	rules    *rules
	likeness *likeness
}

//go:embed rules.txt
var rulesText string

//go:embed examples.txt
var examplesText string

// Load returns the list that comes with the program, read once. The error is a
// list of [Problem].
var Load = sync.OnceValues(func() (*List, error) { return parse(rulesText, examplesText) })

func parse(rulesText, examplesText string) (*List, error) {
	rules, err := parseRules("rules.txt", rulesText)
	if err != nil {
		return nil, err
	}
	examples, err := parseExamples("examples.txt", examplesText)
	if err = errors.Join(err, rules.tried()); err != nil {
		return nil, err
	}
	examples.ofRules(rules)
	return &List{rules: rules, likeness: learn(rules, examples)}, nil
}

// Check returns the topic that a question belongs to; false: to none.
func (l *List) Check(question string) (Topic, bool) {
	r := l.rules.read(question)
	if topic, hit := l.rules.check(r); hit {
		return topic, true
	}
	return l.likeness.check(r)
}
