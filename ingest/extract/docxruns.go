package extract

import (
	"strconv"
	"strings"
)

// runs returns the text of a paragraph and puts aside what is anchored in it.
func (d *docx) runs(paragraph *node, style docxStyle) string {
	r := &runReader{docx: d, hidden: style.hidden, colored: d.colored || isColored(paragraph.child("w:pPr", "w:shd")),
		white: style.white}
	r.children(paragraph)
	if r.dropped {
		d.doc.Hidden++
	}
	return r.text.String()
}

// runReader collects the text of one paragraph.
type runReader struct {
	*docx
	text    strings.Builder
	hidden  bool // by the paragraph's style
	white   bool
	colored bool
	dropped bool
	fields  []field // complex fields around the place being read
}

// field is a field such as a page number: first its instruction, then its result.
type field struct {
	instruction strings.Builder
	result      bool
}

func (r *runReader) children(n *node) {
	for _, c := range n.children {
		r.node(c)
	}
}

func (r *runReader) node(n *node) {
	switch n.name {
	case "w:r":
		r.run(n)
	case "w:del", "w:moveFrom":
		r.docx.dropped(n)
	case "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:proofErr", "w:bookmarkStart", "w:bookmarkEnd":
	case "w:fldSimple":
		if !r.isPageNumber(n.attr("instr")) {
			r.children(n)
		}
	case "w:sdt":
		if box := n.child("w:sdtPr", "w14:checkbox"); box != nil {
			r.text.WriteString(ticked(isOne(box.child("w14:checked").attr("val"))))
			return
		}
		if content := n.child("w:sdtContent"); content != nil {
			r.children(content)
		}
	case "mc:AlternateContent":
		if c := chosen(n); c != nil {
			r.children(c)
		}
	case "m:oMath", "m:oMathPara":
		r.text.WriteString(" " + formula(n) + " ")
	case "w:ruby":
		if base := n.child("w:rubyBase"); base != nil {
			r.children(base)
		}
	default: // links, insertions, smart tags
		r.children(n)
	}
}

// ticked writes a box to tick.
func ticked(on bool) string {
	if on {
		return "[x]"
	}
	return "[ ]"
}

// run adds the text of a run unless it is hidden.
func (r *runReader) run(n *node) {
	if r.isHidden(n.child("w:rPr")) {
		if n.find("w:t") != nil {
			r.dropped = true
		}
		r.fieldMarks(n)
		return
	}
	for _, c := range n.children {
		r.inRun(c)
	}
}

// fieldMarks follows fields through hidden runs.
func (r *runReader) fieldMarks(n *node) {
	for _, c := range n.children {
		if c.name == "w:fldChar" || c.name == "w:instrText" {
			r.inRun(c)
		}
	}
}

func (r *runReader) inRun(n *node) {
	switch n.name {
	case "w:fldChar":
		r.fieldChar(n.attr("fldCharType"))
		return
	case "w:instrText":
		if len(r.fields) > 0 {
			r.fields[len(r.fields)-1].instruction.WriteString(n.content())
		}
		return
	}
	if r.inInstruction() {
		return
	}
	switch n.name {
	case "w:t":
		r.text.WriteString(n.content())
	case "w:tab", "w:ptab":
		r.text.WriteByte('\t')
	case "w:br", "w:cr":
		r.text.WriteByte('\n')
	case "w:noBreakHyphen":
		r.text.WriteByte('-')
	case "w:sym":
		r.text.WriteString(symbol(n))
	case "w:footnoteReference":
		r.pendNotes = append(r.pendNotes, "footnote "+n.attr("id"))
	case "w:endnoteReference":
		r.pendNotes = append(r.pendNotes, "endnote "+n.attr("id"))
	case "w:drawing", "w:pict", "w:object":
		r.pending = append(r.pending, n)
	case "mc:AlternateContent":
		if c := chosen(n); c != nil {
			for _, inner := range c.children {
				r.inRun(inner)
			}
		}
	case "w:ruby":
		r.node(n)
	}
}

