package web

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lvr.example/sprechstunde/ingest/extract"
)

// numbers counts the items of a list as browsers do.
type numbers struct {
	at     int
	step   int
	format string
}

func (p *page) numbersOf(list *html.Node) *numbers {
	n := &numbers{at: 1, step: 1, format: attr(list, "type")}
	if hasAttr(list, "reversed") {
		n.step, n.at = -1, 0
		for item := range list.ChildNodes() {
			if item.DataAtom == atom.Li {
				n.at++
			}
		}
	}
	if start, err := strconv.Atoi(attr(list, "start")); err == nil {
		n.at = start
	}
	style := p.sheet.style(list)
	for name, format := range map[string]string{"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"} {
		if strings.Contains(style, name) {
			n.format = format
		}
	}
	return n
}

// next returns the marker of the next item.
func (n *numbers) next(item *html.Node) string {
	if value, err := strconv.Atoi(attr(item, "value")); err == nil {
		n.at = value
	}
	format := n.format
	if own := attr(item, "type"); own != "" {
		format = own
	}
	text := strconv.Itoa(n.at)
	if n.at > 0 {
		text = extract.FormatNumber(n.at, format)
	}
	n.at += n.step
	if format == "a" || format == "A" {
		return text + ")"
	}
	return text + "."
}
