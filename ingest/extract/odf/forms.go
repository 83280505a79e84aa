package odf

import (
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// readForms notes the fields of forms, which the text refers to by their id.
func (o *odf) readForms(n *extract.Node) {
	for _, c := range n.Children {
		for _, name := range []string{"xml:id", "form:id"} {
			if id := c.Attr(name); id != "" && strings.HasPrefix(c.Name, "form:") {
				o.controls[id] = c
			}
		}
		o.readForms(c)
	}
}

// control returns what a field shows.
func (o *odf) control(id string) string {
	n := o.controls[id]
	if n == nil {
		return ""
	}
	value := n.Attr("form:current-value")
	if value == "" {
		value = n.Attr("form:value")
	}
	switch n.Name {
	case "form:checkbox", "form:radio":
		state := n.Attr("form:current-state") + n.Attr("form:current-selected")
		if state == "" {
			state = n.Attr("form:state") + n.Attr("form:selected")
		}
		return extract.Tick(state == "checked" || state == "true") + " " + n.Attr("form:label")
	case "form:listbox":
		for _, option := range n.Children {
			if option.Attr("form:current-selected") == "true" {
				return option.Attr("form:label")
			}
		}
		return ""
	case "form:text", "form:textarea", "form:combobox", "form:date", "form:number", "form:formatted-text", "form:fixed-text":
		if n.Name == "form:fixed-text" {
			return n.Attr("form:label")
		}
		return value
	}
	return ""
}
