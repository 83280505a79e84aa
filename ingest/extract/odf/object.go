package odf

import (
	"lvr.example/sprechstunde/ingest/extract"
)

// maxObjects is how deep documents may stand in documents.
const maxObjects = 4

// object adds a sheet, text or drawing that another program's window shows in
// this place.
func (o *odf) object(href string, root *extract.Node) error {
	body := root.Child("office:body")
	kind := ""
	for _, name := range []string{"text", "spreadsheet", "presentation", "drawing"} {
		if body.Child("office:"+name) != nil {
			kind = map[string]string{"text": "odt", "spreadsheet": "ods"}[name]
			if kind == "" {
				kind = "odp"
			}
		}
	}
	if kind == "" || o.objects >= maxObjects {
		return &extract.Error{Reason: extract.Unsupported, Detail: "an object of another program"}
	}
	inner := newODF(o.Apart(), kind)
	inner.objects = o.objects + 1
	if styles, err := o.Zip.Tree(href + "/styles.xml"); err == nil {
		for _, n := range styles.Children {
			if n.Name != "office:master-styles" {
				inner.readStyles(n)
			}
		}
	}
	data, err := o.Zip.Part(href + "/content.xml")
	if err == nil {
		err = inner.read(data)
	}
	o.Full = o.Full || inner.Full
	o.Take(inner.Builder)
	for _, block := range inner.Doc.Blocks {
		if block.Kind == extract.Heading { // of a sheet: it names the table, and not what follows
			block = extract.Block{Kind: extract.Paragraph, Text: block.Text}
		}
		o.Add(block)
	}
	return err
}
