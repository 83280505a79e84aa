// Package vector says how alike two embeddings are. It is ground floor, for rooms that
// compare a few vectors themselves and know nothing of the search.
package vector

import "math"

// Cosine is the cosine similarity of two vectors, -1 to 1; 0 where one has no
// direction. Of vectors of different lengths the common beginning counts.
func Cosine(a, b []float32) float64 {
	var both, one, other float64
	for i := range min(len(a), len(b)) {
		both += float64(a[i]) * float64(b[i])
		one += float64(a[i]) * float64(a[i])
		other += float64(b[i]) * float64(b[i])
	}
	if one == 0 || other == 0 {
		return 0
	}
	return both / math.Sqrt(one*other)
}
