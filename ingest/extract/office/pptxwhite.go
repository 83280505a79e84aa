package office

import (
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// isWhiteLayout reports whether the slide's layout and master are white all over:
// only there is white text surely hidden.
func (p *pptx) isWhiteLayout() bool {
	layout, ok := ofKind(p.rels, "slideLayout")
	if !ok {
		return true
	}
	white, known := p.whites[layout]
	if !known {
		white = p.isWhitePart(layout)
		p.whites[layout] = white
	}
	return white
}

// isWhitePart reports it of a layout together with its master, or of a master.
func (p *pptx) isWhitePart(name string) bool {
	root, err := p.Zip.Tree(name)
	if err != nil || root.Find("p:pic") != nil || hasFilledShape(root) {
		return false
	}
	if ground := root.Child("p:cSld", "p:bg"); ground != nil && !isWhiteGround(ground) {
		return false
	}
	if m := root.Child("p:clrMap"); m != nil && m.Attr("bg1") != "lt1" {
		return false
	}
	rels, err := relations(p.Zip, name)
	if err != nil {
		return false
	}
	if root.Name == "p:sldLayout" {
		master, ok := ofKind(rels, "slideMaster")
		return ok && p.isWhitePart(master)
	}
	theme, ok := ofKind(rels, "theme")
	if !ok {
		return true
	}
	colors, err := p.Zip.Tree(theme)
	return err == nil && isWhiteFill(colors.Find("a:lt1"))
}

// isWhiteGround reports a background that is white, or the theme's light colour.
func isWhiteGround(ground *extract.Node) bool {
	if ref := ground.Child("p:bgRef"); ref != nil {
		return isWhiteFill(ref)
	}
	return isWhiteFill(ground.Child("p:bgPr", "a:solidFill"))
}

// isWhiteFill reports white among the children of a fill.
func isWhiteFill(n *extract.Node) bool {
	if n == nil || len(n.Children) == 0 {
		return false
	}
	color := n.Children[0]
	switch color.Name {
	case "a:srgbClr":
		return strings.EqualFold(color.Attr("val"), "FFFFFF") && len(color.Children) == 0
	case "a:sysClr":
		return color.Attr("val") == "window"
	case "a:schemeClr":
		return (color.Attr("val") == "bg1" || color.Attr("val") == "lt1") && len(color.Children) == 0
	}
	return false
}

func hasFilledShape(n *extract.Node) bool {
	filled := false
	n.Each("p:sp", func(shape *extract.Node) { filled = filled || isFilled(shape) })
	return filled
}

// isFilled reports shapes with a ground of their own.
func isFilled(shape *extract.Node) bool {
	if props := shape.Child("p:spPr"); props != nil {
		for _, c := range props.Children {
			switch c.Name {
			case "a:solidFill":
				return !isWhiteFill(c)
			case "a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill":
				return true
			case "a:noFill":
				return false
			}
		}
	}
	ref := shape.Child("p:style", "a:fillRef")
	return ref != nil && ref.Attr("idx") != "0"
}

// dropWhite takes white runs out of a shape's text.
func (p *pptx) dropWhite(body *extract.Node) {
	for _, paragraph := range body.Children {
		kept := paragraph.Children[:0:0]
		for _, run := range paragraph.Children {
			if run.Name == "a:r" && isWhiteFill(run.Child("a:rPr", "a:solidFill")) {
				if strings.TrimSpace(run.Child("a:t").Content()) != "" {
					p.Doc.Hidden++
				}
				continue
			}
			kept = append(kept, run)
		}
		paragraph.Children = kept
	}
}
