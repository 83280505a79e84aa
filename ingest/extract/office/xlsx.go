package office

import (
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// readXLSX reads a workbook sheet by sheet, values as a German Excel shows them,
// merged cells in each of their places. Hidden sheets, rows and columns are left
// out; rows that a filter or an outline hides are read, and all of it is said.
func readXLSX(f *extract.File) error {
	x := &xlsx{ooxml: &ooxml{f}}
	x.readProperties()
	if err := x.open(); err != nil {
		return err
	}
	length := 0
	for _, s := range x.sheets {
		if !s.hidden {
			length += x.Zip.Size(s.part)
		}
	}
	x.way = x.Through(length)
	for _, s := range x.sheets {
		if s.hidden {
			x.Doc.Hidden++
			x.Remark(extract.HiddenSheet, 1, s.name)
			continue
		}
		if err := x.sheet(s); err != nil {
			return err
		}
		if x.Full {
			return nil
		}
	}
	return nil
}

// xlsx is a workbook being read.
type xlsx struct {
	*ooxml
	workbook
	sheets []xlsxSheet
	way    *extract.Way
	done   int64 // bytes of the sheets that are read
}

type xlsxSheet struct {
	name   string
	part   string
	hidden bool
}

// open reads what the workbook is made of.
func (x *xlsx) open() error {
	part, err := x.mainPart()
	if err != nil {
		return err
	}
	rels, err := relations(x.Zip, part)
	if err != nil {
		return err
	}
	root, err := x.Zip.Tree(part)
	if err != nil {
		return err
	}
	x.date1904 = isOne(root.Child("s:workbookPr").Attr("date1904"))
	root.Each("s:sheet", func(n *extract.Node) {
		part, _ := linked(rels, n.Attr("r:id"))
		state := n.Attr("state")
		x.sheets = append(x.sheets, xlsxSheet{n.Attr("name"), part, state == "hidden" || state == "veryHidden"})
	})
	if name, ok := ofKind(rels, "styles"); ok && x.Zip.Has(name) {
		if err := x.readStyles(name); err != nil {
			return err
		}
	}
	if name, ok := ofKind(rels, "sharedStrings"); ok && x.Zip.Has(name) {
		return x.readStrings(name)
	}
	return nil
}

// readStyles reads how cells are shown.
func (x *xlsx) readStyles(name string) error {
	data, err := x.Zip.Part(name)
	if err != nil {
		return err
	}
	codes := map[int]string{}
	var fonts []cellStyle
	var filled []bool
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
				codes[extract.Number(n.Attr("numFmtId"))] = n.Attr("formatCode")
				return checkFormat(n.Attr("formatCode"))
			case "s:font":
				fonts = append(fonts, cellStyle{white: isWhiteCell(n.Child("s:color")), struck: n.Child("s:strike").IsOn(), font: n.Child("s:name").Attr("val")})
			case "s:fill":
				filled = append(filled, isFilledCell(n))
			case "s:xf":
				var style cellStyle
				if font := extract.Number(n.Attr("fontId")); font < len(fonts) {
					style = fonts[font]
				}
				fill := extract.Number(n.Attr("fillId"))
				style.white = style.white && (fill >= len(filled) || !filled[fill])
				style.format = x.format(extract.Number(n.Attr("numFmtId")), codes)
				x.styles = append(x.styles, style)
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

// readStrings reads the texts that cells share.
func (x *xlsx) readStrings(name string) error {
	data, cut, err := x.BeginningOf(name, "texts of cells, ")
	if err != nil {
		return err
	}
	return extract.StreamXML(data, extract.XMLVisitor{
		Cut:   cut,
		Enter: func(n *extract.Node) bool { return n.Name == "s:sst" },
		Tree: func(n *extract.Node) error {
			x.strings = append(x.strings, x.richText(n))
			return nil
		},
	})
}

// richText returns the text of a string whose pieces can be set differently.
// What is struck out is left out, and how Japanese is read.
func (x *xlsx) richText(n *extract.Node) string {
	var out strings.Builder
	for _, c := range n.Children {
		switch c.Name {
		case "s:t":
			out.WriteString(c.Content())
		case "s:r":
			props, text := c.Child("s:rPr"), c.Child("s:t").Content()
			switch {
			case props.Child("s:strike").IsOn():
				x.Remark(extract.StruckText, 1, "")
			case props.Child("s:vertAlign").Attr("val") == "superscript":
				out.WriteString(extract.Raised(out.String(), text))
			default:
				out.WriteString(extract.Symbols(props.Child("s:rFont").Attr("val"), text))
			}
		}
	}
	return unescaped(out.String())
}

// unescaped resolves the signs that XML cannot hold: _x000D_.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escapedSign.ReplaceAllStringFunc(text, func(sign string) string {
		code := 0
		for _, digit := range strings.ToLower(sign[2:6]) {
			code = code*16 + strings.IndexRune("0123456789abcdef", digit)
		}
		if code == '\r' {
			return ""
		}
		return string(rune(code))
	})
}

// drawings adds what floats above a sheet: text boxes, diagrams and the titles of
// charts, whose values stand in the cells.
func (x *xlsx) drawings(part string) error {
	rels, err := relations(x.Zip, part)
	if err != nil {
		return err
	}
	x.embeddedIn(rels)
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
		x.Add(extract.Block{Kind: extract.Paragraph, Text: x.drawnText(n)})
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
