package retrieval

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// How statements are looked through for two that differ.
const (
	sidesWithin  = 5.0  // log odds behind the best statement
	leastBinding = 5    // rank: what is told in reports and minutes contradicts no rule
	mostSides    = 12   // statements compared
	bearsEnough  = 0.45 // share of the question's words, by rarity, in a statement with its heading and those beside it
	bearsOnRule  = 0.35 // the same, where the one behind is more binding: better said once too often that a rule says otherwise
	sameFrom     = 0.7  // share of common words from which two sentences are the same with other figures
	commonValue  = 0.4  // share of the question's words, by rarity, that two with different values both hold
	rulesWithin  = 2.5  // log odds behind the best one of what permits and what forbids
	commonStems  = 3    // content words that both have, each with its heading and those beside it
)

// sides returns two statements of different documents that answer a question
// differently, the more binding first, however the ranking prefers them: one
// permits or obliges and the other does not, they give different values of the
// unit that is asked for, or they are the same sentence with other figures. Empty:
// none do. Statements are those of r, best first.
func (r Result) sides(question string, statements []Statement) []Statement {
	j := newJudging(question, r.evidence)
	var claims []claim
	for _, s := range statements {
		if strings.HasSuffix(s.Text(), "?") {
			continue
		}
		c := j.claim(s)
		if len(claims) == mostSides || len(claims) > 0 && s.Score < claims[0].Score-sidesWithin {
			break
		}
		for _, other := range claims {
			a, b := r.Hits[other.Hit].Document, r.Hits[s.Hit].Document
			if a.ID != b.ID && max(a.Rank, b.Rank) <= leastBinding && j.differ(other, c, claims[0].Score, bearsOf(a, b)) {
				both := []Statement{other.Statement, s}
				slices.SortStableFunc(both, func(a, b Statement) int {
					return cmp.Compare(r.Hits[a.Hit].Document.Rank, r.Hits[b.Hit].Document.Rank)
				})
				return both
			}
		}
		claims = append(claims, c)
	}
	return nil
}

// bearsOf is how much two statements have to bear on the question, of which the first
// answers it better, so that they can differ.
func bearsOf(first, second Document) float64 {
	if second.Rank < first.Rank {
		return bearsOnRule
	}
	return bearsEnough
}

// claim is what a statement says to a question.
type claim struct {
	Statement
	stems   map[string]bool
	figures []string            // sorted
	values  map[string][]string // by their unit
	permits int                 // 1: it permits or obliges; -1: it forbids or sets free; 0: neither
	own     []float64           // how well it has each word of the question
	bears   float64             // share of the question's words, by rarity, in it with its heading and those beside it
	near    map[string]bool     // stems of these
}

// claim reads a statement.
func (j judging) claim(s Statement) claim {
	text := s.Text()
	c := claim{Statement: s, stems: map[string]bool{}, values: valuesIn(text), permits: ruleOf(text)}
	for _, w := range german.Words(text) {
		switch {
		case w.Kind == german.Number || w.Kind == german.Date:
			c.figures = append(c.figures, w.Stem)
		case !w.Stop:
			c.stems[w.Stem] = true
		}
	}
	slices.Sort(c.figures)
	around := strings.Join([]string{text, s.Passage.Heading(), beside(s)}, "\n")
	c.bears, c.near = j.share(german.NewBag(around)), map[string]bool{}
	for _, w := range german.Content(german.Words(around)) {
		c.near[w.Stem] = true
	}
	own := german.NewBag(text)
	for _, w := range j.words {
		c.own = append(c.own, w.in(own))
	}
	return c
}

// beside are the question right before a statement in its passage and the one
// behind it.
func beside(s Statement) string {
	asked := ""
	for _, span := range german.Statements(s.Passage.Text) {
		text := span.Of(s.Passage.Text)
		switch {
		case span.End <= s.Span.Start:
			asked = ""
			if strings.HasSuffix(text, "?") {
				asked = text
			}
		case span.Start >= s.Span.End:
			return asked + "\n" + text
		}
	}
	return asked
}

