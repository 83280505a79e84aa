package web

import (
	"strings"

	"golang.org/x/net/html"
)

// formula writes a formula of MathML in one line, its signs apart: "x = a / 2".
func formula(node *html.Node) string {
	if node.Type == html.TextNode {
		return strings.TrimSpace(node.Data)
	}
	var parts []string
	for child := range node.ChildNodes() {
		if child.Type == html.ElementNode && strings.HasPrefix(child.Data, "annotation") {
			continue // it says the formula once more
		}
		if part := formula(child); part != "" {
			parts = append(parts, part)
		}
	}
	switch node.Data {
	case "mfrac":
		return strings.Join(parts, " / ")
	case "msup":
		return strings.Join(parts, "^")
	case "msub":
		return strings.Join(parts, "_")
	case "msqrt":
		return "√(" + strings.Join(parts, " ") + ")"
	}
	return strings.Join(parts, " ")
}
