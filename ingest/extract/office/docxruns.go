package office

import (
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// runs returns the text of a paragraph and puts aside what is anchored in it.
func (d *docx) runs(paragraph *extract.Node, style docxStyle) string {
	r := &runReader{docx: d, hidden: style.hidden, colored: d.colored || isColored(paragraph.Child("w:pPr", "w:shd")),
		white: style.white}
	r.children(paragraph)
	if r.dropped {
		d.Doc.Hidden++
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

func (r *runReader) children(n *extract.Node) {
	for _, c := range n.Children {
		r.node(c)
	}
}

func (r *runReader) node(n *extract.Node) {
	switch n.Name {
	case "w:r":
		r.run(n)
	case "w:del", "w:moveFrom":
		r.docx.dropped(n)
	case "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:proofErr", "w:bookmarkStart", "w:bookmarkEnd":
	case "w:fldSimple":
		if !r.isPageNumber(n.Attr("instr")) {
			r.children(n)
		}
	case "w:sdt":
		if box := n.Child("w:sdtPr", "w14:checkbox"); box != nil {
			r.text.WriteString(ticked(isOne(box.Child("w14:checked").Attr("val"))))
			return
		}
		if content := n.Child("w:sdtContent"); content != nil {
			r.children(content)
		}
	case "mc:AlternateContent":
		if c := chosen(n); c != nil {
			r.children(c)
		}
	case "m:oMath", "m:oMathPara":
		r.text.WriteString(" " + formula(n) + " ")
	case "w:ruby":
		if base := n.Child("w:rubyBase"); base != nil {
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
func (r *runReader) run(n *extract.Node) {
	if r.isHidden(n.Child("w:rPr")) {
		if n.Find("w:t") != nil {
			r.dropped = true
		}
		r.fieldMarks(n)
		return
	}
	for _, c := range n.Children {
		r.inRun(c)
	}
}

// fieldMarks follows fields through hidden runs.
func (r *runReader) fieldMarks(n *extract.Node) {
	for _, c := range n.Children {
		if c.Name == "w:fldChar" || c.Name == "w:instrText" {
			r.inRun(c)
		}
	}
}

func (r *runReader) inRun(n *extract.Node) {
	switch n.Name {
	case "w:fldChar":
		r.fieldChar(n.Attr("fldCharType"))
		return
	case "w:instrText":
		if len(r.fields) > 0 {
			r.fields[len(r.fields)-1].instruction.WriteString(n.Content())
		}
		return
	}
	if r.inInstruction() {
		return
	}
	switch n.Name {
	case "w:t":
		r.text.WriteString(n.Content())
	case "w:tab", "w:ptab":
		r.text.WriteByte('\t')
	case "w:br", "w:cr":
		r.text.WriteByte('\n')
	case "w:noBreakHyphen":
		r.text.WriteByte('-')
	case "w:sym":
		r.text.WriteString(symbol(n))
	case "w:footnoteReference":
		r.pendNotes = append(r.pendNotes, "footnote "+n.Attr("id"))
	case "w:endnoteReference":
		r.pendNotes = append(r.pendNotes, "endnote "+n.Attr("id"))
	case "w:drawing", "w:pict", "w:object":
		r.pending = append(r.pending, n)
	case "mc:AlternateContent":
		if c := chosen(n); c != nil {
			for _, inner := range c.Children {
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
		if len(r.fields) < extract.MaxDepth {
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
func (r *runReader) isHidden(props *extract.Node) bool {
	hidden, white := r.hidden, r.white
	if style, ok := r.styles[props.Child("w:rStyle").Attr("val")]; ok {
		hidden, white = hidden || style.hidden, white || style.white
	}
	if vanish := props.Child("w:vanish"); vanish != nil {
		hidden = vanish.IsOn()
	}
	if color := props.Child("w:color"); color != nil {
		white = strings.EqualFold(color.Attr("val"), "FFFFFF") && color.Attr("themeColor") == "" || isWhiteTheme(color.Attr("themeColor"))
	}
	if size := props.Child("w:sz").Attr("val"); size != "" {
		if half, err := strconv.Atoi(size); err == nil && half <= 2 {
			hidden = true
		}
	}
	visible := r.colored || isColored(props.Child("w:shd")) || props.Child("w:highlight").IsOn() ||
		props.Child("w14:textOutline") != nil || props.Child("w:outline").IsOn()
	return hidden || white && !visible
}

func isWhite(color string) bool {
	return color == "" || strings.EqualFold(color, "FFFFFF") || color == "auto"
}

func isWhiteTheme(color string) bool { return color == "background1" || color == "light1" }

// isColored reports a shading that is not white.
func isColored(shading *extract.Node) bool {
	if shading == nil {
		return false
	}
	if shading.Attr("themeFill") != "" && !isWhiteTheme(shading.Attr("themeFill")) {
		return true
	}
	switch shading.Attr("w:val") {
	case "clear", "nil", "":
		return !isWhite(shading.Attr("fill"))
	}
	return true // a pattern
}

// symbol returns a sign of a symbol font; most are bullets and arrows.
func symbol(n *extract.Node) string {
	code, err := strconv.ParseUint(n.Attr("char"), 16, 32)
	if err != nil || code >= 0xF000 && code < 0xF100 || code == 0 || code > 0x10FFFF {
		return " "
	}
	return string(rune(code))
}

// object adds what is anchored in a paragraph: text boxes, charts, diagrams and
// the words that stand for a picture.
func (d *docx) object(n *extract.Node) {
	switch n.Name {
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
		if n.Attr("hidden") != "1" && n.Attr("hidden") != "true" {
			d.Alternative(n.Attr("descr"))
		}
	case "v:shape", "v:imagedata":
		d.Alternative(n.Attr("alt"))
		d.objects(n)
	case "v:textpath":
		d.Add(extract.Block{Kind: extract.Paragraph, Text: n.Attr("string")})
	case "c:chart":
		d.chart(d.rels, n.Attr("r:id"))
	case "dgm:relIds":
		d.diagram(d.rels, n.Attr("r:dm"))
	default:
		d.objects(n)
	}
}

func (d *docx) objects(parent *extract.Node) {
	for _, n := range parent.Children {
		d.object(n)
	}
}
