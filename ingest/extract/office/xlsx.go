package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"lvr.example/sprechstunde/ingest/extract"
)

// Limits of spreadsheets.
const (
	maxWorkbook = 64 << 20 // bytes that the parts with cells may inflate to
	maxFormat   = 1024     // bytes of a number format
)

// errLongRow is a row that refers to more text than any has.
var errLongRow = &extract.Error{Reason: extract.TooLarge, Detail: "a row of the spreadsheet refers to too much text"}

// readXLSX reads a workbook sheet by sheet, values as they are shown, with
// German dates. Hidden sheets, rows and columns are left out.
func readXLSX(f *extract.File) error {
	x := &xlsx{ooxml: &ooxml{f}}
	x.readProperties()
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
		return &extract.Error{Reason: extract.Damaged, Detail: fmt.Sprintf("the spreadsheet cannot be opened: %.120s", err.Error())}
	}
	for _, s := range x.sheets {
		if s.hidden {
			x.Doc.Hidden++
			x.Doc.Remarks = append(x.Doc.Remarks, fmt.Sprintf("sheet %q is hidden and was left out", x.Clean(s.name, true)))
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
	*ooxml
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
	rels, err := relations(x.Zip, x.part)
	if err != nil {
		return err
	}
	root, err := x.Zip.Tree(x.part)
	if err != nil {
		return err
	}
	root.Each("s:sheet", func(n *extract.Node) {
		part, _ := linked(rels, n.Attr("r:id"))
		state := n.Attr("state")
		x.sheets = append(x.sheets, xlsxSheet{n.Attr("name"), part, state == "hidden" || state == "veryHidden"})
	})
	if name, ok := ofKind(rels, "styles"); ok && x.Zip.Has(name) {
		if err := x.checkFormats(name); err != nil {
			return err
		}
	}
	if name, ok := ofKind(rels, "sharedStrings"); ok && x.Zip.Has(name) {
		return x.measureStrings(name)
	}
	return nil
}

// checkFormats refuses number formats that would swell, and notes which cell
// formats are white on white.
func (x *xlsx) checkFormats(name string) error {
	data, err := x.Zip.Part(name)
	if err != nil {
		return err
	}
	var whiteFonts, filled []bool
	return extract.StreamXML(data, extract.XMLVisitor{
		Enter: func(n *extract.Node) bool {
			switch n.Name {
			case "s:styleSheet", "s:numFmts", "s:fonts", "s:fills", "s:cellXfs":
				return true
			}
			return false
		},
		Tree: func(n *extract.Node) error {
			switch n.Name {
			case "s:numFmt":
				if len(n.Attr("formatCode")) > maxFormat {
					return &extract.Error{Reason: extract.Unsafe, Detail: "a number format is too long"}
				}
			case "s:font":
				whiteFonts = append(whiteFonts, isWhiteCell(n.Child("s:color")))
			case "s:fill":
				filled = append(filled, isFilledCell(n))
			case "s:xf":
				font, fill := extract.Number(n.Attr("fontId")), extract.Number(n.Attr("fillId"))
				white := font < len(whiteFonts) && whiteFonts[font] && (fill >= len(filled) || !filled[fill])
				x.white = append(x.white, white)
				x.anyWhite = x.anyWhite || white
			}
			return nil
		},
	})
}

func isWhiteCell(color *extract.Node) bool {
	if color == nil || color.Attr("tint") != "" && color.Attr("tint") != "0" {
		return false
	}
	return strings.EqualFold(strings.TrimPrefix(color.Attr("rgb"), "FF"), "FFFFFF") || color.Attr("theme") == "0"
}

func isFilledCell(fill *extract.Node) bool {
	if fill.Child("s:gradientFill") != nil {
		return true
	}
	pattern := fill.Child("s:patternFill")
	kind := pattern.Attr("patternType")
	return kind != "" && kind != "none" && (kind != "solid" || !isWhiteCell(pattern.Child("s:fgColor")))
}

// measureStrings notes how long the shared texts are: a cell is a few bytes, the
// text that it refers to can be a megabyte.
func (x *xlsx) measureStrings(name string) error {
	data, err := x.Zip.Part(name)
	if err != nil {
		return err
	}
	return extract.StreamXML(data, extract.XMLVisitor{
		Enter: func(n *extract.Node) bool { return n.Name == "s:sst" },
		Tree: func(n *extract.Node) error {
			length := len(n.Content())
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
	for _, f := range x.Zip.Order {
		name := strings.ToLower(f.Name)
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") || hasAnyPrefix(name, "xl/pivot", "xl/media",
			"xl/externallinks", "xl/drawings", "xl/charts", "xl/ctrlprops", "xl/activex", "customxml", "xl/comments", "xl/threadedcomments", "xl/calcchain", "xl/diagrams") {
			continue
		}
		header := f.FileHeader
		raw, err := f.OpenRaw()
		if err != nil {
			return nil, extract.BrokenXML(err)
		}
		entry, err := w.CreateRaw(&header)
		if err == nil {
			_, err = io.Copy(entry, raw)
		}
		if err != nil {
			return nil, extract.BrokenXML(err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, extract.BrokenXML(err)
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
	if errors.Is(err, extract.ErrNoPart) {
		return nil
	}
	if errors.Is(err, errNoCells) { // a chart on a sheet of its own
		x.SheetHeading(s.name)
		return x.drawings(s.part)
	}
	if err != nil {
		return err
	}
	rows, err := book.Rows(s.name)
	if err != nil {
		return &extract.Error{Reason: extract.Damaged, Detail: fmt.Sprintf("a sheet cannot be read: %.120s", err.Error())}
	}
	x.SheetHeading(s.name)
	table := &extract.Sheet{Builder: x.Builder}
	for line := 1; rows.Next() && !x.Full; line++ {
		if x.rows++; x.rows > extract.MaxRows {
			return &extract.Error{Reason: extract.TooLarge, Detail: fmt.Sprintf("more than %d rows", extract.MaxRows)}
		}
		opts := rows.GetRowOpts()
		cells, err := rows.Columns()
		if err != nil {
			return &extract.Error{Reason: extract.Damaged, Detail: fmt.Sprintf("a row cannot be read: %.120s", err.Error())}
		}
		if opts.Hidden {
			if strings.Join(cells, "") != "" {
				x.Doc.Hidden++
			}
			continue
		}
		table.Line(x.Shown(cells, slices.Concat(hidden.columns, hidden.cells[line])))
	}
	return errors.Join(rows.Close(), x.drawings(s.part))
}

// drawings adds what floats above a sheet: text boxes, diagrams and the titles of
// charts, whose values stand in the cells.
func (x *xlsx) drawings(part string) error {
	rels, err := relations(x.Zip, part)
	if err != nil {
		return err
	}
	name, ok := ofKind(rels, "drawing")
	if !ok || !x.Zip.Has(name) {
		return nil
	}
	root, err := x.Zip.Tree(name)
	if err != nil {
		return err
	}
	if rels, err = relations(x.Zip, name); err != nil {
		return err
	}
	x.floating(root, rels)
	return nil
}

func (x *xlsx) floating(n *extract.Node, rels []relation) {
	switch n.Name {
	case "xdr:txBody":
		x.Add(extract.Block{Kind: extract.Paragraph, Text: drawnText(n)})
		return
	case "c:chart":
		if name, ok := linked(rels, n.Attr("r:id")); ok && x.Zip.Has(name) {
			if chart, err := x.Zip.Tree(name); err == nil {
				x.chartTitles(chart)
			}
		}
		return
	case "dgm:relIds":
		x.diagram(rels, n.Attr("r:dm"))
		return
	case "mc:AlternateContent":
		if n = chosen(n); n == nil {
			return
		}
	}
	for _, c := range n.Children {
		x.floating(c, rels)
	}
}

// unseen is what nobody sees on a sheet.
type unseen struct {
	columns []extract.Columns
	cells   map[int][]extract.Columns // by row, from 1
}

// whiteCells returns the cells of a row that are white on white.
func (x *xlsx) whiteCells(row *extract.Node) []extract.Columns {
	var found []extract.Columns
	column := 0
	for _, cell := range row.Children {
		if cell.Name != "s:c" {
			continue
		}
		column++
		if ref := cell.Attr("r"); ref != "" {
			if at, _, err := excelize.CellNameToCoordinates(ref); err == nil {
				column = at
			}
		}
		if format := extract.Number(cell.Attr("s")); format < len(x.white) && x.white[format] {
			found = append(found, extract.Columns{First: column, Last: column})
		}
	}
	return found
}

// errNoCells is a sheet of another kind.
var errNoCells = errors.New("no cells")

// look reads a sheet's hidden columns, and refuses rows that would swell when
// the texts they refer to are put in.
func (x *xlsx) look(s xlsxSheet) (hidden unseen, err error) {
	data, err := x.Zip.Part(s.part)
	if err != nil {
		return hidden, err
	}
	hidden.cells = map[int][]extract.Columns{}
	line := 0
	long := x.longest > extract.MaxRowText/16384
	isSheet := false
	err = extract.StreamXML(data, extract.XMLVisitor{
		Enter: func(n *extract.Node) bool {
			isSheet = isSheet || n.Name == "s:worksheet"
			return n.Name == "s:worksheet" || n.Name == "s:cols" || n.Name == "s:sheetData"
		},
		Tree: func(n *extract.Node) error {
			switch {
			case n.Name == "s:col" && isOne(n.Attr("hidden")):
				hidden.columns = append(hidden.columns, extract.Columns{First: extract.Number(n.Attr("min")), Last: extract.Number(n.Attr("max"))})
			case n.Name == "s:tableParts" || n.Name == "s:conditionalFormatting":
				clear(hidden.cells) // they may give the cells a ground
			case n.Name != "s:row":
			case !long && !x.anyWhite:
				return errEnough
			case x.textOfRow(n) > extract.MaxRowText:
				return errLongRow
			default:
				if line++; n.Attr("r") != "" {
					line = extract.Number(n.Attr("r"))
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
func (x *xlsx) textOfRow(row *extract.Node) int {
	length := 0
	row.Each("s:c", func(cell *extract.Node) {
		if i := extract.Number(cell.Child("s:v").Content()); cell.Attr("t") == "s" && i < len(x.strings) {
			length += x.strings[i]
		}
	})
	return length
}
