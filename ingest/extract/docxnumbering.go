package extract

import (
	"strconv"
	"strings"
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
	fixed  bool // deeper levels do not begin again after it
	legal  bool // all numbers in arabic digits
	style  string
}

// readNumbering reads the definitions.
func (d *docx) readNumbering() docxNumbering {
	numbering := docxNumbering{lists: map[string]*docxList{}}
	root := d.optional("numbering")
	if root == nil {
		return numbering
	}
	abstract := map[string]*node{}
	byStyle := map[string]*node{}
	for _, n := range root.children {
		if n.name == "w:abstractNum" {
			abstract[n.attr("abstractNumId")] = n
			if link := n.child("w:styleLink"); link != nil {
				byStyle[link.attr("val")] = n
			}
		}
	}
	counters := map[string]*[9]int{}
	for _, n := range root.children {
		if n.name != "w:num" {
			continue
		}
		id := n.child("w:abstractNumId").attr("val")
		definition := abstract[id]
		if link := definition.child("w:numStyleLink"); link != nil && byStyle[link.attr("val")] != nil {
			definition = byStyle[link.attr("val")]
		}
		if counters[id] == nil {
			counters[id] = new([9]int)
		}
		list := &docxList{counters: counters[id]}
		list.define(definition)
		list.override(n)
		numbering.lists[n.attr("numId")] = list
	}
	return numbering
}

// define takes the levels over from a definition.
func (l *docxList) define(definition *node) {
	for i := range l.levels {
		l.levels[i].start = 1
	}
	if definition == nil {
		return
	}
	for _, n := range definition.children {
		if n.name == "w:lvl" {
			l.setLevel(n)
		}
	}
}

func (l *docxList) setLevel(n *node) {
	i := number(n.attr("ilvl"))
	if i >= len(l.levels) {
		return
	}
	level := docxLevel{
		format: n.child("w:numFmt").attr("val"), text: n.child("w:lvlText").attr("val"), start: 1,
		legal: n.child("w:isLgl").isOn(), style: n.child("w:pStyle").attr("val"),
	}
	if start := n.child("w:start"); start != nil {
		level.start = number(start.attr("val"))
	}
	if restart := n.child("w:lvlRestart"); restart != nil && restart.attr("val") == "0" {
		level.fixed = true
	}
	l.levels[i] = level
}

// override takes over what one numbering changes of its definition.
func (l *docxList) override(num *node) {
	for _, n := range num.children {
		i := number(n.attr("ilvl"))
		if n.name != "w:lvlOverride" || i >= len(l.levels) {
			continue
		}
		if level := n.child("w:lvl"); level != nil {
			l.setLevel(level)
		}
		if start := n.child("w:startOverride"); start != nil {
			l.restart[i] = 1 + number(start.attr("val"))
		}
	}
}

// numeral is the number of a paragraph.
type numeral struct {
	is     bool // it has one, or a bullet
	level  int  // from 0
	text   string
	quoted bool // more than a plain number: part of how the clause is cited
}

// next returns the number of the next paragraph with these properties.
func (b *docxNumbering) next(props *node, style docxStyle) numeral {
	numID, level := style.numID, style.level
	if num := props.child("w:numPr"); num != nil {
		if id := num.child("w:numId"); id != nil {
			numID = id.attr("val")
		}
		if l := num.child("w:ilvl"); l != nil {
			level = number(l.attr("val"))
		}
	}
	list := b.lists[numID]
	if numID == "" || numID == "0" || list == nil {
		return numeral{}
	}
	if direct := props.child("w:numPr", "w:ilvl"); direct == nil {
		level = list.levelOf(props.child("w:pStyle").attr("val"), level)
	}
	if level >= len(list.levels) {
		return numeral{}
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
func (l *docxList) count(level int) numeral {
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
func (l *docxList) numeral(level int) numeral {
	n := numeral{is: true, level: level}
	if l.levels[level].format == "bullet" || l.levels[level].format == "none" {
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
		out.WriteString(formatNumber(l.counters[at]-1, format))
		numbers++
	}
	n.text = strings.TrimSpace(out.String())
	n.quoted = numbers > 1 || strings.ContainsAny(n.text, "§(") || len(strings.Fields(n.text)) > 1
	return n
}

// formatNumber writes a number in one of Word's and OpenDocument's ways.
func formatNumber(n int, format string) string {
	switch format {
	case "lowerLetter", "a":
		return letters(n, 'a')
	case "upperLetter", "A":
		return letters(n, 'A')
	case "lowerRoman", "i":
		return strings.ToLower(roman(n))
	case "upperRoman", "I":
		return roman(n)
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// letters counts a, b, …, z, aa, bb, … as Word does.
func letters(n int, first rune) string {
	if n <= 0 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n <= 0 || n >= 4000 {
		return strconv.Itoa(n)
	}
	var out strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
		{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= step.value; n -= step.value {
			out.WriteString(step.sign)
		}
	}
	return out.String()
}
