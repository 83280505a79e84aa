package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/ingest/extract"
)

// write turns the pages into blocks.
func (p *pdfReader) write(b *extract.Builder) error {
	p.dropMargins()
	var lines []pdfLine
	for i := range p.sheets {
		lines = append(lines, p.sheets[i].layout()...)
	}
	w := &pdfWriter{Builder: b, styles: stylesOf(lines)}
	for i := range lines {
		w.line(&lines[i])
	}
	w.flush()
	return nil
}

// margin is what may be a header or footer: one row at the edge of a page.
type margin struct {
	text   string // with digits as #
	y      float64
	footer bool
}

const (
	marginRows  = 4    // looked at from each edge
	marginShare = 0.14 // of the page's height
)

// dropMargins removes headers, footers and page numbers: rows at the edge of
// pages that come again at the same height, digits aside.
func (p *pdfReader) dropMargins() {
	rows := make([][]visualRow, len(p.sheets))
	seen := map[margin]int{}
	for i := range p.sheets {
		rows[i] = rowsOf(p.sheets[i].spans)
		for _, m := range p.sheets[i].margins(rows[i]) {
			seen[m]++
		}
	}
	const enough = 3 // of a title with the page's number, such as that of a short chapter
	need := max(2, (len(p.sheets)*2+4)/5)
	kept := make([][]pdfSpan, len(p.sheets))
	left := 0
	for i := range p.sheets {
		margins := p.sheets[i].margins(rows[i])
		for j, row := range rows[i] {
			m, is := margins[j]
			outermost := j == 0 || j == len(rows[i])-1
			if is && (again(seen, m) >= need || m.isPageNumber() || outermost && m.isNumbered() && again(seen, m) >= enough) {
				continue
			}
			kept[i] = append(kept[i], row.spans...)
		}
		left += len(kept[i])
	}
	if left == 0 {
		return // pages that have nothing else: slides, samples
	}
	for i := range p.sheets {
		p.sheets[i].spans = kept[i]
	}
}

// margins returns the rows at the page's edges by their index.
func (s *pdfPage) margins(rows []visualRow) map[int]margin {
	if len(rows) == 0 {
		return nil
	}
	found := map[int]margin{}
	look := func(i int, footer bool) bool {
		y := rows[i].top
		edge := rows[0].top
		if footer {
			y, edge = rows[i].bottom, rows[len(rows)-1].bottom
		}
		if math.Abs(y-edge) > marginShare*s.height {
			return false
		}
		texts := make([]string, len(rows[i].spans))
		for j, span := range rows[i].spans {
			texts[j] = span.text
		}
		found[i] = margin{text: withoutDigits(strings.Join(texts, " ")), y: math.Round(rows[i].spans[0].base), footer: footer}
		return true
	}
	for i := 0; i < min(marginRows, len(rows)) && look(i, false); i++ {
	}
	for i := len(rows) - 1; i >= max(0, len(rows)-marginRows, len(found)) && look(i, true); i-- {
	}
	return found
}

// again counts the pages with the same row at about the same height.
func again(seen map[margin]int, m margin) int {
	n := 0
	for dy := -2.0; dy <= 2; dy++ {
		n += seen[margin{m.text, m.y + dy, m.footer}]
	}
	return n
}

var (
	digits     = regexp.MustCompile(`\d+`)
	pageNumber = regexp.MustCompile(`(?i)^[-–—|\s]*(?:(?:seite|page|s\.|p\.|blatt)\s*)?#(?:\s*(?:/|von|of|\|)\s*#)?[-–—|\s.]*$`)
)

func withoutDigits(text string) string {
	return digits.ReplaceAllString(strings.Join(strings.Fields(text), " "), "#")
}

// isPageNumber reports a row that is nothing but "Seite 3 von 7" and the like.
func (m margin) isPageNumber() bool {
	return pageNumber.MatchString(m.text) && (m.footer || len(m.text) > 1)
}

