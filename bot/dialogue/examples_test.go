package dialogue

import (
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/pattern"
)

// labelled is one example of an act.
type labelled struct {
	kind   Kind
	states []State // empty: all
	text   string
	place  Place // 0: direct
}

// parseExamples reads lines like "thanks | states | text".
func parseExamples(file, text string) ([]labelled, error) {
	var all []labelled
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		kind, rest, ok := strings.Cut(line, "|")
		states, said, ok2 := strings.Cut(rest, "|")
		l := labelled{kind: Kind(strings.TrimSpace(kind)), text: strings.TrimSpace(said)}
		w, err := parseWhere(states)
		switch {
		case !ok || !ok2 || l.text == "":
			return nil, pattern.FaultAt(file, i+1, "write an example as: act | states | text")
		case !slices.Contains(Kinds, l.kind):
			return nil, pattern.FaultAt(file, i+1, fmt.Sprintf("no act is called %q", l.kind))
		case err != nil:
			return nil, pattern.FaultAt(file, i+1, err.Error())
		}
		l.states, l.place = w.states, w.places
		all = append(all, l)
	}
	return all, nil
}
