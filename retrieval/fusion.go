package retrieval

import (
	"cmp"
	"math"
	"slices"
)

// fused is one candidate with its scores in both rankings.
type fused struct {
	id              int64
	score           float64
	keyword, vector float64
	byKeyword       int // place in the keyword ranking from 1; 0: not found
	byVector        int
}

// fuse joins two rankings, best first each, by a convex combination of their
// normalised scores. Equal rank fusion loses 9 to 17 points to its better half
// on public German sets; a convex combination loses nothing there and needs
// one weight, that of the keyword ranking.
func fuse(keyword, vector []Scored, weight float64) []fused {
	switch {
	case len(vector) == 0:
		weight = 1
	case len(keyword) == 0:
		weight = 0
	}
	at := make(map[int64]int, len(keyword)+len(vector))
	var all []fused
	candidate := func(id int64) *fused {
		i, ok := at[id]
		if !ok {
			i = len(all)
			at[id] = i
			all = append(all, fused{id: id})
		}
		return &all[i]
	}
	words, meanings := normaliser(keyword), normaliser(vector)
	for i, s := range keyword {
		c := candidate(s.PassageID)
		c.keyword, c.byKeyword = s.Score, i+1
		c.score += weight * words(s.Score)
	}
	for i, s := range vector {
		c := candidate(s.PassageID)
		c.vector, c.byVector = s.Score, i+1
		c.score += (1 - weight) * meanings(s.Score)
	}
	slices.SortFunc(all, func(a, b fused) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id))
	})
	return all
}

// keywordWeight is the weight of the keyword ranking for a question: less where its
// words tell passages apart badly, which is where they are few and common. Of
// "Welche Symptome gibt es?" one word is left, which many answers about an illness
// hold, and meaning knows better. Of "was heißt VS-NfD" one is left, too, but
// what holds it is what is wanted.
func (p Params) keywordWeight(words []wanted, keyword []Scored) float64 {
	if len(keyword) <= fewHold {
		return p.KeywordWeight
	}
	sum := 0.0
	for _, w := range words {
		sum += w.rarity
	}
	return p.KeywordWeight * min(1, sum/p.EnoughRarity)
}

// fewHold is up to how many passages are told apart by holding a question's words
// at all.
const fewHold = 10

// normaliser maps a ranking's scores to how many standard deviations they
// stand above its last one. A passage that the ranking did not reach counts as
// its last.
func normaliser(ranking []Scored) func(float64) float64 {
	if len(ranking) == 0 {
		return func(float64) float64 { return 0 }
	}
	var sum, squares float64
	for _, s := range ranking {
		sum += s.Score
	}
	mean := sum / float64(len(ranking))
	for _, s := range ranking {
		squares += (s.Score - mean) * (s.Score - mean)
	}
	deviation := math.Sqrt(squares / float64(len(ranking)))
	floor := ranking[len(ranking)-1].Score
	if deviation < 1e-9 {
		return func(float64) float64 { return 1 } // all alike
	}
	return func(score float64) float64 { return (score - floor) / deviation }
}
