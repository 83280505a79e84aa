package office

import (
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// docxNumbering computes the numbers of headings, clauses and lists, which the
// file does not contain: "3.2" is what people quote.
type docxNumbering struct {
	lists map[string]*docxList // by numId
}

// docxList is one numbering; several can share the counters of one definition.
type docxList struct {
	levels   [9]docxLevel
	counters *[9]int // 0: not begun
	restart  [9]int  // 1 + number to begin with when first used; 0: none
}

type docxLevel struct {
	format string
	text   string // "%1.%2."
	start  int
	fixed  bool   // deeper levels do not begin again after it
	tick   string // the ticked box that its bullet shows; empty: none
	legal  bool   // all numbers in arabic digits
	style  string
}

// readNumbering reads the definitions.
func (d *docx) readNumbering() docxNumbering {
	numbering := docxNumbering{lists: map[string]*docxList{}}
	root := d.optional("numbering")
	if root == nil {
		return numbering
	}
	abstract := map[string]*extract.Node{}
	byStyle := map[string]*extract.Node{}
	for _, n := range root.Children {
		if n.Name == "w:abstractNum" {
			abstract[n.Attr("abstractNumId")] = n
			if link := n.Child("w:styleLink"); link != nil {
				byStyle[link.Attr("val")] = n
			}
		}
	}
	counters := map[string]*[9]int{}
	for _, n := range root.Children {
		if n.Name != "w:num" {
			continue
		}
		id := n.Child("w:abstractNumId").Attr("val")
		definition := abstract[id]
		if link := definition.Child("w:numStyleLink"); link != nil && byStyle[link.Attr("val")] != nil {
			definition = byStyle[link.Attr("val")]
		}
		if counters[id] == nil {
			counters[id] = new([9]int)
		}
		list := &docxList{counters: counters[id]}
		list.define(definition)
		list.override(n)
		numbering.lists[n.Attr("numId")] = list
	}
	return numbering
}

// define takes the levels over from a definition.
func (l *docxList) define(definition *extract.Node) {
	for i := range l.levels {
		l.levels[i].start = 1
	}
	if definition == nil {
		return
	}
	for _, n := range definition.Children {
		if n.Name == "w:lvl" {
			l.setLevel(n)
		}
	}
}

func (l *docxList) setLevel(n *extract.Node) {
	i := extract.Number(n.Attr("ilvl"))
	if i >= len(l.levels) {
		return
	}
	level := docxLevel{
		format: n.Child("w:numFmt").Attr("val"), text: n.Child("w:lvlText").Attr("val"), start: 1,
		tick:  tickOf(n.Child("w:rPr", "w:rFonts").Attr("ascii"), n.Child("w:lvlText").Attr("val")),
		legal: n.Child("w:isLgl").IsOn(), style: n.Child("w:pStyle").Attr("val"),
	}
	if start := n.Child("w:start"); start != nil {
		level.start = extract.Number(start.Attr("val"))
	}
	if restart := n.Child("w:lvlRestart"); restart != nil && restart.Attr("val") == "0" {
		level.fixed = true
	}
	l.levels[i] = level
}

// override takes over what one numbering changes of its definition.
func (l *docxList) override(num *extract.Node) {
	for _, n := range num.Children {
		i := extract.Number(n.Attr("ilvl"))
		if n.Name != "w:lvlOverride" || i >= len(l.levels) {
			continue
		}
		if level := n.Child("w:lvl"); level != nil {
			l.setLevel(level)
		}
		if start := n.Child("w:startOverride"); start != nil {
			l.restart[i] = 1 + extract.Number(start.Attr("val"))
		}
	}
}

// next returns the number of the next paragraph with these properties.
func (b *docxNumbering) next(props *extract.Node, style docxStyle) extract.Numeral {
	numID, level := style.numID, style.level
	if num := props.Child("w:numPr"); num != nil {
		if id := num.Child("w:numId"); id != nil {
			numID = id.Attr("val")
		}
		if l := num.Child("w:ilvl"); l != nil {
			level = extract.Number(l.Attr("val"))
		}
	}
	list := b.lists[numID]
	if numID == "" || numID == "0" || list == nil {
		return extract.Numeral{}
	}
	if direct := props.Child("w:numPr", "w:ilvl"); direct == nil {
		level = list.levelOf(props.Child("w:pStyle").Attr("val"), level)
	}
	if level >= len(list.levels) {
		return extract.Numeral{}
	}
	return list.count(level)
}

// levelOf returns the level that belongs to a style, if there is one.
func (l *docxList) levelOf(style string, level int) int {
	for i := range l.levels {
		if style != "" && l.levels[i].style == style {
			return i
		}
	}
	return level
}

// count takes the next number of a level.
func (l *docxList) count(level int) extract.Numeral {
	switch {
	case l.restart[level] > 0:
		l.counters[level] = l.restart[level]
		l.restart[level] = 0
	case l.counters[level] == 0:
		l.counters[level] = 1 + l.levels[level].start
	default:
		l.counters[level]++
	}
	for i := range level { // levels above that were never used
		if l.counters[i] == 0 {
			l.counters[i] = 1 + l.levels[i].start
		}
	}
	for i := level + 1; i < len(l.counters); i++ {
		if !l.levels[i].fixed {
			l.counters[i] = 0
		}
	}
	return l.numeral(level)
}

// numeral formats the current number of a level. Counters are one higher than
// the number, so that 0 means not begun.
func (l *docxList) numeral(level int) extract.Numeral {
	n := extract.Numeral{Is: true, Level: level}
	if l.levels[level].format == "bullet" || l.levels[level].format == "none" {
		n.Text = l.levels[level].tick
		return n
	}
	var out strings.Builder
	numbers := 0
	text := l.levels[level].text
	for i := 0; i < len(text); i++ {
		if text[i] != '%' || i+1 >= len(text) || text[i+1] < '1' || text[i+1] > '9' {
			out.WriteByte(text[i])
			continue
		}
		i++
		at := int(text[i] - '1')
		format := l.levels[at].format
		if l.levels[level].legal {
			format = "decimal"
		}
		out.WriteString(extract.FormatNumber(l.counters[at]-1, format))
		numbers++
	}
	n.Text = strings.TrimSpace(out.String())
	n.Quoted = numbers > 1 || strings.ContainsAny(n.Text, "§(") || len(strings.Fields(n.Text)) > 1
	return n
}
