package office

import (
	"regexp"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// docxStyle is what a style means for the text that has it.
type docxStyle struct {
	outline  int  // level of a heading from 1; 0: none
	title    bool // the document's title
	list     bool // a list without numbering of its own
	contents bool // a line of the table of contents
	hidden   bool
	white    bool
	look     runLook
	numID    string // of its numbering
	level    int    // in it
}

// readStyles reads the styles with what they take over from those below them.
func (d *docx) readStyles() map[string]docxStyle {
	root := d.optional("styles")
	if root == nil {
		return nil
	}
	raw := map[string]*extract.Node{}
	for _, n := range root.Children {
		if n.Name == "w:style" {
			raw[n.Attr("styleId")] = n
		}
	}
	styles := make(map[string]docxStyle, len(raw))
	for id := range raw {
		styles[id] = resolveStyle(raw, id, 0)
	}
	return styles
}

// resolveStyle follows a style's ancestors, at most ten: chains may be circles.
func resolveStyle(raw map[string]*extract.Node, id string, depth int) docxStyle {
	n := raw[id]
	if n == nil || depth > 10 {
		return docxStyle{}
	}
	s := resolveStyle(raw, n.Child("w:basedOn").Attr("val"), depth+1)
	if level, ok := headingLevel(id); ok {
		s.outline = level
	} else if level, ok := headingLevel(n.Child("w:name").Attr("val")); ok {
		s.outline = level
	}
	props := n.Child("w:pPr")
	if outline := props.Child("w:outlineLvl"); outline != nil {
		s.outline = outlineLevel(outline.Attr("val"))
	}
	name := strings.ToLower(n.Child("w:name").Attr("val"))
	s.title = s.title || name == "title" || name == "titel"
	s.list = s.list || strings.HasPrefix(name, "list bullet") || strings.HasPrefix(name, "list number") ||
		strings.HasPrefix(name, "aufzählungszeichen") || strings.HasPrefix(name, "listennummer")
	s.contents = s.contents || contentsName.MatchString(name)
	if num := props.Child("w:numPr"); num != nil {
		if numID := num.Child("w:numId"); numID != nil {
			s.numID = numID.Attr("val")
		}
		if level := num.Child("w:ilvl"); level != nil {
			s.level = extract.Number(level.Attr("val"))
		}
	}
	run := n.Child("w:rPr")
	s.look = s.look.with(run)
	s.look.prompt = s.look.prompt || name == "placeholder text" || name == "platzhaltertext"
	if vanish := run.Child("w:vanish"); vanish != nil {
		s.hidden = vanish.IsOn()
	}
	if color := run.Child("w:color"); color != nil {
		s.white = strings.EqualFold(color.Attr("val"), "FFFFFF") && color.Attr("themeColor") == ""
	}
	return s
}

var (
	headingName  = regexp.MustCompile(`(?i)^(?:heading|überschrift|berschrift|titre|rubrik|kop)[ _]?([1-9])$`)
	contentsName = regexp.MustCompile(`^(?:toc(?: heading)?|inhaltsverzeichnisüberschrift|verzeichnis|inhaltsverzeichnis|contents|table of figures|table of authorities|abbildungsverzeichnis|tabellenverzeichnis|rechtsgrundlagenverzeichnis|index) ?\d?$`)
)

// headingLevel reads the level from the id or name of a heading's style.
func headingLevel(name string) (int, bool) {
	if m := headingName.FindStringSubmatch(name); m != nil {
		return extract.Number(m[1]), true
	}
	return 0, false
}

// outlineLevel returns the level from 1 of an outline level from 0; 9 is body
// text.
func outlineLevel(val string) int {
	if level := extract.Number(val); level < 9 && val != "" {
		return level + 1
	}
	return 0
}

// hasBit reports a flag in a number written in hexadecimal digits.
func hasBit(text string, bit uint64) bool {
	flags, err := strconv.ParseUint(text, 16, 32)
	return err == nil && flags&bit != 0
}
