package odf

import (
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// readODT reads a text document: headings with their numbers, lists, tables,
// notes behind their paragraph, text boxes where they are anchored, heads and
// feet of pages once, at the end.
func readODT(f *extract.File) error { return readODF(f, "odt") }

// readODP reads slides: titles as headings, then the other shapes and tables, and
// the speaker's notes behind the slide.
func readODP(f *extract.File) error { return readODF(f, "odp") }

// readODS reads a spreadsheet sheet by sheet; hidden ones are left out.
func readODS(f *extract.File) error { return readODF(f, "ods") }

// odf is an OpenDocument file being read.
type odf struct {
	*extract.File
	cells     bool // it is a spreadsheet
	styles    map[string]*odfStyle
	masters   []*extract.Node // heads and feet of pages
	outline   *odfList        // numbering of headings
	lists     map[string]*odfList
	titled    bool
	page      int
	depth     int              // of lists
	list      *odfList         // around the place being read
	item      *extract.Numeral // of the list item, until its first text takes it
	pending   []*extract.Node  // text boxes, pictures and notes of the paragraph being read
	table     *extract.Sheet   // of a spreadsheet
	skipTable bool
	rows      int
	objects   int  // documents around this one
	around    look // of the cell that is being read

	hiddenColumns extract.HiddenCells // of the sheet being read
	column        int                 // columns described so far
	sheetName     string
	row           int    // of the sheet, empty ones too
	groups        []bool // groups of rows around the place being read: folded up?
	unseen        map[extract.RemarkCode]int
	controls      map[string]*extract.Node // fields of forms by their id
	manual        manualHeadings
	nested        bool // below a cell, note or the like: no headings made by hand
	colored       bool // what stands around may have any colour: white text can be seen
	inHead        bool // in the head or foot of a page: page numbers are no text
}

// odfStyle is what a style means for the text, row or sheet that has it.
type odfStyle struct {
	parent string
	name   string // as people see it
	hidden bool
	white  bool
	ground bool // it has a background colour
	list   string

	// how letters are set; -1: it says no, 0: nothing
	struck, raised, bold int
	size                 float64 // in points
	font                 string
}

func readODF(f *extract.File, kind string) error {
	if f.Zip.Has("META-INF/manifest.xml") {
		manifest, err := f.Zip.Tree("META-INF/manifest.xml")
		if err == nil && manifest.FindLocal("encryption-data") != nil {
			return &extract.Error{Reason: extract.Encrypted, Detail: "the document is protected by a password"}
		}
	}
	if meta, err := f.Zip.Tree("meta.xml"); err == nil {
		f.SetTitle(meta.Find("dc:title").Content())
		readUserDefined(f, meta)
	}
	o := newODF(f, kind)
	if styles, err := f.Zip.Tree("styles.xml"); err == nil {
		for _, n := range styles.Children {
			o.readStyles(n)
		}
	}
	data, cut, err := f.BeginningOf("content.xml", "")
	if err != nil {
		return err
	}
	return o.readLong(data, cut)
}

func newODF(f *extract.File, kind string) *odf {
	return &odf{
		File: f, cells: kind == "ods", styles: map[string]*odfStyle{}, lists: map[string]*odfList{}, outline: &odfList{},
		controls: map[string]*extract.Node{}, colored: kind == "odp",
	}
}

// readLong reads the part with the document's text piece by piece; cut: it is the
// beginning of one.
func (o *odf) readLong(data []byte, cut bool) error {
	return o.stream(data, o.LongPart(len(data), cut))
}

// read reads the part with the text of a document within another one.
func (o *odf) read(data []byte) error { return o.stream(data, extract.XMLVisitor{}) }

func (o *odf) stream(data []byte, visit extract.XMLVisitor) error {
	visit.Enter, visit.Tree, visit.Leave = o.enter, o.tree, o.leave
	if err := extract.StreamXML(data, visit); err != nil {
		return err
	}
	o.pageFurniture()
	return nil
}

// readFlat reads a document that is one XML file.
func readFlat(f *extract.File) error {
	head := string(f.Data[:min(len(f.Data), 4096)])
	kind := "odt"
	switch {
	case strings.Contains(head, "opendocument.spreadsheet"):
		kind = "ods"
	case strings.Contains(head, "opendocument.presentation"), strings.Contains(head, "opendocument.graphics"):
		kind = "odp"
	}
	return newODF(f, kind).readLong(f.Data, false)
}

// readUserDefined takes what the document's user-defined properties say.
func readUserDefined(f *extract.File, meta *extract.Node) {
	for _, group := range meta.Children {
		for _, n := range group.Children {
			if n.Name == "meta:user-defined" {
				f.SetProperty(n.Attr("meta:name"), n.Content())
			}
		}
	}
}

// readStyles reads a group of styles.
func (o *odf) readStyles(group *extract.Node) {
	for _, n := range group.Children {
		switch n.Name {
		case "style:style":
			o.styles[n.Attr("style:name")] = readODFStyle(n)
		case "text:list-style":
			o.lists[n.Attr("style:name")] = readODFList(n)
		case "text:outline-style":
			o.outline = readODFList(n)
		case "style:master-page":
			for _, part := range n.Children {
				if strings.HasPrefix(part.Name, "style:header") || strings.HasPrefix(part.Name, "style:footer") {
					o.masters = append(o.masters, part)
				}
			}
		}
	}
}

func readODFStyle(n *extract.Node) *odfStyle {
	s := &odfStyle{parent: n.Attr("parent-style-name"), name: n.Attr("display-name"), list: n.Attr("list-style-name")}
	if s.name == "" {
		s.name = n.Attr("style:name")
	}
	for _, props := range n.Children {
		if !strings.HasSuffix(props.Name, "-properties") {
			continue
		}
		s.hidden = s.hidden || props.Attr("text:display") == "none" || props.Attr("table:display") == "false" ||
			props.Attr("presentation:visibility") == "hidden" || isSmallest(props.Attr("fo:font-size"))
		s.white = s.white || strings.EqualFold(props.Attr("fo:color"), "#ffffff")
		if ground := props.Attr("fo:background-color"); ground != "" && ground != "transparent" && !strings.EqualFold(ground, "#ffffff") {
			s.ground = true
		}
		s.set(props)
		if fill := props.Attr("draw:fill"); fill != "" && fill != "none" {
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
func (o *odf) enter(n *extract.Node) bool {
	switch n.Name {
	case "office:document-content", "office:document", "office:body", "office:text", "office:spreadsheet", "office:presentation", "office:drawing":
		return true
	case "table:table":
		if o.cells && o.table == nil {
			o.beginSheet(n)
			return true
		}
	case "table:table-row-group", "table:table-header-rows", "table:table-rows":
		if o.table != nil {
			o.groups = append(o.groups, n.Attr("table:display") == "false")
		}
		return o.table != nil
	}
	return false
}

// tree adds a block of the document.
func (o *odf) tree(n *extract.Node) error {
	switch {
	case n.Name == "office:automatic-styles", n.Name == "office:styles", n.Name == "office:master-styles":
		o.readStyles(n)
	case n.Name == "office:meta":
		o.SetTitle(n.Find("dc:title").Content())
		readUserDefined(o.File, &extract.Node{Children: []*extract.Node{n}})
	case n.Name == "office:forms":
		o.readForms(n)
	case n.Name == "draw:page":
		o.slide(n)
	case o.table != nil:
		return o.sheetRow(n)
	default:
		o.block(n)
	}
	return nil
}

func (o *odf) leave(name string) error {
	switch name {
	case "table:table":
		o.hiddenColumns.Say(o.Builder, o.sheetName)
		o.hiddenColumns = extract.HiddenCells{}
		for code, n := range o.unseen {
			o.Remark(code, n, o.sheetName)
		}
		o.table, o.unseen = nil, nil
	case "table:table-row-group", "table:table-header-rows", "table:table-rows":
		o.groups = o.groups[:len(o.groups)-1]
	}
	return nil
}
