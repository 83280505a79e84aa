package office

import (
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// carry keeps the text of a paragraph that belongs to the next one, or returns
// a whole text: where the mark between them was deleted, and where a frame sets
// a letter or number beside the text.
func (d *docx) carry(props *extract.Node, text string) (joined string, whole bool) {
	if d.isCarried {
		text = d.carried + text
		d.carried, d.isCarried = "", false
	}
	frame := props.Child("w:framePr")
	switch drop := frame.Attr("dropCap"); {
	case props.Child("w:rPr", "w:del") != nil, props.Child("w:rPr", "w:moveFrom") != nil, drop != "" && drop != "none":
		d.carried, d.isCarried = text, true
	case frame != nil && marginNumber.MatchString(text):
		d.carried, d.isCarried = strings.TrimSpace(text)+" ", true
	}
	return text, !d.isCarried
}

// marginNumber matches the numbers of paragraphs that stand in the margin.
var marginNumber = regexp.MustCompile(`^\s*\d{1,4}\s*$`)

// besideMargin puts the number that a text box sets in the margin before its
// paragraph.
func (d *docx) besideMargin(text string) string {
	if strings.TrimSpace(text) == "" {
		return text
	}
	for i, object := range d.pending {
		box := object.Find("w:txbxContent")
		if number := box.Content(); marginNumber.MatchString(number) {
			d.pending = slices.Delete(d.pending, i, i+1)
			return strings.TrimSpace(number) + " " + text
		}
	}
	return text
}

// endCarried adds text that nothing follows.
func (d *docx) endCarried() {
	if d.isCarried {
		d.Add(extract.Block{Kind: extract.Paragraph, Text: d.carried})
	}
	d.carried, d.isCarried = "", false
}

func childrenOf(n *extract.Node) []*extract.Node {
	if n == nil {
		return nil
	}
	return n.Children
}

// chunk adds a file that Word shows in this place: a page, a mail, another
// document.
func (d *docx) chunk(id string) {
	name, ok := linked(d.rels, id)
	if !ok {
		d.Remark(extract.MissingPart, 1, "altChunk")
		return
	}
	data, err := d.Zip.Part(name)
	if err == nil {
		err = d.Insert(name, data)
	}
	if err != nil {
		d.Remark(extract.EmbeddedFile, 1, baseName(name)+": "+err.Error())
	}
}

// embedded reads the files that the document holds as objects, each as a
// document of its own.
func (f *ooxml) embeddedIn(rels []relation) {
	for _, rel := range rels {
		switch {
		case strings.HasSuffix(rel.kind, "/package"):
			data, err := f.Zip.Part(rel.target)
			if err != nil {
				f.Remark(extract.EmbeddedFile, 1, baseName(rel.target))
				continue
			}
			f.Attach(baseName(rel.target), data)
		case strings.HasSuffix(rel.kind, "/oleObject"):
			f.Remark(extract.EmbeddedFile, 1, baseName(rel.target))
		}
	}
}

func (d *docx) embedded() { d.embeddedIn(d.mainRels) }

func baseName(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
