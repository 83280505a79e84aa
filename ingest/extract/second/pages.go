package second

import (
	"cmp"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/ingest/extract"
)

// leastConfidence is the percentage from which a page read by OCR is text of the
// document. Clear print at 200 dpi has 91 and more, the same page upside down 25.
const leastConfidence = 70

// leastOfLine is that of a line on such a page. Print has 80 and more, handwriting 30.
const leastOfLine = 50

// takePages adds the pages that OCR read to those that the first reader did. A page
// with text of its own is left as it is. leftOut are those that were not read.
func takePages(doc *extract.Named, a answer, leftOut []extract.Remark) {
	own := map[int]bool{}
	for _, block := range doc.Blocks {
		own[block.Page] = true
	}
	b := extract.NewBuilder()
	read, unsure, best := 0, 0, 0
	least := 100
	for _, p := range a.pages() {
		if own[p.number] {
			continue
		}
		best = max(best, p.confidence)
		if p.confidence < leastConfidence {
			b.Remark(extract.UnsurePages, 1, fmt.Sprintf("page %d, confidence %d %%", p.number, p.confidence))
			unsure++
			continue
		}
		p, lines := p.withoutUnsureLines()
		b.Remark(extract.UnsureLines, lines, "")
		for _, text := range p.paragraphs() {
			b.Add(extract.Block{Kind: extract.Paragraph, Text: text, Page: p.number, Confidence: p.confidence})
		}
		read, least = read+1, min(least, p.confidence)
	}
	if read > 0 {
		b.Remark(extract.ReadByOCR, read, fmt.Sprintf("confidence %d %%", least))
	}
	looked := read + unsure
	for _, r := range leftOut {
		b.Remark(r.Code, r.Count, r.Detail)
		b.Doc.Partial = b.Doc.Partial || r.Code == extract.UnreadPages
		looked += r.Count
	}
	if b.Full {
		b.Beyond(fmt.Sprintf("text behind the first %d MB", extract.MaxText>>20))
	}
	doc.Remarks = append(without(doc.Remarks, looked), b.Doc.Remarks...)
	doc.Partial = doc.Partial || b.Doc.Partial
	switch {
	case read > 0:
		doc.Problem = nil
	case doc.Problem != nil && doc.Problem.Reason == extract.Picture:
		doc.Problem = &extract.Error{Reason: extract.Picture, Detail: "OCR finds no text in it that it is sure of"}
	case doc.Problem != nil && unsure > 0:
		doc.Problem = &extract.Error{Reason: extract.Unsure, Detail: fmt.Sprintf("OCR reads it with %d %% confidence; from %d %% on it is believed. Scan it again, upright and sharp", best, leastConfidence)}
	case doc.Problem != nil:
		doc.Problem = &extract.Error{Reason: extract.NoText, Detail: "OCR finds no text in it"}
	}
	doc.Blocks = append(doc.Blocks, b.Doc.Blocks...)
	slices.SortStableFunc(doc.Blocks, func(a, b extract.Block) int { return cmp.Compare(a.Page, b.Page) })
}

// without takes pages that have been looked at out of the count of those that were
// not.
func without(remarks []extract.Remark, pages int) (rest []extract.Remark) {
	for _, r := range remarks {
		if r.Code == extract.ScannedPages {
			r.Count -= pages
		}
		if r.Count > 0 {
			rest = append(rest, r)
		}
	}
	return rest
}
