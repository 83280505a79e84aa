package extract

import (
	"regexp"
	"strconv"
	"strings"
)

// docxStyle is what a style means for the text that has it.
type docxStyle struct {
	outline  int  // level of a heading from 1; 0: none
	title    bool // the document's title
	list     bool // a list without numbering of its own
	contents bool // a line of the table of contents
	hidden   bool
	white    bool
	numID    string // of its numbering
	level    int    // in it
}

// readStyles reads the styles with what they take over from those below them.
func (d *docx) readStyles() map[string]docxStyle {
	root := d.optional("styles")
	if root == nil {
		return nil
	}
	raw := map[string]*node{}
	for _, n := range root.children {
		if n.name == "w:style" {
			raw[n.attr("styleId")] = n
		}
	}
	styles := make(map[string]docxStyle, len(raw))
	for id := range raw {
		styles[id] = resolveStyle(raw, id, 0)
	}
	return styles
}

// resolveStyle follows a style's ancestors, at most ten: chains may be circles.
func resolveStyle(raw map[string]*node, id string, depth int) docxStyle {
	n := raw[id]
	if n == nil || depth > 10 {
		return docxStyle{}
	}
	s := resolveStyle(raw, n.child("w:basedOn").attr("val"), depth+1)
	if level, ok := headingLevel(id); ok {
		s.outline = level
	} else if level, ok := headingLevel(n.child("w:name").attr("val")); ok {
		s.outline = level
	}
	props := n.child("w:pPr")
	if outline := props.child("w:outlineLvl"); outline != nil {
		s.outline = outlineLevel(outline.attr("val"))
	}
	name := strings.ToLower(n.child("w:name").attr("val"))
	s.title = s.title || name == "title" || name == "titel"
	s.list = s.list || strings.HasPrefix(name, "list bullet") || strings.HasPrefix(name, "list number") ||
		strings.HasPrefix(name, "aufzählungszeichen") || strings.HasPrefix(name, "listennummer")
	s.contents = s.contents || contentsName.MatchString(name)
	if num := props.child("w:numPr"); num != nil {
		if numID := num.child("w:numId"); numID != nil {
			s.numID = numID.attr("val")
		}
		if level := num.child("w:ilvl"); level != nil {
			s.level = number(level.attr("val"))
		}
	}
	run := n.child("w:rPr")
	if vanish := run.child("w:vanish"); vanish != nil {
		s.hidden = vanish.isOn()
	}
	if color := run.child("w:color"); color != nil {
		s.white = strings.EqualFold(color.attr("val"), "FFFFFF") && color.attr("themeColor") == ""
	}
	return s
}

var (
	headingName  = regexp.MustCompile(`(?i)^(?:heading|überschrift|berschrift|titre|rubrik|kop)[ _]?([1-9])$`)
	contentsName = regexp.MustCompile(`^(?:toc|verzeichnis|inhaltsverzeichnis|contents) ?\d?$`)
)

// headingLevel reads the level from the id or name of a heading's style.
func headingLevel(name string) (int, bool) {
	if m := headingName.FindStringSubmatch(name); m != nil {
		return number(m[1]), true
	}
	return 0, false
}

// outlineLevel returns the level from 1 of an outline level from 0; 9 is body
// text.
func outlineLevel(val string) int {
	if level := number(val); level < 9 && val != "" {
		return level + 1
	}
	return 0
}

// number reads a small number; what is none counts as 0.
func number(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 || n > 1<<20 {
		return 0
	}
	return n
}

// hasBit reports a flag in a number written in hexadecimal digits.
func hasBit(text string, bit uint64) bool {
	flags, err := strconv.ParseUint(text, 16, 32)
	return err == nil && flags&bit != 0
}
