package pdf

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// margin is what may be a header or footer: one row at the edge of a page.
type margin struct {
	text   string // with digits as #
	y      float64
	footer bool
}

// sighting is a margin on one page.
type sighting struct {
	page int
	text string // with its digits
	size float64
}

const (
	marginRows  = 4    // looked at from each edge
	marginShare = 0.14 // of the page's height
)

// furniture finds headers, footers and page numbers: rows at the edge of pages
// that come again at the same height, alike or counting the pages.
type furniture struct {
	seen  map[margin][]sighting
	need  int // pages on which a row must stand
	body  float64
	pages int
}

// dropMargins removes the furniture of pages.
func (p *pdfReader) dropMargins() {
	f := &furniture{seen: map[margin][]sighting{}, body: bodySize(p.sheets)}
	rows := make([][]visualRow, len(p.sheets))
	for i := range p.sheets {
		rows[i] = rowsOf(p.sheets[i].spans)
	}
	copies := copiesOf(rows)
	margins := make([]map[int]margin, len(p.sheets))
	for i := range p.sheets {
		margins[i] = p.sheets[i].margins(rows[i])
		if copies[i] {
			continue // what an earlier page says again tells nothing of furniture
		}
		f.pages++
		for j, m := range margins[i] {
			f.note(m, sighting{i, rowText(rows[i][j]), rows[i][j].spans[0].size})
		}
	}
	f.need = max(2, (f.pages*2+4)/5)
	kept := make([][]pdfSpan, len(p.sheets))
	left := 0
	for i := range p.sheets {
		for j, row := range rows[i] {
			m, is := margins[i][j]
			outermost := j == 0 || j == len(rows[i])-1
			if is && !isTableHead(rows[i], j) && f.is(m, outermost, isApart(rows[i], j, m.footer), p.sheets[i].isOuter(m)) {
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

// note keeps a sighting, one for each page.
func (f *furniture) note(m margin, s sighting) {
	if all := f.seen[m]; len(all) == 0 || all[len(all)-1].page != s.page {
		f.seen[m] = append(all, s)
	}
}

// is reports whether a row is furniture.
func (f *furniture) is(m margin, outermost, apart, outer bool) bool {
	if m.isPageNumber() {
		return true
	}
	const enough = 3 // of a title with the page's number, such as that of a short chapter
	all := f.again(m)
	if len(all) < f.need && (!outermost || !m.isNumbered() || len(all) < enough) {
		return false
	}
	return areAlike(all) && (outer || apart) || apart && !labelled.MatchString(m.text) && countPages(all) && all[0].size < 1.15*f.body
}

// isOuter reports rows near the edge of the sheet, where no text stands.
func (s *pdfPage) isOuter(m margin) bool {
	if m.footer {
		return m.y < marginShare*s.height
	}
	return m.y > (1-marginShare)*s.height
}

// isApart reports rows at the edge of a page with a gap between them and the
// text.
func isApart(rows []visualRow, i int, footer bool) bool {
	for n := range marginRows {
		above := i + n
		if footer {
			above = i - n - 1
		}
		if above < 0 || above+1 >= len(rows) {
			return false // the whole page is one piece
		}
		if rows[above].bottom-rows[above+1].top > 0.9*rows[above].spans[0].size {
			edge := above + 1
			if footer {
				edge = len(rows) - edge
			}
			return 2*edge <= len(rows) // else the larger part is the text
		}
	}
	return false
}

// again returns the sightings of a row at about the same height.
func (f *furniture) again(m margin) []sighting {
	var all []sighting
	pages := map[int]bool{}
	for dy := -2.0; dy <= 2; dy++ {
		for _, s := range f.seen[margin{m.text, m.y + dy, m.footer}] {
			if !pages[s.page] {
				pages[s.page] = true
				all = append(all, s)
			}
		}
	}
	return all
}

// areAlike reports rows that say the same, digits and all, but for few pages.
func areAlike(all []sighting) bool {
	count := map[string]int{}
	most := 0
	for _, s := range all {
		count[s.text]++
		most = max(most, count[s.text])
	}
	return 10*most >= 8*len(all) && most > 1
}

// countPages reports rows with a number that grows with the pages.
func countPages(all []sighting) bool {
	offsets := map[[2]int]int{} // by place of the number and its distance from the page's
	most := 0
	for _, s := range all {
		for i, number := range digits.FindAllString(s.text, 8) {
			value, err := strconv.Atoi(number)
			if err != nil {
				continue
			}
			key := [2]int{i, value - s.page}
			offsets[key]++
			most = max(most, offsets[key])
		}
	}
	return 10*most >= 8*len(all) || len(all) > 5 && 2*most > len(all)
}

// labelled matches what is counted and no page: headings of parts.
var labelled = regexp.MustCompile(`(?i)^(?:anlage|anhang|kapitel|abschnitt|teil|artikel|art\.|§+|folie|modul|lektion|thema|schritt|nr\.|nummer|top|tagesordnungspunkt|merkblatt|formular|formblatt|muster|frage|übung|beispiel|tabelle|abbildung|abb\.|tab\.|fall|maßnahme|projekt|vorlage|antrag|protokoll|annex|appendix|chapter|section|part)\b ?`)

// copiesOf reports pages that say nearly the same as an earlier one: the second
// copy of a form, a letter sent twice.
func copiesOf(rows [][]visualRow) []bool {
	const compared = 300 // pages
	copies := make([]bool, len(rows))
	texts := make([]map[string]int, min(len(rows), compared))
	for i := range texts {
		texts[i] = map[string]int{}
		for _, row := range rows[i] {
			texts[i][rowText(row)]++
		}
	}
	for i := range texts {
		for j := 0; j < i && !copies[i]; j++ {
			if copies[j] || len(rows[i]) < 2 || len(rows[i]) > 2*len(rows[j]) {
				continue
			}
			same := 0
			for text, n := range texts[i] {
				same += min(n, texts[j][text])
			}
			copies[i] = 10*same >= 7*len(rows[i])
		}
	}
	return copies
}

// isTableHead reports a row of several cells that stand over those of the next
// row: the header of a table that begins the page.
func isTableHead(rows []visualRow, i int) bool {
	if i+1 >= len(rows) || len(rows[i].spans) < 2 {
		return false
	}
	next := rows[i+1]
	if rows[i].bottom-next.top > 3*next.spans[0].size || len(next.spans) < 2 {
		return false
	}
	under := 0
	for _, s := range rows[i].spans {
		for _, below := range next.spans {
			if math.Abs(s.left-below.left) < 3 || math.Abs(s.right-below.right) < 3 || math.Abs(s.left+s.right-below.left-below.right) < 6 {
				under++
				break
			}
		}
	}
	return under == len(rows[i].spans) && under >= len(next.spans)-1
}

func rowText(row visualRow) string {
	texts := make([]string, len(row.spans))
	for j, span := range row.spans {
		texts[j] = span.text
	}
	return strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
}

// bodySize returns the size in which most letters are set.
func bodySize(sheets []pdfPage) float64 {
	letters := map[float64]int{}
	best := 0.0
	for i := range sheets {
		for _, s := range sheets[i].spans {
			size := math.Round(s.size*2) / 2
			letters[size] += len(s.text)
			if letters[size] > letters[best] {
				best = size
			}
		}
	}
	return best
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
		found[i] = margin{text: withoutDigits(rowText(rows[i])), y: math.Round(rows[i].spans[0].base), footer: footer}
		return true
	}
	for i := 0; i < min(marginRows, len(rows)) && look(i, false); i++ {
	}
	for i := len(rows) - 1; i >= max(0, len(rows)-marginRows, len(found)) && look(i, true); i-- {
	}
	return found
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
