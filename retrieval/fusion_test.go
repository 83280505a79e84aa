package retrieval

import "testing"

// TestFewCommonWordsLeaveTheChoiceToMeaning keeps a question of words that stand
// in many passages from being led by them.
func TestFewCommonWordsLeaveTheChoiceToMeaning(t *testing.T) {
	t.Parallel()
	keyword := []Scored{{PassageID: 1, Score: 3}, {PassageID: 2, Score: 2.2}, {PassageID: 3, Score: 1}}
	vector := []Scored{{PassageID: 2, Score: 0.9}, {PassageID: 1, Score: 0.88}, {PassageID: 3, Score: 0.84}}
	p := DefaultParams()
	p.KeywordWeight = 0.6
	for name, tc := range map[string]struct {
		words []wanted
		want  int64
	}{
		"rare words":  {[]wanted{{rarity: 0.9}, {rarity: 0.8}, {rarity: 0.7}}, 1},
		"common word": {[]wanted{{rarity: 0.3}}, 2},
		"no word":     {nil, 2},
	} {
		if got := fuse(keyword, vector, p.keywordWeight(tc.words))[0].id; got != tc.want {
			t.Errorf("%s: first is %d, want %d", name, got, tc.want)
		}
	}
	if got := fuse(keyword, nil, p.keywordWeight(nil))[0].id; got != 1 {
		t.Errorf("without vectors first is %d, want 1", got)
	}
}
