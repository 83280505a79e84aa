package odf

import (
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// set takes over how properties set letters.
func (s *odfStyle) set(props *extract.Node) {
	if line := props.Attr("style:text-line-through-style") + props.Attr("style:text-line-through-type"); line != "" {
		s.struck = isSet(!strings.HasPrefix(line, "none"))
	}
	if position := props.Attr("style:text-position"); position != "" {
		s.raised = isSet(strings.HasPrefix(position, "super") || position[0] >= '1' && position[0] <= '9')
	}
	if weight := props.Attr("fo:font-weight"); weight != "" {
		s.bold = isSet(weight == "bold" || weight >= "600" && weight <= "900")
	}
	if size, ok := strings.CutSuffix(props.Attr("fo:font-size"), "pt"); ok {
		s.size, _ = strconv.ParseFloat(size, 64)
	}
	for _, name := range []string{"style:font-name", "fo:font-family"} {
		if font := strings.Trim(props.Attr(name), "'\""); font != "" {
			s.font = font
		}
	}
}

func isSet(on bool) int {
	if on {
		return 1
	}
	return -1
}

// look is how text is set.
type look struct {
	struck, raised, bold bool
	size                 float64
	font                 string
}

// lookOf returns the look that a style gives text, over that around it.
func (o *odf) lookOf(name string, around look) look {
	var chain []*odfStyle
	for range 10 {
		s := o.styles[name]
		if s == nil {
			break
		}
		chain = append(chain, s)
		name = s.parent
	}
	for i := len(chain) - 1; i >= 0; i-- {
		s := chain[i]
		take := func(value int, to *bool) {
			if value != 0 {
				*to = value > 0
			}
		}
		take(s.struck, &around.struck)
		take(s.raised, &around.raised)
		take(s.bold, &around.bold)
		if s.size > 0 {
			around.size = s.size
		}
		if s.font != "" {
			around.font = s.font
		}
	}
	return around
}

// line collects the text of a paragraph.
type line struct {
	text    strings.Builder
	raised  string // signs set high that are still to be written
	letters int    // seen so far
	bold    int    // of them
	size    float64
	struck  bool // the last piece was struck out
}

// write adds text, and before it what is set high behind the text so far.
func (l *line) write(text string) {
	if l.raised != "" {
		l.text.WriteString(extract.Raised(l.text.String(), l.raised))
		l.raised = ""
	}
	l.text.WriteString(text)
}

// add adds text set in some way; what is struck out is left out and counted.
func (l *line) add(o *odf, text string, look look) {
	isText := strings.TrimSpace(text) != ""
	switch {
	case look.struck:
		if isText && !l.struck {
			o.Remark(extract.StruckText, 1, "")
		}
		l.struck = l.struck || isText
		return
	case look.raised && isText:
		l.raised += text
		return
	}
	l.struck = l.struck && !isText
	if n := len(strings.TrimSpace(text)); n > 0 {
		l.letters += n
		if look.bold {
			l.bold += n
		}
		l.size = max(l.size, look.size)
	}
	l.write(extract.Symbols(look.font, text))
}

// manualHeadings finds headings that nobody marked as such: paragraphs all in
// bold that are numbered, or larger than the text.
type manualHeadings struct {
	styled int     // level of the last heading that was marked
	above  float64 // size of the largest heading without a number so far
}

// manualHeading returns the level of a paragraph that is a heading by its look; 0
// if it is none.
func (o *odf) manualHeading(l *line, text string) int {
	if o.nested || o.page > 0 || o.cells || l.letters == 0 {
		return 0
	}
	body := 12.0 // what LibreOffice takes
	for _, name := range []string{"Standard", "Text_20_body"} {
		if s := o.styles[name]; s != nil && s.size > 0 {
			body = s.size
		}
	}
	if !extract.IsHeadingLike(text, l.bold == l.letters, l.size >= 1.1*body) {
		return 0
	}
	m := &o.manual
	depth, isNumbered := extract.NumberDepth(text)
	if !isNumbered {
		m.above = max(m.above, l.size)
		return m.styled + 1
	}
	if m.styled > 0 && m.above > l.size {
		depth++
	}
	return max(m.styled, 1) + depth // a section is no title
}
