package chat

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// said returns the stretches of a Markdown text that its author says to
// somebody, in order: all but fenced, indented and inline code, and quoted lines.
// A line below a quote that lacks the mark is the author's own, although Markdown
// lets the quote go on there.
func said(message string) []text.Segment {
	source := []byte(message)
	var all []text.Segment
	add := func(s text.Segment) {
		if !quoted(source, s.Start) {
			all = append(all, s)
		}
	}
	root := goldmark.DefaultParser().Parse(text.NewReader(source))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function has no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			add(n.Segment)
		case *ast.HTMLBlock:
			for i := range n.Lines().Len() {
				add(n.Lines().At(i))
			}
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				add(n.Segments.At(i))
			}
		}
		return ast.WalkContinue, nil
	})
	return all
}

// quoted reports whether a place stands in a line that begins with the mark of a
// quote.
func quoted(source []byte, at int) bool {
	line := source[bytes.LastIndexByte(source[:at], '\n')+1 : at]
	return bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte(">"))
}
