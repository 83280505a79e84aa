package office

import (
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// readDOCX reads a Word document: headings by style, with the numbers that Word
// computes; lists, tables, notes behind their paragraph, text boxes and charts
// where they are anchored; heads and feet of pages once, at the end. Insertions
// count, deletions and comments do not.
func readDOCX(f *extract.File) error {
	d, err := openDOCX(&ooxml{f})
	if err != nil {
		return err
	}
	data, cut, err := f.BeginningOf(d.part, "")
	if err != nil {
		return err
	}
	visit := f.LongPart(len(data), cut)
	visit.Enter = func(n *extract.Node) bool { return n.Name == "w:document" || n.Name == "w:body" }
	visit.Tree = func(n *extract.Node) error {
		d.block(n)
		return nil
	}
	if err := extract.StreamXML(data, visit); err != nil {
		return err
	}
	d.endCarried()
	d.pageFurniture()
	d.embedded()
	return nil
}

// docx is a Word document being read.
type docx struct {
	*ooxml
	part      string // the part being read
	rels      []relation
	mainRels  []relation // of the document itself
	styles    map[string]docxStyle
	numbering docxNumbering
	notes     map[string]*extract.Node // by kind and id: "footnote 2"
	noteRels  map[string][]relation    // of the parts that they stand in, by kind
	furniture []string                 // parts with heads and feet of pages, in order
	colored   bool                     // the page or what stands around has a colour of its own: white text can be seen
	titled    bool                     // a title was seen: headings stand below it
	inHead    bool                     // in the head or foot of a page: page numbers are no text
	open      []*field                 // fields that go on in the next paragraph
	carried   string                   // text of the paragraph before that belongs to the next one
	isCarried bool
	manual    manualHeadings
	nested    bool            // below a cell, note or the like: no headings made by hand
	pending   []*extract.Node // text boxes, charts and notes of the paragraph being read
	pendNotes []string
}

func openDOCX(f *ooxml) (*docx, error) {
	f.readProperties()
	part, err := f.mainPart()
	if err != nil {
		return nil, err
	}
	d := &docx{ooxml: f, part: part, notes: map[string]*extract.Node{}, noteRels: map[string][]relation{}}
	if d.rels, err = relations(f.Zip, part); err != nil {
		return nil, err
	}
	d.mainRels = d.rels
	d.styles = d.readStyles()
	d.manual.body = d.bodySize()
	d.numbering = d.readNumbering()
	d.readNotes("footnotes", "footnote")
	d.readNotes("endnotes", "endnote")
	d.countComments()
	return d, nil
}

// optional reads a part that documents can do without; nil if it is missing or
// broken.
func (d *docx) optional(kind string) *extract.Node {
	name, ok := ofKind(d.rels, kind)
	if !ok {
		return nil
	}
	root, err := d.Zip.Tree(name)
	if err != nil {
		return nil
	}
	return root
}

func (d *docx) readNotes(kind, element string) {
	root := d.optional(kind)
	if root == nil {
		return
	}
	if name, ok := ofKind(d.rels, kind); ok {
		d.noteRels[element], _ = relations(d.Zip, name) // without them only pictures and the like are missing
	}
	for _, note := range root.Children {
		if note.Name == "w:"+element && note.Attr("type") != "separator" && note.Attr("type") != "continuationSeparator" {
			d.notes[element+" "+note.Attr("id")] = note
		}
	}
}

func (d *docx) countComments() {
	d.optional("comments").Each("w:comment", func(*extract.Node) { d.Doc.Hidden++ })
}

// block adds what stands in the body, a cell, a note or a text box.
func (d *docx) block(n *extract.Node) {
	switch n.Name {
	case "w:p":
		d.paragraph(n)
	case "w:tbl":
		d.table(n)
	case "w:sectPr":
		d.section(n)
	case "w:del", "w:moveFrom":
		d.dropped(n)
	case "mc:AlternateContent":
		d.blocks(chosen(n))
	case "w:sdt":
		if !isPrompt(n) && !strings.HasPrefix(n.Child("w:sdtPr", "w:docPartObj", "w:docPartGallery").Attr("val"), "Table of ") {
			d.blocks(n.Child("w:sdtContent"))
		}
	case "w:altChunk":
		d.chunk(n.Attr("r:id"))
	case "w:background":
		d.colored = d.colored || !isWhite(n.Attr("color"))
	default: // insertions, custom XML, old structures
		d.blocks(n)
	}
}

func (d *docx) blocks(parent *extract.Node) {
	if parent == nil {
		return
	}
	for _, n := range parent.Children {
		d.block(n)
	}
}

// dropped counts deleted text.
func (d *docx) dropped(n *extract.Node) {
	if n.Find("w:delText") != nil || n.Find("w:t") != nil {
		d.Doc.Hidden++
	}
}

// chosen returns the version of a part that programs of today show.
func chosen(n *extract.Node) *extract.Node {
	if choice := n.Child("mc:Choice"); choice != nil {
		return choice
	}
	return n.Child("mc:Fallback")
}

// section remembers the heads and feet of pages that a section uses.
func (d *docx) section(n *extract.Node) {
	for _, ref := range n.Children {
		if ref.Name != "w:headerReference" && ref.Name != "w:footerReference" {
			continue
		}
		if name, ok := linked(d.rels, ref.Attr("r:id")); ok {
			d.furniture = append(d.furniture, name)
		}
	}
}

// paragraph adds a paragraph, and behind it what is anchored in it.
func (d *docx) paragraph(n *extract.Node) {
	props := n.Child("w:pPr")
	d.blocks(sectionOf(props))
	style := d.styles[props.Child("w:pStyle").Attr("val")]
	outer, outerNotes := d.pending, d.pendNotes
	d.pending, d.pendNotes = nil, nil
	text, look := d.runs(n, style)
	text = d.besideMargin(text)
	if text, whole := d.carry(props, text); whole {
		d.emit(props, style, text, look)
	}
	anchored, notes := d.pending, d.pendNotes
	d.pending, d.pendNotes = outer, outerNotes
	for _, object := range anchored {
		d.object(object)
	}
	for _, id := range notes {
		d.note(id)
	}
}

// sectionOf returns the paragraph properties that hold a section's.
func sectionOf(props *extract.Node) *extract.Node {
	if props.Child("w:sectPr") == nil {
		return nil
	}
	return &extract.Node{Children: []*extract.Node{props.Child("w:sectPr")}}
}

// emit adds the paragraph's own text as what its style makes of it.
func (d *docx) emit(props *extract.Node, style docxStyle, text string, look runLook) {
	blank := strings.TrimSpace(text) == ""
	if style.contents || blank && props.Child("w:numPr") == nil {
		return // a table of contents repeats the headings
	}
	number := d.numbering.next(props, style)
	if blank {
		return // it has taken its number
	}
	text = tabbedNumber.ReplaceAllString(text, "$1 ")
	level := style.outline
	if direct := props.Child("w:outlineLvl"); direct != nil {
		level = outlineLevel(direct.Attr("val"))
	}
	switch {
	case d.inHead:
		d.Add(extract.Block{Kind: extract.Note, Text: text})
	case style.title:
		d.titled = true
		d.Heading(1, text)
	case level > 0:
		if d.titled {
			level++
		}
		d.manual.styled = level
		d.Heading(level, extract.JoinNumber(number.Text, text))
	case number.Is && number.Quoted:
		d.Follows(text)
		d.Add(extract.Block{Kind: extract.ListItem, Level: number.Level + 1, Text: extract.JoinNumber(number.Text, text)})
	case number.Is:
		d.Follows(text)
		d.Add(extract.Block{Kind: extract.ListItem, Level: number.Level + 1, Marker: number.Text, Text: text})
	case !number.Is && !d.nested && !style.list && d.manual.is(text, look):
		d.Heading(d.manual.level(text, look), text)
	case style.list:
		d.Add(extract.Block{Kind: extract.ListItem, Level: 1, Text: text})
	case !d.nested && d.manual.standsOut(look) && extract.IsBoldLine(text):
		d.AddBoldLine(d.manual.level(text, look), text)
	case look.bold:
		d.Add(extract.Block{Kind: extract.Paragraph, Text: text})
	default:
		d.Follows(text)
		d.Add(extract.Block{Kind: extract.Paragraph, Text: text})
	}
}

// tabbedNumber matches the number of a line that a tab sets apart from its text.
var tabbedNumber = regexp.MustCompile(`^\s*((?:§ ?)?[\dA-Za-z.()]{1,8})\t+`)

// note adds the text of a foot- or endnote.
func (d *docx) note(id string) {
	note := d.notes[id]
	if note == nil {
		return
	}
	delete(d.notes, id) // each once, and no note within itself
	rels := d.rels
	kind, _, _ := strings.Cut(id, " ")
	d.rels = d.noteRels[kind]
	d.Add(extract.Block{Kind: extract.Note, Text: d.flat(note)})
	d.rels = rels
}

// flat returns the text of block content as lines.
func (d *docx) flat(parent *extract.Node) string {
	inner := &docx{
		ooxml: &ooxml{d.Apart()},
		part:  d.part, rels: d.rels, styles: d.styles, numbering: d.numbering, notes: d.notes, colored: d.colored,
		inHead: d.inHead, nested: true,
	}
	inner.blocks(parent)
	inner.endCarried()
	d.Take(inner.Builder)
	var lines []string
	for _, block := range inner.Doc.Blocks {
		text := block.Text
		if block.Marker != "" && !isBullet(block.Marker) {
			text = block.Marker + " " + text
		}
		if block.Kind == extract.TableRow { // of a table in a cell
			text = strings.ReplaceAll(text, " | ", ": ") + ";"
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

func isBullet(marker string) bool { return !strings.ContainsFunc(marker, extract.IsLetterOrDigit) }

// table adds the rows, each with the header row. A table that frames text or
// lays out the page is read as running text.
func (d *docx) table(n *extract.Node) {
	d.endCarried()
	rows := d.rowsOf(n)
	if isDOCXLayout(rows) {
		d.tableAsText(n, rows)
		return
	}
	d.TableFollows()
	was := d.colored
	d.colored = d.colored || hasTableStyle(n)
	look := n.Child("w:tblPr", "w:tblLook")
	first := len(rows) > 1 && (look == nil || isBoldRow(rows[0]) && !isBoldRow(rows[1]) || look.Attr("firstRow") == "1" || look.Attr("firstRow") == "true" ||
		look.Attr("firstRow") == "" && hasBit(look.Attr("val"), 0x20))
	var names []string
	heads := 0
	above := map[int]string{}
	for i, row := range rows {
		if row.Child("w:trPr", "w:hidden").IsOn() {
			d.Doc.Hidden++
			continue
		}
		outer := d.pendNotes
		d.pendNotes = nil
		cells := d.cells(row, above)
		if i == 0 && (first || isHeaderRow(row) && len(rows) > 1) || i > 0 && heads == i && (isHeaderRow(row) || names == nil || i == 1 && isSplitHeader(rows)) {
			names = d.Head(names, cells)
			heads++
		} else {
			d.Row(cells, extract.HeaderText(names))
		}
		notes := d.pendNotes
		d.pendNotes = outer
		for _, id := range notes {
			d.note(id)
		}
	}
	d.colored = was
}

// rowsOf returns the rows of a table, deleted ones left out.
func (d *docx) rowsOf(n *extract.Node) []*extract.Node {
	var rows []*extract.Node
	for _, c := range n.Children {
		switch c.Name {
		case "w:tr":
			if c.Child("w:trPr", "w:del") != nil {
				d.Doc.Hidden++
				continue
			}
			rows = append(rows, c)
		case "w:sdt", "w:sdtContent", "w:ins", "w:customXml", "w:moveTo":
			rows = append(rows, d.rowsOf(c)...)
		}
	}
	return rows
}

func isHeaderRow(row *extract.Node) bool { return row.Child("w:trPr", "w:tblHeader").IsOn() }

// isBoldRow reports rows of several cells with text whose text is all bold.
func isBoldRow(row *extract.Node) bool {
	filled := 0
	for _, cell := range cellsOf(row) {
		bold, text := true, false
		cell.Each("w:r", func(run *extract.Node) {
			if strings.TrimSpace(run.Child("w:t").Content()) != "" {
				text = true
				bold = bold && run.Child("w:rPr", "w:b").IsOn()
			}
		})
		switch {
		case text && !bold:
			return false
		case text:
			filled++
		}
	}
	return filled > 1
}

// isSplitHeader reports tables whose first row has a cell over several columns
// that the second row names one by one, beside cells that reach down into it.
func isSplitHeader(rows []*extract.Node) bool {
	if len(rows) < 3 {
		return false
	}
	across, down := false, false
	for _, cell := range cellsOf(rows[0]) {
		props := cell.Child("w:tcPr")
		across = across || extract.Number(props.Child("w:gridSpan").Attr("val")) > 1
		down = down || props.Child("w:vMerge").Attr("val") == "restart"
	}
	return across && down
}

// cellsOf returns the cells of a row.
func cellsOf(row *extract.Node) []*extract.Node {
	var cells []*extract.Node
	for _, c := range row.Children {
		switch c.Name {
		case "w:tc":
			cells = append(cells, c)
		case "w:sdt":
			for _, cell := range cellsOf(c) {
				if isPrompt(c) {
					cell = &extract.Node{Name: cell.Name, Children: []*extract.Node{{Name: "w:tcPr", Children: childrenOf(cell.Child("w:tcPr"))}}}
				}
				cells = append(cells, cell)
			}
		case "w:sdtContent", "w:ins", "w:customXml":
			cells = append(cells, cellsOf(c)...)
		}
	}
	return cells
}

// cells returns the texts of a row, one per column: a cell that covers several
// columns or rows is read in each of them, so that every row says all that holds
// for it. above holds the cells that reach down, by column.
func (d *docx) cells(row *extract.Node, above map[int]string) []string {
	texts := make([]string, min(extract.Number(row.Child("w:trPr", "w:gridBefore").Attr("val")), extract.MaxSpan))
	for _, cell := range cellsOf(row) {
		column := len(texts)
		span := min(max(extract.Number(cell.Child("w:tcPr", "w:gridSpan").Attr("val")), 1), extract.MaxSpan)
		merge := cell.Child("w:tcPr", "w:vMerge")
		if merge != nil && merge.Attr("val") != "restart" && strings.TrimSpace(cell.Content()) == "" {
			texts = append(texts, slices.Repeat([]string{above[column]}, span)...)
			continue
		}
		delete(above, column)
		was := d.colored
		d.colored = d.colored || isColored(cell.Child("w:tcPr", "w:shd"))
		text, notes := d.cell(cell)
		d.colored = was
		if cell.Child("w:tcPr", "w:cellDel") != nil {
			text, notes = "", nil
		}
		texts = append(texts, slices.Repeat([]string{text}, span)...)
		d.pendNotes = append(d.pendNotes, notes...)
		if merge != nil {
			above[column] = text
		}
	}
	return texts
}

// cell returns the text of a cell and the notes that it refers to, which stand
// behind the row.
func (d *docx) cell(cell *extract.Node) (text string, notes []string) {
	held := d.notes
	d.notes = nil
	defer func() { d.notes = held }()
	text = d.flat(cell)
	cell.Each("w:footnoteReference", func(n *extract.Node) { notes = append(notes, "footnote "+n.Attr("id")) })
	cell.Each("w:endnoteReference", func(n *extract.Node) { notes = append(notes, "endnote "+n.Attr("id")) })
	return text, notes
}

// isDOCXLayout reports tables of one column, and such that mostly frame other
// tables.
func isDOCXLayout(rows []*extract.Node) bool {
	columns, all, framing := 0, 0, 0
	for _, row := range rows {
		cells := cellsOf(row)
		columns = max(columns, len(cells))
		for _, cell := range cells {
			all++
			if cell.Find("w:tbl") != nil {
				framing++
			}
		}
	}
	return columns <= 1 || len(rows) == 1 && framing > 0 || 3*framing > all
}

func (d *docx) tableAsText(n *extract.Node, rows []*extract.Node) {
	was := d.colored
	d.colored = d.colored || hasTableStyle(n)
	for _, row := range rows {
		for _, cell := range cellsOf(row) {
			before := d.colored
			d.colored = d.colored || isColored(cell.Child("w:tcPr", "w:shd"))
			d.blocks(cell)
			d.colored = before
		}
	}
	d.colored = was
}

// hasTableStyle reports tables whose style may colour cells.
func hasTableStyle(n *extract.Node) bool {
	switch n.Child("w:tblPr", "w:tblStyle").Attr("val") {
	case "", "TableNormal", "NormaleTabelle", "TableGrid", "Tabellenraster":
		return isColored(n.Child("w:tblPr", "w:shd"))
	}
	return true
}

// pageFurniture adds the heads and feet of pages, each text once.
func (d *docx) pageFurniture() {
	d.Top()
	d.inHead = true
	seen := map[string]bool{}
	for _, name := range d.furniture {
		if seen[name] {
			continue
		}
		seen[name] = true
		root, err := d.Zip.Tree(name)
		if err != nil {
			continue
		}
		d.part, d.pending, d.pendNotes = name, nil, nil
		d.rels, _ = relations(d.Zip, name) // without them only pictures and charts are missing
		text := d.flat(root)
		if !strings.ContainsFunc(text, extract.IsLetterOrDigit) {
			continue // what stood around a page number
		}
		if key := strings.Join(strings.Fields(text), " "); !seen["text "+key] {
			seen["text "+key] = true
			d.Add(extract.Block{Kind: extract.Note, Text: text})
		}
	}
}
