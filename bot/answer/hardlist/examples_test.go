package hardlist

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/pattern"
)

//go:embed examples.txt
var examplesText string

// ordinary is the topic of examples that belong to none.
const ordinary Topic = "-"

// example is a question and its topic.
type example struct {
	topic Topic
	text  string
}

// examples are a file of them.
type examples struct {
	all       []example
	kinds     kinds
	kindLines []string
}

// parseExamples reads a file of examples; errors are Problems, of all its lines.
func parseExamples(file, text string) (*examples, error) {
	ex := &examples{kinds: noKinds()}
	var problems []error
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := ex.add(line); err != nil {
			problems = append(problems, pattern.FaultAt(file, i+1, err.Error()))
		}
	}
	return ex, errors.Join(problems...)
}

func (ex *examples) add(line string) error {
	if kind, ok := strings.CutPrefix(line, "kind "); ok {
		ex.kindLines = append(ex.kindLines, kind)
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
