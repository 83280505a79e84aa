package answer

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// material is what a model is shown: passages, and of each the statements that bear on
// the question. It is checked against the whole passages.
type material struct {
	hits  []retrieval.Hit
	texts []string // of each hit
}

// material chooses what a model is shown to a question.
func (c *Composer) material(question string, found retrieval.Result) (material, error) {
	hits, err := c.mayBeShown(found.Hits)
	if err != nil {
		return material{}, err
	}
	return extracts(question, found, hits, c.cfg.PassageWords), nil
}

func (m material) prompt(question string, simple bool) prompts.ModelPrompt {
	p := prompts.ModelPrompt{Question: question, Sentences: modelSentences, Simple: simple}
	for i, hit := range m.hits {
		p.Passages = append(p.Passages, prompts.ModelPassage{
			Number: i + 1, Title: hit.Document.Title, Place: hit.Passage.Place, Text: m.texts[i],
		})
	}
	return p
}

// mayBeShown returns the passages that a model may be shown. Where the best is of a
// collection that stays in the house, what is left would answer another question.
func (c *Composer) mayBeShown(hits []retrieval.Hit) ([]retrieval.Hit, error) {
	hits = hits[:min(modelPassages, len(hits))]
	if len(hits) == 0 || c.stays(hits[0]) {
		return nil, errWithheld
	}
	var shown []retrieval.Hit
	for _, hit := range hits {
		if c.stays(hit) {
			continue
		}
		if hit, ok := withoutOrders(hit); ok {
			shown = append(shown, hit)
		}
	}
	if len(shown) == 0 {
		return nil, errWithheld
	}
	return shown, nil
}

// stays reports whether a hit is of a collection that no model may see.
func (c *Composer) stays(hit retrieval.Hit) bool {
	return slices.Contains(c.cfg.Withhold, hit.Document.Collection)
}

// extracts chooses the statements that bear most on the question, of all hits together
// up to so many words, each with those beside it and the line that it is read below. A
// hit without any is left out.
func extracts(question string, found retrieval.Result, hits []retrieval.Hit, words int) material {
	texts, order := textsOf(hits, scoresOf(question, found))
	for _, s := range order {
		if words <= 0 {
			break
		}
		words -= texts[s.text].choose(s.at)
	}
	var m material
	for i, hit := range hits {
		if shown := reading(hit, i, texts); shown != "" {
			m.hits, m.texts = append(m.hits, hit), append(m.texts, shown)
		}
	}
	return m
}

// scored is a statement by its wording: passages are shown without orders to machines,
// so that it may stand elsewhere in them than where it was judged.
type scored struct {
	passage int64
	text    string
}

func scoresOf(question string, found retrieval.Result) map[scored]float64 {
	scores := map[scored]float64{}
	for _, s := range found.Statements(question) {
		key := scored{s.Passage.ID, s.Text()}
		if score, known := scores[key]; !known || s.Score > score {
			scores[key] = s.Score
		}
	}
	return scores
}

// place is a statement of one of several texts.
type place struct {
	text, at int
	score    float64
}

// textsOf returns the passages of hits, each once, and their statements, the best
// first; those that were not judged come last.
func textsOf(hits []retrieval.Hit, scores map[scored]float64) (texts []*statements, order []place) {
	seen := map[int64]bool{}
	for i, hit := range hits {
		for _, p := range hit.Passages() {
			if seen[p.ID] {
				continue
			}
			seen[p.ID] = true
			s := &statements{hit: i, passage: p, spans: german.Statements(p.Text)}
			s.chosen = make([]bool, len(s.spans))
			for at := range s.spans {
				score, known := scores[scored{p.ID, s.text(at)}]
				if !known {
					score = math.Inf(-1)
				}
				order = append(order, place{len(texts), at, score})
			}
			texts = append(texts, s)
		}
	}
	slices.SortStableFunc(order, func(a, b place) int { return cmp.Compare(b.score, a.score) })
	return texts, order
}

// reading sets what was chosen of a hit.
func reading(hit retrieval.Hit, index int, texts []*statements) string {
	var b strings.Builder
	heading := ""
	for _, s := range texts {
		text := s.shown()
		if s.hit != index || text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if own := s.passage.Heading(); len(hit.Around) > 1 && own != "" && own != heading {
			heading = own
			b.WriteString(heading + "\n")
		}
		b.WriteString(text)
	}
	return b.String()
}

// statements are those of one passage, and which of them are shown.
type statements struct {
	hit     int // its index
	passage retrieval.Passage
	spans   []german.Span
	chosen  []bool
}

func (s *statements) text(i int) string { return s.spans[i].Of(s.passage.Text) }

// choose shows a statement with those beside it, and what they are not understood
// without. It returns how many words that adds.
func (s *statements) choose(at int) (words int) {
	if s.chosen[at] {
		return 0
	}
	from, to := max(0, at-beside), min(len(s.spans), at+1+beside)
	for from > 0 && german.LeansBack(s.text(from)) {
		from--
	}
	for to < len(s.spans) && turns.MatchString(s.text(to)) {
		to++
	}
	for i := from; i < to; i++ {
		words += s.show(i) + s.show(s.above(i))
	}
	return words
}

func (s *statements) show(i int) (words int) {
	if s.chosen[i] {
		return 0
	}
	s.chosen[i] = true
	return len(strings.Fields(s.text(i)))
}

// above is the line before the list that a statement is an item of, or the head of the
// table that it is a row of; else the statement itself.
func (s *statements) above(at int) int {
	i, row := at, isRow(s.text(at))
	for i > 0 && (row && isRow(s.text(i-1)) || !row && german.ListItem(s.text(i))) {
		i--
	}
	return i
}

// shown is the passage without what was not chosen.
func (s *statements) shown() string {
	var b strings.Builder
	last := -1
	for i, span := range s.spans {
		switch {
		case !s.chosen[i]:
			continue
		case last >= 0 && last == i-1:
			b.WriteString(s.passage.Text[s.spans[last].End:span.Start])
		case b.Len() > 0:
			b.WriteString(" " + cut + " ")
		}
		b.WriteString(span.Of(s.passage.Text))
		last = i
	}
	return b.String()
}
