package extract

import (
	"slices"
	"strings"
	"unicode"
)

// readDOCX reads a Word document: headings by style, with the numbers that Word
// computes; lists, tables, notes behind their paragraph, text boxes and charts
// where they are anchored; heads and feet of pages once, at the end. Insertions
// count, deletions and comments do not.
func readDOCX(f *file) error {
	d, err := openDOCX(f)
	if err != nil {
		return err
	}
	data, err := f.zip.part(d.part)
	if err != nil {
		return err
	}
	err = streamXML(data, xmlVisitor{
		enter: func(n *node) bool { return n.name == "w:document" || n.name == "w:body" },
		tree: func(n *node) error {
			d.block(n)
			return nil
		},
	})
	if err != nil {
		return err
	}
	d.pageFurniture()
	return nil
}

// docx is a Word document being read.
type docx struct {
	*file
	part      string // the part being read
	rels      []relation
	styles    map[string]docxStyle
	numbering docxNumbering
	notes     map[string]*node // by kind and id: "footnote 2"
	furniture []string         // parts with heads and feet of pages, in order
	colored   bool             // the page or what stands around has a colour of its own: white text can be seen
	titled    bool             // a title was seen: headings stand below it
	inHead    bool             // in the head or foot of a page: page numbers are no text
	pending   []*node          // text boxes, charts and notes of the paragraph being read
	pendNotes []string
}

func openDOCX(f *file) (*docx, error) {
	f.readProperties()
	part, err := f.mainPart()
	if err != nil {
		return nil, err
	}
	d := &docx{file: f, part: part, notes: map[string]*node{}}
	if d.rels, err = f.zip.relations(part); err != nil {
		return nil, err
	}
	d.styles = d.readStyles()
	d.numbering = d.readNumbering()
	d.readNotes("footnotes", "footnote")
	d.readNotes("endnotes", "endnote")
	d.countComments()
	return d, nil
}

// optional reads a part that documents can do without; nil if it is missing or
// broken.
func (d *docx) optional(kind string) *node {
	name, ok := ofKind(d.rels, kind)
	if !ok {
		return nil
	}
	root, err := d.zip.tree(name)
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
	for _, note := range root.children {
		if note.name == "w:"+element && note.attr("type") != "separator" && note.attr("type") != "continuationSeparator" {
			d.notes[element+" "+note.attr("id")] = note
		}
	}
}

func (d *docx) countComments() {
	d.optional("comments").each("w:comment", func(*node) { d.doc.Hidden++ })
}

// block adds what stands in the body, a cell, a note or a text box.
func (d *docx) block(n *node) {
	switch n.name {
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
		d.blocks(n.child("w:sdtContent"))
	case "w:background":
		d.colored = d.colored || !isWhite(n.attr("color"))
	default: // insertions, custom XML, old structures
		d.blocks(n)
	}
}

func (d *docx) blocks(parent *node) {
	if parent == nil {
		return
	}
	for _, n := range parent.children {
		d.block(n)
	}
}

// dropped counts deleted text.
func (d *docx) dropped(n *node) {
	if n.find("w:delText") != nil || n.find("w:t") != nil {
		d.doc.Hidden++
	}
}

// chosen returns the version of a part that programs of today show.
func chosen(n *node) *node {
	if choice := n.child("mc:Choice"); choice != nil {
		return choice
	}
	return n.child("mc:Fallback")
}

// section remembers the heads and feet of pages that a section uses.
func (d *docx) section(n *node) {
	for _, ref := range n.children {
		if ref.name != "w:headerReference" && ref.name != "w:footerReference" {
			continue
		}
		if name, ok := linked(d.rels, ref.attr("r:id")); ok {
			d.furniture = append(d.furniture, name)
		}
	}
}

