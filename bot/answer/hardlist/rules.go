package hardlist

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/pattern"
)

// rules are the rules of a file, in their order.
type rules struct {
	file        string
	all         []rule
	self, field *matcher
	vocabulary  vocabulary
}

// rule is one line: what it takes, and what it was written with.
type rule struct {
	line          int
	topic         Topic
	own           bool // only where the question speaks of oneself
	strict        bool // not where the question is about our own field
	words         *matcher
	unless        *matcher // nil: nothing speaks against it
	taken, passes []string
}

func (r rule) meets(q reading) bool {
	if r.own && !q.own || r.strict && q.field {
		return false
	}
	return r.words.meets(q.text) && (r.unless == nil || !r.unless.meets(q.text))
}

func (rs *rules) check(q reading) (Topic, bool) {
	for _, r := range rs.all {
		if r.meets(q) {
			return r.topic, true
		}
	}
	return "", false
}

// parseRules reads a file of rules; errors are pattern.Faults, of all its lines. Examples are tried by tried.
func parseRules(file, text string) (*rules, error) {
	rs := &rules{file: file}
	lists := make(pattern.Lists)
	var problems []error
	for number, line := range pattern.Lines(text) {
		var err error
		if list, isList := strings.CutPrefix(line, "list "); isList {
			err = addList(list, lists)
		} else {
			var r rule
			r, err = parseRule(line, lists)
			r.line = number
			rs.all = append(rs.all, r)
		}
		if err != nil {
			problems = append(problems, pattern.FaultAt(file, number, err.Error()))
		}
	}
	var err error
	if rs.self, err = compile("$self", lists); err != nil {
		problems = append(problems, pattern.FaultAt(file, 1, err.Error()))
	}
	if rs.field, err = compile("$field", lists); err != nil {
		problems = append(problems, pattern.FaultAt(file, 1, err.Error()))
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	rs.vocabulary = vocabularyOf(rs)
	return rs, nil
}

func addList(line string, lists pattern.Lists) error {
	name, words, ok := strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	if !ok || name == "" || strings.ContainsAny(name, " $?") {
		return errors.New("write a list as: list name = word / word")
	}
	if _, twice := lists[name]; twice {
		return fmt.Errorf("the list %q stands twice", name)
	}
	p, err := dialect.Parse(words, lists)
	lists[name] = p
	return err
}

func parseRule(line string, lists pattern.Lists) (rule, error) {
	columns := strings.Split(line, "|")
	if len(columns) != 6 {
		return rule{}, errors.New("write a rule as: topic | when | words | not with | taken | passes")
	}
	for i := range columns {
		columns[i] = strings.TrimSpace(columns[i])
	}
	r := rule{topic: Topic(columns[0]), taken: questions(columns[4]), passes: questions(columns[5])}
	if !slices.Contains(Topics, r.topic) {
		return rule{}, fmt.Errorf("no topic is called %q", r.topic)
	}
	for _, when := range strings.FieldsFunc(columns[1], func(c rune) bool { return c == ',' || c == ' ' }) {
		switch when {
		case "own":
			r.own = true
		case "strict":
			r.strict = true
		default:
			return rule{}, fmt.Errorf("when: %q is neither own nor strict", when)
		}
	}
	var err error
	if r.words, err = compile(columns[2], lists); err != nil {
		return rule{}, fmt.Errorf("words: %w", err)
	}
	if columns[3] != "" {
		if r.unless, err = compile(columns[3], lists); err != nil {
			return rule{}, fmt.Errorf("not with: %w", err)
		}
	}
	if len(r.taken) == 0 || len(r.passes) == 0 {
		return rule{}, errors.New("a rule needs a question that it takes and one that it does not take")
	}
	return r, nil
}

func questions(column string) (all []string) {
	for q := range strings.SplitSeq(column, ";") {
		if q = strings.TrimSpace(q); q != "" {
			all = append(all, q)
		}
	}
	return all
}

// tried holds each rule to its own examples.
func (rs *rules) tried() error {
	var problems []error
	for _, r := range rs.all {
		for _, q := range r.taken {
			if !r.meets(rs.read(q)) {
				problems = append(problems, pattern.FaultAt(rs.file, r.line, fmt.Sprintf("the rule does not take its example %q", q)))
			}
		}
		for _, q := range r.passes {
			if r.meets(rs.read(q)) {
				problems = append(problems, pattern.FaultAt(rs.file, r.line, fmt.Sprintf("the rule takes its counter-example %q", q)))
			}
		}
	}
	return errors.Join(problems...)
}