// differ reports whether two claims differ, of which a stands before b.
func (j judging) differ(a, b claim, best, enough float64) bool {
	bears := min(a.bears, b.bears) >= enough
	switch {
	case j.asked == AskedRule && a.permits*b.permits < 0:
		return max(a.bears, b.bears) >= bearsEnough && b.Score >= best-rulesWithin && inBoth(a.near, b.near) >= commonStems
	case bears && (j.unit != nil || j.asked == AskedNumber) && otherValues(a.values, b.values):
		return j.common(a.own, b.own) >= min(commonValue, enough)
	}
	return bears && len(a.figures) > 0 && len(a.figures) == len(b.figures) && len(a.stems) > 1 && len(b.stems) > 1 &&
		!slices.Equal(a.figures, b.figures) && sameWords(a.stems, b.stems) >= sameFrom
}

// common is the share of the question's words, by rarity, that two statements both
// hold, those aside that name a unit.
func (j judging) common(a, b []float64) float64 {
	sum, total := 0.0, 0.0
	for i, w := range j.words {
		if !unitWord.MatchString(w.Form) {
			sum += w.rarity * min(a[i], b[i])
			total += w.rarity
		}
	}
	return share(sum, total)
}

// otherValues reports whether two statements give one value each of the same unit,
// and another one.
func otherValues(a, b map[string][]string) bool {
	for unit, x := range a {
		if y := b[unit]; len(x) == 1 && len(y) == 1 && x[0] != y[0] {
			return true
		}
	}
	return false
}

// sameWords is the share of words that two sentences have in common.
func sameWords(a, b map[string]bool) float64 {
	common := inBoth(a, b)
	return float64(common) / float64(len(a)+len(b)-common)
}

// inBoth counts the words that two texts have.
func inBoth(a, b map[string]bool) int {
	common := 0
	for stem := range a {
		if b[stem] {
			common++
		}
	}
	return common
}

// valuesIn returns the values of a text by their unit. Those of a case that it only
// supposes are none.
func valuesIn(text string) map[string][]string {
	values := map[string][]string{}
	if supposes.MatchString(text) {
		return values
	}
	for _, m := range valueIn.FindAllStringSubmatch(german.Fold(text), -1) {
		number, unit := cmp.Or(german.Numeral(m[1]), m[1]), german.Stem(m[2])
		if strings.HasPrefix(number, "ein") {
			number = "1"
		}
		if !slices.Contains(values[unit], number) {
			values[unit] = append(values[unit], number)
		}
	}
	return values
}

var (
	valueIn = regexp.MustCompile(`\b(\d[\d.,]*|ein(?:e[mnr]?)?|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf)[ -]` +
		`(minuten?|stunden?|tag(?:e[ns]?)?|arbeitstag(?:e[ns]?)?|wochen?|monat(?:e[ns]?)?|jahr(?:e[ns]?)?|euro|prozent|personen|seiten|zeichen|mal)\b`)
	supposes = regexp.MustCompile(`^(?:Wenn|Falls|Sofern)\b`)
	unitWord = regexp.MustCompile(`^(?:minute|stunde|tag|arbeitstag|woche|monat|jahr|euro|prozent|person|leute|seite|zeichen|mal|viel|hochstens|mindestens)`)
)

// ruleOf says whether a statement permits or obliges (1), forbids or sets free
// (-1), or neither, or the one only under a condition (0).
func ruleOf(text string) int {
	folded := german.Fold(text)
	if always.MatchString(folded) && !denial.MatchString(folded) {
		return 1
	}
	switch no := strings.HasPrefix(folded, "nein") || denial.MatchString(folded); {
	case condition.MatchString(folded) || !strings.HasPrefix(folded, "ja") && !strings.HasPrefix(folded, "nein") && !rule.MatchString(folded):
		return 0
	case no || prohibition.MatchString(folded):
		return -1
	}
	return 1
}

var (
	rule        = regexp.MustCompile(`\b(?:darf|durfen|kann|konnen|muss|mussen|brauch\w*|erlaubt|zulassig|zugelassen|gestattet|verboten|untersagt|unzulassig|ausgeschlossen|erforderlich|notig)\b`)
	denial      = regexp.MustCompile(`\b(?:nicht|kein\w*|nie|niemals|keinesfalls)\b`)
	always      = regexp.MustCompile(`\bgilt (?:ohne ausnahme|ausnahmslos|immer)\b|\bohne ausnahme auch\b`)
	prohibition = regexp.MustCompile(`\b(?:verboten|untersagt|unzulassig|ausgeschlossen)\b`)
	condition   = regexp.MustCompile(`\b(?:wenn|falls|sofern|soweit|nur|ausser|ausnahme\w*|ohne|bis|solange|oder nicht)\b`)
)
