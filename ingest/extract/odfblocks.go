package extract

import (
	"fmt"
	"strings"
)

// block adds what stands in the body, a cell, a note or a text box.
func (o *odf) block(n *node) {
	switch n.name {
	case "text:p":
		o.paragraph(n)
	case "text:h":
		o.headingLine(n)
	case "text:list":
		o.listBlock(n)
	case "table:table":
		o.tableBlock(n)
	case "text:tracked-changes":
		n.each("text:deletion", func(*node) { o.doc.Hidden++ })
	case "office:annotation", "office:annotation-end":
		o.annotation(n)
	case "text:section":
		if n.attr("text:display") == "none" || o.isHidden(n.attr("text:style-name")) {
			o.doc.Hidden++
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

func (o *odf) blocks(parent *node) {
	if parent == nil {
		return
	}
	for _, n := range parent.children {
		o.block(n)
	}
}

// annotation counts a comment.
func (o *odf) annotation(n *node) {
	if n.name == "office:annotation" {
		o.doc.Hidden++
	}
}

// paragraph adds a paragraph or list item, and behind it what is anchored in it.
func (o *odf) paragraph(n *node) {
	style := n.attr("text:style-name")
	o.withAnchored(n, func(text string) {
		switch {
		case o.styleName(style, "Title"):
			o.titled = true
			o.heading(1, text)
		case o.depth > 0:
			o.addItem(text)
		default:
			o.add(Block{Kind: Paragraph, Text: text})
		}
	})
}

// headingLine adds a heading with its number.
func (o *odf) headingLine(n *node) {
	level := max(number(n.attr("text:outline-level")), 1)
	o.withAnchored(n, func(text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		num := o.headingNumber(n, level)
		if o.titled {
			level++
		}
		o.heading(level, joinNumber(num, text))
	})
}

// withAnchored reads a paragraph's text, adds it, and then what hangs on it.
func (o *odf) withAnchored(n *node, add func(string)) {
	if o.isHidden(n.attr("text:style-name")) {
		if strings.TrimSpace(n.content()) != "" {
			o.doc.Hidden++
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
		if object.name == "text:note" {
			o.add(Block{Kind: Note, Text: o.flat(object.child("text:note-body"))})
			continue
		}
		depth, list, item, colored := o.depth, o.list, o.item, o.colored
		o.depth, o.list, o.item, o.colored = 0, nil, nil, true
		o.shape(object)
		o.depth, o.list, o.item, o.colored = depth, list, item, colored
	}
}

// runs collects running text.
func (o *odf) runs(out *strings.Builder, n *node) {
	for _, c := range n.children {
		switch c.name {
		case "":
			out.WriteString(strings.NewReplacer("\n", " ", "\t", " ").Replace(c.text))
		case "text:s":
			out.WriteString(strings.Repeat(" ", min(max(number(c.attr("text:c")), 1), 8)))
		case "text:tab":
			out.WriteByte('\t')
		case "text:line-break":
			out.WriteByte('\n')
		case "text:note", "draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:g", "draw:caption":
			o.pending = append(o.pending, c)
		case "office:annotation", "office:annotation-end":
			o.annotation(c)
		case "text:hidden-text", "text:hidden-paragraph":
			o.doc.Hidden++
		case "text:page-number", "text:page-count":
			if !o.inHead {
				o.runs(out, c)
			}
		case "text:ruby-text", "text:soft-page-break", "text:change", "text:change-start", "text:change-end", "text:bookmark",
			"text:bookmark-start", "text:bookmark-end", "text:note-ref":
		case "text:span":
			if !o.isHidden(c.attr("text:style-name")) {
				o.runs(out, c)
			} else if strings.TrimSpace(c.content()) != "" {
				o.doc.Hidden++
			}
		default: // links, fields, marks
			o.runs(out, c)
		}
	}
}

// flat returns the text of block content as lines.
func (o *odf) flat(parent *node) string {
	inner := *o
	inner.file = &file{builder: &builder{doc: Document{Meta: map[string]string{}}}, name: o.name, zip: o.zip}
	inner.pending, inner.depth, inner.list, inner.item, inner.table = nil, 0, nil, nil, nil
	inner.blocks(parent)
	o.doc.Hidden += inner.doc.Hidden
	var lines []string
	for _, block := range inner.doc.Blocks {
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
func (o *odf) shape(n *node) {
	if n.attr("draw:display") == "none" || n.attr("draw:display") == "printer" {
		o.doc.Hidden++
		return
	}
	switch n.name {
	case "draw:frame":
		before := len(o.doc.Blocks)
		for _, c := range n.children {
			switch c.name {
			case "draw:text-box":
				o.blocks(c)
			case "table:table":
				o.tableBlock(c)
			case "draw:object":
				o.embedded(c)
			}
		}
		if len(o.doc.Blocks) == before {
			o.alternative(n.child("svg:desc").content())
		}
	case "draw:g":
		for _, c := range n.children {
			o.block(c)
		}
	default:
		for _, c := range n.children {
			if c.name == "text:p" || c.name == "text:list" {
				o.block(c)
			}
		}
	}
}

// embedded adds the values of a chart or the text of a formula.
func (o *odf) embedded(n *node) {
	content := n.child("math:math")
	if href := strings.TrimPrefix(n.attr("xlink:href"), "./"); href != "" && o.zip.has(href+"/content.xml") {
		root, err := o.zip.tree(href + "/content.xml")
		if err != nil {
			return
		}
		root.each("chart:chart", func(chart *node) {
			o.chartText(chart)
		})
		content = root
		if root.name != "math:math" {
			return
		}
	}
	if content != nil {
		if note := content.find("math:annotation"); note != nil {
			o.add(Block{Kind: Paragraph, Text: note.content()})
			return
		}
		o.add(Block{Kind: Paragraph, Text: content.content()})
	}
}

// chartText adds a chart's title and the table that it was drawn from.
func (o *odf) chartText(chart *node) {
	for _, name := range []string{"chart:title", "chart:subtitle"} {
		chart.each(name, func(n *node) { o.add(Block{Kind: Paragraph, Text: o.flat(n)}) })
	}
	chart.each("table:table", o.tableBlock)
}

// tableBlock adds the rows of a table, each with the header row. A table that
// frames text or lays out the page is read as running text.
func (o *odf) tableBlock(n *node) {
	rows, heads := odfRows(n, false)
	columns := 0
	nested := false
	for _, row := range rows {
		cells := 0
		for _, cell := range row.children {
			if cell.name == "table:table-cell" {
				cells++
				nested = nested || cell.find("table:table") != nil || cell.find("text:h") != nil
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
		if row.attr("table:visibility") == "collapse" {
			o.doc.Hidden++
			continue
		}
		text := o.row(o.odfCells(row, above), header)
		if i == 0 && len(rows) > 1 || i > 0 && i < heads {
			header = strings.TrimPrefix(header+"\n"+text, "\n")
		}
	}
}

// odfRows returns the rows below a table and how many of them are header rows.
func odfRows(n *node, head bool) (rows []*node, heads int) {
	for _, c := range n.children {
		switch c.name {
		case "table:table-row":
			if rows = append(rows, c); head {
				heads++
			}
		case "table:table-header-rows", "table:table-rows", "table:table-row-group":
			inner, innerHeads := odfRows(c, head || c.name == "table:table-header-rows")
			rows, heads = append(rows, inner...), heads+innerHeads
		}
	}
	return rows, heads
}

// maxRepeat is how often a cell or row is repeated that the file holds once.
const maxRepeat = 32

// cellText returns the text of a cell that can be seen.
func (o *odf) cellText(cell *node) string {
	if style := cell.attr("table:style-name"); o.isHidden(style) && cell.find("text:p") != nil {
		o.doc.Hidden++
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
func (o *odf) odfCells(row *node, above map[int]covering) []string {
	var texts []string
	across, span := "", 0
	for _, cell := range row.children {
		if cell.name != "table:table-cell" && cell.name != "table:covered-table-cell" {
			continue
		}
		own := ""
		if cell.name == "table:table-cell" {
			own = o.cellText(cell)
		}
		for range min(max(number(cell.attr("table:number-columns-repeated")), 1), maxRepeat) {
			column, text := len(texts), own
			switch {
			case column >= maxColumns:
				return texts
			case above == nil:
			case cell.name == "table:table-cell":
				across, span = own, min(number(cell.attr("table:number-columns-spanned")), maxSpan)
				if rows := number(cell.attr("table:number-rows-spanned")); rows > 1 {
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
func (o *odf) beginSheet(n *node) {
	name := n.attr("table:name")
	o.table = &sheet{builder: o.builder}
	if o.skipTable = o.isHidden(n.attr("table:style-name")); o.skipTable {
		o.doc.Hidden++
		o.doc.Remarks = append(o.doc.Remarks, fmt.Sprintf("sheet %q is hidden and was left out", o.clean(name, true)))
		return
	}
	o.sheetHeading(name)
	o.hiddenColumns, o.column = nil, 0
}

// sheetRow adds a row of the sheet being read.
func (o *odf) sheetRow(n *node) error {
	switch {
	case o.skipTable || o.full:
		return nil
	case n.name == "table:table-column":
		repeat := max(number(n.attr("table:number-columns-repeated")), 1)
		if n.attr("table:visibility") == "collapse" {
			o.hiddenColumns = append(o.hiddenColumns, columns{o.column + 1, o.column + repeat})
		}
		o.column += repeat
		return nil
	case n.name != "table:table-row":
		return nil
	}
	if n.attr("table:visibility") == "collapse" || n.attr("table:visibility") == "filter" {
		if n.find("text:p") != nil {
			o.doc.Hidden++
		}
		return nil
	}
	for range min(max(number(n.attr("table:number-rows-repeated")), 1), maxRepeat) {
		if o.rows++; o.rows > maxRows {
			return &Error{Reason: TooLarge, Detail: fmt.Sprintf("more than %d rows", maxRows)}
		}
		cells := o.odfCells(n, nil)
		o.table.line(o.shown(cells, o.hiddenColumns))
		if o.full || len(trimmed(cells)) == 0 {
			break
		}
	}
	return nil
}

// slide adds one slide of a presentation.
func (o *odf) slide(n *node) {
	o.page++
	if o.isHidden(n.attr("draw:style-name")) {
		o.doc.Hidden++
		o.doc.Remarks = append(o.doc.Remarks, fmt.Sprintf("slide %d is hidden and was left out", o.page))
		return
	}
	o.path, o.levels = nil, nil
	start := len(o.doc.Blocks)
	var title *node
	for _, c := range n.children {
		if c.name == "draw:frame" && c.attr("presentation:class") == "title" {
			title = c
			o.headingAt(1, o.flat(c.child("draw:text-box")), fmt.Sprintf("folie-%d", o.page))
			break
		}
	}
	for _, c := range n.children {
		switch {
		case c == title:
		case c.name == "presentation:notes":
			o.slideNotes(c)
		case strings.HasPrefix(c.name, "draw:"):
			switch c.attr("presentation:class") {
			case "page-number", "date-time", "header":
			default:
				o.shape(c)
			}
		case c.name == "office:annotation":
			o.annotation(c)
		}
	}
	for i := start; i < len(o.doc.Blocks); i++ {
		o.doc.Blocks[i].Page = o.page
	}
}

// slideNotes adds what the speaker noted.
func (o *odf) slideNotes(n *node) {
	for _, c := range n.children {
		if c.name == "draw:frame" && (c.attr("presentation:class") == "notes" || c.attr("presentation:class") == "") {
			o.add(Block{Kind: Note, Text: o.flat(c.child("draw:text-box"))})
		}
	}
}

// pageFurniture adds the heads and feet of pages, each text once.
func (o *odf) pageFurniture() {
	if o.cells || o.page > 0 {
		return
	}
	o.path, o.levels, o.inHead = nil, nil, true
	seen := map[string]bool{}
	for _, part := range o.masters {
		text := o.flat(part)
		if key := strings.Join(strings.Fields(text), " "); !seen[key] {
			seen[key] = true
			o.add(Block{Kind: Note, Text: text})
		}
	}
}