// isNumbered reports a row that begins or ends with a number, as running titles
// with the page's number do.
func (m margin) isNumbered() bool {
	return strings.HasPrefix(m.text, "# ") || strings.HasSuffix(m.text, " #")
}

// pdfStyle is how a line is set.
type pdfStyle struct {
	size float64 // in half points
	bold bool
}

func (l *pdfLine) style() pdfStyle { return pdfStyle{math.Round(l.size*2) / 2, l.bold} }

// pdfStyles is how the document is set.
type pdfStyles struct {
	body   pdfStyle
	pitch  map[float64]float64 // from line to line, by size
	levels map[pdfStyle]int
}

// stylesOf finds the body's style, which most letters have, and ranks those of
// headings.
func stylesOf(lines []pdfLine) pdfStyles {
	letters := map[pdfStyle]int{}
	sizes := map[float64]int{}
	pitches := map[float64][]float64{}
	for i := range lines {
		style := lines[i].style()
		letters[style] += len(lines[i].text)
		sizes[style.size] += len(lines[i].text)
		if i > 0 && lines[i-1].page == lines[i].page && lines[i-1].style() == style && lines[i].table == 0 {
			if pitch := lines[i-1].base - lines[i].base; pitch > 0 && pitch < 3*style.size {
				pitches[style.size] = append(pitches[style.size], pitch)
			}
		}
	}
	s := pdfStyles{pitch: map[float64]float64{}, levels: map[pdfStyle]int{}}
	for size, n := range sizes {
		if n > sizes[s.body.size] || n == sizes[s.body.size] && size < s.body.size {
			s.body.size = size
		}
	}
	s.body.bold = letters[pdfStyle{s.body.size, true}] > letters[pdfStyle{s.body.size, false}]
	for size, all := range pitches {
		slices.Sort(all)
		s.pitch[size] = all[len(all)/2]
	}
	s.rank(lines)
	return s
}

// rank gives levels to the styles of headings, the largest first.
func (s *pdfStyles) rank(lines []pdfLine) {
	var found []pdfStyle
	for i := range lines {
		if style := lines[i].style(); s.isHeading(&lines[i]) && !slices.Contains(found, style) {
			found = append(found, style)
		}
	}
	slices.SortFunc(found, func(a, b pdfStyle) int {
		if a.size != b.size {
			return cmp.Compare(b.size, a.size)
		}
		if a.bold {
			return -1
		}
		return 1
	})
	for i, style := range found {
		s.levels[style] = min(i+1, 6)
	}
}

// isHeading reports lines set larger or bolder than the body that read like a
// heading.
func (s *pdfStyles) isHeading(l *pdfLine) bool {
	style := l.style()
	if l.table != 0 || utf8.RuneCountInString(l.text) > 160 || !hasLetters(l.text) {
		return false
	}
	switch {
	case style.size >= 1.15*s.body.size:
		return true
	case style.bold && !s.body.bold && style.size >= 0.95*s.body.size:
		last, _ := utf8.DecodeLastRuneInString(l.text)
		return !strings.ContainsRune(".,;", last) || extract.IsNumbered(l.text)
	}
	return false
}

func hasLetters(text string) bool { return strings.IndexFunc(text, unicode.IsLetter) >= 0 }

// pdfWriter joins lines to blocks.
type pdfWriter struct {
	*extract.Builder
	styles pdfStyles
	last   *pdfLine     // of the open block
	kind   extract.Kind // of the open block
	text   string
	marker string
	page   int // that the open block began on
	level  int // of an open heading

	table, tablePage int // of the row before
	header           string
}

// line takes the next line in reading order.
func (w *pdfWriter) line(l *pdfLine) {
	if l.table != 0 {
		w.flush()
		w.tableRow(l)
		return
	}
	w.table = 0
	heading := w.styles.isHeading(l)
	if w.last != nil && heading == (w.kind == extract.Heading) && w.goesOn(l) {
		w.text = extract.JoinLines(w.text, l.text)
		w.last = l
		return
	}
	w.flush()
	w.open(l, heading)
}

