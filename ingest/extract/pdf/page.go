package pdf

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"lvr.example/sprechstunde/ingest/extract"
)

// pdfPage is what stands on one page.
type pdfPage struct {
	number        int
	width, height float64
	spans         []pdfSpan
	hidden        int
	layers        int // texts on layers that are switched off
	gibberish     int // lines that nobody can read
	lost          int // letters that nobody can read
	struck        int // texts that are struck out
	reading
}

// reading is what of the document matters on each page.
type reading struct {
	layersOff bool // layers may be switched off: text is compared with the page as it is drawn
	ligatures ligatures
	strokes   []stroke // of the page; nil: they are looked for
}

// legible replaces letters that a font puts where no letter is: by their
// ligature if the font names it, else by a sign for the gap.
func (s *pdfPage) legible(text string) string {
	if !strings.ContainsFunc(text, isLost) {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case !isLost(r):
			out.WriteRune(r)
		case s.ligatures[r] != "":
			out.WriteString(s.ligatures[r])
		default:
			s.lost++
			out.WriteRune(lost)
		}
	}
	return out.String()
}

// pdfSpan is a run of text on one line, without gaps that a tabulator or a
// column would make. Coordinates are in points, from the lower left corner.
type pdfSpan struct {
	text                     string
	left, right, top, bottom float64
	base                     float64 // the line that letters stand on
	size                     float64 // of the font
	bold                     bool
	order                    int // in which the page draws it
	gaps                     []gap
	cell                     bool // it was cut from what is left of it, see [cutCells]
}

// glyph is one drawn character.
type glyph struct {
	r                        rune
	left, right, top, bottom float64
	index                    int
	newLine                  bool // PDFium sees a line end before it
	spaces                   int  // or so much white space
}

// readPage reads the spans of one page.
func readPage(engine pdfium.Pdfium, page references.FPDF_PAGE, number int, how reading) (pdfPage, error) {
	sheet := pdfPage{number: number, reading: how}
	ref := requests.Page{ByReference: &page}
	box, err := engine.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: ref})
	if err != nil {
		return sheet, fmt.Errorf("page box: %w", err)
	}
	loaded, err := engine.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return sheet, fmt.Errorf("page text: %w", err)
	}
	defer func() {
		_, _ = engine.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	}()
	count, err := engine.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil {
		return sheet, fmt.Errorf("page text: %w", err)
	}
	if count.Count > maxPageText {
		return sheet, &extract.Error{Reason: extract.TooLarge, Detail: fmt.Sprintf("page %d has more than %d characters", number, maxPageText)}
	}
	if count.Count <= 0 {
		return sheet, nil
	}
	text, err := engine.GetPageTextStructured(&requests.GetPageTextStructured{Page: ref, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return sheet, fmt.Errorf("page text: %w", err)
	}
	area := frame{float64(box.Rect.Left), float64(box.Rect.Right), float64(box.Rect.Top), float64(box.Rect.Bottom)}
	if sheet.strokes == nil {
		sheet.strokes = strokesOf(engine, page)
	}
	sheet.struck = strike(text.Chars, sheet.strokes)
	straight, turned := turn(text.Chars, &area)
	sheet.width, sheet.height = area.right-area.left, area.top-area.bottom
	fonts := &pdfFonts{engine: engine, page: loaded.TextPage, pageRef: ref}
	for _, glyphs := range [][]glyph{straight, turned} {
		for _, run := range runs(withoutShadows(glyphs)) {
			sheet.add(fonts, run, area)
		}
	}
	return sheet, fonts.err
}

// frame is the visible part of a page.
type frame struct{ left, right, top, bottom float64 }

// turn makes glyphs of the characters, as seen with the page's main direction
// of writing upright. What is written in another direction comes apart.
func turn(chars []*responses.GetPageTextStructuredChar, area *frame) (straight, turned []glyph) {
	var directions [4]int
	for _, c := range chars {
		if c.Text != "" && c.Text != " " {
			directions[quarter(c.Angle)]++
		}
	}
	quarters := 0
	for q, n := range directions {
		if n > directions[quarters] {
			quarters = q
		}
	}
	*area = area.turned(quarters)
	newLine, spaces := true, 0
	for i, c := range chars {
		r := []rune(c.Text + "\x00")[0]
		switch {
		case r == '\n' || r == '\r':
			newLine = true
			continue
		case r == 0 || r == '\ufffe' || r == '\uffff':
			continue
		case unicode.IsSpace(r) && (r == ' ' || r == '\t' || r > 0x20):
			spaces++
			continue
		}
		p := frame{c.PointPosition.Left, c.PointPosition.Right, c.PointPosition.Top, c.PointPosition.Bottom}.turned(quarters)
		g := glyph{r: r, left: p.left, right: p.right, top: p.top, bottom: p.bottom, index: i, newLine: newLine, spaces: spaces}
		newLine, spaces = false, 0
		if quarter(c.Angle) == quarters {
			straight = append(straight, g)
		} else {
			turned = append(turned, g)
		}
	}
	return straight, turned
}

