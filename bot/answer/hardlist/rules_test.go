package hardlist

import (
	"errors"
	"strings"
	"testing"
)

const lists = "list self = ich / mein*\nlist field = ki\n"

func TestAFaultyLineIsNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rules, examples, want string }{
		{"krise | | sterben | | ich will leben | hallo", "", `rules.txt:3: the rule does not take its example "ich will leben"`},
		{"krise | | sterben | | ich will sterben | alle sterben", "", `rules.txt:3: the rule takes its counter-example "alle sterben"`},
		{"krise | own | sterben | ki | er will sterben | x", "", "rules.txt:3"},
		{"krisen | | sterben | | sterben | x", "", `rules.txt:3: no topic is called "krisen"`},
		{"krise | owm | sterben | | sterben | x", "", `"owm" is neither own nor strict`},
		{"krise | | (sterben | | sterben | x", "", "a bracket is not closed"},
		{"krise | | sterben ) | | sterben | x", "", "a bracket is closed that was not opened"},
		{"krise | | $todd | | sterben | x", "", `no list is called "todd"`},
		{"krise | | will <99> sterben | | sterben | x", "", "<1> to <20>"},
		{"krise | | st+rben | | sterben | x", "", `"st+rben" is no word`},
		{"krise | | ( / a) | | a | x", "", "are empty"},
		{"krise | | sterben | | sterben", "", "write a rule as"},
		{"krise | | sterben | | sterben |", "", "one that it does not take"},
		{"list x", "", "rules.txt:3: write a list as"},
		{"list self = a", "", `the list "self" stands twice`},
		{"", "krise hilfe", "examples.txt:1: write an example as"},
		{"", "krisen | hilfe", `examples.txt:1: no topic is called "krisen"`},
		{"", "kind a b = c", "examples.txt:1: write a kind as"},
		{"", "kind a = b c", `"b c" is no word`},
	} {
		_, ofRules := parse(lists + c.rules)
		_, ofExamples := parseExamples("examples.txt", c.examples)
		err := errors.Join(ofRules, ofExamples)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q, %q: error = %v, want one with %q", c.rules, c.examples, err, c.want)
		}
	}
}
