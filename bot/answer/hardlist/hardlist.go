// Package hardlist finds questions that no machine decides: somebody in need, a
// data breach, a complaint about a person, one's own personnel case, legal advice
// on one's case.
//
// Two recognisers look at a question. The rules (rules.txt) know wordings that
// leave no doubt and bear typing errors; each is held to its own examples when
// the program starts. The other (likeness.go) has learned from examples.txt what
// such questions have in common and how ordinary ones differ, for wordings that
// nobody foresaw. What it learned, weights.gz, is fitted anew by
//
//	go test ./bot/answer/hardlist -run TestWeights -update
//
// after any change to the examples or the rules. Both see words alone, no model
// is asked.
//
// The package is pure: it knows no house, keeps nothing of what it reads, and is
// safe for concurrent use.
package hardlist

import (
	_ "embed"
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

// Load returns the list that comes with the program, read once. An error is a
// list of faults of lines (bot/pattern.Fault), or says that weights.gz is damaged.
var Load = sync.OnceValues(load)

func load() (*List, error) {
	rules, err := parse(rulesText)
	if err != nil {
		return nil, err
	}
	fitted, err := readFitted(weightsFile)
	if err != nil {
		return nil, err
	}
	likeness, err := fitted.likeness()
	if err != nil {
		return nil, err
	}
	return &List{rules, likeness}, nil
}

func parse(rulesText string) (*rules, error) {
	rules, err := parseRules("rules.txt", rulesText)
	if err != nil {
		return nil, err
	}
	return rules, rules.tried()
}

// Check returns the topic that a question belongs to; false: to none.
func (l *List) Check(question string) (Topic, bool) {
	r := l.rules.read(question)
	if topic, hit := l.rules.check(r); hit {
		return topic, true
	}
	return l.likeness.check(r)
}

// Plain is Check by the rules alone, for what is known to be said to the program itself:
// a greeting or a word about a ticket is like many things, and means none of them.
func (l *List) Plain(text string) (Topic, bool) { return l.rules.check(l.rules.read(text)) }
