package office

import (
	"bytes"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

var escapedSign = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// cellReader reads the rows of one sheet.
type cellReader struct {
	*xlsx
	name     string
	table    *extract.Sheet
	hidden   extract.HiddenCells
	filters  []area
	filtered bool // by a filter whose result took the place of the list
	row      int
	paints   bool // rules or tables may give cells a ground: white text can be seen
	unseen   map[extract.RemarkCode]int
	cells    []string
}

// area is a rectangle of cells, from 1.
type area struct{ firstRow, firstColumn, lastRow, lastColumn int }

// sheet adds the rows of one sheet.
func (x *xlsx) sheet(s xlsxSheet) error {
	data, cut, err := x.BeginningOf(s.part, "rows of "+s.name+", ")
	if errors.Is(err, extract.ErrNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	before := x.done
	x.done += int64(x.Zip.Size(s.part))
	x.SheetHeading(s.name)
	r := &cellReader{xlsx: x, name: s.name, table: &extract.Sheet{Builder: x.Builder}, unseen: map[extract.RemarkCode]int{}}
	r.lookAhead(data)
	if err := r.tables(s.part); err != nil {
		return err
	}
	at := func(place int64) bool { return x.way.At(before + place) }
	err = extract.StreamXML(data, extract.XMLVisitor{Enter: r.enter, Tree: r.tree, At: at, Cut: cut})
	r.hidden.Say(x.Builder, s.name)
	for _, code := range slices.Sorted(maps.Keys(r.unseen)) { // a verdict reads the same each time
		x.Remark(code, r.unseen[code], s.name)
	}
	if err != nil {
		return err
	}
	return x.drawings(s.part)
}

var (
	mergedCells  = regexp.MustCompile(`<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["']`)
	filteredArea = regexp.MustCompile(`(?s)<(?:\w+:)?autoFilter\b[^>]*?\bref\s*=\s*["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["'](?:[^>]*[^/>])?>(.*?)</(?:\w+:)?autoFilter>`)
	filterMode   = regexp.MustCompile(`<(?:\w+:)?sheetPr\b[^>]*\bfilterMode\s*=\s*["'](?:1|true)["']`)
)

// lookAhead reads what stands behind the rows and matters to them: merged cells,
// filters, and rules that colour cells.
func (r *cellReader) lookAhead(data []byte) {
	behind := data[max(bytes.LastIndex(data, []byte("sheetData>")), 0):]
	for _, found := range mergedCells.FindAllSubmatch(behind, maxMerged) {
		if a, ok := areaOf(string(found[1])); ok {
			r.table.Merge(a.firstRow, a.firstColumn, a.lastRow, a.lastColumn)
		}
	}
	for _, found := range filteredArea.FindAllSubmatch(behind, -1) {
		isSet := bytes.Contains(found[2], []byte("filterColumn")) || bytes.Contains(found[2], []byte("sortState"))
		if a, ok := areaOf(string(found[1])); ok && isSet {
			r.filters = append(r.filters, a)
		}
	}
	before, _, _ := bytes.Cut(data[:min(len(data), sheetHead)], []byte("sheetData"))
	r.filtered = len(r.filters) == 0 && filterMode.Match(before)
	r.paints = bytes.Contains(behind, []byte("tableParts")) || bytes.Contains(behind, []byte("conditionalFormatting"))
}

// sheetHead is how much of a sheet's part is looked at before its rows, in bytes.
const sheetHead = 64 << 10

// maxMerged is the number of merged cells of a sheet that are looked at.
const maxMerged = 20_000

// tables reads the filters of a sheet's tables.
func (r *cellReader) tables(part string) error {
	rels, err := relations(r.Zip, part)
	if err != nil {
		return err
	}
	for _, rel := range rels {
		if !strings.HasSuffix(rel.kind, "/table") {
			continue
		}
		table, err := r.Zip.Tree(rel.target)
		if err != nil {
			continue // what it says of filters is not needed to read the cells
		}
		filter := table.Child("s:autoFilter")
		if a, ok := areaOf(filter.Attr("ref")); ok && filter.Child("s:filterColumn") != nil {
			r.filters = append(r.filters, a)
		}
	}
	return nil
}

// areaOf reads "A1:C3".
func areaOf(ref string) (a area, ok bool) {
	from, to, _ := strings.Cut(ref, ":")
	if a.firstColumn, a.firstRow, ok = cellPlace(from); !ok {
		return a, false
	}
	if to == "" {
		to = from
	}
	a.lastColumn, a.lastRow, ok = cellPlace(to)
	return a, ok && a.lastRow >= a.firstRow && a.lastColumn >= a.firstColumn
}

// cellPlace reads "B7" as column and row from 1.
func cellPlace(ref string) (column, row int, ok bool) {
	i := 0
	for i < len(ref) && i < 4 && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z' {
		column = column*26 + int(ref[i]|0x20-'a') + 1
		i++
	}
	row, err := strconv.Atoi(ref[i:])
	return column, row, err == nil && i > 0 && row > 0 && row <= extract.MaxRows
}

func (r *cellReader) enter(n *extract.Node) bool {
	return n.Name == "s:worksheet" || n.Name == "s:cols" || n.Name == "s:sheetData"
}

func (r *cellReader) tree(n *extract.Node) error {
	switch n.Name {
	case "s:col":
		if isOne(n.Attr("hidden")) || isZero(n.Attr("width")) {
			r.hidden.Add(extract.Columns{First: extract.Number(n.Attr("min")), Last: extract.Number(n.Attr("max")), Folded: isOutlined(n)})
		}
	case "s:row":
		if r.row++; n.Attr("r") != "" {
			if row, err := strconv.Atoi(n.Attr("r")); err == nil && row > 0 {
				r.row = row
			}
		}
		if len(n.Children) == 0 {
			return nil
		}
		r.readCells(n)
		if strings.Join(r.cells, "") == "" {
			return nil
		}
		if r.rows++; r.rows > extract.MaxRows {
			r.Full = true
			return nil
		}
		if (isOne(n.Attr("hidden")) || isZero(n.Attr("ht"))) && !r.isFolded(n) {
			r.Doc.Hidden++
			r.unseen[extract.HiddenRows]++
			return nil
		}
		r.table.LineAt(r.row, r.hidden.Shown(r.cells))
	}
	return nil
}

// isFolded reports hidden rows that a click shows again: behind a filter or
// folded up.
func (r *cellReader) isFolded(n *extract.Node) bool {
	for _, a := range r.filters {
		if r.row > a.firstRow && r.row <= a.lastRow {
			r.unseen[extract.FilteredRows]++
			return true
		}
	}
	if r.filtered {
		r.unseen[extract.FilteredRows]++
		return true
	}
	if isOutlined(n) {
		r.unseen[extract.FoldedRows]++
		return true
	}
	return false
}

// isOutlined reports rows and columns that belong to a group of an outline.
func isOutlined(n *extract.Node) bool {
	level := n.Attr("outlineLevel")
	return level != "" && level != "0"
}

// isZero reports a width or height of nothing.
func isZero(size string) bool {
	value, err := strconv.ParseFloat(size, 64)
	return err == nil && value == 0
}

// readCells reads the texts of a row by column.
func (r *cellReader) readCells(row *extract.Node) {
	r.cells = r.cells[:0]
	column := 0
	for _, cell := range row.Children {
		if cell.Name != "s:c" {
			continue
		}
		column++
		if at, _, ok := cellPlace(cell.Attr("r")); ok {
			column = at
		}
		if column > extract.MaxColumns || column < 1 {
			continue
		}
		text := r.cell(cell)
		if text == "" {
			continue
		}
		for len(r.cells) < column {
			r.cells = append(r.cells, "")
		}
		r.cells[column-1] = text
	}
}

// cell returns what a cell shows.
func (r *cellReader) cell(cell *extract.Node) string {
	var style cellStyle
	if i := extract.Number(cell.Attr("s")); i < len(r.styles) {
		style = r.styles[i]
	}
	text := r.value(cell, style)
	switch {
	case text == "":
	case style.white && !r.paints:
		r.Doc.Hidden++
		return ""
	case style.struck:
		r.Remark(extract.StruckText, 1, "")
		return ""
	}
	return extract.Symbols(style.font, text)
}

// value writes a cell's value as its format shows it.
func (r *cellReader) value(cell *extract.Node, style cellStyle) string {
	if style.format == nil {
		style.format = &numberFormat{general: true}
	}
	kind, stored := cell.Attr("t"), cell.Child("s:v").Content()
	if text := cell.Child("s:is"); kind == "inlineStr" && text != nil {
		return style.format.written(r.richText(text))
	}
	if stored == "" {
		if f := cell.Child("s:f"); f != nil && kind != "str" {
			r.unseen[extract.NoValue]++
		}
		return ""
	}
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(stored))
		if err != nil || i < 0 || i >= len(r.strings) {
			return ""
		}
		return style.format.written(r.strings[i])
	case "str", "inlineStr":
		return style.format.written(unescaped(stored))
	case "b":
		return extract.GermanTruth(isOne(strings.TrimSpace(stored)))
	case "e":
		return germanError(stored)
	case "d":
		at, ok := extract.ParseISODate(stored)
		if !ok {
			return stored
		}
		if style.format.isDate() {
			return style.format.number(daysOf(at), false)
		}
		return extract.GermanDate(at)
	}
	number, err := strconv.ParseFloat(strings.TrimSpace(stored), 64)
	if err != nil {
		return stored
	}
	return style.format.number(number, r.date1904)
}

// germanError returns an error value as a German Excel names it.
func germanError(name string) string {
	switch name {
	case "#N/A":
		return "#NV"
	case "#VALUE!":
		return "#WERT!"
	case "#REF!":
		return "#BEZUG!"
	case "#NUM!":
		return "#ZAHL!"
	}
	return name
}
