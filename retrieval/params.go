package retrieval

import "time"

// Params are the settings of the engine. [DefaultParams] explains how each was
// found.
type Params struct {
	Limit int // passages of a result
	Depth int // passages taken from each ranking before fusion

	KeywordWeight float64 // of the normalised keyword score; the vector score has the rest to 1
	EnoughRarity  float64 // of a question's words together, each 0 to 1, from which the keyword score has its whole weight

	RankStep      float64 // by how much each rank of a collection goes before the next one: decides ties only
	NearDuplicate float64 // share of common word triples above which two passages are one

	Reading  ReadingParams
	Pinpoint PinpointParams

	VectorTimeout time.Duration // for embedding the question and the vector ranking together

	Sufficiency SufficiencyParams
}

// DefaultParams returns the tuned settings, measured with e5-small in 4 bit.
// MRR@10 of words, vectors and both: XQuAD-de .951, .952, .971; 67 staff-like
// questions over the example house .826, .778, .886; 36 over 14 federal laws
// .828, .870, .884. A keyword weight of .4, .45, .5, .55 gave .871, .886, .878,
// .881 on the house; a depth of 50, 100, 200 .852, .869, .878; on XQuAD-de and
// the laws neither moved it by more than .003. Where people wrote questions and
// answers (95 questions, 290 entries of faq-de) words, vectors and both give .446,
// .529, .526 with that weight always, and with EnoughRarity 1.5, 1.75, 2, 2.25 .532,
// .538, .543, .555; the house then has .883, .883, .883, .875, 25 further questions
// over it .940, .920, .920, .900 and 55 of a first week .779, .779, .797, .788, where
// the better of words and vectors has .829, .826 and .756. All of that half of
// faq-de (120 questions, 399 entries) has .471, .508, .533. The keyword ranking's first
// place above its second or above its last, the words that its first passage holds
// and whether vectors agree told less than the words' rarity. Taking 120 of the vector ranking
// gave .891 on the house, but .865, .871, .881 retyped with three seeds, where 200
// gave .885 and .876, .873, .882. Reading: answer words in the top
// 5 on the house and, keywords only, on 66 questions over 30 laws: passages alone
// .836, .621; with neighbours up to 1,600 characters each .851, .652, up to
// 3,000 .881, .682.
func DefaultParams() Params {
	return Params{
		Limit:         8,
		Depth:         200,
		KeywordWeight: 0.45,
		EnoughRarity:  2,
		RankStep:      0.001,
		NearDuplicate: 0.9,
		Reading:       ReadingParams{Hits: 5, Runes: 6000, Each: 3000, Reach: 8},
		Pinpoint:      DefaultPinpointParams(),
		VectorTimeout: 2 * time.Second,
		Sufficiency:   DefaultSufficiencyParams(),
	}
}

// rankSpan is after how many ranks a further one counts a quarter of a RankStep.
const rankSpan = 20

// rankBoost is what a rank adds to a score: above 0 and less the higher the rank,
// RankStep for each at first, so that no rank, however high, takes from what was
// found.
func (p Params) rankBoost(rank int) float64 {
	return p.RankStep * rankSpan / (1 + float64(max(0, rank-1))/rankSpan)
}
