package pdf

import (
	"bytes"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// readForm adds the texts of a dynamic form (XFA): what stands on it, and its
// fields with what is filled in.
func readForm(b *extract.Builder, packets []byte) error {
	root, err := extract.ParseXML(wrapped(packets))
	if err != nil {
		return errDynamic
	}
	f := &form{Builder: b, values: map[string]string{}}
	if data := root.FindLocal("datasets"); data != nil {
		f.read(data)
	}
	if template := root.FindLocal("template"); template != nil {
		f.walk(template)
	}
	if len(b.Doc.Blocks) == 0 {
		return errDynamic
	}
	return nil
}

var errDynamic = &extract.Error{Reason: extract.Unsupported, Detail: "a dynamic form that cannot be read: print it to PDF"}

// wrapped puts packets that come one by one into one root.
func wrapped(packets []byte) []byte {
	for {
		start := bytes.Index(packets, []byte("<?xml"))
		if start < 0 {
			break
		}
		end := bytes.Index(packets[start:], []byte("?>"))
		if end < 0 {
			break
		}
		packets = append(bytes.Clone(packets[:start]), packets[start+end+2:]...)
	}
	return append(append([]byte("<all>"), packets...), "</all>"...)
}

// form is a dynamic form being read.
type form struct {
	*extract.Builder
	values map[string]string // of fields by their name
}

// read takes what is filled in.
func (f *form) read(n *extract.Node) {
	for _, c := range n.Children {
		if c.Name == "" {
			continue
		}
		if len(c.Children) == 1 && c.Children[0].Name == "" {
			f.values[local(c.Name)] = c.Content()
			continue
		}
		f.read(c)
	}
}

func local(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }

// walk adds what stands on the form.
func (f *form) walk(n *extract.Node) {
	if presence := n.Attr("presence"); presence == "hidden" || presence == "invisible" || presence == "inactive" {
		f.Doc.Hidden++
		return
	}
	switch local(n.Name) {
	case "draw":
		f.Add(extract.Block{Kind: extract.Paragraph, Text: textOf(n.FindLocal("value"))})
		return
	case "field", "exclGroup":
		f.field(n)
		return
	case "script", "desc", "proto":
		return
	}
	for _, c := range n.Children {
		f.walk(c)
	}
}

// field adds a field's caption with its value.
func (f *form) field(n *extract.Node) {
	if local(n.Name) == "exclGroup" {
		for _, c := range n.Children {
			f.walk(c)
		}
		return
	}
	caption := textOf(n.FindLocal("caption"))
	value, filled := f.values[n.Attr("name")]
	if !filled {
		for _, c := range n.Children {
			if local(c.Name) == "value" {
				value = textOf(c)
			}
		}
	}
	if n.FindLocal("checkButton") != nil {
		on := strings.TrimSpace(value)
		f.Add(extract.Block{Kind: extract.Paragraph, Text: extract.Tick(on != "" && on != "0" && on != "off") + " " + caption})
		return
	}
	if caption = strings.TrimSpace(caption); caption != "" && !strings.HasSuffix(caption, ":") && value != "" {
		caption += ":"
	}
	f.Add(extract.Block{Kind: extract.Paragraph, Text: strings.TrimSpace(caption + " " + value)})
}

// textOf returns the text below a node; paragraphs in it stay apart.
func textOf(n *extract.Node) string {
	if n == nil {
		return ""
	}
	var out strings.Builder
	var walk func(n *extract.Node)
	walk = func(n *extract.Node) {
		out.WriteString(n.Text)
		for _, c := range n.Children {
			walk(c)
		}
		if name := local(n.Name); name == "p" || name == "br" || name == "text" {
			out.WriteByte('\n')
		}
	}
	walk(n)
	return strings.TrimSpace(out.String())
}
