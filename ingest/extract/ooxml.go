package extract

import (
	"path"
	"strings"
)

// Main parts of OOXML packages by what their content type contains.
var ooxmlTypes = []struct{ contains, kind string }{
	{"wordprocessingml", "docx"}, {"ms-word", "docx"},
	{"presentationml", "pptx"}, {"ms-powerpoint", "pptx"},
	{"spreadsheetml", "xlsx"}, {"ms-excel", "xlsx"},
}

// detectOOXML tells Word, PowerPoint and Excel files by their main part.
func (f *file) detectOOXML() (string, error) {
	main, err := f.mainPart()
	if err != nil {
		return "", err
	}
	data, err := f.zip.part("[Content_Types].xml")
	if err != nil {
		return "", err
	}
	types, err := parseXML(data)
	if err != nil {
		return "", err
	}
	kind := ""
	for _, n := range types.children {
		switch {
		case n.name == "ct:Override" && strings.EqualFold(strings.TrimPrefix(n.attr("PartName"), "/"), main):
			kind = n.attr("ContentType")
		case n.name == "ct:Default" && kind == "" && strings.EqualFold("."+n.attr("Extension"), path.Ext(main)):
			kind = n.attr("ContentType")
		}
	}
	if strings.Contains(kind, "sheet.binary") {
		return "", &Error{Reason: Unsupported, Detail: "binary spreadsheet: save it as .xlsx"}
	}
	for _, t := range ooxmlTypes {
		if strings.Contains(kind, t.contains) {
			return t.kind, nil
		}
	}
	return "", &Error{Reason: Unsupported, Detail: "no reader for Office files of this kind"}
}

// mainPart returns the name of the part that the package is about.
func (f *file) mainPart() (string, error) {
	rels, err := f.zip.relations("")
	if err != nil {
		return "", err
	}
	for _, rel := range rels {
		if strings.HasSuffix(rel.kind, "/officeDocument") {
			return rel.target, nil
		}
	}
	return "", &Error{Reason: Damaged, Detail: "the Office file names no main part"}
}

// relation is one link of a part to another.
type relation struct{ id, kind, target string }

// relations returns the links of a part, "" for those of the package. A part
// without any has no file for them; links out of the package are left out.
func (a *archive) relations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if !a.has(name) {
		return nil, nil
	}
	data, err := a.part(name)
	if err != nil {
		return nil, err
	}
	root, err := parseXML(data)
	if err != nil {
		return nil, err
	}
	var rels []relation
	for _, n := range root.children {
		if n.attr("TargetMode") == "External" {
			continue
		}
		target := n.attr("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/"+dir, target)
		}
		rels = append(rels, relation{n.attr("Id"), n.attr("Type"), strings.TrimPrefix(path.Clean(target), "/")})
	}
	return rels, nil
}

// linked returns the part that a link of this id leads to.
func linked(rels []relation, id string) (string, bool) {
	for _, rel := range rels {
		if rel.id == id && id != "" {
			return rel.target, true
		}
	}
	return "", false
}

// ofKind returns the first part linked with this kind of link.
func ofKind(rels []relation, kind string) (string, bool) {
	for _, rel := range rels {
		if strings.HasSuffix(rel.kind, "/"+kind) {
			return rel.target, true
		}
	}
	return "", false
}

// tree reads a part as one tree.
func (a *archive) tree(name string) (*node, error) {
	data, err := a.part(name)
	if err != nil {
		return nil, err
	}
	return parseXML(data)
}

// readProperties takes the title from the document's properties, and what custom
// ones say. Titles that a program made up say nothing.
func (f *file) readProperties() {
	rels, err := f.zip.relations("")
	if err != nil {
		return
	}
	f.readCustomProperties(rels)
	name, ok := ofKind(rels, "core-properties")
	if !ok {
		return
	}
	if root, err := f.zip.tree(name); err == nil {
		f.setTitle(root.child("dc:title").content())
	}
}

func (f *file) readCustomProperties(rels []relation) {
	name, ok := ofKind(rels, "custom-properties")
	if !ok {
		return
	}
	root, err := f.zip.tree(name)
	if err != nil {
		return
	}
	for _, property := range root.children {
		f.setProperty(property.attr("name"), property.content())
	}
}

// setTitle sets the title that a property names, unless a program made it up.
func (f *file) setTitle(title string) {
	title = f.clean(title, true)
	lower := strings.ToLower(title)
	for _, madeUp := range [...]string{"microsoft word", "microsoft powerpoint", "powerpoint-präsentation", "powerpoint presentation",
		"dokument", "document", "präsentation", "presentation", "folie 1", "slide 1", "word document", "untitled", "unbenannt", "titel", "title"} {
		if strings.TrimRight(lower, "0123456789 ") == madeUp || strings.HasPrefix(lower, madeUp+" -") {
			return
		}
	}
	if otherTypes[ending(title)] || textTypes[ending(title)] != "" {
		return
	}
	f.doc.Title = title
}
