package extract

import (
	"strings"
)

// readODT reads a text document: headings with their numbers, lists, tables,
// notes behind their paragraph, text boxes where they are anchored, heads and
// feet of pages once, at the end.
func readODT(f *file) error { return readODF(f, "odt") }

// readODP reads slides: titles as headings, then the other shapes and tables, and
// the speaker's notes behind the slide.
func readODP(f *file) error { return readODF(f, "odp") }

// readODS reads a spreadsheet sheet by sheet; hidden ones are left out.
func readODS(f *file) error { return readODF(f, "ods") }

// odf is an OpenDocument file being read.
type odf struct {
	*file
	cells     bool // it is a spreadsheet
	styles    map[string]*odfStyle
	masters   []*node  // heads and feet of pages
	outline   *odfList // numbering of headings
	lists     map[string]*odfList
	titled    bool
	page      int
	depth     int      // of lists
	list      *odfList // around the place being read
	item      *numeral // of the list item, until its first text takes it
	pending   []*node  // text boxes, pictures and notes of the paragraph being read
	table     *sheet   // of a spreadsheet
	skipTable bool
	rows      int

	hiddenColumns []columns // of the sheet being read
	column        int       // columns described so far
	colored       bool      // what stands around may have any colour: white text can be seen
	inHead        bool      // in the head or foot of a page: page numbers are no text
}

// odfStyle is what a style means for the text, row or sheet that has it.
type odfStyle struct {
	parent string
	name   string // as people see it
	hidden bool
	white  bool
	ground bool // it has a background colour
	list   string
}

func readODF(f *file, kind string) error {
	if f.zip.has("META-INF/manifest.xml") {
		manifest, err := f.zip.tree("META-INF/manifest.xml")
		if err == nil && findLocal(manifest, "encryption-data") != nil {
			return &Error{Reason: Encrypted, Detail: "the document is protected by a password"}
		}
	}
	if meta, err := f.zip.tree("meta.xml"); err == nil {
		f.setTitle(meta.find("dc:title").content())
		f.readUserDefined(meta)
	}
	o := &odf{file: f, cells: kind == "ods", styles: map[string]*odfStyle{}, lists: map[string]*odfList{}, outline: &odfList{}, colored: kind == "odp"}
	if styles, err := f.zip.tree("styles.xml"); err == nil {
		for _, n := range styles.children {
			o.readStyles(n)
		}
	}
	data, err := f.zip.part("content.xml")
	if err != nil {
		return err
	}
	if err := streamXML(data, xmlVisitor{enter: o.enter, tree: o.tree, leave: o.leave}); err != nil {
		return err
	}
	o.pageFurniture()
	return nil
}

// readUserDefined takes what the document's user-defined properties say.
func (f *file) readUserDefined(meta *node) {
	for _, group := range meta.children {
		for _, n := range group.children {
			if n.name == "meta:user-defined" {
				f.setProperty(n.attr("meta:name"), n.content())
			}
		}
	}
}

// readStyles reads a group of styles.
func (o *odf) readStyles(group *node) {
	for _, n := range group.children {
		switch n.name {
		case "style:style":
			o.styles[n.attr("style:name")] = readODFStyle(n)
		case "text:list-style":
			o.lists[n.attr("style:name")] = readODFList(n)
		case "text:outline-style":
			o.outline = readODFList(n)
		case "style:master-page":
			for _, part := range n.children {
				if strings.HasPrefix(part.name, "style:header") || strings.HasPrefix(part.name, "style:footer") {
					o.masters = append(o.masters, part)
				}
			}
		}
	}
}

func readODFStyle(n *node) *odfStyle {
	s := &odfStyle{parent: n.attr("parent-style-name"), name: n.attr("display-name"), list: n.attr("list-style-name")}
	if s.name == "" {
		s.name = n.attr("style:name")
	}
	for _, props := range n.children {
		if !strings.HasSuffix(props.name, "-properties") {
			continue
		}
		s.hidden = s.hidden || props.attr("text:display") == "none" || props.attr("table:display") == "false" ||
			props.attr("presentation:visibility") == "hidden" || isSmallest(props.attr("fo:font-size"))
		s.white = s.white || strings.EqualFold(props.attr("fo:color"), "#ffffff")
		if ground := props.attr("fo:background-color"); ground != "" && ground != "transparent" && !strings.EqualFold(ground, "#ffffff") {
			s.ground = true
		}
		if fill := props.attr("draw:fill"); fill != "" && fill != "none" {
			s.ground = true
		}
	}
	return s
}

func isSmallest(size string) bool { return size == "0pt" || size == "1pt" }

// isHidden follows a style's ancestors.
func (o *odf) isHidden(name string) bool {
	white, ground := false, false
	for range 10 {
		s := o.styles[name]
		if s == nil {
			break
		}
		if s.hidden {
			return true
		}
		white, ground = white || s.white, ground || s.ground
		name = s.parent
	}
	return white && !ground && !o.colored
}

// styleName reports whether a style or one below it has this name.
func (o *odf) styleName(name, wanted string) bool {
	for range 10 {
		s := o.styles[name]
		if name == wanted || s != nil && s.name == wanted {
			return true
		}
		if s == nil {
			return false
		}
		name = s.parent
	}
	return false
}

// enter looks into what holds the document's blocks.
func (o *odf) enter(n *node) bool {
	switch n.name {
	case "office:document-content", "office:body", "office:text", "office:spreadsheet", "office:presentation":
		return true
	case "table:table":
		if o.cells && o.table == nil {
			o.beginSheet(n)
			return true
		}
	case "table:table-row-group", "table:table-header-rows", "table:table-rows":
		return o.table != nil
	}
	return false
}

// tree adds a block of the document.
func (o *odf) tree(n *node) error {
	switch {
	case n.name == "office:automatic-styles":
		o.readStyles(n)
	case n.name == "draw:page":
		o.slide(n)
	case o.table != nil:
		return o.sheetRow(n)
	default:
		o.block(n)
	}
	return nil
}

func (o *odf) leave(name string) error {
	if name == "table:table" {
		o.table = nil
	}
	return nil
}
