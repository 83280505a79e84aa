package odf

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
		"text:user-index", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "office:scripts",
		"office:font-face-decls", "office:settings", "text:soft-page-break":
	case "office:forms":
		o.readForms(n)
	case "draw:control":
		o.Add(extract.Block{Kind: extract.Paragraph, Text: o.control(n.Attr("draw:control"))})
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
	o.withAnchored(n, func(l *line) {
		text := l.text.String()
		if o.inHead {
			text = extract.WithoutPageNumbers(text)
		}
		level := 0
		if o.depth == 0 {
			level = o.manualHeading(l, text)
		}
		switch {
		case o.styleName(style, "Title"):
			o.titled = true
			o.Heading(1, text)
		case o.depth > 0:
			o.Follows(text)
			o.addItem(text)
		case level > 0:
			o.Heading(level, text)
		case l.letters > 0 && l.bold == l.letters && !o.nested && o.page == 0 && !o.cells && extract.IsBoldLine(text):
			o.AddBoldLine(o.manual.styled+1, text)
		case l.letters > 0 && l.bold == l.letters:
			o.Add(extract.Block{Kind: extract.Paragraph, Text: text})
		default:
			o.Follows(text)
			o.Add(extract.Block{Kind: extract.Paragraph, Text: text})
		}
	})
}

// headingLine adds a heading with its number.
func (o *odf) headingLine(n *extract.Node) {
	level := max(extract.Number(n.Attr("text:outline-level")), 1)
	o.withAnchored(n, func(l *line) {
		text := l.text.String()
		if strings.TrimSpace(text) == "" {
			return
		}
		num := o.headingNumber(n, level)
		if o.titled {
			level++
		}
		o.manual.styled = level
		o.Heading(level, extract.JoinNumber(num, text))
	})
}

