package retrieval

import (
	"slices"
	"testing"
)

func TestWhatSettledAnEarlierQuestionIsRead(t *testing.T) {
	t.Parallel()
	hits := func(ids ...int64) (list []Hit) {
		for i, id := range ids {
			list = append(list, Hit{Passage: Passage{ID: id}, Score: 10 - float64(i)})
		}
		return list
	}
	for name, c := range map[string]struct{ later, earlier, want []int64 }{
		"far":      {[]int64{1, 2, 3, 4, 5, 6}, []int64{9, 8}, []int64{1, 2, 3, 4, 9, 5, 6}},
		"behind":   {[]int64{1, 2, 3, 4, 5, 6}, []int64{6}, []int64{1, 2, 3, 4, 6, 5}},
		"there":    {[]int64{1, 2, 3}, []int64{2}, []int64{1, 2, 3}},
		"few":      {[]int64{1}, []int64{2}, []int64{1, 2}},
		"no later": {nil, []int64{2}, nil},
		"none":     {[]int64{1}, nil, []int64{1}},
	} {
		got := Result{Hits: hits(c.later...)}.WithInSight(Result{Hits: hits(c.earlier...)})
		var ids []int64
		for _, h := range got.Hits {
			ids = append(ids, h.Passage.ID)
		}
		sorted := slices.IsSortedFunc(got.Hits, func(a, b Hit) int { return int(b.Score - a.Score) })
		if !slices.Equal(ids, c.want) || !sorted {
			t.Errorf("%s: %v (by score: %v), want %v", name, ids, sorted, c.want)
		}
	}
}
