package office

import (
	"cmp"
	"slices"
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
		f.Add(extract.Block{Kind: extract.Paragraph, Text: f.drawnText(title)})
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
	for _, numbers := range []string{"c:numCache", "c:numLit"} {
		n.Each(numbers, func(cache *extract.Node) {
			all := parseNumberFormat(formatCode(cache.Child("c:formatCode").Content()))
			cache.Each("c:pt", func(pt *extract.Node) {
				format := all
				if own := pt.Attr("formatCode"); own != "" {
					format = parseNumberFormat(formatCode(own))
				}
				if i := extract.Number(pt.Attr("idx")); i < maxChart {
					points[i] = charted(pt.Child("c:v").Content(), format)
				}
			})
		})
	}
	n.Each("c:pt", func(pt *extract.Node) {
		if i := extract.Number(pt.Attr("idx")); i < maxChart && points[i] == "" {
			points[i] = pt.Child("c:v").Content()
		}
	})
	return points
}

// formatCode returns a number format's code, none where it is too long to be one.
func formatCode(code string) string {
	if len(code) > maxFormat {
		return ""
	}
	return code
}

// charted writes a number of a chart as its format shows it, without digits that
// only the computer's arithmetic put there.
func charted(text string, format *numberFormat) string {
	value, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return text
	}
	if format.general && len(text) > 12 {
		if value, err = strconv.ParseFloat(strconv.FormatFloat(value, 'f', -1, 32), 64); err != nil {
			return text
		}
	}
	return format.number(value, false)
}

func lastIndex(points map[int]string) int {
	last := -1
	for i := range points {
		last = max(last, i)
	}
	return last
}

// diagram adds the texts of a diagram (SmartArt) as a list, in the order and
// depth of its connections.
func (f *ooxml) diagram(rels []relation, id string) {
	name, ok := linked(rels, id)
	if !ok {
		return
	}
	root, err := f.Zip.Tree(name)
	if err != nil {
		return
	}
	d := &diagram{ooxml: f, points: map[string]*extract.Node{}, below: map[string][]connection{}}
	d.read(root)
	for _, id := range d.order {
		if d.points[id].Attr("type") == "doc" {
			d.add(id, 0)
		}
	}
	for _, id := range d.order { // what nothing leads to
		d.add(id, 1)
	}
}

// diagram is SmartArt being read.
type diagram struct {
	*ooxml
	points map[string]*extract.Node
	order  []string                // of the points in the file
	below  map[string][]connection // by the point above
}

type connection struct {
	to    string
	place int
}

func (d *diagram) read(root *extract.Node) {
	root.Each("dgm:pt", func(pt *extract.Node) {
		id := pt.Attr("modelId")
		if d.points[id] == nil {
			d.order = append(d.order, id)
		}
		d.points[id] = pt
	})
	root.Each("dgm:cxn", func(cxn *extract.Node) {
		if kind := cxn.Attr("type"); kind == "" || kind == "parOf" {
			from := cxn.Attr("srcId")
			d.below[from] = append(d.below[from], connection{cxn.Attr("destId"), extract.Number(cxn.Attr("srcOrd"))})
		}
	})
	for _, all := range d.below {
		slices.SortStableFunc(all, func(a, b connection) int { return cmp.Compare(a.place, b.place) })
	}
}

// add adds a point and those below it, each once.
func (d *diagram) add(id string, level int) {
	pt := d.points[id]
	if pt == nil || level > extract.MaxDepth {
		return
	}
	delete(d.points, id)
	if kind := pt.Attr("type"); kind == "" || kind == "node" || kind == "asst" {
		d.Add(extract.Block{Kind: extract.ListItem, Level: max(level, 1), Text: d.drawnText(pt.Child("dgm:t"))})
	}
	for _, next := range d.below[id] {
		d.add(next.to, level+1)
	}
}

// drawnText returns the text of a drawing's text body, one line per paragraph.
func (f *ooxml) drawnText(n *extract.Node) string {
	var lines []string
	n.Each("a:p", func(p *extract.Node) { lines = append(lines, f.paragraphText(p)) })
	return strings.Join(lines, "\n")
}

// paragraphText returns the text of one paragraph of a drawing. What is struck
// out is left out.
func (f *ooxml) paragraphText(p *extract.Node) string {
	var out strings.Builder
	raised, struck := "", false
	write := func(text string) {
		if raised != "" {
			out.WriteString(extract.Raised(out.String(), raised))
			raised = ""
		}
		out.WriteString(text)
	}
	for _, n := range p.Children {
		switch n.Name {
		case "a:r", "a:fld":
			text := n.Child("a:t").Content()
			props := n.Child("a:rPr")
			isStruck := isStruckRun(props)
			switch {
			case isTinyRun(n):
			case isStruck:
				if !struck && strings.TrimSpace(text) != "" {
					f.Remark(extract.StruckText, 1, "")
				}
			case extract.Number(props.Attr("baseline")) > 0:
				raised += text
			default:
				write(extract.Symbols(fontOf(props), text))
			}
			struck = isStruck
		case "a:br":
			write("\n")
		case "mc:AlternateContent":
			write(" " + formula(chosen(n)) + " ")
		case "m:oMath", "m:oMathPara":
			write(" " + formula(n) + " ")
		}
	}
	write("")
	return out.String()
}

func isStruckRun(props *extract.Node) bool {
	strike := props.Attr("strike")
	return strike == "sngStrike" || strike == "dblStrike"
}

// fontOf returns the font of a run, that of symbols if it names one.
func fontOf(props *extract.Node) string {
	if font := props.Child("a:latin").Attr("typeface"); extract.IsSymbolFont(font) {
		return font
	}
	return props.Child("a:sym").Attr("typeface")
}

// isTinyRun reports text of one point and less, which nobody sees.
func isTinyRun(n *extract.Node) bool {
	size := n.Child("a:rPr").Attr("sz")
	return size != "" && extract.Number(size) <= 100
}
