package schedule

import (
	"regexp"

	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/retrieval/german"
)

// comparing are signs that formats are to be told from each other, on folded text.
var comparing = regexp.MustCompile(`\b(?:unterschied\w*|unterscheide[tn]?|vergleich\w*|was ist (?:der|die|das) (?:richtige|passende)|(?:welche[srnm]?|was) (?:\w+ )*(?:passt|eignet|ist (?:besser|richtig|das richtige)))\b`)

// Compared are the formats that a question wants told from each other, in the house's
// order: two or more that it names; none: it asks something else.
func Compared(question string, c *officehours.Calendar) []officehours.Format {
	named := c.AllNamed(question)
	if len(named) < 2 || !comparing.MatchString(german.Fold(question)) {
		return nil
	}
	return named
}
