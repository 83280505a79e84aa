package dialogue

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/bot/pattern"
)

//go:embed rules.txt
var rulesText string

// rule is one line of the rules: what a message that its pattern fits means.
type rule struct {
	line    string // "rules.txt:12"
	kind    Kind
	where   where
	pattern fitting
	topic   fitting // what the house's questions are about
	loose   bool    // holds any words
	rest    int     // number of the group, 0: none
	number  int
	yes, no []string // examples that it meets, and that it does not
}

// where says in which states and places a rule holds; empty: in all.
type where struct {
	states []State
	places Place
	asks   *bool // only with (or without) a question mark
	words  int   // at most; 0: any number
	plain  bool  // names no topic of the house
}

func (w where) holds(h Heard, r reading) bool {
	return (len(w.states) == 0 || slices.Contains(w.states, h.Waits)) &&
		(w.places == 0 || w.places&h.Place != 0) &&
		(w.asks == nil || *w.asks == r.asks) &&
		(w.words == 0 || len(r.tokens) <= w.words)
}

// example is a hearing in which the rule holds.
func (w where) example(text string) Heard {
	h := Heard{Text: text, Place: Direct, Waits: Idle}
	if len(w.states) > 0 {
		h.Waits = w.states[0]
	}
	for _, p := range []Place{Thread, Channel, Direct} {
		if w.places&p != 0 {
			h.Place = p
		}
	}
	return h
}

// match reads a run of words by the rule.
func (r *rule) match(h Heard, s reading) (Act, bool) {
	if !r.where.holds(h, s) {
		return Act{}, false
	}
	line := s.joined
	m := r.pattern.find(line)
	if m == nil || r.where.plain && r.topic.fits(line) {
		return Act{}, false
	}
	act := Act{Kind: r.kind, rule: r.line, loose: r.loose}
	if r.rest > 0 && m[2*r.rest] >= 0 {
		act.Text = s.words(m[2*r.rest], m[2*r.rest+1])
	}
	if r.number > 0 && m[2*r.number] >= 0 {
		act.Subject.Ticket, _ = strconv.ParseInt(strings.TrimSpace(line[m[2*r.number]:m[2*r.number+1]]), 10, 64)
	}
	return act, true
}

// parseRules reads rules. A line is a comment, a list of words that patterns
// name, or a rule, whose examples are its tests:
//
//	# …
//	list thanks = danke / vielen dank
//	thanks | where | pattern | example; example | counter-example
//
// Where is empty, or states, places, "?" (with a question mark), "!?" (without)
// "max5" (words) and "plain" (no word of the list topic) with commas between. All that is wrong is told at once.
func parseRules(file, text string, lists pattern.Lists) ([]rule, error) {
	var rules []rule
	var wrong []error
	topics := map[string]fitting{} // by what they are compiled of: dozens of rules have one
	for number, line := range pattern.Lines(text) {
		fail := func(why string) { wrong = append(wrong, pattern.FaultAt(file, number, why)) }
		if words, is := strings.CutPrefix(line, "list "); is {
			if err := addList(dialect, words, lists); err != nil {
				fail(err.Error())
			}
			continue
		}
		r, err := parseRule(line, lists)
		if err == nil && r.where.plain {
			r.topic, err = topicOf(lists, topics)
		}
		if err != nil {
			fail(err.Error())
			continue
		}
		r.line = fmt.Sprintf("%s:%d", file, number)
		if why := r.unmet(); why != "" {
			fail(why)
		}
		rules = append(rules, r)
	}
	return rules, errors.Join(wrong...)
}

// topicOf is what the house's questions are about, as the lists have it so far.
func topicOf(lists pattern.Lists, known map[string]fitting) (fitting, error) {
	of := lists["topic"].Expr
	if topic, is := known[of]; is {
		return topic, nil
	}
	topic, err := compile(dialect, "... $topic ...", lists)
	if err != nil {
		return fitting{}, err
	}
	known[of] = topic
	return topic, nil
}

func addList(d pattern.Dialect, line string, lists pattern.Lists) error {
	name, words, found := strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	if !found || name == "" || strings.ContainsAny(name, " ?+") {
		return fmt.Errorf("write a list as: list name = word / word")
	}
	list, err := d.Parse(words, lists)
	if err != nil {
		return err
	}
	if before, more := lists[name]; more {
		list = before.Or(list)
	}
	lists[name] = list
	return nil
}

func parseRule(line string, lists pattern.Lists) (rule, error) {
	fields := strings.Split(line, "|")
	if len(fields) != 4 && len(fields) != 5 {
		return rule{}, fmt.Errorf("write a rule as: act | where | pattern | example; example | counter-example")
	}
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	r := rule{kind: Kind(fields[0]), yes: list(fields[3])}
	if len(fields) == 5 {
		r.no = list(fields[4])
	}
	var err error
	if !slices.Contains(Kinds, r.kind) {
		return r, fmt.Errorf("no act is called %q", fields[0])
	}
	if r.where, err = parseWhere(fields[1]); err != nil {
		return r, err
	}
	if r.pattern, err = compile(dialect, fields[2], lists); err != nil {
		return r, err
	}
	if len(r.yes) == 0 {
		return r, fmt.Errorf("a rule needs an example")
	}
	r.loose = strings.Contains(fields[2], "...")
	r.rest, r.number = max(0, r.pattern.expr.SubexpIndex("rest")), max(0, r.pattern.expr.SubexpIndex("nr"))
	return r, nil
}

func list(field string) []string {
	var all []string
	for _, e := range strings.Split(field, ";") {
		if e = strings.TrimSpace(e); e != "" {
			all = append(all, e)
		}
	}
	return all
}

func parseWhere(field string) (w where, err error) {
	for _, word := range strings.FieldsFunc(field, func(r rune) bool { return r == ',' || r == ' ' }) {
		switch place, isPlace := placeNames[word]; {
		case isPlace:
			w.places |= place
		case slices.Contains(States, State(word)):
			w.states = append(w.states, State(word))
		case word == "?" || word == "!?":
			asks := word == "?"
			w.asks = &asks
		case word == "plain":
			w.plain = true
		case strings.HasPrefix(word, "max"):
			if w.words, err = strconv.Atoi(word[3:]); err != nil || w.words < 1 {
				return w, fmt.Errorf("%q: write max and a number of words", word)
			}
		default:
			return w, fmt.Errorf("%q is neither a state, a place nor a limit", word)
		}
	}
	return w, nil
}

var placeNames = map[string]Place{"direct": Direct, "channel": Channel, "thread": Thread}

// unmet says which example the rule does not meet, or which counter-example it does.
func (r rule) unmet() string {
	meets := func(text string) bool {
		h := r.where.example(text)
		for _, s := range readings(read(text)) {
			if _, ok := r.match(h, s); ok {
				return true
			}
		}
		return false
	}
	for _, e := range r.yes {
		if !meets(e) {
			return fmt.Sprintf("the rule does not meet its example %q", e)
		}
	}
	for _, e := range r.no {
		if meets(e) {
			return fmt.Sprintf("the rule meets its counter-example %q", e)
		}
	}
	return ""
}
