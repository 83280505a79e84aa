package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of spreadsheets.
const (
	maxWorkbook = 64 << 20 // bytes that the parts with cells may inflate to
	maxRows     = 1 << 20  // of all sheets together, empty ones too
	maxFormat   = 1024     // bytes of a number format
)

// errLongRow is a row that refers to more text than any has.
var errLongRow = &Error{Reason: TooLarge, Detail: "a row of the spreadsheet refers to too much text"}

// readXLSX reads a workbook sheet by sheet, values as they are shown, with
// German dates. Hidden sheets, rows and columns are left out.
func readXLSX(f *file) error {
	f.readProperties()
	x := &xlsx{file: f}
	if err := x.check(); err != nil {
		return err
	}
	cells, err := x.cellParts()
	if err != nil {
		return err
	}
	book, err := excelize.OpenReader(bytes.NewReader(cells), excelize.Options{
		UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbook,
		ShortDatePattern: "dd.mm.yyyy", LongDatePattern: "d. mmmm yyyy", LongTimePattern: "hh:mm:ss",
	})
	if err != nil {
		return &Error{Reason: Damaged, Detail: fmt.Sprintf("the spreadsheet cannot be opened: %.120s", err.Error())}
	}
	for _, s := range x.sheets {
		if s.hidden {
			x.doc.Hidden++
			x.doc.Remarks = append(x.doc.Remarks, fmt.Sprintf("sheet %q is hidden and was left out", x.clean(s.name, true)))
			continue
		}
		if err := x.sheet(book, s); err != nil {
			return errors.Join(err, book.Close())
		}
	}
	return book.Close()
}

// xlsx is a workbook being read.
type xlsx struct {
	*file
	part    string
	sheets  []xlsxSheet
	strings []int // lengths of the texts that cells share
	longest int
	rows    int

	white    []bool // by cell format: white on white
	anyWhite bool
}

type xlsxSheet struct {
	name   string
	part   string
	hidden bool
}

// check reads what the workbook is made of and refuses what would swell.
func (x *xlsx) check() (err error) {
	if x.part, err = x.mainPart(); err != nil {
		return err
	}
	rels, err := x.zip.relations(x.part)
	if err != nil {
		return err
	}
	root, err := x.zip.tree(x.part)
	if err != nil {
		return err
	}
	root.each("s:sheet", func(n *node) {
		part, _ := linked(rels, n.attr("r:id"))
		state := n.attr("state")
		x.sheets = append(x.sheets, xlsxSheet{n.attr("name"), part, state == "hidden" || state == "veryHidden"})
	})
	if name, ok := ofKind(rels, "styles"); ok && x.zip.has(name) {
		if err := x.checkFormats(name); err != nil {
			return err
		}
	}
	if name, ok := ofKind(rels, "sharedStrings"); ok && x.zip.has(name) {
		return x.measureStrings(name)
	}
	return nil
}

// checkFormats refuses number formats that would swell, and notes which cell
// formats are white on white.
func (x *xlsx) checkFormats(name string) error {
	data, err := x.zip.part(name)
	if err != nil {
		return err
	}
	var whiteFonts, filled []bool
	return streamXML(data, xmlVisitor{
		enter: func(n *node) bool {
			switch n.name {
			case "s:styleSheet", "s:numFmts", "s:fonts", "s:fills", "s:cellXfs":
				return true
			}
			return false
		},
		tree: func(n *node) error {
			switch n.name {
			case "s:numFmt":
				if len(n.attr("formatCode")) > maxFormat {
					return &Error{Reason: Unsafe, Detail: "a number format is too long"}
				}
			case "s:font":
				whiteFonts = append(whiteFonts, isWhiteCell(n.child("s:color")))
			case "s:fill":
				filled = append(filled, isFilledCell(n))
			case "s:xf":
				font, fill := number(n.attr("fontId")), number(n.attr("fillId"))
				white := font < len(whiteFonts) && whiteFonts[font] && (fill >= len(filled) || !filled[fill])
				x.white = append(x.white, white)
				x.anyWhite = x.anyWhite || white
			}
			return nil
		},
	})
}

func isWhiteCell(color *node) bool {
	if color == nil || color.attr("tint") != "" && color.attr("tint") != "0" {
		return false
	}
	return strings.EqualFold(strings.TrimPrefix(color.attr("rgb"), "FF"), "FFFFFF") || color.attr("theme") == "0"
}

func isFilledCell(fill *node) bool {
	if fill.child("s:gradientFill") != nil {
		return true
	}
	pattern := fill.child("s:patternFill")
	kind := pattern.attr("patternType")
	return kind != "" && kind != "none" && (kind != "solid" || !isWhiteCell(pattern.child("s:fgColor")))
}

// measureStrings notes how long the shared texts are: a cell is a few bytes, the
// text that it refers to can be a megabyte.
func (x *xlsx) measureStrings(name string) error {
	data, err := x.zip.part(name)
	if err != nil {
		return err
	}
	return streamXML(data, xmlVisitor{
		enter: func(n *node) bool { return n.name == "s:sst" },
		tree: func(n *node) error {
			length := len(n.content())
			x.strings = append(x.strings, length)
			x.longest = max(x.longest, length)
			return nil
		},
	})
}

// cellParts packs the parts that cells are read from into an archive of their
// own, without inflating them: pictures and the like need no memory then.
func (x *xlsx) cellParts() ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range x.zip.order {
		name := strings.ToLower(f.Name)
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") || hasAnyPrefix(name, "xl/pivot", "xl/media",
			"xl/externallinks", "xl/drawings", "xl/charts", "xl/ctrlprops", "xl/activex", "customxml", "xl/comments", "xl/threadedcomments", "xl/calcchain", "xl/diagrams") {
			continue
		}
		header := f.FileHeader
		raw, err := f.OpenRaw()
		if err != nil {
			return nil, brokenXML(err)
		}
		entry, err := w.CreateRaw(&header)
		if err == nil {
			_, err = io.Copy(entry, raw)
		}
		if err != nil {
			return nil, brokenXML(err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, brokenXML(err)
	}
	return out.Bytes(), nil
}

