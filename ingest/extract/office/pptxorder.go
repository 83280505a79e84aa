package office

import (
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// inSight returns shapes in the order in which people read them: from the top
// down and from left to right, columns one after the other. What has no place of
// its own takes that of its placeholder in the layout; shapes without any stay
// before the others, in the order of drawing.
func (p *pptx) inSight(shapes []*extract.Node) []*extract.Node {
	var rest, placed []*extract.Node
	var frames []extract.Frame
	for _, shape := range shapes {
		frame, ok := p.place(shape)
		if !ok {
			rest = append(rest, shape)
			continue
		}
		placed, frames = append(placed, shape), append(frames, frame)
	}
	for _, i := range extract.ReadingOrder(frames) {
		rest = append(rest, placed[i])
	}
	return rest
}

// place finds the place of a shape.
func (p *pptx) place(shape *extract.Node) (at extract.Frame, ok bool) {
	if shape.Name == "mc:AlternateContent" {
		if inner := chosen(shape); inner != nil && len(inner.Children) > 0 {
			return p.place(inner.Children[0])
		}
		return at, false
	}
	frame := frameOf(shape)
	if frame == nil {
		frame = p.layoutFrame(shape)
	}
	off, ext := frame.Child("a:off"), frame.Child("a:ext")
	if off == nil || ext == nil {
		return at, false
	}
	at.Left, at.Top = number64(off.Attr("x")), number64(off.Attr("y"))
	at.Right, at.Bottom = at.Left+number64(ext.Attr("cx")), at.Top+number64(ext.Attr("cy"))
	return at, true
}

// frameOf returns the frame that a shape names itself.
func frameOf(shape *extract.Node) *extract.Node {
	switch shape.Name {
	case "p:graphicFrame":
		return shape.Child("p:xfrm")
	case "p:grpSp":
		return shape.Child("p:grpSpPr", "a:xfrm")
	}
	return shape.Child("p:spPr", "a:xfrm")
}

// layoutFrame returns the frame of a shape's placeholder in the layout, or in
// its master.
func (p *pptx) layoutFrame(shape *extract.Node) *extract.Node {
	kind, index := placeholder(shape), placeholderIndex(shape)
	if kind == "" {
		return nil
	}
	var frame *extract.Node
	for _, part := range p.layoutParts() {
		part.Each("p:sp", func(other *extract.Node) {
			if placeholder(other) == "" || frame != nil {
				return
			}
			if placeholderIndex(other) == index && index != "" || placeholder(other) == kind && index == "" {
				frame = frameOf(other)
			}
		})
		if frame != nil {
			return frame
		}
		index = "" // a master knows kinds only
	}
	return nil
}

func placeholderIndex(shape *extract.Node) string {
	for _, props := range shape.Children {
		if ph := props.Child("p:nvPr", "p:ph"); ph != nil {
			return ph.Attr("idx")
		}
	}
	return ""
}

// layoutParts returns the slide's layout and its master, as far as they can be
// read.
func (p *pptx) layoutParts() []*extract.Node {
	var parts []*extract.Node
	rels := p.rels
	for _, kind := range []string{"slideLayout", "slideMaster"} {
		name, ok := ofKind(rels, kind)
		if !ok {
			break
		}
		part, known := p.layouts[name]
		if !known {
			part, _ = p.Zip.Tree(name) // without it shapes come as they are drawn
			p.layouts[name] = part
		}
		if part == nil {
			break
		}
		parts = append(parts, part)
		rels, _ = relations(p.Zip, name)
	}
	return parts
}

// layoutText adds what stands on the slide's layout or master only, such as a
// grade of secrecy, once for all slides. Prompts of placeholders are no text.
func (p *pptx) layoutText() {
	for _, part := range p.layoutParts() {
		part.Child("p:cSld", "p:spTree").Each("p:sp", func(shape *extract.Node) {
			text := strings.TrimSpace(p.drawnText(shape.Child("p:txBody")))
			if placeholder(shape) != "" || text == "" || p.laidOut[text] || p.isUnseen(shape, true) {
				return
			}
			p.laidOut[text] = true
			p.Add(extract.Block{Kind: extract.Note, Text: text})
		})
		if part.Attr("showMasterSp") == "0" {
			return
		}
	}
}

// minTitle is the size from which a text can be the title of a slide without
// being marked as such, in hundredths of a point.
const minTitle = 2400

// largestShape returns the shape whose one line is set larger than all others, if
// it reads like a title.
func largestShape(shapes *extract.Node) *extract.Node {
	var largest *extract.Node
	most, again := minTitle-1, false
	shapes.Each("p:sp", func(shape *extract.Node) {
		size, lines := 0, 0
		shape.Child("p:txBody").Each("a:r", func(run *extract.Node) {
			size = max(size, extract.Number(run.Child("a:rPr").Attr("sz")))
		})
		shape.Child("p:txBody").Each("a:p", func(line *extract.Node) {
			if strings.TrimSpace(line.Content()) != "" {
				lines++
			}
		})
		switch {
		case lines == 0 || size < most:
		case size == most:
			again = true
		default:
			largest, most, again = shape, size, lines > 1 || len(shape.Content()) > 200
		}
	})
	if again {
		return nil
	}
	return largest
}
