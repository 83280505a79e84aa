package office

import (
	"path"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// Main parts of OOXML packages by what their content type contains.
var ooxmlTypes = []struct{ contains, kind string }{
	{"wordprocessingml", "docx"}, {"ms-word", "docx"},
	{"presentationml", "pptx"}, {"ms-powerpoint", "pptx"},
	{"spreadsheetml", "xlsx"}, {"ms-excel", "xlsx"},
}

// ooxml is a package of Office being read.
type ooxml struct{ *extract.File }

// kindOf tells what a package of Office is by its main part, "" if it is no
// package of Office.
func kindOf(f *extract.File) (string, error) {
	if err := f.Unzip(); err != nil || !f.Zip.Has("[Content_Types].xml") {
		return "", err
	}
	in := &ooxml{f}
	main, err := in.mainPart()
	if err != nil {
		return "", err
	}
	types, err := f.Zip.Tree("[Content_Types].xml")
	if err != nil {
		return "", err
	}
	kind := ""
	for _, n := range types.Children {
		switch {
		case n.Name == "ct:Override" && strings.EqualFold(strings.TrimPrefix(n.Attr("PartName"), "/"), main):
			kind = n.Attr("ContentType")
		case n.Name == "ct:Default" && kind == "" && strings.EqualFold("."+n.Attr("Extension"), path.Ext(main)):
			kind = n.Attr("ContentType")
		}
	}
	if strings.Contains(kind, "sheet.binary") {
		return "xlsb", nil
	}
	for _, t := range ooxmlTypes {
		if strings.Contains(kind, t.contains) {
			return t.kind, nil
		}
	}
	return "ooxml", nil
}

// mainPart returns the name of the part that the package is about.
func (f *ooxml) mainPart() (string, error) {
	rels, err := relations(f.Zip, "")
	if err != nil {
		return "", err
	}
	for _, rel := range rels {
		if strings.HasSuffix(rel.kind, "/officeDocument") {
			return rel.target, nil
		}
	}
	return "", &extract.Error{Reason: extract.Damaged, Detail: "the Office file names no main part"}
}

// relation is one link of a part to another.
type relation struct{ id, kind, target string }

// relations returns the links of a part, "" for those of the package. A part
// without any has no file for them; links out of the package are left out.
func relations(a *extract.Archive, part string) ([]relation, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if !a.Has(name) {
		return nil, nil
	}
	data, err := a.Part(name)
	if err != nil {
		return nil, err
	}
	root, err := extract.ParseXML(data)
	if err != nil {
		return nil, err
	}
	var rels []relation
	for _, n := range root.Children {
		if n.Attr("TargetMode") == "External" {
			continue
		}
		target := strings.ReplaceAll(n.Attr("Target"), `\`, "/") // as old programs on Windows wrote it
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/"+dir, target)
		}
		rels = append(rels, relation{n.Attr("Id"), n.Attr("Type"), strings.TrimPrefix(path.Clean(target), "/")})
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

// readProperties takes the title from the document's properties, and what custom
// ones say. Titles that a program made up say nothing.
func (f *ooxml) readProperties() {
	rels, err := relations(f.Zip, "")
	if err != nil {
		return
	}
	f.readCustomProperties(rels)
	name, ok := ofKind(rels, "core-properties")
	if !ok {
		return
	}
	if root, err := f.Zip.Tree(name); err == nil {
		f.SetTitle(root.Child("dc:title").Content())
	}
}

func (f *ooxml) readCustomProperties(rels []relation) {
	name, ok := ofKind(rels, "custom-properties")
	if !ok {
		return
	}
	root, err := f.Zip.Tree(name)
	if err != nil {
		return
	}
	for _, property := range root.Children {
		f.SetProperty(property.Attr("name"), property.Content())
	}
}
