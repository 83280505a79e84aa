package extract

import "strings"

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
	root, err := p.zip.tree(name)
	if err != nil || root.find("p:pic") != nil || hasFilledShape(root) {
		return false
	}
	if ground := root.child("p:cSld", "p:bg"); ground != nil && !isWhiteGround(ground) {
		return false
	}
	if m := root.child("p:clrMap"); m != nil && m.attr("bg1") != "lt1" {
		return false
	}
	rels, err := p.zip.relations(name)
	if err != nil {
		return false
	}
	if root.name == "p:sldLayout" {
		master, ok := ofKind(rels, "slideMaster")
		return ok && p.isWhitePart(master)
	}
	theme, ok := ofKind(rels, "theme")
	if !ok {
		return true
	}
	colors, err := p.zip.tree(theme)
	return err == nil && isWhiteFill(colors.find("a:lt1"))
}

// isWhiteGround reports a background that is white, or the theme's light colour.
func isWhiteGround(ground *node) bool {
	if ref := ground.child("p:bgRef"); ref != nil {
		return isWhiteFill(ref)
	}
	return isWhiteFill(ground.child("p:bgPr", "a:solidFill"))
}

// isWhiteFill reports white among the children of a fill.
func isWhiteFill(n *node) bool {
	if n == nil || len(n.children) == 0 {
		return false
	}
	color := n.children[0]
	switch color.name {
	case "a:srgbClr":
		return strings.EqualFold(color.attr("val"), "FFFFFF") && len(color.children) == 0
	case "a:sysClr":
		return color.attr("val") == "window"
	case "a:schemeClr":
		return (color.attr("val") == "bg1" || color.attr("val") == "lt1") && len(color.children) == 0
	}
	return false
}

func hasFilledShape(n *node) bool {
	filled := false
	n.each("p:sp", func(shape *node) { filled = filled || isFilled(shape) })
	return filled
}

// isFilled reports shapes with a ground of their own.
func isFilled(shape *node) bool {
	if props := shape.child("p:spPr"); props != nil {
		for _, c := range props.children {
			switch c.name {
			case "a:solidFill":
				return !isWhiteFill(c)
			case "a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill":
				return true
			case "a:noFill":
				return false
			}
		}
	}
	ref := shape.child("p:style", "a:fillRef")
	return ref != nil && ref.attr("idx") != "0"
}

// dropWhite takes white runs out of a shape's text.
func (p *pptx) dropWhite(body *node) {
	for _, paragraph := range body.children {
		kept := paragraph.children[:0:0]
		for _, run := range paragraph.children {
			if run.name == "a:r" && isWhiteFill(run.child("a:rPr", "a:solidFill")) {
				if strings.TrimSpace(run.child("a:t").content()) != "" {
					p.doc.Hidden++
				}
				continue
			}
			kept = append(kept, run)
		}
		paragraph.children = kept
	}
}
