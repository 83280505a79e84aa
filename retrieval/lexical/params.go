package lexical

import "lvr.example/sprechstunde/retrieval/german"

// Params are the weights of the keyword ranking. MRR@10 of the ranking alone,
// on 574 questions of XQuAD-de: stems .922; 4-grams inside words .918, with
// their ends as letters .941; stems and such 4-grams .951, 5-grams .946; no title
// -.007. On 67 staff-like questions over the example house: n-gram weight .3,
// .5, .7, 1 gave .778, .805, .828, .807; headings weighing 0, 1, 2, 3 gave .727,
// .778, .809, .815; no synonyms, fewer files in the top 3 (.79 for .81). Titles and
// headings that ask weighing 1, 2, 3, 4, 6, 8 gave .428, .442, .448, .462, .455, .449 on
// 120 questions of faq-de; on the house 4 gave .829 for .827. With B at
// .9 the ranking alone gains (.9522 on XQuAD-de, .833 for .826 on the house), the
// fused one loses (.9695 for .9704, .882 for .886).
type Params struct {
	K1, B         float64 // BM25 over stems
	GramK1, GramB float64 // BM25 over n-grams
	GramSize      int     // letters of an n-gram
	GramWeight    float64 // of the n-gram score beside the word score's 1

	PartWeight    float64 // of the parts of a hyphenated or CamelCase word
	JoinWeight    float64 // of two neighbouring words read as one ("dienst vereinbarung")
	SynonymWeight float64 // of the other members of a group of synonyms

	TitleWeight    int // occurrences that one in the title counts for
	HeadingWeight  int // occurrences that one in the heading path counts for
	QuestionWeight int // occurrences that one in a title or heading that asks counts for, instead

	MaxWords int // content words of a question that are used; more are cut off

	Synonyms *german.Synonyms // nil: none
}

// DefaultParams returns the tuned weights with the list of synonyms that comes
// with the program.
func DefaultParams() Params {
	return Params{
		K1: 1.2, B: 0.75,
		GramK1: 0.9, GramB: 0.75,
		GramSize: 4, GramWeight: 0.6,
		PartWeight: 0.6, JoinWeight: 0.6, SynonymWeight: 0.6,
		TitleWeight: 1, HeadingWeight: 2, QuestionWeight: 4,
		MaxWords: 64,
		Synonyms: german.DefaultSynonyms(),
	}
}
