package office

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// readPPTX reads slides in their order: the title as a heading, then the shapes
// as they stand on the slide, tables, charts and diagrams, what the layout says,
// once, and the speaker's notes behind the slide. Hidden slides and what lies
// beside a slide are left out; so are page numbers and dates, and what the layout
// prompts for.
func readPPTX(in *extract.File) error {
	f := &ooxml{in}
	f.readProperties()
	part, err := f.mainPart()
	if err != nil {
		return err
	}
	root, err := f.Zip.Tree(part)
	if err != nil {
		return err
	}
	rels, err := relations(f.Zip, part)
	if err != nil {
		return err
	}
	p := &pptx{ooxml: f, feet: map[string]bool{}, whites: map[string]bool{}, layouts: map[string]*extract.Node{}, laidOut: map[string]bool{}}
	if size := root.Child("p:sldSz"); size != nil {
		p.width, p.height = number64(size.Attr("cx")), number64(size.Attr("cy"))
	}
	list := root.Child("p:sldIdLst")
	if list == nil {
		return nil
	}
	for i, id := range list.Children {
		if name, ok := linked(rels, id.Attr("r:id")); ok && p.Next(i+1, len(list.Children)) {
			if err := p.slide(i+1, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// pptx is a presentation being read.
type pptx struct {
	*ooxml
	rels          []relation // of the slide being read
	page          int
	width, height int64                    // of a slide
	feet          map[string]bool          // footers seen
	whites        map[string]bool          // layouts that are white all over
	onWhite       bool                     // the slide being read is
	layouts       map[string]*extract.Node // parts of layouts and masters
	laidOut       map[string]bool          // texts of layouts that were added
	counters      [9]int                   // of numbered lists in the shape being read, by level
}

func (p *pptx) slide(page int, name string) error {
	root, err := p.Zip.Tree(name)
	if errors.Is(err, extract.ErrNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	if show := root.Attr("show"); show == "0" || show == "false" {
		p.Doc.Hidden++
		p.Remark(extract.HiddenSlide, 1, strconv.Itoa(page))
		return nil
	}
	if p.rels, err = relations(p.Zip, name); err != nil {
		return err
	}
	p.page, p.Path, p.Levels = page, nil, nil
	shapes := root.Child("p:cSld", "p:spTree")
	p.onWhite = root.Child("p:cSld", "p:bg") == nil && root.Find("p:pic") == nil && p.isWhiteLayout()
	title := titleShape(shapes)
	if title == nil || strings.TrimSpace(p.drawnText(title.Child("p:txBody"))) == "" {
		title = largestShape(shapes)
	}
	if title != nil {
		p.HeadingAt(1, p.drawnText(title.Child("p:txBody")), "folie-"+strconv.Itoa(page))
		p.paged(len(p.Doc.Blocks) - 1)
	}
	start := len(p.Doc.Blocks)
	p.shapes(shapes, title, true)
	p.layoutText()
	p.notes()
	p.paged(start)
	p.embeddedIn(p.rels)
	return nil
}

// paged gives the blocks from start on the slide's number.
func (p *pptx) paged(start int) {
	for i := max(start, 0); i < len(p.Doc.Blocks); i++ {
		if p.Doc.Blocks[i].Page == 0 {
			p.Doc.Blocks[i].Page = p.page
		}
	}
}

// titleShape returns the first shape that holds the slide's title.
func titleShape(n *extract.Node) *extract.Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		switch c.Name {
		case "p:sp":
			switch placeholder(c) {
			case "title", "ctrTitle":
				return c
			}
		case "p:grpSp":
			if found := titleShape(c); found != nil {
				return found
			}
		}
	}
	return nil
}

// placeholder returns the kind of a placeholder, "" for other shapes, "body"
// for one without a kind.
func placeholder(shape *extract.Node) string {
	for _, props := range shape.Children {
		if ph := props.Child("p:nvPr", "p:ph"); ph != nil {
			if kind := ph.Attr("type"); kind != "" {
				return kind
			}
			return "body"
		}
	}
	return ""
}

// shapes adds the text of shapes; top: their place counts from the slide's corner.
func (p *pptx) shapes(n, title *extract.Node, top bool) {
	if n == nil {
		return
	}
	others := slices.DeleteFunc(slices.Clone(n.Children), func(c *extract.Node) bool { return c == title })
	for _, c := range p.inSight(others) {
		p.shape(c, title, top)
	}
}

func (p *pptx) shape(n, title *extract.Node, top bool) {
	switch n.Name {
	case "p:sp", "p:pic", "p:graphicFrame", "p:grpSp", "p:cxnSp":
		if p.isUnseen(n, top) {
			if p.drawnText(n) != "" {
				p.Doc.Hidden++
			}
			return
		}
	case "mc:AlternateContent":
		p.shapes(chosen(n), title, top)
		return
	default:
		return
	}
	switch n.Name {
	case "p:sp":
		p.text(n)
	case "p:pic":
		p.Alternative(n.Child("p:nvPicPr", "p:cNvPr").Attr("descr"))
	case "p:grpSp":
		p.shapes(n, title, false)
	case "p:graphicFrame":
		p.graphic(n)
	}
}

// isUnseen reports shapes that are hidden or lie beside the slide.
func (p *pptx) isUnseen(n *extract.Node, top bool) bool {
	if len(n.Children) > 0 {
		if hidden := n.Children[0].Child("p:cNvPr").Attr("hidden"); hidden == "1" || hidden == "true" {
			return true
		}
	}
	place := n.Child("p:spPr", "a:xfrm")
	if n.Name == "p:graphicFrame" {
		place = n.Child("p:xfrm")
	}
	off, ext := place.Child("a:off"), place.Child("a:ext")
	if !top || off == nil || ext == nil || p.width == 0 || p.height == 0 {
		return false
	}
	x, y := number64(off.Attr("x")), number64(off.Attr("y"))
	return x >= p.width || y >= p.height || x+number64(ext.Attr("cx")) < 0 || y+number64(ext.Attr("cy")) < 0
}

func number64(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 48)
	if err != nil {
		return 0
	}
	return n
}

// text adds the paragraphs of a shape.
func (p *pptx) text(n *extract.Node) {
	kind := placeholder(n)
	switch kind {
	case "sldNum", "dt", "hdr", "sldImg":
		return
	case "ftr":
		foot := p.drawnText(n.Child("p:txBody"))
		if !p.feet[foot] {
			p.feet[foot] = true
			p.Add(extract.Block{Kind: extract.Note, Text: foot})
		}
		return
	case "subTitle":
		kind = ""
	}
	body := n.Child("p:txBody")
	if body == nil {
		return
	}
	if p.onWhite && !isFilled(n) {
		p.dropWhite(body)
	}
	p.counters = [9]int{}
	for _, paragraph := range body.Children {
		if paragraph.Name == "a:p" {
			p.paragraph(paragraph, kind == "body" || kind == "obj")
		}
	}
}

// paragraph adds one paragraph; listed: it is a list item unless it says otherwise.
func (p *pptx) paragraph(n *extract.Node, listed bool) {
	props := n.Child("a:pPr")
	switch {
	case props.Child("a:buNone") != nil:
		listed = false
	case props.Child("a:buChar") != nil, props.Child("a:buAutoNum") != nil:
		listed = true
	}
	block := extract.Block{Kind: extract.Paragraph, Text: p.paragraphText(n)}
	if listed {
		level := min(extract.Number(props.Attr("lvl")), len(p.counters)-1)
		block.Kind, block.Level = extract.ListItem, 1+level
		if block.Marker = p.marker(props.Child("a:buAutoNum"), level); block.Marker == "" {
			block.Marker = tickOf(props.Child("a:buFont").Attr("typeface"), props.Child("a:buChar").Attr("char"))
		}
	}
	p.Add(block)
}

// tickOf returns the ticked box that a list's bullet shows, "" if it is another sign:
// beside others it says what was chosen.
func tickOf(font, bullet string) string {
	if extract.Symbols(font, bullet) == extract.Ticked {
		return extract.Ticked
	}
	return ""
}

// marker returns the number of a list item, "" if it has a bullet.
func (p *pptx) marker(auto *extract.Node, level int) string {
	clear(p.counters[level+1:])
	if auto == nil {
		p.counters[level] = 0
		return ""
	}
	if p.counters[level]++; p.counters[level] == 1 {
		p.counters[level] = max(extract.Number(auto.Attr("startAt")), 1)
	}
	kind := auto.Attr("type")
	format := "decimal"
	for prefix, named := range map[string]string{"alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman"} {
		if strings.HasPrefix(kind, prefix) {
			format = named
		}
	}
	text := extract.FormatNumber(p.counters[level], format)
	switch {
	case strings.HasSuffix(kind, "ParenBoth"):
		return "(" + text + ")"
	case strings.HasSuffix(kind, "ParenR"):
		return text + ")"
	}
	return text + "."
}

// graphic adds a table, chart or diagram.
func (p *pptx) graphic(n *extract.Node) {
	data := n.Child("a:graphic", "a:graphicData")
	if data == nil {
		return
	}
	p.Alternative(n.Child("p:nvGraphicFramePr", "p:cNvPr").Attr("descr"))
	data.Each("a:tbl", p.table)
	data.Each("c:chart", func(c *extract.Node) { p.chart(p.rels, c.Attr("r:id")) })
	data.Each("dgm:relIds", func(c *extract.Node) { p.diagram(p.rels, c.Attr("r:dm")) })
}

func (p *pptx) table(n *extract.Node) {
	var rows [][]string
	var names []string
	above := map[int]string{} // the texts of the row before, for cells that reach down
	split := false            // the first row has a cell over several columns
	first := isOne(n.Child("a:tblPr").Attr("firstRow"))
	n.Each("a:tr", func(row *extract.Node) {
		var cells []string
		open := false // the first cell is empty or belongs to the one above
		for _, cell := range row.Children {
			if cell.Name != "a:tc" {
				continue
			}
			column := len(cells)
			text := strings.ReplaceAll(p.drawnText(cell), "\n", " ")
			open = open || column == 0 && (text == "" || isOne(cell.Attr("vMerge")))
			switch {
			case isOne(cell.Attr("vMerge")):
				text = above[column]
			case isOne(cell.Attr("hMerge")) && column > 0:
				text = cells[column-1]
			}
			above[column] = text
			cells = append(cells, text)
			split = split || len(rows) == 0 && extract.Number(cell.Attr("gridSpan")) > 1
		}
		rows = append(rows, slices.Clone(cells))
		if first && (len(rows) == 1 || len(rows) == 2 && (names == nil || split && open)) {
			names = p.Head(names, cells)
			return
		}
		p.Row(cells, extract.HeaderText(names))
	})
}

func isOne(flag string) bool { return flag == "1" || flag == "true" }

// notes adds what the speaker noted.
func (p *pptx) notes() {
	name, ok := ofKind(p.rels, "notesSlide")
	if !ok {
		return
	}
	root, err := p.Zip.Tree(name)
	if err != nil {
		return
	}
	root.Child("p:cSld", "p:spTree").Each("p:sp", func(shape *extract.Node) {
		if placeholder(shape) == "body" {
			p.Add(extract.Block{Kind: extract.Note, Text: p.drawnText(shape.Child("p:txBody"))})
		}
	})
}
