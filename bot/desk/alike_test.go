package desk

import (
	"testing"
)

// By words alone few of those who ask the same are found, and few are offered
// another question: many of the pairs differ in one word.
func TestLikenessByWords(t *testing.T) {
	t.Parallel()
	found, wrong := 0, 0
	for _, p := range readPairs(alikePairs) {
		i, err := words{}.Most(t.Context(), p.a, []string{p.b})
		if err != nil {
			t.Fatal(err)
		}
		if i < 0 {
			continue
		}
		if p.same {
			found++
		} else {
			wrong++
			t.Logf("taken for the same: %q and %q", p.a, p.b)
		}
	}
	t.Logf("%d found, %d wrong", found, wrong)
	if found < 6 || wrong > 3 {
		t.Errorf("%d found, %d wrong", found, wrong)
	}
}
