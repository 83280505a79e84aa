package extract

import (
	"slices"
	"strconv"
	"strings"
)

// maxChart is the number of categories up to which a chart's values are read.
const maxChart = 2000

// chart adds the title of a chart and the values that were saved with it.
func (f *file) chart(rels []relation, id string) {
	name, ok := linked(rels, id)
	if !ok {
		return
	}
	root, err := f.zip.tree(name)
	if err != nil {
		return // a picture less, no reason to refuse the document
	}
	f.addChart(root)
}

func (f *file) addChart(root *node) {
	f.chartTitles(root)
	var series []*node
	root.child("c:chart", "c:plotArea").each("c:ser", func(ser *node) { series = append(series, ser) })
	f.chartValues(series)
}

// chartTitles adds the titles of a chart and its axes.
func (f *file) chartTitles(root *node) {
	root.child("c:chart").each("c:title", func(title *node) {
		f.add(Block{Kind: Paragraph, Text: drawnText(title)})
	})
}

// chartValues adds one row per category with the values of all series.
func (f *file) chartValues(series []*node) {
	header := []string{""}
	var categories map[int]string
	var values []map[int]string
	rows := 0
	for _, ser := range series {
		header = append(header, cached(ser.child("c:tx"))[0])
		points := cached(ser.child("c:val"))
		if len(points) == 0 {
			points = cached(ser.child("c:yVal"))
		}
		values = append(values, points)
		names := cached(ser.child("c:cat"))
		if len(names) == 0 {
			names = cached(ser.child("c:xVal"))
		}
		if len(names) > len(categories) {
			categories = names
		}
		rows = max(rows, lastIndex(points)+1, lastIndex(names)+1)
	}
	if len(series) == 0 {
		return
	}
	head := f.row(header, "")
	for i := range min(rows, maxChart) {
		cells := []string{categories[i]}
		for _, points := range values {
			cells = append(cells, points[i])
		}
		f.row(cells, head)
	}
}

// cached returns the points of a chart's data by their index.
func cached(n *node) map[int]string {
	points := map[int]string{}
	n.each("c:pt", func(pt *node) {
		if i := number(pt.attr("idx")); i < maxChart {
			points[i] = rounded(pt.child("c:v").content())
		}
	})
	return points
}

// rounded drops digits that only the computer's arithmetic put there.
func rounded(text string) string {
	if value, err := strconv.ParseFloat(text, 64); err == nil && len(text) > 12 {
		return strconv.FormatFloat(value, 'f', -1, 32)
	}
	return text
}

func lastIndex(points map[int]string) int {
	last := -1
	for i := range points {
		last = max(last, i)
	}
	return last
}

// diagram adds the texts of a diagram (SmartArt) in the order of its data.
func (f *file) diagram(rels []relation, id string) {
	name, ok := linked(rels, id)
	if !ok {
		return
	}
	root, err := f.zip.tree(name)
	if err != nil {
		return
	}
	root.each("dgm:pt", func(pt *node) {
		if kind := pt.attr("type"); kind == "" || kind == "node" || kind == "asst" {
			f.add(Block{Kind: ListItem, Level: 1, Text: drawnText(pt.child("dgm:t"))})
		}
	})
}

// alternative adds the words that stand for a picture, unless they are a file's
// name or made up by a program.
func (f *file) alternative(text string) {
	lower := strings.ToLower(strings.TrimSpace(text))
	if !strings.ContainsRune(lower, ' ') || strings.Contains(lower, "automatisch generiert") || strings.Contains(lower, "automatically generated") ||
		strings.Contains(lower, "ai-generated") || strings.Contains(lower, "ki-generiert") ||
		strings.Contains(lower, "://") || slices.Contains(pictureEndings, ending(lower)) || strings.Contains(lower, `:\`) {
		return
	}
	f.add(Block{Kind: Paragraph, Text: text})
}

var pictureEndings = []string{".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".emf", ".wmf", ".tif", ".tiff", ".webp"}

// drawnText returns the text of a drawing's text body, one line per paragraph.
func drawnText(n *node) string {
	var lines []string
	n.each("a:p", func(p *node) { lines = append(lines, paragraphText(p)) })
	return strings.Join(lines, "\n")
}

// paragraphText returns the text of one paragraph of a drawing.
func paragraphText(p *node) string {
	var out strings.Builder
	for _, n := range p.children {
		switch n.name {
		case "a:r", "a:fld":
			if !isTinyRun(n) {
				out.WriteString(n.child("a:t").content())
			}
		case "a:br":
			out.WriteByte('\n')
		case "mc:AlternateContent":
			out.WriteString(" " + formula(chosen(n)) + " ")
		case "m:oMath", "m:oMathPara":
			out.WriteString(" " + formula(n) + " ")
		}
	}
	return out.String()
}

// isTinyRun reports text of one point and less, which nobody sees.
func isTinyRun(n *node) bool {
	size := n.child("a:rPr").attr("sz")
	return size != "" && number(size) <= 100
}
