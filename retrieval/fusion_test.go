package retrieval

import (
	"slices"
	"testing"
)

// TestFewCommonWordsLeaveTheChoiceToMeaning keeps a question of words that stand
// in many passages from being led by them.
func TestFewCommonWordsLeaveTheChoiceToMeaning(t *testing.T) {
	t.Parallel()
	keyword := []Scored{{PassageID: 1, Score: 3}, {PassageID: 2, Score: 2.2}}
	vector := []Scored{{PassageID: 2, Score: 0.9}, {PassageID: 1, Score: 0.88}}
	for id := range int64(fewHold) {
		keyword = append(keyword, Scored{PassageID: 3 + id, Score: 1})
		vector = append(vector, Scored{PassageID: 3 + id, Score: 0.84})
	}
	p := DefaultParams()
	p.KeywordWeight = 0.6
	common := []wanted{{rarity: 0.3}}
	for name, tc := range map[string]struct {
		words   []wanted
		keyword []Scored
		want    int64
	}{
		"rare words":                    {[]wanted{{rarity: 0.9}, {rarity: 0.8}, {rarity: 0.7}}, keyword, 1},
		"common word":                   {common, keyword, 2},
		"no word":                       {nil, keyword, 2},
		"a word that few passages hold": {common, slices.Concat(keyword[:2], keyword[len(keyword)-1:]), 1},
	} {
		if got := fuse(tc.keyword, vector, p.keywordWeight(tc.words, tc.keyword))[0].id; got != tc.want {
			t.Errorf("%s: first is %d, want %d", name, got, tc.want)
		}
	}
	if got := fuse(keyword, nil, p.keywordWeight(nil, keyword))[0].id; got != 1 {
		t.Errorf("without vectors first is %d, want 1", got)
	}
}
