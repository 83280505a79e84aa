package odf

import (
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// odfList is a numbering of OpenDocument with its counters.
type odfList struct {
	levels   [10]odfLevel
	counters [10]int
}

type odfLevel struct {
	format         string // "1", "a", "I"; empty: a bullet or nothing
	prefix, suffix string
	display        int // levels shown: 2 gives "3.2"
	start          int
}

func readODFList(n *extract.Node) *odfList {
	l := &odfList{}
	for i := range l.levels {
		l.levels[i].start = 1
	}
	for _, c := range n.Children {
		i := extract.Number(c.Attr("text:level")) - 1
		if c.Name != "text:list-level-style-number" && c.Name != "text:outline-level-style" || i < 0 || i >= len(l.levels) {
			continue
		}
		l.levels[i] = odfLevel{
			format: c.Attr("style:num-format"), prefix: c.Attr("style:num-prefix"), suffix: c.Attr("style:num-suffix"),
			display: max(extract.Number(c.Attr("text:display-levels")), 1), start: 1,
		}
		if start := c.Attr("text:start-value"); start != "" {
			l.levels[i].start = extract.Number(start)
		}
	}
	return l
}

// count takes the next number of a level from 0; begin is that of the item itself,
// -1 if it names none.
func (l *odfList) count(level, begin int) extract.Numeral {
	if level < 0 || level >= len(l.levels) {
		return extract.Numeral{Is: true, Level: max(level, 0)}
	}
	switch {
	case begin >= 0:
		l.counters[level] = begin + 1
	case l.counters[level] == 0:
		l.counters[level] = l.levels[level].start + 1
	default:
		l.counters[level]++
	}
	for i := range level {
		if l.counters[i] == 0 {
			l.counters[i] = l.levels[i].start + 1
		}
	}
	clear(l.counters[level+1:])
	n := extract.Numeral{Is: true, Level: level}
	own := l.levels[level]
	if own.format == "" {
		return n
	}
	var parts []string
	for i := max(level-own.display+1, 0); i <= level; i++ {
		if l.levels[i].format != "" {
			parts = append(parts, extract.FormatNumber(l.counters[i]-1, l.levels[i].format))
		}
	}
	n.Text = strings.TrimSpace(own.prefix + strings.Join(parts, ".") + own.suffix)
	n.Quoted = len(parts) > 1 || strings.ContainsAny(own.prefix, "§(") || len(strings.Fields(n.Text)) > 1
	return n
}

// headingNumber returns the number of a heading.
func (o *odf) headingNumber(n *extract.Node, level int) string {
	if n.Attr("text:is-list-header") == "true" {
		return ""
	}
	if o.list != nil && o.item != nil { // numbered by the list around it
		text := o.item.Text
		o.item = nil
		return text
	}
	return o.outline.count(level-1, startOf(n)).Text
}

// startOf returns the number that an item begins with, -1 if it names none.
func startOf(n *extract.Node) int {
	if start := n.Attr("text:start-value"); start != "" {
		return extract.Number(start)
	}
	return -1
}

// listBlock adds the items of a list.
func (o *odf) listBlock(n *extract.Node) {
	list, item := o.list, o.item
	if style := o.lists[n.Attr("text:style-name")]; style != nil {
		o.list = style
	}
	if o.list == nil {
		o.list = &odfList{}
	}
	if o.depth == 0 && n.Attr("text:continue-numbering") != "true" && n.Attr("text:continue-list") == "" {
		clear(o.list.counters[:])
	}
	o.depth++
	for _, c := range n.Children {
		switch c.Name {
		case "text:list-item":
			o.item = nil
			if c.Child("text:p") != nil || c.Child("text:h") != nil {
				num := o.list.count(o.depth-1, startOf(c))
				o.item = &num
			}
			o.blocks(c)
		case "text:list-header":
			o.item = nil
			o.blocks(c)
		}
	}
	o.depth--
	o.list, o.item = list, item
}

// addItem adds a paragraph of a list item; the first one takes its number.
func (o *odf) addItem(text string) {
	block := extract.Block{Kind: extract.ListItem, Level: o.depth, Text: text}
	if strings.TrimSpace(text) != "" && o.item != nil {
		if o.item.Quoted {
			block.Text = extract.JoinNumber(o.item.Text, text)
		} else {
			block.Marker = o.item.Text
		}
		o.item = nil
	}
	o.Add(block)
}