// withAnchored reads a paragraph's text, adds it, and then what hangs on it.
func (o *odf) withAnchored(n *extract.Node, add func(*line)) {
	if o.isHidden(n.Attr("text:style-name")) || n.Child("text:hidden-paragraph").Attr("text:is-hidden") == "true" {
		if strings.TrimSpace(n.Content()) != "" {
			o.Doc.Hidden++
		}
		return
	}
	outer := o.pending
	o.pending = nil
	text := &line{}
	o.runs(text, n, o.lookOf(n.Attr("text:style-name"), o.around))
	text.write("")
	anchored := o.pending
	o.pending = outer
	add(text)
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
func (o *odf) runs(out *line, n *extract.Node, look look) {
	for _, c := range n.Children {
		switch c.Name {
		case "":
			out.add(o, strings.NewReplacer("\n", " ", "\t", " ").Replace(c.Text), look)
		case "text:s":
			out.write(strings.Repeat(" ", min(max(extract.Number(c.Attr("text:c")), 1), 8)))
		case "text:tab":
			out.write("\t")
		case "text:line-break":
			out.write("\n")
		case "draw:control":
			out.write(o.control(c.Attr("draw:control")))
		case "text:note", "draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:g", "draw:caption":
			o.pending = append(o.pending, c)
		case "office:annotation", "office:annotation-end":
			o.annotation(c)
		case "text:hidden-text", "text:hidden-paragraph":
			o.Doc.Hidden++
		case "text:page-number", "text:page-count":
			if o.inHead {
				out.write(extract.PageNumber)
				continue
			}
			o.runs(out, c, look)
		case "text:ruby-text", "text:soft-page-break", "text:change", "text:change-start", "text:change-end", "text:bookmark",
			"text:bookmark-start", "text:bookmark-end", "text:note-ref", "text:placeholder": // the last prompts for something
		case "text:span":
			if !o.isHidden(c.Attr("text:style-name")) {
				o.runs(out, c, o.lookOf(c.Attr("text:style-name"), look))
			} else if strings.TrimSpace(c.Content()) != "" {
				o.Doc.Hidden++
			}
		default: // links, fields, marks
			o.runs(out, c, look)
		}
	}
}

// flat returns the text of block content as lines.
func (o *odf) flat(parent *extract.Node) string {
	inner := *o
	inner.File = o.Apart()
	inner.pending, inner.depth, inner.list, inner.item, inner.table, inner.nested = nil, 0, nil, nil, nil, true
	inner.blocks(parent)
	o.Take(inner.Builder)
	var lines []string
	for _, block := range inner.Doc.Blocks {
		text := block.Text
		if block.Marker != "" {
			text = block.Marker + " " + text
		}
		if block.Kind == extract.TableRow { // of a table in a cell
			text = strings.ReplaceAll(text, " | ", ": ") + ";"
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
			case "draw:object-ole":
				o.Remark(extract.EmbeddedFile, 1, strings.TrimPrefix(c.Attr("xlink:href"), "./"))
			}
		}
		if len(o.Doc.Blocks) == before {
			o.Alternative(n.Child("svg:desc").Content())
		}
	case "draw:g":
		for _, c := range inSight(n.Children) {
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
	if href := strings.TrimPrefix(n.Attr("xlink:href"), "./"); href != "" && o.Zip != nil && o.Zip.Has(href+"/content.xml") {
		root, err := o.Zip.Tree(href + "/content.xml")
		if err != nil {
			return
		}
		root.Each("chart:chart", func(chart *extract.Node) {
			o.chartText(chart)
		})
		content = root
		if root.Name != "math:math" {
			if root.Find("chart:chart") == nil && o.object(href, root) != nil {
				o.Remark(extract.EmbeddedFile, 1, href)
			}
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
	columns, all, framing, headed := 0, 0, 0, false
	for _, row := range rows {
		cells := 0
		for _, cell := range row.Children {
			if cell.Name == "table:table-cell" {
				cells++
				if cell.Find("table:table") != nil {
					framing++
				}
				headed = headed || cell.Find("text:h") != nil
			}
		}
		columns, all = max(columns, cells), all+cells
	}
	if columns <= 1 || headed || framing > 0 && len(rows) == 1 || 3*framing > all {
		for _, row := range rows {
			o.blocks(row)
		}
		return
	}
	var names []string
	above := map[int]covering{}
	for i, row := range rows {
		if row.Attr("table:visibility") == "collapse" {
			o.Doc.Hidden++
			continue
		}
		cells := o.odfCells(row, above)
		if i == 0 && len(rows) > 1 || i > 0 && i < heads || i == 1 && names == nil {
			names = o.Head(names, cells)
			continue
		}
		o.Row(cells, extract.HeaderText(names))
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
	outer := o.around
	o.around = o.lookOf(cell.Attr("table:style-name"), outer)
	defer func() { o.around = outer }()
	if text := o.flat(cell); text != "" || cell.Find("text:p") != nil {
		return text
	}
	return cellValue(cell)
}

// cellValue writes a value that is stored without its text.
func cellValue(cell *extract.Node) string {
	value := cell.Attr("office:value")
	number, err := strconv.ParseFloat(value, 64)
	switch kind := cell.Attr("office:value-type"); kind {
	case "string":
		return cell.Attr("office:string-value")
	case "date":
		if at, ok := extract.ParseISODate(cell.Attr("office:date-value")); ok {
			return extract.GermanDate(at)
		}
		return cell.Attr("office:date-value")
	case "time":
		return clock(cell.Attr("office:time-value"))
	case "boolean":
		return extract.GermanTruth(cell.Attr("office:boolean-value") == "true")
	case "percentage":
		if err == nil {
			return extract.GermanNumber(number*100) + " %"
		}
	case "currency":
		if err == nil {
			return strings.TrimSpace(extract.GermanFixed(number, 2, true) + " " + currencySign(cell.Attr("office:currency")))
		}
	case "float":
		if err == nil {
			return extract.GermanNumber(number)
		}
	}
	return value
}

func currencySign(code string) string {
	if code == "EUR" {
		return "€"
	}
	return code
}

// clock writes a duration such as PT08H30M00S.
func clock(duration string) string {
	found := isoDuration.FindStringSubmatch(duration)
	if found == nil {
		return duration
	}
	text := fmt.Sprintf("%02d:%02d", extract.Number(found[1]), extract.Number(found[2]))
	if seconds := extract.Number(found[3]); seconds > 0 {
		text += fmt.Sprintf(":%02d", seconds)
	}
	return text
}

var isoDuration = regexp.MustCompile(`^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?$`)

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
		o.Remark(extract.HiddenSheet, 1, name)
		return
	}
	o.SheetHeading(name)
	o.column, o.row, o.groups = 0, 0, nil
	o.sheetName, o.unseen = name, map[extract.RemarkCode]int{}
}

// sheetRow adds a row of the sheet being read.
func (o *odf) sheetRow(n *extract.Node) error {
	switch {
	case o.skipTable || o.Full:
		return nil
	case strings.HasPrefix(n.Name, "table:table-column") || n.Name == "table:table-header-columns":
		o.sheetColumns(n, false)
		return nil
	case n.Name != "table:table-row":
		return nil
	}
	repeat := max(extract.Number(n.Attr("table:number-rows-repeated")), 1)
	first := o.row + 1
	o.row += repeat
	if n.Find("text:p") == nil && !hasValue(n) || o.isUnseenRow(n) {
		return nil
	}
	for i := range min(repeat, maxRepeat) {
		if o.rows++; o.rows > extract.MaxRows {
			o.Full = true
			break
		}
		if i == 0 {
			o.mergeCells(n, first)
		}
		o.table.LineAt(first+i, o.hiddenColumns.Shown(o.odfCells(n, nil)))
		if o.Full {
			break
		}
	}
	return nil
}

// sheetColumns notes which columns are hidden, and which of them a click shows.
func (o *odf) sheetColumns(n *extract.Node, folded bool) {
	if n.Name != "table:table-column" {
		folded = folded || n.Attr("table:display") == "false"
		for _, c := range n.Children {
			o.sheetColumns(c, folded)
		}
		return
	}
	repeat := max(extract.Number(n.Attr("table:number-columns-repeated")), 1)
	if visibility := n.Attr("table:visibility"); visibility == "collapse" || visibility == "filter" {
		o.hiddenColumns.Add(extract.Columns{First: o.column + 1, Last: o.column + repeat, Folded: folded || visibility == "filter"})
	}
	o.column += repeat
}

func hasValue(row *extract.Node) bool {
	for _, cell := range row.Children {
		if cell.Attr("office:value-type") != "" {
			return true
		}
	}
	return false
}

// isUnseenRow reports rows that somebody hid. Those that a click shows again,
// behind a filter or folded up, are read, and counted.
func (o *odf) isUnseenRow(n *extract.Node) bool {
	switch visibility := n.Attr("table:visibility"); {
	case visibility == "filter":
		o.unseen[extract.FilteredRows]++
	case visibility == "collapse" && !slices.Contains(o.groups, true):
		o.Doc.Hidden++
		o.unseen[extract.HiddenRows]++
		return true
	case visibility == "collapse":
		o.unseen[extract.FoldedRows]++
	}
	return false
}

// mergeCells announces the cells of a row that cover several places.
func (o *odf) mergeCells(n *extract.Node, row int) {
	column := 1
	for _, cell := range n.Children {
		if cell.Name != "table:table-cell" && cell.Name != "table:covered-table-cell" {
			continue
		}
		across, down := max(extract.Number(cell.Attr("table:number-columns-spanned")), 1), max(extract.Number(cell.Attr("table:number-rows-spanned")), 1)
		if across > 1 || down > 1 {
			o.table.Merge(row, column, row+down-1, column+across-1)
		}
		column += max(extract.Number(cell.Attr("table:number-columns-repeated")), 1)
	}
}

// slide adds one slide of a presentation.
func (o *odf) slide(n *extract.Node) {
	o.page++
	if o.isHidden(n.Attr("draw:style-name")) {
		o.Doc.Hidden++
		o.Remark(extract.HiddenSlide, 1, fmt.Sprint(o.page))
		return
	}
	o.Top()
	start := len(o.Doc.Blocks)
	var title *extract.Node
	for _, c := range n.Children {
		if c.Name == "draw:frame" && c.Attr("presentation:class") == "title" {
			title = c
			o.HeadingAt(1, o.flat(c.Child("draw:text-box")), fmt.Sprintf("folie-%d", o.page))
			break
		}
	}
	for _, c := range inSight(n.Children) {
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
		if key := strings.Join(strings.Fields(text), " "); !seen[key] && strings.ContainsFunc(text, extract.IsLetterOrDigit) {
			seen[key] = true
			o.Add(extract.Block{Kind: extract.Note, Text: text})
		}
	}
}

// inSight returns the shapes of a slide in the order in which people read them,
// notes and the like behind them; what has no place comes first.
func inSight(shapes []*extract.Node) []*extract.Node {
	var first, placed, last []*extract.Node
	var frames []extract.Frame
	for _, shape := range shapes {
		frame, isPlaced := frameOf(shape)
		switch {
		case !strings.HasPrefix(shape.Name, "draw:"):
			last = append(last, shape)
		case !isPlaced || shape.Attr("presentation:class") == "title":
			first = append(first, shape)
		default:
			placed = append(placed, shape)
			frames = append(frames, frame)
		}
	}
	for _, i := range extract.ReadingOrder(frames) {
		first = append(first, placed[i])
	}
	return append(first, last...)
}

// frameOf returns the place of a shape, of a group that of all its shapes.
func frameOf(shape *extract.Node) (frame extract.Frame, ok bool) {
	if shape.Attr("svg:x") != "" && shape.Attr("svg:y") != "" {
		x, y := length(shape.Attr("svg:x")), length(shape.Attr("svg:y"))
		return extract.Frame{Left: x, Top: y, Right: x + length(shape.Attr("svg:width")), Bottom: y + length(shape.Attr("svg:height"))}, true
	}
	if shape.Name != "draw:g" {
		return frame, false
	}
	for _, c := range shape.Children {
		inner, isPlaced := frameOf(c)
		switch {
		case !isPlaced:
		case !ok:
			frame, ok = inner, true
		default:
			frame.Left, frame.Top = min(frame.Left, inner.Left), min(frame.Top, inner.Top)
			frame.Right, frame.Bottom = max(frame.Right, inner.Right), max(frame.Bottom, inner.Bottom)
		}
	}
	return frame, ok
}

// length reads a length such as "2.5cm", in hundredths of a millimetre.
func length(text string) int64 {
	for unit, size := range map[string]float64{"cm": 1000, "mm": 100, "in": 2540, "pt": 2540.0 / 72} {
		if number, ok := strings.CutSuffix(text, unit); ok {
			value, err := strconv.ParseFloat(number, 64)
			if err == nil && value > -1e6 && value < 1e6 {
				return int64(value * size)
			}
		}
	}
	return 0
}
