package officehours

import (
	"slices"
	"testing"
)

func TestKindsHoldTheirExamples(t *testing.T) {
	t.Parallel()
	for _, r := range kinds {
		if !slices.Contains(Kinds, r.kind) || len(r.examples) < 3 || len(r.others) == 0 {
			t.Errorf("%q has %d examples and %d others", r.kind, len(r.examples), len(r.others))
		}
		for _, example := range r.examples {
			if got := KindOf(example); got != r.kind {
				t.Errorf("%q is %q, want %q", example, got, r.kind)
			}
		}
		for _, other := range r.others {
			if got := KindOf(other); got == r.kind {
				t.Errorf("%q is %q", other, got)
			}
		}
	}
}

// Questions that the rules were not written for: a way that asks people for what
// machines or documents do better is worse than a single case.
func TestKindsOfOtherQuestions(t *testing.T) {
	t.Parallel()
	for question, want := range map[string]Kind{
		"":                              Single,
		"Wer hilft mir mit dem Zugang?": Single,
		"KIM antwortet seit gestern nur noch auf Englisch":                          Single,
		"Dürfen wir Bewerbungen mit KI vorsortieren?":                               Rule,
		"Ist das noch gerecht gegenüber denen ohne KI?":                             Values,
		"Wie denken andere Dezernate darüber? Ich würde mich gern austauschen.":     Discussion,
		"Unser ganzes Team braucht eine Stunde zum Kennenlernen":                    Many,
		"Wir übertragen täglich 200 Adressen von Hand, geht das nicht automatisch?": Automation,
	} {
		if got := KindOf(question); got != want {
			t.Errorf("%q is %q, want %q", question, got, want)
		}
	}
}
