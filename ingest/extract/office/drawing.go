package office

import (
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// maxChart is the number of categories up to which a chart's values are read.
const maxChart = 2000

// chart adds the title of a chart and the values that were saved with it.
func (f *ooxml) chart(rels []relation, id string) {
	name, ok := linked(rels, id)
	if !ok {
		return
	}
	root, err := f.Zip.Tree(name)
	if err != nil {
		return // a picture less, no reason to refuse the document
	}
	f.addChart(root)
}

func (f *ooxml) addChart(root *extract.Node) {
	f.chartTitles(root)
	var series []*extract.Node
	root.Child("c:chart", "c:plotArea").Each("c:ser", func(ser *extract.Node) { series = append(series, ser) })
	f.chartValues(series)
}

// chartTitles adds the titles of a chart and its axes.
func (f *ooxml) chartTitles(root *extract.Node) {
	root.Child("c:chart").Each("c:title", func(title *extract.Node) {
		f.Add(extract.Block{Kind: extract.Paragraph, Text: drawnText(title)})
	})
}

// chartValues adds one row per category with the values of all series.
func (f *ooxml) chartValues(series []*extract.Node) {
	header := []string{""}
	var categories map[int]string
	var values []map[int]string
	rows := 0
	for _, ser := range series {
		header = append(header, cached(ser.Child("c:tx"))[0])
		points := cached(ser.Child("c:val"))
		if len(points) == 0 {
			points = cached(ser.Child("c:yVal"))
		}
		values = append(values, points)
		names := cached(ser.Child("c:cat"))
		if len(names) == 0 {
			names = cached(ser.Child("c:xVal"))
		}
		if len(names) > len(categories) {
			categories = names
		}
		rows = max(rows, lastIndex(points)+1, lastIndex(names)+1)
	}
	if len(series) == 0 {
		return
	}
	head := f.Row(header, "")
	for i := range min(rows, maxChart) {
		cells := []string{categories[i]}
		for _, points := range values {
			cells = append(cells, points[i])
		}
		f.Row(cells, head)
	}
}

// cached returns the points of a chart's data by their index.
func cached(n *extract.Node) map[int]string {
	points := map[int]string{}
	n.Each("c:pt", func(pt *extract.Node) {
		if i := extract.Number(pt.Attr("idx")); i < maxChart {
			points[i] = rounded(pt.Child("c:v").Content())
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
func (f *ooxml) diagram(rels []relation, id string) {
	name, ok := linked(rels, id)
	if !ok {
		return
	}
	root, err := f.Zip.Tree(name)
	if err != nil {
		return
	}
	root.Each("dgm:pt", func(pt *extract.Node) {
		if kind := pt.Attr("type"); kind == "" || kind == "node" || kind == "asst" {
			f.Add(extract.Block{Kind: extract.ListItem, Level: 1, Text: drawnText(pt.Child("dgm:t"))})
		}
	})
}

// drawnText returns the text of a drawing's text body, one line per paragraph.
func drawnText(n *extract.Node) string {
	var lines []string
	n.Each("a:p", func(p *extract.Node) { lines = append(lines, paragraphText(p)) })
	return strings.Join(lines, "\n")
}

// paragraphText returns the text of one paragraph of a drawing.
func paragraphText(p *extract.Node) string {
	var out strings.Builder
	for _, n := range p.Children {
		switch n.Name {
		case "a:r", "a:fld":
			if !isTinyRun(n) {
				out.WriteString(n.Child("a:t").Content())
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
func isTinyRun(n *extract.Node) bool {
	size := n.Child("a:rPr").Attr("sz")
	return size != "" && extract.Number(size) <= 100
}
