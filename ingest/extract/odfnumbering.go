package extract

import "strings"

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

func readODFList(n *node) *odfList {
	l := &odfList{}
	for i := range l.levels {
		l.levels[i].start = 1
	}
	for _, c := range n.children {
		i := number(c.attr("text:level")) - 1
		if c.name != "text:list-level-style-number" && c.name != "text:outline-level-style" || i < 0 || i >= len(l.levels) {
			continue
		}
		l.levels[i] = odfLevel{
			format: c.attr("style:num-format"), prefix: c.attr("style:num-prefix"), suffix: c.attr("style:num-suffix"),
			display: max(number(c.attr("text:display-levels")), 1), start: 1,
		}
		if start := c.attr("text:start-value"); start != "" {
			l.levels[i].start = number(start)
		}
	}
	return l
}

// count takes the next number of a level from 0; begin is that of the item itself,
// -1 if it names none.
func (l *odfList) count(level, begin int) numeral {
	if level < 0 || level >= len(l.levels) {
		return numeral{is: true, level: max(level, 0)}
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
	n := numeral{is: true, level: level}
	own := l.levels[level]
	if own.format == "" {
		return n
	}
	var parts []string
	for i := max(level-own.display+1, 0); i <= level; i++ {
		if l.levels[i].format != "" {
			parts = append(parts, formatNumber(l.counters[i]-1, l.levels[i].format))
		}
	}
	n.text = strings.TrimSpace(own.prefix + strings.Join(parts, ".") + own.suffix)
	n.quoted = len(parts) > 1 || strings.ContainsAny(own.prefix, "§(") || len(strings.Fields(n.text)) > 1
	return n
}

// headingNumber returns the number of a heading.
func (o *odf) headingNumber(n *node, level int) string {
	if n.attr("text:is-list-header") == "true" {
		return ""
	}
	if o.list != nil && o.item != nil { // numbered by the list around it
		text := o.item.text
		o.item = nil
		return text
	}
	return o.outline.count(level-1, startOf(n)).text
}

// startOf returns the number that an item begins with, -1 if it names none.
func startOf(n *node) int {
	if start := n.attr("text:start-value"); start != "" {
		return number(start)
	}
	return -1
}

// listBlock adds the items of a list.
func (o *odf) listBlock(n *node) {
	list, item := o.list, o.item
	if style := o.lists[n.attr("text:style-name")]; style != nil {
		o.list = style
	}
	if o.list == nil {
		o.list = &odfList{}
	}
	if o.depth == 0 && n.attr("text:continue-numbering") != "true" && n.attr("text:continue-list") == "" {
		clear(o.list.counters[:])
	}
	o.depth++
	for _, c := range n.children {
		switch c.name {
		case "text:list-item":
			o.item = nil
			if c.child("text:p") != nil || c.child("text:h") != nil {
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
	block := Block{Kind: ListItem, Level: o.depth, Text: text}
	if strings.TrimSpace(text) != "" && o.item != nil {
		if o.item.quoted {
			block.Text = joinNumber(o.item.text, text)
		} else {
			block.Marker = o.item.text
		}
		o.item = nil
	}
	o.add(block)
}
