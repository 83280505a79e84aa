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
		p.sheets[i].dropLineNumbers()
		lines = append(lines, p.sheets[i].layout()...)
	}
	lines = withoutContents(lines)
	w := &pdfWriter{Builder: b, styles: stylesOf(lines), repeated: repeatedHeads(lines), named: namedHeads(lines)}
	for i := range lines {
		w.line(&lines[i])
	}
	w.flush()
	return nil
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

	counted int // number of the last list item

	table, tablePage int // of the row before
	columns          []float64
	header           string
	repeated         map[string]bool   // rows that begin tables on several pages
	named            map[*pdfLine]bool // rows that name what stands below them
}

// line takes the next line in reading order.
func (w *pdfWriter) line(l *pdfLine) {
	if l.table != 0 {
		w.flush()
		w.tableRow(l)
		return
	}
	if w.table != 0 && w.tablePage == l.page {
		w.table, w.tablePage = 0, 0
	}
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
	if found := pdfBullet.FindStringSubmatch(l.text); found != nil && !extract.IsDay(l.text) {
		w.kind, w.text, w.marker = extract.ListItem, l.text[len(found[0]):], found[1]
		w.counted = extract.Number(strings.TrimRight(found[1], ".)"))
	}
}

// pdfBullet is what list items begin with; symbol fonts put their signs into
// the private area.
var pdfBullet = regexp.MustCompile(`^(?:[-•–·▪◦‣●○■□➢✓\x{f0b7}\x{f0a7}] *|(\d{1,3}[.)]|[a-z]\)) +)`)

// goesOn reports whether a line belongs to the open block.
func (w *pdfWriter) goesOn(l *pdfLine) bool {
	last := w.last
	if pdfBullet.MatchString(l.text) && !strings.HasPrefix(l.text, "–") && !extract.IsDay(l.text) && !extract.GoesOn(w.text, l.text, w.counted) {
		return false
	}
	if math.Abs(last.size-l.size) > 0.08*l.size && w.kind == extract.Heading || math.Abs(last.size-l.size) > 0.2*l.size {
		return false
	}
	if last.page != l.page || l.base > last.base {
		return w.kind != extract.Heading && (opensInside(w.text, l.text) || w.runsOver(l)) // over to the next column or page
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

// runsOver reports whether a full line at the end of a page is followed by the rest
// of its sentence, which may begin with a noun.
func (w *pdfWriter) runsOver(l *pdfLine) bool {
	const long = 40 // characters
	last := w.last
	end, _ := utf8.DecodeLastRuneInString(w.text)
	isFull := last.right >= last.center+0.25*last.width && utf8.RuneCountInString(last.text) >= long
	return last.page+1 == l.page && isFull && l.style() == last.style() && math.Abs(last.left-l.left) < l.size &&
		(unicode.IsLetter(end) || end == ',') && !extract.IsNumbered(l.text)
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

// tableRow adds a row; the first of a table is its header if it alone is bold, if it
// comes again on other pages, or if it names figures below. A table that goes on over the
// page keeps its header.
func (w *pdfWriter) tableRow(l *pdfLine) {
	for i := range l.cells {
		l.cells[i] = extract.Mend(l.cells[i])
	}
	text := rowOfCells(l.cells)
	isFirst := w.table != l.table || w.tablePage != l.page
	goesOn := isFirst && w.tablePage == l.page-1 && sameColumns(w.columns, l.columns)
	w.table, w.tablePage, w.columns = l.table, l.page, l.columns
	if isFirst {
		if goesOn && w.header != "" && text == w.header {
			return // said on the page before
		}
		if !goesOn || w.repeated[text] {
			w.header = ""
		}
	}
	before := len(w.Doc.Blocks)
	written := w.Row(slices.Clone(l.cells), w.header)
	if isFirst && w.header == "" && (l.bold || w.repeated[text] || !goesOn && w.named[l]) {
		w.header = written
	}
	w.number(before, l.page)
}

// rowOfCells is how a row reads, to compare it with others.
func rowOfCells(cells []string) string {
	clean := make([]string, len(cells))
	for i, cell := range cells {
		clean[i] = strings.ReplaceAll(strings.Join(strings.Fields(cell), " "), "|", "/")
	}
	return strings.TrimSpace(strings.Join(clean, " | "))
}

// sameColumns reports tables whose columns begin at the same places.
func sameColumns(a, b []float64) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	const most = 12 // points
	for i := range a {
		if math.Abs(a[i]-b[i]) > most {
			return false
		}
	}
	return true
}

// repeatedHeads returns the rows that begin tables on several pages.
func repeatedHeads(lines []pdfLine) map[string]bool {
	pages := map[string]int{}
	repeated := map[string]bool{}
	for i := range lines {
		l := &lines[i]
		if l.table == 0 || i > 0 && lines[i-1].table == l.table && lines[i-1].page == l.page {
			continue
		}
		text := rowOfCells(l.cells)
		if page, seen := pages[text]; seen && page != l.page && hasLetters(text) {
			repeated[text] = true
		}
		pages[text] = l.page
	}
	return repeated
}

// namedHeads returns the first rows of tables that name what stands below them, though
// they are set like the other rows.
func namedHeads(lines []pdfLine) map[*pdfLine]bool {
	named := map[*pdfLine]bool{}
	for i := 0; i < len(lines); {
		end := i + 1
		for end < len(lines) && lines[end].table == lines[i].table && lines[end].page == lines[i].page {
			end++
		}
		if lines[i].table != 0 && namesFigures(lines[i].cells, lines[i+1:end]) {
			named[&lines[i]] = true
		}
		i = end
	}
	return named
}

// namesFigures reports names of columns, each a word or two with a capital letter, of
// which one at least stands over figures only.
func namesFigures(names []string, rows []pdfLine) bool {
	const fewest = 2 // rows of figures
	isOver := false
	for c, name := range names {
		if !isColumnName(name) {
			return false
		}
		figures, others := 0, 0
		for i := range rows {
			switch cell := strings.TrimSpace(rows[i].cells[c]); {
			case strings.ContainsFunc(cell, unicode.IsDigit):
				figures++
			case cell != "":
				others++
			}
		}
		isOver = isOver || figures >= fewest && others == 0
	}
	return isOver && len(names) > 1
}

// isColumnName reports a short text without figures that begins with a capital letter.
func isColumnName(text string) bool {
	const longest = 40 // characters
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(first) && utf8.RuneCountInString(text) <= longest && !strings.ContainsFunc(text, unicode.IsDigit)
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
