package pdf

import (
	"math"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// stroke is a line drawn from left to right, or what a remark strikes out, in points
// of the page.
type stroke struct {
	left, right, y float64
	half           float64 // of the height of what a remark strikes out; 0: it is drawn
}

const (
	maxStrokeHeight = 1.6  // points; higher ones are bars and boxes
	minStrokeWidth  = 3.0  // points
	maxObjects      = 2000 // of a page that are looked at for lines: drawings have more
)

// strokesOf returns the thin lines on a page that may strike text out, and where
// remarks do; where there are none, it is not nil.
func strokesOf(engine pdfium.Pdfium, page references.FPDF_PAGE) []stroke {
	ref := requests.Page{ByReference: &page}
	return append(append([]stroke{}, drawnStrokes(engine, ref)...), remarkedStrokes(engine, ref)...)
}

func drawnStrokes(engine pdfium.Pdfium, page requests.Page) (strokes []stroke) {
	for object, kind := range objectsOf(engine, page, maxObjects) {
		if kind != enums.FPDF_PAGEOBJ_PATH {
			continue
		}
		at, err := engine.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
		if err != nil || at.Top-at.Bottom > maxStrokeHeight || at.Right-at.Left < minStrokeWidth {
			continue
		}
		strokes = append(strokes, stroke{left: float64(at.Left), right: float64(at.Right), y: float64(at.Top+at.Bottom) / 2})
	}
	return strokes
}

// remarkedStrokes returns the middles of what remarks strike out, line by line.
func remarkedStrokes(engine pdfium.Pdfium, page requests.Page) (strokes []stroke) {
	count, err := engine.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
	if err != nil {
		return nil
	}
	for i := range min(count.Count, maxObjects) {
		annotation(engine, page, i, func(a references.FPDF_ANNOTATION) { strokes = append(strokes, struckOut(engine, a)...) })
	}
	return strokes
}

// struckOut returns what a remark strikes out; nil: it does something else.
func struckOut(engine pdfium.Pdfium, a references.FPDF_ANNOTATION) (strokes []stroke) {
	kind, err := engine.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
	if err != nil || kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_STRIKEOUT {
		return nil
	}
	count, err := engine.FPDFAnnot_CountAttachmentPoints(&requests.FPDFAnnot_CountAttachmentPoints{Annotation: a})
	if err != nil {
		return nil
	}
	for i := range min(count.Count, maxObjects) {
		points, err := engine.FPDFAnnot_GetAttachmentPoints(&requests.FPDFAnnot_GetAttachmentPoints{Annotation: a, Index: i})
		if err != nil {
			continue
		}
		q := points.QuadPoints
		xs, ys := [4]float32{q.X1, q.X2, q.X3, q.X4}, [4]float32{q.Y1, q.Y2, q.Y3, q.Y4}
		left, right := min(xs[0], xs[1], xs[2], xs[3]), max(xs[0], xs[1], xs[2], xs[3])
		low, high := min(ys[0], ys[1], ys[2], ys[3]), max(ys[0], ys[1], ys[2], ys[3])
		strokes = append(strokes, stroke{float64(left), float64(right), float64(low+high) / 2, max(float64(high-low)/2, 1)})
	}
	return strokes
}

// strokeRow is the height in points of the rows in which strokes are looked for.
const strokeRow = 8.0

// strokes are lines by the row in which they are.
type strokes map[int][]stroke

// maxInRow is how many lines of one row are compared with a letter: more are a pattern.
const maxInRow = 50

func byRow(all []stroke) strokes {
	rows := strokes{}
	for _, s := range all {
		for row := rowOf(s.y - s.half); row <= min(rowOf(s.y+s.half), rowOf(s.y-s.half)+maxInRow); row++ {
			if len(rows[row]) < maxInRow {
				rows[row] = append(rows[row], s)
			}
		}
	}
	return rows
}

func rowOf(y float64) int { return int(math.Floor(y / strokeRow)) }

// through returns the line that goes through the middle of an upright letter.
func (rows strokes) through(c *responses.GetPageTextStructuredChar) (found stroke, is bool) {
	at := c.PointPosition
	low, high := min(at.Bottom, at.Top), max(at.Bottom, at.Top)
	height, middle := high-low, (at.Left+at.Right)/2
	const tallest = 100 // points
	if strings.TrimSpace(c.Text) == "" || quarter(c.Angle) != 0 || height > tallest {
		return found, false
	}
	for row := rowOf(low); row <= rowOf(high); row++ {
		for _, s := range rows[row] {
			isIn := height >= minPDFSize && s.y > low+0.25*height && s.y < high-0.2*height
			if s.half > 0 {
				isIn = math.Abs(s.y-(low+high)/2) < s.half
			}
			if isIn && s.left-0.5 <= middle && middle <= s.right+0.5 {
				return s, true
			}
		}
	}
	return found, false
}

// strike takes the letters away that a line strikes out: one that is as long as what
// it goes through, unlike the border of a table. It returns how many lines do.
func strike(chars []*responses.GetPageTextStructuredChar, all []stroke) (count int) {
	bands := bandsOf(chars, all)
	rows := byRow(bands)
	for _, c := range chars {
		if _, is := rows.through(c); is {
			c.Text = "" // the places of the others stay
		}
	}
	return len(bands)
}

// bandsOf returns the bands of text that are struck out, as high as their letters.
func bandsOf(chars []*responses.GetPageTextStructuredChar, all []stroke) (bands []stroke) {
	rows := byRow(all)
	struck := map[stroke]frame{}
	for _, c := range chars {
		s, is := rows.through(c)
		if !is {
			continue
		}
		at, known := struck[s]
		if !known {
			at = frame{math.Inf(1), math.Inf(-1), math.Inf(-1), math.Inf(1)}
		}
		place := c.PointPosition
		struck[s] = frame{min(at.left, place.Left), max(at.right, place.Right), max(at.top, place.Top, place.Bottom), min(at.bottom, place.Top, place.Bottom)}
	}
	for s, at := range struck {
		switch {
		case s.half > 0:
			bands = append(bands, s)
		case at.right-at.left >= 0.8*(s.right-s.left):
			bands = append(bands, stroke{s.left, s.right, (at.top + at.bottom) / 2, (at.top - at.bottom) / 2})
		}
	}
	return bands
}