// quarter rounds an angle, which PDFium counts with the clock, to quarters of a
// turn against it.
func quarter(angle float64) int { return -int(math.Round(angle/(math.Pi/2))) & 3 }

// turned returns the frame as seen when the page is turned so that text written
// at that many quarters, counted against the clock, is upright.
func (f frame) turned(quarters int) frame {
	switch quarters {
	case 1: // upwards
		return frame{left: f.bottom, right: f.top, top: -f.left, bottom: -f.right}
	case 2:
		return frame{left: -f.right, right: -f.left, top: -f.bottom, bottom: -f.top}
	case 3: // downwards
		return frame{left: -f.top, right: -f.bottom, top: f.right, bottom: f.left}
	}
	return f
}

// runs cuts glyphs where the writing jumps: to another line, back, or at a line
// end that PDFium sees.
func runs(glyphs []glyph) [][]glyph {
	var all [][]glyph
	start := 0
	for i := 1; i <= len(glyphs); i++ {
		if i < len(glyphs) && !jumps(glyphs[start:i], glyphs[i]) {
			continue
		}
		if i > start {
			all = append(all, glyphs[start:i])
		}
		start = i
	}
	return all
}

func jumps(run []glyph, next glyph) bool {
	last := run[len(run)-1]
	height := max(next.top-next.bottom, last.top-last.bottom, run[0].top-run[0].bottom, 1)
	overlap := min(last.top, next.top) - max(last.bottom, next.bottom)
	back := height
	if isLeftward(last.r) && isLeftward(next.r) {
		back = 4 * height // over a word gap
	}
	if last.r == extract.Dividing || next.left < last.left-back {
		return true
	}
	if next.newLine {
		return overlap < 0.3*height || next.left-last.right > height/2
	}
	// small marks such as dots and dashes stand beside letters without overlap
	distance := max(max(next.bottom-last.top, last.bottom-next.top), 0)
	return distance > 0.6*height
}

// isLeftward reports letters of scripts written from right to left.
func isLeftward(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew) }

// add makes spans of a run, cut at wide gaps.
func (s *pdfPage) add(fonts *pdfFonts, run []glyph, area frame) {
	font := fonts.at(run)
	if fonts.err != nil {
		return
	}
	w := &writing{level: levelOf(run)}
	start := 0
	for i, g := range run {
		if i > start {
			gap := g.left - run[i-1].right
			switch {
			case gap > font.size && !(isMarker(w.text.String()) && gap < 5*font.size) && !(g.spaces == 1 && gap < 12*font.size && fonts.written(g.index-1)):
				s.addSpan(fonts, run[start:i], w, font, area)
				w = &writing{level: w.level}
				start = i
			case g.spaces > 0 || gap > 0.5*font.size:
				if gap > 0 && !fonts.written(g.index-1) {
					w.gap(run[i-1].right, g.left)
				}
				w.blank()
			}
		}
		w.add(g)
	}
	s.addSpan(fonts, run[start:], w, font, area)
}

// writing is the text of a run as it is read, what is set high apart.
type writing struct {
	level  textLevel
	text   strings.Builder
	raised string
	gaps   []gap
}

func (w *writing) add(g glyph) {
	if w.level.isRaised(g) {
		w.raised += string(g.r)
		return
	}
	w.settle()
	w.text.WriteRune(g.r)
}

func (w *writing) blank() {
	w.settle()
	w.text.WriteByte(' ')
}

// settle writes what is set high, where it ends.
func (w *writing) settle() {
	w.text.WriteString(extract.Raised(w.text.String(), w.raised))
	w.raised = ""
}

// gap notes the blank that follows.
func (w *writing) gap(from, to float64) {
	w.settle()
	w.gaps = append(w.gaps, gap{at: w.text.Len(), from: from, to: to})
}

