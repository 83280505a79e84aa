package odf

import (
	"fmt"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// block adds what stands in the body, a cell, a note or a text box.
func (o *odf) block(n *extract.Node) {
	switch n.Name {
	case "text:p":
		o.paragraph(n)
	case "text:h":
		o.headingLine(n)
	case "text:list":
		o.listBlock(n)
	case "table:table":
		o.tableBlock(n)
	case "text:tracked-changes":
		n.Each("text:deletion", func(*extract.Node) { o.Doc.Hidden++ })
	case "office:annotation", "office:annotation-end":
		o.annotation(n)
	case "text:section":
		if n.Attr("text:display") == "none" || o.isHidden(n.Attr("text:style-name")) {
			o.Doc.Hidden++
			return
		}
		o.blocks(n)
	case "text:table-of-content", "text:alphabetical-index", "text:illustration-index", "text:table-index", "text:object-index",
		"text:user-index", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "office:forms", "office:scripts",
		"office:font-face-decls", "office:settings", "text:soft-page-break":
	case "draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:line", "draw:g", "draw:path", "draw:polygon",
		"draw:connector", "draw:caption", "draw:polyline", "draw:circle":
		o.shape(n)
	default:
		o.blocks(n)
	}
}

func (o *odf) blocks(parent *extract.Node) {
	if parent == nil {
		return
	}
	for _, n := range parent.Children {
		o.block(n)
	}
}

// annotation counts a comment.
func (o *odf) annotation(n *extract.Node) {
	if n.Name == "office:annotation" {
		o.Doc.Hidden++
	}
}

// paragraph adds a paragraph or list item, and behind it what is anchored in it.
func (o *odf) paragraph(n *extract.Node) {
	style := n.Attr("text:style-name")
	o.withAnchored(n, func(text string) {
		switch {
		case o.styleName(style, "Title"):
			o.titled = true
			o.Heading(1, text)
		case o.depth > 0:
			o.addItem(text)
		default:
			o.Add(extract.Block{Kind: extract.Paragraph, Text: text})
		}
	})
}

// headingLine adds a heading with its number.
func (o *odf) headingLine(n *extract.Node) {
	level := max(extract.Number(n.Attr("text:outline-level")), 1)
	o.withAnchored(n, func(text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		num := o.headingNumber(n, level)
		if o.titled {
			level++
		}
		o.Heading(level, extract.JoinNumber(num, text))
	})
}

// withAnchored reads a paragraph's text, adds it, and then what hangs on it.
func (o *odf) withAnchored(n *extract.Node, add func(string)) {
	if o.isHidden(n.Attr("text:style-name")) {
		if strings.TrimSpace(n.Content()) != "" {
			o.Doc.Hidden++
		}
		return
	}
	outer := o.pending
	o.pending = nil
	var text strings.Builder
	o.runs(&text, n)
	anchored := o.pending
	o.pending = outer
	add(text.String())
	for _, object := range anchored {
		if object.Name == "text:note" {
			o.Add(extract.Block{Kind: extract.Note, Text: o.flat(object.Child("text:note-body"))})
			continue
		}
		depth, list, item, colored := o.depth, o.list, o.item, o.colored
		o.depth, o.list, o.item, o.colored = 0, nil, nil, true
		o.shape(object)
		o.depth, o.list, o.item, o.colored = depth, list, item, colored
	}
}

// runs collects running text.
func (o *odf) runs(out *strings.Builder, n *extract.Node) {
	for _, c := range n.Children {
		switch c.Name {
		case "":
			out.WriteString(strings.NewReplacer("\n", " ", "\t", " ").Replace(c.Text))
		case "text:s":
			out.WriteString(strings.Repeat(" ", min(max(extract.Number(c.Attr("text:c")), 1), 8)))
		case "text:tab":
			out.WriteByte('\t')
		case "text:line-break":
			out.WriteByte('\n')
		case "text:note", "draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:g", "draw:caption":
			o.pending = append(o.pending, c)
		case "office:annotation", "office:annotation-end":
			o.annotation(c)
		case "text:hidden-text", "text:hidden-paragraph":
			o.Doc.Hidden++
		case "text:page-number", "text:page-count":
			if !o.inHead {
				o.runs(out, c)
			}
		case "text:ruby-text", "text:soft-page-break", "text:change", "text:change-start", "text:change-end", "text:bookmark",
			"text:bookmark-start", "text:bookmark-end", "text:note-ref":
		case "text:span":
			if !o.isHidden(c.Attr("text:style-name")) {
				o.runs(out, c)
			} else if strings.TrimSpace(c.Content()) != "" {
				o.Doc.Hidden++
			}
		default: // links, fields, marks
			o.runs(out, c)
		}
	}
}

// flat returns the text of block content as lines.
func (o *odf) flat(parent *extract.Node) string {
	inner := *o
	inner.File = o.Apart()
	inner.pending, inner.depth, inner.list, inner.item, inner.table = nil, 0, nil, nil, nil
	inner.blocks(parent)
	o.Doc.Hidden += inner.Doc.Hidden
	var lines []string
	for _, block := range inner.Doc.Blocks {
		text := block.Text
		if block.Marker != "" {
			text = block.Marker + " " + text
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// shape adds the text of a drawing: its text box, table, chart or formula, or the
// words that stand for a picture.
func (o *odf) shape(n *extract.Node) {
	if n.Attr("draw:display") == "none" || n.Attr("draw:display") == "printer" {
		o.Doc.Hidden++
		return
	}
	switch n.Name {
	case "draw:frame":
		before := len(o.Doc.Blocks)
		for _, c := range n.Children {
			switch c.Name {
			case "draw:text-box":
				o.blocks(c)
			case "table:table":
				o.tableBlock(c)
			case "draw:object":
				o.embedded(c)
			}
		}
		if len(o.Doc.Blocks) == before {
			o.Alternative(n.Child("svg:desc").Content())
		}
	case "draw:g":
		for _, c := range n.Children {
			o.block(c)
		}
	default:
		for _, c := range n.Children {
			if c.Name == "text:p" || c.Name == "text:list" {
				o.block(c)
			}
		}
	}
}

// embedded adds the values of a chart or the text of a formula.
func (o *odf) embedded(n *extract.Node) {
	content := n.Child("math:math")
	if href := strings.TrimPrefix(n.Attr("xlink:href"), "./"); href != "" && o.Zip.Has(href+"/content.xml") {
		root, err := o.Zip.Tree(href + "/content.xml")
		if err != nil {
			return
		}
		root.Each("chart:chart", func(chart *extract.Node) {
			o.chartText(chart)
		})
		content = root
		if root.Name != "math:math" {
			return
		}
	}
	if content != nil {
		if note := content.Find("math:annotation"); note != nil {
			o.Add(extract.Block{Kind: extract.Paragraph, Text: note.Content()})
			return
		}
		o.Add(extract.Block{Kind: extract.Paragraph, Text: content.Content()})
	}
}

// chartText adds a chart's title and the table that it was drawn from.
func (o *odf) chartText(chart *extract.Node) {
	for _, name := range []string{"chart:title", "chart:subtitle"} {
		chart.Each(name, func(n *extract.Node) { o.Add(extract.Block{Kind: extract.Paragraph, Text: o.flat(n)}) })
	}
	chart.Each("table:table", o.tableBlock)
}

// tableBlock adds the rows of a table, each with the header row. A table that
// frames text or lays out the page is read as running text.
func (o *odf) tableBlock(n *extract.Node) {
	rows, heads := odfRows(n, false)
	columns := 0
	nested := false
	for _, row := range rows {
		cells := 0
		for _, cell := range row.Children {
			if cell.Name == "table:table-cell" {
				cells++
				nested = nested || cell.Find("table:table") != nil || cell.Find("text:h") != nil
			}
		}
		columns = max(columns, cells)
	}
	if columns <= 1 || nested {
		for _, row := range rows {
			o.blocks(row)
		}
		return
	}
	header := ""
	above := map[int]covering{}
	for i, row := range rows {
		if row.Attr("table:visibility") == "collapse" {
			o.Doc.Hidden++
			continue
		}
		text := o.Row(o.odfCells(row, above), header)
		if i == 0 && len(rows) > 1 || i > 0 && i < heads {
			header = strings.TrimPrefix(header+"\n"+text, "\n")
		}
	}
}

// odfRows returns the rows below a table and how many of them are header rows.
func odfRows(n *extract.Node, head bool) (rows []*extract.Node, heads int) {
	for _, c := range n.Children {
		switch c.Name {
		case "table:table-row":
			if rows = append(rows, c); head {
				heads++
			}
		case "table:table-header-rows", "table:table-rows", "table:table-row-group":
			inner, innerHeads := odfRows(c, head || c.Name == "table:table-header-rows")
			rows, heads = append(rows, inner...), heads+innerHeads
		}
	}
	return rows, heads
}

// maxRepeat is how often a cell or row is repeated that the file holds once.
const maxRepeat = 32

// cellText returns the text of a cell that can be seen.
func (o *odf) cellText(cell *extract.Node) string {
	if style := cell.Attr("table:style-name"); o.isHidden(style) && cell.Find("text:p") != nil {
		o.Doc.Hidden++
		return ""
	} else if s := o.styles[style]; s != nil && s.ground && !o.colored {
		o.colored = true
		defer func() { o.colored = false }()
	}
	return o.flat(cell)
}

// covering is a cell that reaches down into the next rows.
type covering struct {
	text string
	rows int
}

// odfCells returns the texts of a row, one per column. A cell that covers several
// columns or rows of a text's table is read in each of them; above holds those
// that reach down, by column. In a spreadsheet, above is nil and each cell is
// read once.
func (o *odf) odfCells(row *extract.Node, above map[int]covering) []string {
	var texts []string
	across, span := "", 0
	for _, cell := range row.Children {
		if cell.Name != "table:table-cell" && cell.Name != "table:covered-table-cell" {
			continue
		}
		own := ""
		if cell.Name == "table:table-cell" {
			own = o.cellText(cell)
		}
		for range min(max(extract.Number(cell.Attr("table:number-columns-repeated")), 1), maxRepeat) {
			column, text := len(texts), own
			switch {
			case column >= extract.MaxColumns:
				return texts
			case above == nil:
			case cell.Name == "table:table-cell":
				across, span = own, min(extract.Number(cell.Attr("table:number-columns-spanned")), extract.MaxSpan)
				if rows := extract.Number(cell.Attr("table:number-rows-spanned")); rows > 1 {
					for i := range max(span, 1) {
						above[column+i] = covering{own, min(rows, maxRepeat)}
					}
				}
			case span > 1:
				text = across
				span--
			case above[column].rows > 0:
				text = above[column].text
			}
			if reach := above[column]; reach.rows > 0 {
				reach.rows--
				above[column] = reach
			}
			texts = append(texts, text)
		}
	}
	return texts
}

// beginSheet begins a sheet of a spreadsheet, unless it is hidden.
func (o *odf) beginSheet(n *extract.Node) {
	name := n.Attr("table:name")
	o.table = &extract.Sheet{Builder: o.Builder}
	if o.skipTable = o.isHidden(n.Attr("table:style-name")); o.skipTable {
		o.Doc.Hidden++
		o.Doc.Remarks = append(o.Doc.Remarks, fmt.Sprintf("sheet %q is hidden and was left out", o.Clean(name, true)))
		return
	}
	o.SheetHeading(name)
	o.hiddenColumns, o.column = nil, 0
}

// sheetRow adds a row of the sheet being read.
func (o *odf) sheetRow(n *extract.Node) error {
	switch {
	case o.skipTable || o.Full:
		return nil
	case n.Name == "table:table-column":
		repeat := max(extract.Number(n.Attr("table:number-columns-repeated")), 1)
		if n.Attr("table:visibility") == "collapse" {
			o.hiddenColumns = append(o.hiddenColumns, extract.Columns{First: o.column + 1, Last: o.column + repeat})
		}
		o.column += repeat
		return nil
	case n.Name != "table:table-row":
		return nil
	}
	if n.Attr("table:visibility") == "collapse" || n.Attr("table:visibility") == "filter" {
		if n.Find("text:p") != nil {
			o.Doc.Hidden++
		}
		return nil
	}
	for range min(max(extract.Number(n.Attr("table:number-rows-repeated")), 1), maxRepeat) {
		if o.rows++; o.rows > extract.MaxRows {
			return &extract.Error{Reason: extract.TooLarge, Detail: fmt.Sprintf("more than %d rows", extract.MaxRows)}
		}
		cells := o.odfCells(n, nil)
		o.table.Line(o.Shown(cells, o.hiddenColumns))
		if o.Full || len(extract.Trimmed(cells)) == 0 {
			break
		}
	}
	return nil
}

// slide adds one slide of a presentation.
func (o *odf) slide(n *extract.Node) {
	o.page++
	if o.isHidden(n.Attr("draw:style-name")) {
		o.Doc.Hidden++
		o.Doc.Remarks = append(o.Doc.Remarks, fmt.Sprintf("slide %d is hidden and was left out", o.page))
		return
	}
	o.Path, o.Levels = nil, nil
	start := len(o.Doc.Blocks)
	var title *extract.Node
	for _, c := range n.Children {
		if c.Name == "draw:frame" && c.Attr("presentation:class") == "title" {
			title = c
			o.HeadingAt(1, o.flat(c.Child("draw:text-box")), fmt.Sprintf("folie-%d", o.page))
			break
		}
	}
	for _, c := range n.Children {
		switch {
		case c == title:
		case c.Name == "presentation:notes":
			o.slideNotes(c)
		case strings.HasPrefix(c.Name, "draw:"):
			switch c.Attr("presentation:class") {
			case "page-number", "date-time", "header":
			default:
				o.shape(c)
			}
		case c.Name == "office:annotation":
			o.annotation(c)
		}
	}
	for i := start; i < len(o.Doc.Blocks); i++ {
		o.Doc.Blocks[i].Page = o.page
	}
}

// slideNotes adds what the speaker noted.
func (o *odf) slideNotes(n *extract.Node) {
	for _, c := range n.Children {
		if c.Name == "draw:frame" && (c.Attr("presentation:class") == "notes" || c.Attr("presentation:class") == "") {
			o.Add(extract.Block{Kind: extract.Note, Text: o.flat(c.Child("draw:text-box"))})
		}
	}
}

// pageFurniture adds the heads and feet of pages, each text once.
func (o *odf) pageFurniture() {
	if o.cells || o.page > 0 {
		return
	}
	o.Path, o.Levels, o.inHead = nil, nil, true
	seen := map[string]bool{}
	for _, part := range o.masters {
		text := o.flat(part)
		if key := strings.Join(strings.Fields(text), " "); !seen[key] {
			seen[key] = true
			o.Add(extract.Block{Kind: extract.Note, Text: text})
		}
	}
}
