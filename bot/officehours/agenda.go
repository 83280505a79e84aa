package officehours

import (
	"cmp"
	"slices"
)

// Sorted returns the tickets of one agenda in the order in which they are talked
// about: the pinned one first, then what most people ask, then the oldest. Nobody has
// to break a tie.
func Sorted(tickets []Ticket) []Ticket {
	sorted := slices.Clone(tickets)
	slices.SortStableFunc(sorted, func(a, b Ticket) int {
		return cmp.Or(rank(a)-rank(b), b.Votes-a.Votes, a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.Number, b.Number))
	})
	return sorted
}

func rank(t Ticket) int {
	if t.Pinned {
		return 0
	}
	return 1
}
