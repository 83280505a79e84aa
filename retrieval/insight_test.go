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

// A statement is of the passage that it was read in, whatever hits come between or go:
// else a quote would stand above the name of another document.
func TestStatementsFollowTheirHits(t *testing.T) {
	t.Parallel()
	const question = "Wie lange gilt die Freigabe?"
	var later Result
	for i, text := range []string{"Die Freigabe gilt drei Jahre.", "Die Freigabe gilt zwei Jahre.", "Die Freigabe gilt lange.", "Wie lange die Freigabe gilt, steht dort.", "Die Freigabe gilt bis Mai.", "Die Freigabe gilt nie."} {
		id := int64(i + 1)
		later.Hits = append(later.Hits, Hit{Passage: Passage{ID: id, Text: text}, Document: Document{ID: 10 * id, Rank: i + 1}, Score: float64(10 - i)})
	}
	later.Sufficiency.Band = Answered
	later.evidence = evidence{params: DefaultPinpointParams(), words: wantedWords(question, nil)}
	later.weigh(question)
	later.Sufficiency.Sides = later.Statements(question)[:2]
	earlier := Result{Hits: []Hit{{Passage: Passage{ID: 9, Text: "Der Freigabekreis tagt."}, Document: Document{ID: 90}}}}
	for name, got := range map[string]Result{"in sight": later.WithInSight(earlier), "only": later.Only(func(h Hit) bool { return h.Passage.ID > 2 })} {
		statements := got.Statements(question)
		if len(statements) == 0 {
			t.Errorf("%s: no statements", name)
		}
		for _, s := range slices.Concat(statements, got.Sufficiency.Sides) {
			if got.Hits[s.Hit].Passage.ID != s.Passage.ID {
				t.Errorf("%s: a statement of passage %d is of hit %d", name, s.Passage.ID, got.Hits[s.Hit].Passage.ID)
			}
		}
	}
}
