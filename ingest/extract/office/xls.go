package office

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// readXLS reads a workbook of Excel 97 to 2003 ([MS-XLS]) as [readXLSX] reads those of
// today. One that an older Excel wrote, or that is damaged so that no sheet is found, is
// for a second reader.
func readXLS(f *extract.File) error {
	c := containerOf(f)
	data, isWhole := c.stream("Workbook", "Book")
	if isSealedSheet(data) {
		return withPassword
	}
	x := &xls{File: f, stream: data}
	x.globals()
	if len(x.sheets) == 0 {
		return &extract.Error{Reason: extract.Unsupported, Detail: "spreadsheet from before 1997, or a damaged one: save it as .xlsx"}
	}
	c.readProperties(f)
	if objects := c.folders("MBD"); objects > 0 {
		f.Remark(extract.EmbeddedFile, objects, "")
	}
	if err := x.readStyles(); err != nil {
		return err
	}
	x.readSheets()
	if x.cut || !isWhole {
		f.Remark(extract.MissingPart, 1, "the end of the workbook")
	}
	return nil
}

// xls is such a workbook being read.
type xls struct {
	*extract.File
	workbook
	stream    []byte
	sheets    []xlsSheet
	fonts     []xlsFont
	xfs       []biffRecord
	codes     map[int]string // of number formats
	palette   []uint32       // colours from number 8, where the file has its own
	filtering map[int]area   // what filters go over, by the number of their sheet, from 1
	cut       bool           // records end behind the data
	way       *extract.Way
}

type xlsSheet struct {
	name       string
	at, end    int // in the stream
	hidden     bool
	worksheet  bool
	chartsheet bool
}

type xlsFont struct {
	name             string
	color            int
	struck, isRaised bool
}

// biff8 is the version that Excel 97 to 2003 write.
const biff8 = 0x0600

// globals reads what stands before the sheets.
func (x *xls) globals() {
	s := &biffStream{data: x.stream}
	if first, ok := s.next(); !ok || first.kind != biffBOF || first.u16(0) != biff8 {
		return
	}
	x.codes, x.filtering = map[int]string{}, map[int]area{}
	for {
		r, ok := s.next()
		if !ok || r.kind == biffEOF {
			break
		}
		x.global(r, s)
	}
	x.cut = s.cut
	x.cutSheets()
}

func (x *xls) global(r biffRecord, s *biffStream) {
	switch r.kind {
	case biffSheet:
		kind := r.u8(5)
		x.sheets = append(x.sheets, xlsSheet{
			name: shortText(r.from(6)), at: int(r.u32(0)), hidden: r.u8(4)&3 != 0,
			worksheet: kind == 0, chartsheet: kind == 2,
		})
	case biffDate1904:
		x.date1904 = r.u16(0) != 0
	case biffFont:
		x.fonts = append(x.fonts, xlsFont{name: shortText(r.from(14)), color: r.u16(4), struck: r.u16(2)&8 != 0, isRaised: r.u16(8) == 1})
	case biffFormat:
		x.codes[r.u16(0)] = longText(r.from(2))
	case biffXF:
		x.xfs = append(x.xfs, r)
	case biffPalette:
		for i := range min(r.u16(0), 56) {
			x.palette = append(x.palette, r.u32(2+4*i)&0xFFFFFF)
		}
	case biffName:
		x.readFilter(r)
	case biffTexts:
		x.readTexts(r, s)
	}
}

// cutSheets finds where each sheet ends: at the next one's beginning at the latest. No
// place is read twice, whatever the table of sheets says.
func (x *xls) cutSheets() {
	starts := make([]int, 0, len(x.sheets))
	for _, s := range x.sheets {
		starts = append(starts, s.at)
	}
	slices.Sort(starts)
	seen := map[int]bool{}
	for i := range x.sheets {
		s := &x.sheets[i]
		s.end = len(x.stream)
		if next, _ := slices.BinarySearch(starts, s.at+1); next < len(starts) {
			s.end = min(starts[next], s.end)
		}
		if seen[s.at] || s.at >= len(x.stream) {
			s.at = s.end
			continue
		}
		seen[s.at] = true
	}
}