func hasAnyPrefix(name string, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// sheet adds the rows of one sheet.
func (x *xlsx) sheet(book *excelize.File, s xlsxSheet) error {
	hidden, err := x.look(s)
	if errors.Is(err, errNoPart) {
		return nil
	}
	if errors.Is(err, errNoCells) { // a chart on a sheet of its own
		x.sheetHeading(s.name)
		return x.drawings(s.part)
	}
	if err != nil {
		return err
	}
	rows, err := book.Rows(s.name)
	if err != nil {
		return &Error{Reason: Damaged, Detail: fmt.Sprintf("a sheet cannot be read: %.120s", err.Error())}
	}
	x.sheetHeading(s.name)
	table := &sheet{builder: x.builder}
	for line := 1; rows.Next() && !x.full; line++ {
		if x.rows++; x.rows > maxRows {
			return &Error{Reason: TooLarge, Detail: fmt.Sprintf("more than %d rows", maxRows)}
		}
		opts := rows.GetRowOpts()
		cells, err := rows.Columns()
		if err != nil {
			return &Error{Reason: Damaged, Detail: fmt.Sprintf("a row cannot be read: %.120s", err.Error())}
		}
		if opts.Hidden {
			if strings.Join(cells, "") != "" {
				x.doc.Hidden++
			}
			continue
		}
		table.line(x.shown(cells, slices.Concat(hidden.columns, hidden.cells[line])))
	}
	return errors.Join(rows.Close(), x.drawings(s.part))
}

// drawings adds what floats above a sheet: text boxes, diagrams and the titles of
// charts, whose values stand in the cells.
func (x *xlsx) drawings(part string) error {
	rels, err := x.zip.relations(part)
	if err != nil {
		return err
	}
	name, ok := ofKind(rels, "drawing")
	if !ok || !x.zip.has(name) {
		return nil
	}
	root, err := x.zip.tree(name)
	if err != nil {
		return err
	}
	if rels, err = x.zip.relations(name); err != nil {
		return err
	}
	x.floating(root, rels)
	return nil
}

func (x *xlsx) floating(n *node, rels []relation) {
	switch n.name {
	case "xdr:txBody":
		x.add(Block{Kind: Paragraph, Text: drawnText(n)})
		return
	case "c:chart":
		if name, ok := linked(rels, n.attr("r:id")); ok && x.zip.has(name) {
			if chart, err := x.zip.tree(name); err == nil {
				x.chartTitles(chart)
			}
		}
		return
	case "dgm:relIds":
		x.diagram(rels, n.attr("r:dm"))
		return
	case "mc:AlternateContent":
		if n = chosen(n); n == nil {
			return
		}
	}
	for _, c := range n.children {
		x.floating(c, rels)
	}
}

// unseen is what nobody sees on a sheet.
type unseen struct {
	columns []columns
	cells   map[int][]columns // by row, from 1
}

// whiteCells returns the cells of a row that are white on white.
func (x *xlsx) whiteCells(row *node) []columns {
	var found []columns
	column := 0
	for _, cell := range row.children {
		if cell.name != "s:c" {
			continue
		}
		column++
		if ref := cell.attr("r"); ref != "" {
			if at, _, err := excelize.CellNameToCoordinates(ref); err == nil {
				column = at
			}
		}
		if format := number(cell.attr("s")); format < len(x.white) && x.white[format] {
			found = append(found, columns{column, column})
		}
	}
	return found
}

// errNoCells is a sheet of another kind.
var errNoCells = errors.New("no cells")

// look reads a sheet's hidden columns, and refuses rows that would swell when
// the texts they refer to are put in.
func (x *xlsx) look(s xlsxSheet) (hidden unseen, err error) {
	data, err := x.zip.part(s.part)
	if err != nil {
		return hidden, err
	}
	hidden.cells = map[int][]columns{}
	line := 0
	long := x.longest > maxRowText/16384
	isSheet := false
	err = streamXML(data, xmlVisitor{
		enter: func(n *node) bool {
			isSheet = isSheet || n.name == "s:worksheet"
			return n.name == "s:worksheet" || n.name == "s:cols" || n.name == "s:sheetData"
		},
		tree: func(n *node) error {
			switch {
			case n.name == "s:col" && isOne(n.attr("hidden")):
				hidden.columns = append(hidden.columns, columns{number(n.attr("min")), number(n.attr("max"))})
			case n.name == "s:tableParts" || n.name == "s:conditionalFormatting":
				clear(hidden.cells) // they may give the cells a ground
			case n.name != "s:row":
			case !long && !x.anyWhite:
				return errEnough
			case x.textOfRow(n) > maxRowText:
				return errLongRow
			default:
				if line++; n.attr("r") != "" {
					line = number(n.attr("r"))
				}
				hidden.cells[line] = x.whiteCells(n)
			}
			return nil
		},
	})
	if err == nil && !isSheet {
		return hidden, errNoCells
	}
	if errors.Is(err, errEnough) {
		err = nil
	}
	return hidden, err
}

// errEnough ends a reading that has found what it looked for.
var errEnough = errors.New("enough")

// textOfRow returns the length of the shared texts that a row refers to.
func (x *xlsx) textOfRow(row *node) int {
	length := 0
	row.each("s:c", func(cell *node) {
		if i := number(cell.child("s:v").content()); cell.attr("t") == "s" && i < len(x.strings) {
			length += x.strings[i]
		}
	})
	return length
}
