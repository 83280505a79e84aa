package hardlist

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// ordinary is the topic of examples that belong to none.
const ordinary Topic = "-"

// example is a question and its topic.
type example struct {
	topic Topic
	text  string
}

// examples are a file of them.
type examples struct {
	all   []example
	kinds kinds
}

// parseExamples reads a file of examples; errors are Problems, of all its lines.
func parseExamples(file, text string) (*examples, error) {
	ex := &examples{kinds: kinds{make(map[string][]int), make(map[string][]int), make(map[string][]int), nil}}
	var problems []error
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := ex.add(line); err != nil {
			problems = append(problems, &Problem{file, i + 1, err.Error()})
		}
	}
	return ex, errors.Join(problems...)
}

func (ex *examples) add(line string) error {
	if kind, ok := strings.CutPrefix(line, "kind "); ok {
		return ex.kinds.add(kind)
	}
	topic, question, ok := strings.Cut(line, "|")
	e := example{Topic(strings.TrimSpace(topic)), strings.TrimSpace(question)}
	switch {
	case !ok || e.text == "":
		return errors.New("write an example as: topic | question")
	case e.topic != ordinary && !slices.Contains(Topics, e.topic):
		return fmt.Errorf("no topic is called %q", e.topic)
	}
	ex.all = append(ex.all, e)
	return nil
}

// ofRules are the examples that the rules are held to.
func (ex *examples) ofRules(rs *rules) {
	for _, r := range rs.all {
		for _, q := range r.taken {
			ex.all = append(ex.all, example{r.topic, q})
		}
		for _, q := range r.passes {
			if _, taken := rs.check(rs.read(q)); !taken {
				ex.all = append(ex.all, example{ordinary, q})
			}
		}
	}
}

// kinds say which words stand for one another. A word may be of several.
type kinds struct {
	whole, beginnings, ends map[string][]int // numbers of kinds
	names                   []string
}

func (k *kinds) add(line string) error {
	name, words, ok := strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	if !ok || name == "" || strings.Contains(name, " ") {
		return errors.New("write a kind as: kind name = word / word")
	}
	if slices.Contains(k.names, name) {
		return fmt.Errorf("the kind %q stands twice", name)
	}
	number := len(k.names)
	k.names = append(k.names, name)
	for word := range strings.SplitSeq(words, "/") {
		word = german.Fold(strings.TrimSpace(word))
		if !wordForm.MatchString(word) || strings.HasPrefix(word, "*") && strings.HasSuffix(word, "*") {
			return fmt.Errorf("%q is no word", word)
		}
		in := k.whole
		switch {
		case strings.HasPrefix(word, "*"):
			in = k.ends
		case strings.HasSuffix(word, "*"):
			in = k.beginnings
		}
		stem := strings.Trim(word, "*")
		in[stem] = append(in[stem], number)
	}
	return nil
}

// of returns the kinds of a folded word.
func (k *kinds) of(word string) []int {
	found := slices.Clone(k.whole[word])
	for i := 1; i <= len(word); i++ {
		found = append(found, k.beginnings[word[:i]]...)
		found = append(found, k.ends[word[i-1:]]...)
	}
	return found
}