// addSpan adds what was written by glyphs, if it can be read and is shown.
func (s *pdfPage) addSpan(fonts *pdfFonts, glyphs []glyph, w *writing, font pdfFont, area frame) {
	w.settle()
	written := w.text.String()
	if isGibberish(written) {
		s.gibberish++
		return
	}
	span := measure(glyphs, s.legible(unspaced(glyphs, written)), font)
	if span.text == written {
		span.gaps = w.gaps
	}
	switch {
	case strings.TrimSpace(span.text) == "":
		return
	case span.outside(area) || font.size < minPDFSize || fonts.invisible(glyphs, area):
		s.hidden++
		return
	case s.layersOff && !fonts.shown(glyphs, area):
		s.hidden++
		s.layers++
		return
	}
	span.order = len(s.spans)
	s.spans = append(s.spans, span)
}

// outside reports whether a span stands beyond the page's edge.
func (p pdfSpan) outside(area frame) bool {
	return p.right < area.left || p.left > area.right || p.top < area.bottom || p.bottom > area.top
}

// minPDFSize is the size in points below which nobody can read.
const minPDFSize = 1.5

var marker = regexp.MustCompile(`^(?:[-*•–·▪◦‣●○■□➢✓✔✗✘☐☑☒❏❑\x{f0b7}\x{f0a7}]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|§+ ?\d+[a-z]?|\d{1,2}(?:\.\d{1,2}){0,4}\.?)$`)

// isMarker reports the sign or number before a list item or heading.
func isMarker(text string) bool {
	return len(text) <= 12 && marker.MatchString(strings.TrimSpace(text))
}

// measure makes a span of glyphs.
func measure(glyphs []glyph, text string, font pdfFont) pdfSpan {
	span := pdfSpan{text: text, size: font.size, bold: font.bold, left: glyphs[0].left, right: glyphs[0].right,
		top: glyphs[0].top, bottom: glyphs[0].bottom}
	bottoms := make([]float64, 0, len(glyphs))
	for _, g := range glyphs {
		span.left, span.right = min(span.left, g.left), max(span.right, g.right)
		span.top, span.bottom = max(span.top, g.top), min(span.bottom, g.bottom)
		if unicode.IsUpper(g.r) || unicode.IsDigit(g.r) || strings.ContainsRune("abcdehiklmnorstuvwxzäöü", g.r) {
			bottoms = append(bottoms, g.bottom)
		}
	}
	span.base = span.bottom
	if len(bottoms) > 0 {
		slices.SortFunc(bottoms, cmp.Compare[float64])
		span.base = bottoms[len(bottoms)/2]
	}
	return span
}

// textLevel is the line that a run's letters stand on, and how high they are.
type textLevel struct{ base, height float64 }

func levelOf(run []glyph) textLevel {
	var bottoms, heights []float64
	for _, g := range run {
		if unicode.IsUpper(g.r) || unicode.IsLower(g.r) && !strings.ContainsRune("gjpqyß", g.r) {
			bottoms = append(bottoms, g.bottom)
		}
		if unicode.IsUpper(g.r) || strings.ContainsRune("bdfhklt", g.r) {
			heights = append(heights, g.top-g.bottom)
		}
	}
	if len(bottoms) < 2 || len(heights) == 0 {
		bottoms, heights = digitsOf(run, bottoms)
	}
	if len(bottoms) < 2 || len(heights) == 0 {
		return textLevel{}
	}
	slices.Sort(bottoms)
	slices.Sort(heights)
	return textLevel{bottoms[len(bottoms)/2], heights[len(heights)/2]}
}

// digitsOf adds the bottoms of a run's tallest digits, and their heights, where
// there are few letters: "20 m", "500".
func digitsOf(run []glyph, bottoms []float64) (all, heights []float64) {
	tallest := 0.0
	for _, g := range run {
		if unicode.IsDigit(g.r) {
			tallest = max(tallest, g.top-g.bottom)
		}
	}
	for _, g := range run {
		if height := g.top - g.bottom; unicode.IsDigit(g.r) && height > 0.85*tallest {
			bottoms, heights = append(bottoms, g.bottom), append(heights, height)
		}
	}
	return bottoms, heights
}

// isRaised reports digits that stand above the line and are small, in pages of browsers
// five sixths of the others. Digits of many serif fonts are taller than the letters
// beside them; those that stand high need to be little smaller than these.
func (l textLevel) isRaised(g glyph) bool {
	if l.height <= 0 || g.r < '0' || g.r > '9' {
		return false
	}
	above, height := (g.bottom-l.base)/l.height, (g.top-g.bottom)/l.height
	return above > 0.25 && height < 0.88 || above > 0.45 && height < 0.97
}