// readFilter notes the cells of a sheet that its filter goes over: a name that Excel
// gives them (section 2.4.150).
func (x *xls) readFilter(r biffRecord) {
	const builtin, filterName, areaSign = 0x20, 0x0D, 0x3B
	isFilter := r.u16(0)&builtin != 0 && r.u8(3) == 1 && r.u8(15) == filterName
	if !isFilter || r.u8(16)&0x1F != areaSign&0x1F {
		return
	}
	x.filtering[r.u16(8)] = area{firstRow: r.u16(19) + 1, lastRow: r.u16(21) + 1, firstColumn: r.u16(23)&0xFF + 1, lastColumn: r.u16(25)&0xFF + 1}
}

// readTexts reads the texts that cells share.
func (x *xls) readTexts(r biffRecord, s *biffStream) {
	most := r.u32(4)
	p := &biffPieces{pieces: s.continued(r.from(8))}
	length := 0
	for range most {
		text := p.next()
		if p.ended && len(text.signs) == 0 {
			break
		}
		shown := x.richText(text)
		if length += len(shown); length > maxSharedText {
			x.Beyond("texts of cells")
			break
		}
		x.strings = append(x.strings, shown)
	}
	x.cut = x.cut || p.ended
}

// maxSharedText is the length in bytes up to which the texts that cells share are read.
const maxSharedText = 48 << 20

// richText returns the text of a string whose pieces can be set differently, as
// [xlsx.richText] does.
func (x *xls) richText(text sharedText) string {
	var out strings.Builder
	text.pieces(func(piece string, font int) {
		set := x.font(font)
		switch {
		case set.struck:
			x.Remark(extract.StruckText, 1, "")
		case set.isRaised:
			out.WriteString(extract.Raised(out.String(), piece))
		default:
			out.WriteString(extract.Symbols(set.name, piece))
		}
	})
	return out.String()
}

// font returns a font by its number; there is none with the number 4. One that there is
// not says nothing.
func (x *xls) font(number int) xlsFont {
	if number > 4 {
		number--
	}
	if number < 0 || number >= len(x.fonts) {
		return xlsFont{}
	}
	return x.fonts[number]
}

// readStyles makes of the numbers of font, format and colours what they mean (section
// 2.4.353).
func (x *xls) readStyles() error {
	for _, code := range x.codes {
		if err := checkFormat(code); err != nil {
			return err
		}
	}
	for _, xf := range x.xfs {
		font := x.font(xf.u16(0))
		pattern, ground := int(xf.u32(14)>>26), xf.u16(18)&0x7F
		isFilled := pattern != 0 && (pattern != 1 || !x.isWhite(ground))
		x.styles = append(x.styles, cellStyle{
			format: x.format(xf.u16(2), x.codes),
			white:  x.isWhite(font.color) && !isFilled,
			struck: font.struck,
			font:   font.name,
		})
	}
	return nil
}

// isWhite tells white by its number: the built-in one, or one of the file's palette.
func (x *xls) isWhite(color int) bool {
	if own := color - 8; own >= 0 && own < len(x.palette) {
		return x.palette[own] == 0xFFFFFF
	}
	return color == 1 || color == 9
}

// readSheets adds the sheets in their order.
func (x *xls) readSheets() {
	length := 0
	for _, s := range x.sheets {
		if !s.hidden {
			length += s.end - s.at
		}
	}
	x.way = x.Through(length)
	done := 0
	for i, s := range x.sheets {
		switch {
		case s.hidden && (s.worksheet || s.chartsheet):
			x.Doc.Hidden++
			x.Remark(extract.HiddenSheet, 1, s.name)
		case s.hidden:
		case s.worksheet || s.chartsheet:
			x.sheet(s, i+1, done)
			done += s.end - s.at
		}
		if x.Full {
			return
		}
	}
}

// isSealedSheet looks for the record FilePass, which stands before the names of a
// workbook's sheets ([MS-XLS], sections 2.4.117 and 2.1.7.20.3).
func isSealedSheet(stream []byte) bool {
	s := &biffStream{data: stream[:min(len(stream), 64<<10)]}
	for {
		r, ok := s.next()
		switch {
		case !ok || r.kind == biffEOF || r.kind == biffSheet:
			return false
		case r.kind == biffFilePass:
			return true
		}
	}
}
