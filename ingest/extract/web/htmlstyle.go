package web

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lvr.example/sprechstunde/ingest/extract"
)

var (
	hidingStyle = regexp.MustCompile(`(?i)(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!}]|$)|font-size\s*:\s*(?:[01](?:\.\d+)?(?:px|pt)|0(?:em|rem|%)?)\s*(?:[;!}]|$)|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*(?:0|1px)|color\s*:\s*(?:transparent|rgba\([^)]*,\s*0(?:\.0+)?\s*\)))`)
	colorStyle  = regexp.MustCompile(`(?i)(?:^|[;{\s])color\s*:\s*([^;!}]+)`)
	groundStyle = regexp.MustCompile(`(?i)(?:^|[;{\s])background(?:-color|-image)?\s*:\s*([^;!}]+)`)
	rgbColor    = regexp.MustCompile(`^rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)`)
	shortColor  = regexp.MustCompile(`^#([0-9a-f])([0-9a-f])([0-9a-f])$`)
)

// isHidden reports what a reader of the page does not see, and cannot open.
func (p *page) isHidden(node *html.Node) bool {
	if p.opens(node) || node.Data == "mjx-assistive-mml" { // MathJax draws its formulas by styles, and says them here
		return false
	}
	for _, a := range node.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if strings.EqualFold(a.Val, "true") {
				return true
			}
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				if hiddenClasses[strings.ToLower(class)] {
					return true
				}
			}
		}
	}
	if hidingStyle.MatchString(p.sheet.style(node)) {
		return true
	}
	color := p.color(node)
	return color != "" && color == p.ground(node)
}

// color returns the colour that an element gives its text, "" if none.
func (p *page) color(node *html.Node) string {
	if color := lastColor(colorStyle, p.sheet.style(node)); color != "" {
		return color
	}
	if node.DataAtom == atom.Font {
		return plainColor(attr(node, "color"))
	}
	return ""
}

// ground returns the colour behind an element: that of the nearest one around it
// that has any, or white.
func (p *page) ground(node *html.Node) string {
	for up := node; up != nil; up = up.Parent {
		if up.Type != html.ElementNode {
			continue
		}
		if ground := lastColor(groundStyle, p.sheet.style(up)); ground != "" && ground != "transparent" {
			return ground
		}
		if ground := plainColor(attr(up, "bgcolor")); ground != "" {
			return ground
		}
	}
	return "#ffffff"
}

// isStruck reports elements whose text is struck out.
func (p *page) isStruck(node *html.Node) bool {
	switch node.DataAtom {
	case atom.S, atom.Strike, atom.Del:
		return true
	}
	return struckStyle.MatchString(p.sheet.style(node))
}

// isRaised reports elements whose text is set high.
func (p *page) isRaised(node *html.Node) bool {
	return node.DataAtom == atom.Sup || raisedStyle.MatchString(p.sheet.style(node))
}

// symbolFont returns the font of an element's text if it is one of symbols.
func (p *page) symbolFont(node *html.Node) string {
	font := attr(node, "face")
	if found := familyStyle.FindStringSubmatch(p.sheet.style(node)); found != nil {
		font = found[1]
	}
	font, _, _ = strings.Cut(font, ",")
	if font = strings.Trim(font, ` "'`); extract.IsSymbolFont(font) {
		return font
	}
	return ""
}

var (
	struckStyle = regexp.MustCompile(`(?i)(?:^|[;{\s])text-decoration(?:-line)?\s*:[^;]*line-through`)
	raisedStyle = regexp.MustCompile(`(?i)(?:^|[;{\s])vertical-align\s*:\s*super`)
	weightStyle = regexp.MustCompile(`(?i)(?:^|[;{\s])font-weight\s*:\s*(\w+)`)
	familyStyle = regexp.MustCompile(`(?i)(?:^|[;{\s])font-family\s*:\s*([^;]+)`)
)

// lastColor returns the last colour that a style gives, in one form.
func lastColor(pattern *regexp.Regexp, style string) string {
	found := pattern.FindAllStringSubmatch(style, -1)
	if len(found) == 0 {
		return ""
	}
	return plainColor(found[len(found)-1][1])
}

// plainColor writes a colour in one form; what is no plain colour stays as it is.
func plainColor(color string) string {
	color = strings.ToLower(strings.TrimSpace(color))
	if m := shortColor.FindStringSubmatch(color); m != nil {
		return "#" + m[1] + m[1] + m[2] + m[2] + m[3] + m[3]
	}
	if m := rgbColor.FindStringSubmatch(color); m != nil {
		return fmt.Sprintf("#%02x%02x%02x", extract.Number(m[1]), extract.Number(m[2]), extract.Number(m[3]))
	}
	switch color {
	case "white":
		return "#ffffff"
	case "black":
		return "#000000"
	}
	return color
}

// hiddenClasses are the usual names for text that is not shown.
var hiddenClasses = map[string]bool{
	"sr-only": true, "visually-hidden": true, "visuallyhidden": true, "screen-reader-text": true, "d-none": true,
	"hidden": true, "invisible": true, "element-invisible": true,
}