func (r *runReader) fieldChar(kind string) {
	switch kind {
	case "begin":
		if len(r.fields) < maxDepth {
			r.fields = append(r.fields, field{})
		}
	case "separate":
		if len(r.fields) > 0 {
			r.fields[len(r.fields)-1].result = true
		}
	case "end":
		if len(r.fields) > 0 {
			r.fields = r.fields[:len(r.fields)-1]
		}
	}
}

// inInstruction reports a place that no reader sees: the instruction of a
// field, or the result of one that is a page number.
func (r *runReader) inInstruction() bool {
	for i := range r.fields {
		if f := &r.fields[i]; !f.result || r.isPageNumber(f.instruction.String()) {
			return true
		}
	}
	return false
}

// isPageNumber reports fields that count pages, in the head or foot of a page.
func (r *runReader) isPageNumber(instruction string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(instruction), " ")
	switch strings.ToUpper(name) {
	case "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION":
		return r.inHead
	}
	return false
}

// isHidden reports runs that are not shown, are as white as the page, or too
// small to be seen.
func (r *runReader) isHidden(props *node) bool {
	hidden, white := r.hidden, r.white
	if style, ok := r.styles[props.child("w:rStyle").attr("val")]; ok {
		hidden, white = hidden || style.hidden, white || style.white
	}
	if vanish := props.child("w:vanish"); vanish != nil {
		hidden = vanish.isOn()
	}
	if color := props.child("w:color"); color != nil {
		white = strings.EqualFold(color.attr("val"), "FFFFFF") && color.attr("themeColor") == "" || isWhiteTheme(color.attr("themeColor"))
	}
	if size := props.child("w:sz").attr("val"); size != "" {
		if half, err := strconv.Atoi(size); err == nil && half <= 2 {
			hidden = true
		}
	}
	visible := r.colored || isColored(props.child("w:shd")) || props.child("w:highlight").isOn() ||
		props.child("w14:textOutline") != nil || props.child("w:outline").isOn()
	return hidden || white && !visible
}

func isWhite(color string) bool {
	return color == "" || strings.EqualFold(color, "FFFFFF") || color == "auto"
}

func isWhiteTheme(color string) bool { return color == "background1" || color == "light1" }

// isColored reports a shading that is not white.
func isColored(shading *node) bool {
	if shading == nil {
		return false
	}
	if shading.attr("themeFill") != "" && !isWhiteTheme(shading.attr("themeFill")) {
		return true
	}
	switch shading.attr("w:val") {
	case "clear", "nil", "":
		return !isWhite(shading.attr("fill"))
	}
	return true // a pattern
}

// symbol returns a sign of a symbol font; most are bullets and arrows.
func symbol(n *node) string {
	code, err := strconv.ParseUint(n.attr("char"), 16, 32)
	if err != nil || code >= 0xF000 && code < 0xF100 || code == 0 || code > 0x10FFFF {
		return " "
	}
	return string(rune(code))
}

// object adds what is anchored in a paragraph: text boxes, charts, diagrams and
// the words that stand for a picture.
func (d *docx) object(n *node) {
	switch n.name {
	case "mc:AlternateContent":
		if c := chosen(n); c != nil {
			d.objects(c)
		}
	case "w:txbxContent":
		was := d.colored
		d.colored = true // the shape may have any colour
		d.blocks(n)
		d.colored = was
	case "wp:docPr", "pic:cNvPr":
		if n.attr("hidden") != "1" && n.attr("hidden") != "true" {
			d.alternative(n.attr("descr"))
		}
	case "v:shape", "v:imagedata":
		d.alternative(n.attr("alt"))
		d.objects(n)
	case "v:textpath":
		d.add(Block{Kind: Paragraph, Text: n.attr("string")})
	case "c:chart":
		d.chart(d.rels, n.attr("r:id"))
	case "dgm:relIds":
		d.diagram(d.rels, n.attr("r:dm"))
	default:
		d.objects(n)
	}
}

func (d *docx) objects(parent *node) {
	for _, n := range parent.children {
		d.object(n)
	}
}