// paragraph adds a paragraph, and behind it what is anchored in it.
func (d *docx) paragraph(n *node) {
	props := n.child("w:pPr")
	d.blocks(sectionOf(props))
	style := d.styles[props.child("w:pStyle").attr("val")]
	outer, outerNotes := d.pending, d.pendNotes
	d.pending, d.pendNotes = nil, nil
	text := d.runs(n, style)
	d.emit(props, style, text)
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
func sectionOf(props *node) *node {
	if props.child("w:sectPr") == nil {
		return nil
	}
	return &node{children: []*node{props.child("w:sectPr")}}
}

// emit adds the paragraph's own text as what its style makes of it.
func (d *docx) emit(props *node, style docxStyle, text string) {
	blank := strings.TrimSpace(text) == ""
	if style.contents || blank && props.child("w:numPr") == nil {
		return // a table of contents repeats the headings
	}
	number := d.numbering.next(props, style)
	if blank {
		return // it has taken its number
	}
	level := style.outline
	if direct := props.child("w:outlineLvl"); direct != nil {
		level = outlineLevel(direct.attr("val"))
	}
	switch {
	case d.inHead:
		d.add(Block{Kind: Note, Text: text})
	case style.title:
		d.titled = true
		d.heading(1, text)
	case level > 0:
		if d.titled {
			level++
		}
		d.heading(level, joinNumber(number.text, text))
	case number.is && number.quoted:
		d.add(Block{Kind: ListItem, Level: number.level + 1, Text: joinNumber(number.text, text)})
	case number.is:
		d.add(Block{Kind: ListItem, Level: number.level + 1, Marker: number.text, Text: text})
	case style.list:
		d.add(Block{Kind: ListItem, Level: 1, Text: text})
	default:
		d.add(Block{Kind: Paragraph, Text: text})
	}
}

// joinNumber puts a computed number before its text, unless it is typed there too.
func joinNumber(number, text string) string {
	rest, typed := strings.CutPrefix(strings.TrimSpace(text), number)
	if number == "" || typed && (rest == "" || !isLetterOrDigit([]rune(rest)[0])) {
		return text
	}
	return number + " " + strings.TrimLeftFunc(text, unicode.IsSpace)
}

// note adds the text of a foot- or endnote.
func (d *docx) note(id string) {
	note := d.notes[id]
	if note == nil {
		return
	}
	delete(d.notes, id) // each once, and no note within itself
	d.add(Block{Kind: Note, Text: d.flat(note)})
}

// flat returns the text of block content as lines.
func (d *docx) flat(parent *node) string {
	inner := &docx{
		file: &file{builder: &builder{doc: Document{Meta: map[string]string{}}}, zip: d.zip, name: d.name},
		part: d.part, rels: d.rels, styles: d.styles, numbering: d.numbering, notes: d.notes, colored: d.colored,
		inHead: d.inHead,
	}
	inner.blocks(parent)
	d.doc.Hidden += inner.doc.Hidden
	var lines []string
	for _, block := range inner.doc.Blocks {
		text := block.Text
		if block.Marker != "" && !isBullet(block.Marker) {
			text = block.Marker + " " + text
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

func isBullet(marker string) bool { return !strings.ContainsFunc(marker, isLetterOrDigit) }

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// table adds the rows, each with the header row. A table that frames text or
// lays out the page is read as running text.
func (d *docx) table(n *node) {
	rows := d.rowsOf(n)
	if isDOCXLayout(rows) {
		d.tableAsText(n, rows)
		return
	}
	was := d.colored
	d.colored = d.colored || hasTableStyle(n)
	look := n.child("w:tblPr", "w:tblLook")
	first := len(rows) > 1 && (look == nil || look.attr("firstRow") == "1" || look.attr("firstRow") == "true" ||
		look.attr("firstRow") == "" && hasBit(look.attr("val"), 0x20))
	header := ""
	above := map[int]string{}
	for i, row := range rows {
		if row.child("w:trPr", "w:hidden").isOn() {
			d.doc.Hidden++
			continue
		}
		outer := d.pendNotes
		d.pendNotes = nil
		text := d.row(d.cells(row, above), header)
		notes := d.pendNotes
		d.pendNotes = outer
		for _, id := range notes {
			d.note(id)
		}
		if i == 0 && first || i > 0 && header != "" && isHeaderRow(row) && allHeaders(rows[:i]) {
			header = strings.TrimPrefix(header+"\n"+text, "\n")
		}
	}
	d.colored = was
}

// rowsOf returns the rows of a table, deleted ones left out.
func (d *docx) rowsOf(n *node) []*node {
	var rows []*node
	for _, c := range n.children {
		switch c.name {
		case "w:tr":
			if c.child("w:trPr", "w:del") != nil {
				d.doc.Hidden++
				continue
			}
			rows = append(rows, c)
		case "w:sdt", "w:sdtContent", "w:ins", "w:customXml", "w:moveTo":
			rows = append(rows, d.rowsOf(c)...)
		}
	}
	return rows
}

func isHeaderRow(row *node) bool { return row.child("w:trPr", "w:tblHeader").isOn() }

func allHeaders(rows []*node) bool {
	for _, row := range rows {
		if !isHeaderRow(row) {
			return false
		}
	}
	return true
}

// cellsOf returns the cells of a row.
func cellsOf(row *node) []*node {
	var cells []*node
	for _, c := range row.children {
		switch c.name {
		case "w:tc":
			cells = append(cells, c)
		case "w:sdt", "w:sdtContent", "w:ins", "w:customXml":
			cells = append(cells, cellsOf(c)...)
		}
	}
	return cells
}

// cells returns the texts of a row, one per column: a cell that covers several
// columns or rows is read in each of them, so that every row says all that holds
// for it. above holds the cells that reach down, by column.
func (d *docx) cells(row *node, above map[int]string) []string {
	texts := make([]string, min(number(row.child("w:trPr", "w:gridBefore").attr("val")), maxSpan))
	for _, cell := range cellsOf(row) {
		column := len(texts)
		span := min(max(number(cell.child("w:tcPr", "w:gridSpan").attr("val")), 1), maxSpan)
		merge := cell.child("w:tcPr", "w:vMerge")
		if merge != nil && merge.attr("val") != "restart" && cell.find("w:t") == nil {
			texts = append(texts, slices.Repeat([]string{above[column]}, span)...)
			continue
		}
		delete(above, column)
		was := d.colored
		d.colored = d.colored || isColored(cell.child("w:tcPr", "w:shd"))
		text, notes := d.cell(cell)
		d.colored = was
		texts = append(texts, slices.Repeat([]string{text}, span)...)
		d.pendNotes = append(d.pendNotes, notes...)
		if merge != nil {
			above[column] = text
		}
	}
	return texts
}

// maxSpan is the number of columns or rows that one cell covers at most; Word
// knows no more than 63 columns.
const maxSpan = 63

// cell returns the text of a cell and the notes that it refers to, which stand
// behind the row.
func (d *docx) cell(cell *node) (text string, notes []string) {
	held := d.notes
	d.notes = nil
	defer func() { d.notes = held }()
	text = d.flat(cell)
	cell.each("w:footnoteReference", func(n *node) { notes = append(notes, "footnote "+n.attr("id")) })
	cell.each("w:endnoteReference", func(n *node) { notes = append(notes, "endnote "+n.attr("id")) })
	return text, notes
}

// isDOCXLayout reports tables of one column, and such that hold tables or
// headings.
func isDOCXLayout(rows []*node) bool {
	columns := 0
	for _, row := range rows {
		cells := cellsOf(row)
		columns = max(columns, len(cells))
		for _, cell := range cells {
			if cell.find("w:tbl") != nil {
				return true
			}
		}
	}
	return columns <= 1
}

func (d *docx) tableAsText(n *node, rows []*node) {
	was := d.colored
	d.colored = d.colored || hasTableStyle(n)
	for _, row := range rows {
		for _, cell := range cellsOf(row) {
			before := d.colored
			d.colored = d.colored || isColored(cell.child("w:tcPr", "w:shd"))
			d.blocks(cell)
			d.colored = before
		}
	}
	d.colored = was
}

// hasTableStyle reports tables whose style may colour cells.
func hasTableStyle(n *node) bool {
	switch n.child("w:tblPr", "w:tblStyle").attr("val") {
	case "", "TableNormal", "NormaleTabelle", "TableGrid", "Tabellenraster":
		return isColored(n.child("w:tblPr", "w:shd"))
	}
	return true
}

// pageFurniture adds the heads and feet of pages, each text once.
func (d *docx) pageFurniture() {
	d.path, d.levels = nil, nil
	d.inHead = true
	seen := map[string]bool{}
	for _, name := range d.furniture {
		if seen[name] {
			continue
		}
		seen[name] = true
		root, err := d.zip.tree(name)
		if err != nil {
			continue
		}
		d.part, d.pending, d.pendNotes = name, nil, nil
		d.rels, _ = d.zip.relations(name) // without them only pictures and charts are missing
		text := d.flat(root)
		if key := strings.Join(strings.Fields(text), " "); !seen["text "+key] {
			seen["text "+key] = true
			d.add(Block{Kind: Note, Text: text})
		}
	}
}
