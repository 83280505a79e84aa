package pdf

import (
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"

	"lvr.example/sprechstunde/ingest/extract"
)

// pdfNote is the text of a form field or remark that has no drawing of its own.
// Programs that show the page draw it into the frame.
type pdfNote struct {
	text  string
	frame structs.FPDF_FS_RECTF
}

// noteSize is the size in points that a note is taken to be set in.
const noteSize = 10

// flatten makes what form fields, remarks and stamps show part of the page, as
// if it were printed there, and returns what of it has no drawing. Comments that
// open on a click are not shown on the page and go. With flattened, the page must
// be loaded anew; values are what its fields hold, where that goes wrong.
func (p *pdfReader) flatten(page references.FPDF_PAGE) (notes, values []pdfNote, flattened bool) {
	ref := requests.Page{ByReference: &page}
	count, err := p.engine.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: ref})
	if err != nil || count.Count == 0 {
		return nil, nil, false
	}
	stay := p.keep(ref, count.Count, func(a references.FPDF_ANNOTATION) bool {
		p.pinnedFile(a)
		kind := p.shownKind(a)
		if kind == enums.FPDF_ANNOT_SUBTYPE_FREETEXT {
			if note, is := p.noteUnder(a, "Contents"); is && !p.isDrawn(a) {
				notes = append(notes, note)
				return false
			}
		}
		return kind != enums.FPDF_ANNOT_SUBTYPE_UNKNOWN
	})
	if stay == 0 {
		return notes, nil, false
	}
	// drawing makes PDFium draw up fields for which the file asks for that
	if drawn, err := p.engine.RenderPageInPixels(&requests.RenderPageInPixels{
		Page: ref, Width: 1, Height: 1, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
	}); err == nil {
		drawn.Cleanup()
	}
	p.keep(ref, stay, func(a references.FPDF_ANNOTATION) bool {
		value, is := p.value(a)
		switch box, isBox := p.box(a); {
		case isBox:
			notes = append(notes, box)
			return false
		case !is:
			return true
		case p.isDrawn(a):
			values = append(values, value)
			return true
		}
		notes = append(notes, value)
		return false
	})
	_, err = p.engine.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: ref, Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	return notes, values, err == nil
}

// keep removes the annotations of a page that a test does not pass, and returns
// how many stay. One that cannot be removed shows at worst what it draws.
func (p *pdfReader) keep(page requests.Page, count int, passes func(references.FPDF_ANNOTATION) bool) (stay int) {
	for i := count - 1; i >= 0; i-- {
		keep := false
		annotation(p.engine, page, i, func(a references.FPDF_ANNOTATION) { keep = passes(a) })
		if keep {
			stay++
			continue
		}
		_, _ = p.engine.FPDFPage_RemoveAnnot(&requests.FPDFPage_RemoveAnnot{Page: page, Index: i})
	}
	return stay
}

// shownKind returns the kind of an annotation that shows text on the page, or
// unknown.
func (p *pdfReader) shownKind(a references.FPDF_ANNOTATION) enums.FPDF_ANNOTATION_SUBTYPE {
	const unseen = enums.FPDF_ANNOT_FLAG_INVISIBLE | enums.FPDF_ANNOT_FLAG_HIDDEN | enums.FPDF_ANNOT_FLAG_NOVIEW
	kind, err := p.engine.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
	if err != nil {
		return enums.FPDF_ANNOT_SUBTYPE_UNKNOWN
	}
	flags, err := p.engine.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: a})
	if err != nil || flags.Flags&unseen != 0 {
		return enums.FPDF_ANNOT_SUBTYPE_UNKNOWN
	}
	switch kind.Subtype {
	case enums.FPDF_ANNOT_SUBTYPE_WIDGET, enums.FPDF_ANNOT_SUBTYPE_FREETEXT, enums.FPDF_ANNOT_SUBTYPE_STAMP:
		return kind.Subtype
	}
	return enums.FPDF_ANNOT_SUBTYPE_UNKNOWN
}

// isDrawn reports whether an annotation has a drawing of its own.
func (p *pdfReader) isDrawn(a references.FPDF_ANNOTATION) bool {
	drawn, err := p.engine.FPDFAnnot_HasKey(&requests.FPDFAnnot_HasKey{Annotation: a, Key: "AP"})
	return err != nil || drawn.HasKey
}

// value returns what a field holds; that of a button is no text.
func (p *pdfReader) value(a references.FPDF_ANNOTATION) (pdfNote, bool) {
	kind, err := p.engine.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a, Key: "FT"})
	if err == nil && kind.Value == "Btn" {
		return pdfNote{}, false
	}
	return p.noteUnder(a, "V")
}

// box returns the box to tick that a field is, as it stands: only such fields have a
// state of their appearance.
func (p *pdfReader) box(a references.FPDF_ANNOTATION) (note pdfNote, is bool) {
	note, is = p.noteUnder(a, "AS")
	if !is {
		return note, false
	}
	note.text = extract.Tick(note.text != "Off")
	note.frame.Top = (note.frame.Top+note.frame.Bottom)/2 + noteSize/2
	note.frame.Right = min(note.frame.Right, note.frame.Left+noteSize)
	return note, true
}

// noteUnder returns the text under a key of an annotation.
func (p *pdfReader) noteUnder(a references.FPDF_ANNOTATION, key string) (note pdfNote, is bool) {
	value, err := p.engine.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a, Key: key})
	if err != nil || value.Value == "" {
		return note, false
	}
	rect, err := p.engine.FPDFAnnot_GetRect(&requests.FPDFAnnot_GetRect{Annotation: a})
	if err != nil {
		return note, false
	}
	return pdfNote{text: value.Value, frame: rect.Rect}, true
}

// annotation opens one of a page's annotations, if that can be done, for a look.
func annotation(engine pdfium.Pdfium, page requests.Page, index int, look func(references.FPDF_ANNOTATION)) {
	opened, err := engine.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: page, Index: index})
	if err != nil {
		return
	}
	defer func() {
		_, _ = engine.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: opened.Annotation})
	}()
	look(opened.Annotation)
}

// extends reports whether a page begins with what another has. PDFium mixes up
// the fonts of some pages when it flattens them.
func (s *pdfPage) extends(other pdfPage) bool {
	if len(s.spans) < len(other.spans) {
		return false
	}
	for i, span := range other.spans {
		if s.spans[i].text != span.text {
			return false
		}
	}
	return true
}

// write adds a note's lines to the page, from the top of its frame down.
func (s *pdfPage) write(note pdfNote) {
	top := float64(note.frame.Top)
	for line := range strings.Lines(strings.ReplaceAll(note.text, "\r", "\n")) {
		if line = strings.TrimSpace(line); line != "" {
			s.spans = append(s.spans, pdfSpan{
				text: line, left: float64(note.frame.Left), right: float64(note.frame.Right), size: noteSize,
				top: top, bottom: top - noteSize, base: top - noteSize, order: len(s.spans),
			})
			top -= 1.2 * noteSize
		}
	}
}
