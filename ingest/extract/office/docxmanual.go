package office

import (
	"lvr.example/sprechstunde/ingest/extract"
)

// bodySize returns the size in half points that the document's text has unless
// it says otherwise.
func (d *docx) bodySize() int {
	root := d.optional("styles")
	size := extract.Number(root.Child("w:docDefaults", "w:rPrDefault", "w:rPr", "w:sz").Attr("val"))
	for _, id := range []string{"Normal", "Standard"} {
		if own := d.styles[id].look.size; own > 0 {
			size = own
		}
	}
	if size == 0 {
		size = 20 // what Word takes
	}
	return size
}

// manualHeadings finds headings that nobody marked as such: paragraphs all in
// bold that are numbered, or larger than the text.
type manualHeadings struct {
	body   int // size of the text in half points
	styled int // level of the last heading that was marked
	above  int // size of the largest heading without a number so far
}

func (m *manualHeadings) is(text string, look runLook) bool {
	return extract.IsHeadingLike(text, look.bold, float64(look.size) >= 1.1*float64(m.body))
}

// standsOut reports lines that are set apart from the text: bold, underlined or
// larger, all of their letters.
func (m *manualHeadings) standsOut(look runLook) bool {
	return look.bold || look.lined || float64(look.least) >= 1.2*float64(m.body)
}

// level puts numbered headings below those without a number that are larger.
func (m *manualHeadings) level(text string, look runLook) int {
	depth, isNumbered := extract.NumberDepth(text)
	if !isNumbered {
		m.above = max(m.above, look.size)
		return m.styled + 1
	}
	if m.styled > 0 && m.above > look.size {
		depth++
	}
	return max(m.styled, 1) + depth // a section is no title
}
