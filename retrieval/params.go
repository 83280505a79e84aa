package retrieval

import "time"

// Params are the settings of the engine. [DefaultParams] explains how each was
// found.
type Params struct {
	Limit int // passages of a result
	Depth int // passages taken from each ranking before fusion

	KeywordWeight float64 // of the normalised keyword score; the vector score has the rest to 1
	EnoughRarity  float64 // of a question's words together, each 0 to 1, from which the keyword score has its whole weight

	Binding       float64 // added to the score, in standard deviations, of what is most binding: see rankBoost
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
// gave .885 and .876, .873, .882. Binding, over 362 staff-like questions over the
// example house: with 0, .75, 1, 1.25 the right document is first for .713, .729, .749,
// .757, among three for .873, .901, .909, .914; of the 80 by the last hand for .700, .700,
// .700, .713 and .850, .863, .850, .850; of 140 last questions of a talk for .779, .800,
// .814, .836. Reading: answer words in the top
// 5 on the house and, keywords only, on 66 questions over 30 laws: passages alone
// .836, .621; with neighbours up to 1,600 characters each .851, .652, up to
// 3,000 .881, .682.
func DefaultParams() Params {
	return Params{
		Limit:         8,
		Depth:         200,
		KeywordWeight: 0.45,
		EnoughRarity:  2,
		Binding:       1,
		NearDuplicate: 0.9,
		Reading:       ReadingParams{Hits: 5, Runes: 6000, Each: 3000, Reach: 8},
		Pinpoint:      DefaultPinpointParams(),
		VectorTimeout: 2 * time.Second,
		Sufficiency:   DefaultSufficiencyParams(),
	}
}

// rankBoost is what a rank adds to a score: Binding for the most binding, a half of it
// for the second, a third for the third. A little behind, the rule goes before what
// tells of it; far behind, it does not.
func (p Params) rankBoost(rank int) float64 { return p.Binding / float64(max(1, rank)) }
