package hardlist

import (
	"slices"
	"strings"
	"testing"
)

func FuzzCheck(f *testing.F) {
	f.Add("Ich kann nicht mehr. @a `b` ```c``` d")
	f.Add(strings.Repeat("umbringe ", 2000))
	f.Add(strings.Repeat("ü", 5000))
	list := loaded(f)
	f.Fuzz(func(t *testing.T, question string) {
		if topic, hit := list.Check(question); hit != slices.Contains(Topics, topic) {
			t.Errorf("Check(%q) = %q, %v", question, topic, hit)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("list a = b / c*\nkrise | own | $a <3> (d / *e)? . | f | b d | c", "kind x = a / b*\n- | hallo")
	f.Add("list self = ich\nlist field = ki\nkrise | | ((((((((((a | | a | b", "krise")
	f.Fuzz(func(t *testing.T, rulesText, examplesText string) {
		if len(rulesText) > 4000 || len(examplesText) > 2000 {
			t.Skip("takes long")
		}
		rules, err := parse(rulesText)
		if err != nil {
			return
		}
		if ex, err := parseExamples("x", examplesText); err == nil {
			learn(rules, ex)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	list := loaded(b)
	questions := slices.Concat(ruleQuestions, moreRuleQuestions)
	for i := 0; b.Loop(); i++ {
		list.Check(questions[i%len(questions)])
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(); err != nil {
			b.Fatal(err)
		}
	}
}
