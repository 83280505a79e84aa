package office

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

var escapedSign = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// cellReader reads the rows of one sheet.
type cellReader struct {
	*xlsx
	*sheetRows
	row   int
	cells []string
}

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
	r := &cellReader{xlsx: x, sheetRows: x.begin(x.File, s.name)}
	r.lookAhead(data)
	if err := r.tables(s.part); err != nil {
		return err
	}
	at := func(place int64) bool { return x.way.At(before + place) }
	err = extract.StreamXML(data, extract.XMLVisitor{Enter: r.enter, Tree: r.tree, At: at, Cut: cut})
	r.say()
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
	for _, found := range mergedCells.FindAllSubmatch(behind, extract.MaxMerged) {
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
		r.take(r.row, r.cells, isOne(n.Attr("hidden")) || isZero(n.Attr("ht")), isOutlined(n))
	}
	return nil
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
	style := r.style(extract.Number(cell.Attr("s")))
	return r.shown(style, r.value(cell, style))
}

// value writes a cell's value as its format shows it.
func (r *cellReader) value(cell *extract.Node, style cellStyle) string {
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
