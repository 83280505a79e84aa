package lexical

import (
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// add analyses an entry and takes it into the segment.
func (b *builder) add(e Entry) {
	s := b.segment
	id := uint16(s.size())
	s.passages, s.documents = append(s.passages, e.PassageID), append(s.documents, e.DocumentID)
	s.periods = append(s.periods, e.Validity)
	s.words.lengths, s.grams.lengths = append(s.words.lengths, 0), append(s.grams.lengths, 0)
	b.addText(id, e.Title, b.params.weight(e.Title, b.params.TitleWeight))
	for _, h := range e.Headings {
		b.addText(id, h, b.params.weight(h, b.params.HeadingWeight))
	}
	b.addText(id, e.Body, 1)
}

// weight is that of a title or heading; one that asks is what an entry of
// questions and answers is found by.
func (p Params) weight(heading string, plain int) int {
	if strings.HasSuffix(strings.TrimSpace(heading), "?") {
		return p.QuestionWeight
	}
	return plain
}

// addText takes one field of an entry, in which each occurrence counts for weight.
func (b *builder) addText(id uint16, text string, weight int) {
	if weight <= 0 {
		return
	}
	s := b.segment
	for _, w := range b.memory.Words(text) {
		if w.Stop {
			continue
		}
		spelling := surface(w, text)
		b.addWord(id, w.Stem, spelling, weight)
		s.words.lengths[id] += int32(weight)
		for _, part := range w.Parts {
			b.addWord(id, part, "", weight)
		}
		if w.Kind == german.Date || w.Kind == german.Paragraph {
			continue
		}
		grams := b.gramsOf(w.Form)
		for _, at := range grams {
			b.grams.lists[at].count(id, weight)
		}
		s.grams.lengths[id] += int32(weight * len(grams))
	}
}

func (b *builder) addWord(id uint16, stem, spelling string, weight int) {
	list := &b.words.lists[b.words.place(stem)]
	list.count(id, weight)
	list.spell(spelling)
}
