package retrieval

import "time"

// Params are the settings of the engine. [DefaultParams] explains how each was
// found.
type Params struct {
	Limit int // passages of a result
	Depth int // passages taken from each ranking before fusion

	KeywordWeight float64 // of the normalised keyword score; the vector score has the rest to 1

	RankStep      float64 // what each further rank of a collection costs: decides ties only
	NearDuplicate float64 // share of common word triples above which two passages are one

	Reading ReadingParams

	VectorTimeout time.Duration // for embedding the question and the vector ranking together

	Sufficiency SufficiencyParams
}

// DefaultParams returns the tuned settings, measured with e5-small in 4 bit.
// MRR@10 of words, vectors and both: XQuAD-de .951, .945, .971; 67 staff-like
// questions over the example house .827, .773, .878. On the latter a keyword
// weight of .3, .4, .5, .6 gave .816, .838, .869, .867, and a depth of 50, 100,
// 200 gave .852, .869, .878; on XQuAD-de neither moved it by more than .003.
// Reading: answer words in the top 5 on the example house and, keywords only, on
// 66 questions over 30 federal laws: passages alone .836, .621; with neighbours
// up to 1,600 characters each .851, .652, up to 3,000 .881, .682.
func DefaultParams() Params {
	return Params{
		Limit:         8,
		Depth:         200,
		KeywordWeight: 0.5,
		RankStep:      0.001,
		NearDuplicate: 0.9,
		Reading:       ReadingParams{Hits: 5, Runes: 6000, Each: 3000, Reach: 8},
		VectorTimeout: 2 * time.Second,
		Sufficiency:   DefaultSufficiencyParams(),
	}
}