// open begins a block.
func (w *pdfWriter) open(l *pdfLine, heading bool) {
	w.last, w.page, w.text, w.kind, w.marker = l, l.page, l.text, extract.Paragraph, ""
	if heading {
		w.kind, w.level = extract.Heading, w.styles.levels[l.style()]
		return
	}
	if found := pdfBullet.FindStringSubmatch(l.text); found != nil {
		w.kind, w.text, w.marker = extract.ListItem, l.text[len(found[0]):], found[1]
	}
}

// pdfBullet is what list items begin with; symbol fonts put their signs into
// the private area.
var pdfBullet = regexp.MustCompile(`^(?:[-•–·▪◦‣●○■□➢✓\x{f0b7}\x{f0a7}] *|(\d{1,3}[.)]|[a-z]\)) +)`)

// goesOn reports whether a line belongs to the open block.
func (w *pdfWriter) goesOn(l *pdfLine) bool {
	last := w.last
	if pdfBullet.MatchString(l.text) && !strings.HasPrefix(l.text, "–") {
		return false
	}
	if math.Abs(last.size-l.size) > 0.08*l.size && w.kind == extract.Heading || math.Abs(last.size-l.size) > 0.2*l.size {
		return false
	}
	if last.page != l.page || l.base > last.base {
		return w.kind != extract.Heading && opensInside(w.text, l.text) // over to the next column or page
	}
	pitch := w.styles.pitch[l.style().size]
	if pitch == 0 {
		pitch = 1.3 * l.size
	}
	if last.base-l.base > 1.22*max(pitch, l.size) {
		return false
	}
	if w.kind == extract.Heading {
		return l.style() == last.style() && !extract.IsNumbered(l.text)
	}
	end, _ := utf8.DecodeLastRuneInString(w.text) // a bullet alone has no text yet
	ended := strings.ContainsRune(".!?:", end)
	isShort := last.right < last.center+0.25*last.width
	indented := w.kind == extract.Paragraph && l.left > last.left+0.8*l.size && ended
	switch {
	case ended && isShort && startsUpper(l.text), indented:
		return false
	case w.kind == extract.ListItem && ended && l.left < last.left-l.size:
		return false
	}
	return true
}

// opensInside reports whether text goes on in the middle of a sentence.
func opensInside(text, next string) bool {
	if _, divided := extract.CutHyphen(text); divided {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(next)
	return !strings.ContainsRune(".!?:;", last) && unicode.IsLower(first)
}

func startsUpper(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(first) || unicode.IsDigit(first)
}

// tableRow adds a row; the first of a table is its header if it alone is bold.
func (w *pdfWriter) tableRow(l *pdfLine) {
	isFirst := w.table != l.table || w.tablePage != l.page
	if isFirst {
		w.header = ""
	}
	w.table, w.tablePage = l.table, l.page
	before := len(w.Doc.Blocks)
	for i := range l.cells {
		l.cells[i] = extract.Mend(l.cells[i])
	}
	text := w.Row(l.cells, w.header)
	if isFirst && l.bold {
		w.header = text
	}
	w.number(before, l.page)
}

// flush adds the open block.
func (w *pdfWriter) flush() {
	if w.last == nil {
		return
	}
	before := len(w.Doc.Blocks)
	if text := extract.Mend(w.text); w.kind == extract.Heading {
		w.Heading(w.level, text)
	} else {
		level := 0
		if w.kind == extract.ListItem {
			level = 1
		}
		w.Add(extract.Block{Kind: w.kind, Text: text, Marker: w.marker, Level: level})
	}
	w.number(before, w.page)
	w.last = nil
}

// number gives the blocks added since their page.
func (w *pdfWriter) number(before, page int) {
	for i := before; i < len(w.Doc.Blocks); i++ {
		w.Doc.Blocks[i].Page = page
	}
}
