package office

import (
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// runs returns the text of a paragraph, whether all of it is bold and the size of
// its largest letters, and puts aside what is anchored in it.
func (d *docx) runs(paragraph *extract.Node, style docxStyle) (string, runLook) {
	r := &runReader{docx: d, hidden: style.hidden, style: style, fields: d.open, colored: d.colored || isColored(paragraph.Child("w:pPr", "w:shd")),
		white: style.white}
	r.children(paragraph)
	r.write("")
	d.open = r.fields[:0:0]
	for _, f := range r.fields { // fields such as a table of contents go on in the next paragraphs
		if f.result {
			d.open = append(d.open, f)
		}
	}
	if r.dropped {
		d.Doc.Hidden++
	}
	text := r.text.String()
	if d.inHead {
		text = extract.WithoutPageNumbers(text)
	}
	return text, runLook{bold: r.letters > 0 && r.bold == r.letters, lined: r.letters > 0 && r.lined == r.letters, size: max(r.size, style.look.size), least: r.least}
}

// runReader collects the text of one paragraph.
type runReader struct {
	*docx
	text    strings.Builder
	style   docxStyle // of the paragraph
	raised  string    // signs set high that are still to be written
	struck  bool      // the run before was struck out
	letters int       // seen so far
	bold    int       // of them
	lined   int       // of them, underlined
	size    int       // of the largest ones, in half points
	least   int       // of the smallest ones
	hidden  bool      // by the paragraph's style
	white   bool
	colored bool
	dropped bool
	fields  []*field // complex fields around the place being read
}

// field is a field such as a page number: first its instruction, then its result.
type field struct {
	instruction strings.Builder
	result      bool
	shown       bool // it was written from its settings: its result says it again
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
		if r.isPageNumber(n.Attr("instr")) {
			r.write(extract.PageNumber)
			return
		}
		r.children(n)
	case "w:sdt":
		if box := n.Child("w:sdtPr", "w14:checkbox"); box != nil {
			r.write(extract.Tick(isOne(box.Child("w14:checked").Attr("val"))))
			return
		}
		if isPrompt(n) {
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
		r.write(" " + formula(n) + " ")
	case "w:ruby":
		if base := n.Child("w:rubyBase"); base != nil {
			r.children(base)
		}
	default: // links, insertions, smart tags
		r.children(n)
	}
}

// write adds text, and before it what is set high behind the text so far.
func (r *runReader) write(text string) {
	if r.raised != "" {
		r.text.WriteString(extract.Raised(r.text.String(), r.raised))
		r.raised = ""
	}
	r.text.WriteString(text)
}

// isPrompt reports a field that shows what to fill in, and not what was.
func isPrompt(sdt *extract.Node) bool {
	return sdt.Child("w:sdtPr", "w:showingPlcHdr").IsOn()
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
	look := r.lookOf(n.Child("w:rPr"))
	if look.prompt {
		r.fieldMarks(n)
		return
	}
	if look.struck {
		if !r.struck && showsText(n) {
			r.Remark(extract.StruckText, 1, "")
			r.struck = true
		}
		r.fieldMarks(n)
		return
	}
	r.struck = r.struck && !showsText(n)
	r.count(n, look)
	for _, c := range n.Children {
		r.inRun(c, look)
	}
}

// showsText reports runs that hold letters or signs.
func showsText(run *extract.Node) bool { return run.Find("w:t") != nil || run.Find("w:sym") != nil }

// runLook is how a run is set, as far as it changes what people read.
type runLook struct {
	font                         string
	raised, struck, bold, prompt bool
	lined                        bool // underlined
	size                         int  // in half points; 0: the document's
	least                        int  // of a paragraph: that of its smallest letters, likewise
}

// lookOf reads how a run is set: by itself, or else by its style or the
// paragraph's.
func (r *runReader) lookOf(props *extract.Node) runLook {
	look := r.style.look
	if style, ok := r.styles[props.Child("w:rStyle").Attr("val")]; ok {
		look = look.under(style.look)
	}
	return look.with(props)
}

// under puts the look of an inner style over one of an outer.
func (l runLook) under(inner runLook) runLook {
	inner.raised, inner.struck, inner.prompt = l.raised || inner.raised, l.struck || inner.struck, l.prompt || inner.prompt
	inner.bold = l.bold != inner.bold // styles switch it over
	inner.lined = l.lined || inner.lined
	if inner.font == "" {
		inner.font = l.font
	}
	if inner.size == 0 {
		inner.size = l.size
	}
	return inner
}

// with returns the look with what properties set directly.
func (l runLook) with(props *extract.Node) runLook {
	if props == nil {
		return l
	}
	for _, n := range props.Children {
		switch n.Name {
		case "w:vertAlign":
			l.raised = n.Attr("val") == "superscript"
		case "w:position":
			l.raised = l.raised || extract.Number(n.Attr("val")) >= 4
		case "w:strike", "w:dstrike":
			l.struck = n.IsOn()
		case "w:b":
			l.bold = n.IsOn()
		case "w:u":
			l.lined = n.Attr("val") != "none" && n.Attr("val") != ""
		case "w:sz":
			l.size = extract.Number(n.Attr("val"))
		case "w:rFonts":
			if font := n.Attr("ascii"); font != "" {
				l.font = font
			} else if font := n.Attr("hAnsi"); font != "" {
				l.font = font
			}
		}
	}
	return l
}

// count notes how much of the paragraph is bold, and how large it is.
func (r *runReader) count(n *extract.Node, look runLook) {
	letters := 0
	for _, c := range n.Children {
		if c.Name == "w:t" {
			letters += len(strings.TrimSpace(c.Content()))
		}
	}
	if letters == 0 {
		return
	}
	if r.letters == 0 || look.size < r.least {
		r.least = look.size
	}
	r.letters += letters
	if look.bold {
		r.bold += letters
	}
	if look.lined {
		r.lined += letters
	}
	r.size = max(r.size, look.size)
}

// fieldMarks follows fields through hidden runs.
func (r *runReader) fieldMarks(n *extract.Node) {
	for _, c := range n.Children {
		if c.Name == "w:fldChar" || c.Name == "w:instrText" {
			r.inRun(c, runLook{})
		}
	}
}

func (r *runReader) inRun(n *extract.Node, look runLook) {
	switch n.Name {
	case "w:fldChar":
		r.fieldChar(n)
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
		text := extract.Symbols(look.font, n.Content())
		if look.raised {
			r.raised += text
			return
		}
		r.write(text)
	case "w:tab", "w:ptab":
		r.write("\t")
	case "w:br", "w:cr":
		r.write("\n")
	case "w:noBreakHyphen":
		r.write("-")
	case "w:sym":
		r.write(symbol(n))
	case "w:footnoteReference":
		r.pendNotes = append(r.pendNotes, "footnote "+n.Attr("id"))
	case "w:endnoteReference":
		r.pendNotes = append(r.pendNotes, "endnote "+n.Attr("id"))
	case "w:drawing", "w:pict", "w:object":
		r.pending = append(r.pending, n)
	case "mc:AlternateContent":
		if c := chosen(n); c != nil {
			for _, inner := range c.Children {
				r.inRun(inner, look)
			}
		}
	case "w:ruby":
		r.node(n)
	}
}

func (r *runReader) fieldChar(n *extract.Node) {
	switch n.Attr("fldCharType") {
	case "begin":
		if len(r.fields) >= extract.MaxDepth {
			return
		}
		f := &field{}
		if text, is := formField(n.Child("w:ffData")); is && !r.inInstruction() {
			f.shown = true
			r.write(text)
		}
		r.fields = append(r.fields, f)
	case "separate":
		if len(r.fields) > 0 {
			r.fields[len(r.fields)-1].result = true
		}
	case "end":
		if len(r.fields) > 0 {
			ended := r.fields[len(r.fields)-1]
			r.fields = r.fields[:len(r.fields)-1]
			if r.isPageNumber(ended.instruction.String()) && !r.inInstruction() {
				r.write(extract.PageNumber)
			}
		}
	}
}

// inInstruction reports a place that no reader sees: the instruction of a
// field, or the result of one that is a page number.
func (r *runReader) inInstruction() bool {
	for _, f := range r.fields {
		if !f.result || f.shown || r.isPageNumber(f.instruction.String()) || isContents(f.instruction.String()) {
			return true
		}
	}
	return false
}

// isContents reports fields that list what the document holds elsewhere.
func isContents(instruction string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(instruction), " ")
	switch strings.ToUpper(name) {
	case "TOC", "INDEX", "TOA":
		return true
	}
	return false
}

// formField returns what a form field of old shows that is not in its result: a
// box to tick, or the entry chosen of a list.
func formField(data *extract.Node) (text string, is bool) {
	if box := data.Child("w:checkBox"); box != nil {
		on := box.Child("w:default").IsOn()
		if checked := box.Child("w:checked"); checked != nil {
			on = checked.IsOn()
		}
		return extract.Tick(on), true
	}
	list := data.Child("w:ddList")
	if list == nil {
		return "", false
	}
	chosen := list.Child("w:result")
	if chosen == nil {
		chosen = list.Child("w:default")
	}
	i := extract.Number(chosen.Attr("val"))
	for _, entry := range list.Children {
		if entry.Name != "w:listEntry" {
			continue
		}
		if i == 0 {
			return entry.Attr("val"), true
		}
		i--
	}
	return "", true
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

// symbol returns a sign of a symbol font.
func symbol(n *extract.Node) string {
	code, err := strconv.ParseUint(n.Attr("char"), 16, 32)
	if err != nil || code == 0 || code > 0x10FFFF {
		return " "
	}
	return extract.Symbols(n.Attr("font"), string(rune(code)))
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
		d.endCarried()
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
