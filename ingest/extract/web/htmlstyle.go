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
	cssRule     = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)
	cssClass    = regexp.MustCompile(`^\.([A-Za-z_][\w-]*)$`)
	rgbColor    = regexp.MustCompile(`^rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)`)
	shortColor  = regexp.MustCompile(`^#([0-9a-f])([0-9a-f])([0-9a-f])$`)
)

// styleSheet is what a page's own style sheets say of text that is not seen:
// rules for a single class, and whether the whole page has a ground of its own.
type styleSheet struct {
	hiding  map[string]bool
	colors  map[string]string
	grounds map[string]string
	ground  string // of the page
}

// readStyleSheets reads the style elements of a page.
func readStyleSheets(root *html.Node) *styleSheet {
	s := &styleSheet{hiding: map[string]bool{}, colors: map[string]string{}, grounds: map[string]string{}}
	for _, style := range findAll(root, func(n *html.Node) bool { return n.DataAtom == atom.Style }) {
		if style.FirstChild == nil {
			continue
		}
		for _, rule := range cssRule.FindAllStringSubmatch(style.FirstChild.Data, -1) {
			for selector := range strings.SplitSeq(rule[1], ",") {
				s.take(strings.TrimSpace(selector), rule[2])
			}
		}
	}
	return s
}

func (s *styleSheet) take(selector, style string) {
	switch selector {
	case "body", "html", "*", "main", ":root":
		if ground := lastColor(groundStyle, style); ground != "" {
			s.ground = ground
		}
		return
	}
	found := cssClass.FindStringSubmatch(selector)
	if found == nil {
		return
	}
	class := found[1]
	s.hiding[class] = s.hiding[class] || hidingStyle.MatchString(style)
	if color := lastColor(colorStyle, style); color != "" {
		s.colors[class] = color
	}
	if ground := lastColor(groundStyle, style); ground != "" {
		s.grounds[class] = ground
	}
}

// isHidden reports what a reader of the page does not see.
func (p *page) isHidden(node *html.Node) bool {
	for _, a := range node.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if strings.EqualFold(a.Val, "true") {
				return true
			}
		case "style":
			if hidingStyle.MatchString(a.Val) {
				return true
			}
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				if p.sheet.hiding[class] || hiddenClasses[strings.ToLower(class)] {
					return true
				}
			}
		}
	}
	color := p.color(node)
	return color != "" && color == p.ground(node)
}

// color returns the colour that an element gives its text, "" if none.
func (p *page) color(node *html.Node) string {
	if color := lastColor(colorStyle, attr(node, "style")); color != "" {
		return color
	}
	for class := range strings.FieldsSeq(attr(node, "class")) {
		if color := p.sheet.colors[class]; color != "" {
			return color
		}
	}
	if node.DataAtom == atom.Font {
		return plainColor(attr(node, "color"))
	}
	return ""
}

// ground returns the colour behind an element: that of the nearest one around it
// that has any, or of the page, which is white unless it says otherwise.
func (p *page) ground(node *html.Node) string {
	for up := node; up != nil; up = up.Parent {
		if ground := lastColor(groundStyle, attr(up, "style")); ground != "" && ground != "transparent" {
			return ground
		}
		for class := range strings.FieldsSeq(attr(up, "class")) {
			if ground := p.sheet.grounds[class]; ground != "" && ground != "transparent" {
				return ground
			}
		}
		if ground := plainColor(attr(up, "bgcolor")); ground != "" {
			return ground
		}
	}
	if p.sheet.ground != "" {
		return p.sheet.ground
	}
	return "#ffffff"
}

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
