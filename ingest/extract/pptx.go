package extract

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// readPPTX reads slides in their order: the title as a heading, then the shapes
// as they stand in the file, tables, charts and diagrams, and the speaker's
// notes behind the slide. Hidden slides and what lies beside a slide are left
// out; so are page numbers and dates, and what only the layout says.
func readPPTX(f *file) error {
	f.readProperties()
	part, err := f.mainPart()
	if err != nil {
		return err
	}
	root, err := f.zip.tree(part)
	if err != nil {
		return err
	}
	rels, err := f.zip.relations(part)
	if err != nil {
		return err
	}
	p := &pptx{file: f, feet: map[string]bool{}, whites: map[string]bool{}}
	if size := root.child("p:sldSz"); size != nil {
		p.width, p.height = number64(size.attr("cx")), number64(size.attr("cy"))
	}
	list := root.child("p:sldIdLst")
	if list == nil {
		return nil
	}
	for i, id := range list.children {
		if name, ok := linked(rels, id.attr("r:id")); ok {
			if err := p.slide(i+1, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// pptx is a presentation being read.
type pptx struct {
	*file
	rels          []relation // of the slide being read
	page          int
	width, height int64           // of a slide
	feet          map[string]bool // footers seen
	whites        map[string]bool // layouts that are white all over
	onWhite       bool            // the slide being read is
	counters      [9]int          // of numbered lists in the shape being read, by level
}

func (p *pptx) slide(page int, name string) error {
	root, err := p.zip.tree(name)
	if errors.Is(err, errNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	if show := root.attr("show"); show == "0" || show == "false" {
		p.doc.Hidden++
		p.doc.Remarks = append(p.doc.Remarks, fmt.Sprintf("slide %d is hidden and was left out", page))
		return nil
	}
	if p.rels, err = p.zip.relations(name); err != nil {
		return err
	}
	p.page, p.path, p.levels = page, nil, nil
	shapes := root.child("p:cSld", "p:spTree")
	p.onWhite = root.child("p:cSld", "p:bg") == nil && root.find("p:pic") == nil && p.isWhiteLayout()
	title := titleShape(shapes)
	if title != nil {
		p.headingAt(1, drawnText(title.child("p:txBody")), "folie-"+strconv.Itoa(page))
		p.paged(len(p.doc.Blocks) - 1)
	}
	start := len(p.doc.Blocks)
	p.shapes(shapes, title, true)
	p.notes()
	p.paged(start)
	return nil
}

// paged gives the blocks from start on the slide's number.
func (p *pptx) paged(start int) {
	for i := max(start, 0); i < len(p.doc.Blocks); i++ {
		if p.doc.Blocks[i].Page == 0 {
			p.doc.Blocks[i].Page = p.page
		}
	}
}

// titleShape returns the first shape that holds the slide's title.
func titleShape(n *node) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		switch c.name {
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
func placeholder(shape *node) string {
	for _, props := range shape.children {
		if ph := props.child("p:nvPr", "p:ph"); ph != nil {
			if kind := ph.attr("type"); kind != "" {
				return kind
			}
			return "body"
		}
	}
	return ""
}

// shapes adds the text of shapes; top: their place counts from the slide's corner.
func (p *pptx) shapes(n, title *node, top bool) {
	if n == nil {
		return
	}
	for _, c := range n.children {
		if c != title {
			p.shape(c, title, top)
		}
	}
}

func (p *pptx) shape(n, title *node, top bool) {
	switch n.name {
	case "p:sp", "p:pic", "p:graphicFrame", "p:grpSp", "p:cxnSp":
		if p.isUnseen(n, top) {
			if drawnText(n) != "" {
				p.doc.Hidden++
			}
			return
		}
	case "mc:AlternateContent":
		p.shapes(chosen(n), title, top)
		return
	default:
		return
	}
	switch n.name {
	case "p:sp":
		p.text(n)
	case "p:pic":
		p.alternative(n.child("p:nvPicPr", "p:cNvPr").attr("descr"))
	case "p:grpSp":
		p.shapes(n, title, false)
	case "p:graphicFrame":
		p.graphic(n)
	}
}

// isUnseen reports shapes that are hidden or lie beside the slide.
func (p *pptx) isUnseen(n *node, top bool) bool {
	if len(n.children) > 0 {
		if hidden := n.children[0].child("p:cNvPr").attr("hidden"); hidden == "1" || hidden == "true" {
			return true
		}
	}
	place := n.child("p:spPr", "a:xfrm")
	if n.name == "p:graphicFrame" {
		place = n.child("p:xfrm")
	}
	off, ext := place.child("a:off"), place.child("a:ext")
	if !top || off == nil || ext == nil || p.width == 0 || p.height == 0 {
		return false
	}
	x, y := number64(off.attr("x")), number64(off.attr("y"))
	return x >= p.width || y >= p.height || x+number64(ext.attr("cx")) < 0 || y+number64(ext.attr("cy")) < 0
}

func number64(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 48)
	if err != nil {
		return 0
	}
	return n
}

// text adds the paragraphs of a shape.
func (p *pptx) text(n *node) {
	kind := placeholder(n)
	switch kind {
	case "sldNum", "dt", "hdr", "sldImg":
		return
	case "ftr":
		foot := drawnText(n.child("p:txBody"))
		if !p.feet[foot] {
			p.feet[foot] = true
			p.add(Block{Kind: Note, Text: foot})
		}
		return
	case "subTitle":
		kind = ""
	}
	body := n.child("p:txBody")
	if body == nil {
		return
	}
	if p.onWhite && !isFilled(n) {
		p.dropWhite(body)
	}
	p.counters = [9]int{}
	for _, paragraph := range body.children {
		if paragraph.name == "a:p" {
			p.paragraph(paragraph, kind == "body" || kind == "obj")
		}
	}
}

// paragraph adds one paragraph; listed: it is a list item unless it says otherwise.
func (p *pptx) paragraph(n *node, listed bool) {
	props := n.child("a:pPr")
	switch {
	case props.child("a:buNone") != nil:
		listed = false
	case props.child("a:buChar") != nil, props.child("a:buAutoNum") != nil:
		listed = true
	}
	block := Block{Kind: Paragraph, Text: paragraphText(n)}
	if listed {
		level := min(number(props.attr("lvl")), len(p.counters)-1)
		block.Kind, block.Level = ListItem, 1+level
		block.Marker = p.marker(props.child("a:buAutoNum"), level)
	}
	p.add(block)
}

// marker returns the number of a list item, "" if it has a bullet.
func (p *pptx) marker(auto *node, level int) string {
	clear(p.counters[level+1:])
	if auto == nil {
		p.counters[level] = 0
		return ""
	}
	if p.counters[level]++; p.counters[level] == 1 {
		p.counters[level] = max(number(auto.attr("startAt")), 1)
	}
	kind := auto.attr("type")
	format := "decimal"
	for prefix, named := range map[string]string{"alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman"} {
		if strings.HasPrefix(kind, prefix) {
			format = named
		}
	}
	text := formatNumber(p.counters[level], format)
	switch {
	case strings.HasSuffix(kind, "ParenBoth"):
		return "(" + text + ")"
	case strings.HasSuffix(kind, "ParenR"):
		return text + ")"
	}
	return text + "."
}

// graphic adds a table, chart or diagram.
func (p *pptx) graphic(n *node) {
	data := n.child("a:graphic", "a:graphicData")
	if data == nil {
		return
	}
	p.alternative(n.child("p:nvGraphicFramePr", "p:cNvPr").attr("descr"))
	data.each("a:tbl", p.table)
	data.each("c:chart", func(c *node) { p.chart(p.rels, c.attr("r:id")) })
	data.each("dgm:relIds", func(c *node) { p.diagram(p.rels, c.attr("r:dm")) })
}

func (p *pptx) table(n *node) {
	first := n.child("a:tblPr").attr("firstRow")
	header := ""
	above := map[int]string{} // the texts of the row before, for cells that reach down
	i := 0
	n.each("a:tr", func(row *node) {
		var cells []string
		for _, cell := range row.children {
			if cell.name != "a:tc" {
				continue
			}
			column := len(cells)
			text := strings.ReplaceAll(drawnText(cell), "\n", " ")
			switch {
			case isOne(cell.attr("vMerge")):
				text = above[column]
			case isOne(cell.attr("hMerge")) && column > 0:
				text = cells[column-1]
			}
			above[column] = text
			cells = append(cells, text)
		}
		text := p.row(cells, header)
		if i == 0 && isOne(first) {
			header = text
		}
		i++
	})
}

func isOne(flag string) bool { return flag == "1" || flag == "true" }

// notes adds what the speaker noted.
func (p *pptx) notes() {
	name, ok := ofKind(p.rels, "notesSlide")
	if !ok {
		return
	}
	root, err := p.zip.tree(name)
	if err != nil {
		return
	}
	root.child("p:cSld", "p:spTree").each("p:sp", func(shape *node) {
		if placeholder(shape) == "body" {
			p.add(Block{Kind: Note, Text: drawnText(shape.child("p:txBody"))})
		}
	})
}
