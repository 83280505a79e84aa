package eval

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"
)

// WriteSVG draws how far the judgement of sufficiency can be trusted: on the
// left which share of answers is wrong when only the surest questions are
// answered, with the thresholds in use; on the right whether questions with a
// probability of .7 are answerable in seven of ten cases. It is readable on
// light and on dark ground.
func (r Report) WriteSVG(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" font-family="system-ui, sans-serif" font-size="13">`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, "<title>Risk–coverage curve and reliability diagram</title>\n<style>%s</style>\n", plotStyle)
	fmt.Fprintf(&b, `<rect class="ground" width="%d" height="%d"/>`+"\n", plotWidth, plotHeight)
	r.drawRisk(&b)
	r.drawReliability(&b)
	b.WriteString("</svg>\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write plot: %w", err)
	}
	return nil
}

// The page and its two panels, in pixels.
const (
	plotWidth  = 980
	plotHeight = 540
	panelTop   = 64
	panelWide  = 380
	panelHigh  = 290
)

// plotStyle has the colours of both grounds. Blue and orange are those of Okabe
// and Ito, which colour-blind people tell apart.
const plotStyle = `
.ground{fill:#fff}text{fill:#1c1c1c}.head{font-size:16px;font-weight:600}.small{font-size:12px}
.axis{stroke:#555;fill:none}.grid{stroke:#ddd}.ideal{stroke:#777;stroke-dasharray:5 4;fill:none}
.curve{stroke:#0072b2;stroke-width:2;fill:none}.fill{fill:#0072b2}.mark{fill:#d55e00;stroke:#d55e00}.no{fill:#d55e00}
@media (prefers-color-scheme:dark){.ground{fill:#161b22}text{fill:#e6edf3}.axis{stroke:#aaa}.grid{stroke:#30363d}
.ideal{stroke:#999}.curve{stroke:#56b4e9}.fill{fill:#56b4e9}.mark{fill:#e69f00;stroke:#e69f00}.no{fill:#e69f00}}
`

// panel is a diagram with both axes from 0.
type panel struct {
	b    *strings.Builder
	left float64
	yMax float64
}

func (p panel) x(v float64) float64 { return p.left + v*panelWide }
func (p panel) y(v float64) float64 { return panelTop + panelHigh*(1-v/p.yMax) }

// text writes at a place; anchor is start, middle or end.
func (p panel) text(x, y float64, anchor, class, format string, args ...any) {
	fmt.Fprintf(p.b, `<text x="%.1f" y="%.1f" text-anchor="%s" class="%s">`, x, y, anchor, class)
	_ = xml.EscapeText(p.b, fmt.Appendf(nil, format, args...)) // a Builder takes everything
	p.b.WriteString("</text>\n")
}

func (p panel) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(p.b, `<line class="%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`+"\n", class, x1, y1, x2, y2)
}

// frame draws head, grid, axes and their names; both axes are shares.
func (p panel) frame(head, xName, yName string) {
	p.text(p.left, 34, "start", "head", "%s", head)
	const steps = 5
	for i := range steps + 1 {
		share := float64(i) / steps
		p.line("grid", p.x(share), panelTop, p.x(share), panelTop+panelHigh)
		p.line("grid", p.left, p.y(share*p.yMax), p.left+panelWide, p.y(share*p.yMax))
		p.text(p.x(share), panelTop+panelHigh+18, "middle", "small", "%.0f %%", 100*share)
		p.text(p.left-8, p.y(share*p.yMax)+4, "end", "small", "%.0f %%", 100*share*p.yMax)
	}
	fmt.Fprintf(p.b, `<path class="axis" d="M%.1f %d V%d H%.1f"/>`+"\n", p.left, panelTop, panelTop+panelHigh, p.left+panelWide)
	p.text(p.left+panelWide/2, panelTop+panelHigh+38, "middle", "", "%s", xName)
	fmt.Fprintf(p.b, `<g transform="translate(%.1f %d) rotate(-90)">`, p.left-52, panelTop+panelHigh/2)
	p.text(0, 0, "middle", "", "%s", yName)
	p.b.WriteString("</g>\n")
}

// path draws a line through points.
func (p panel) path(class string, points [][2]float64) {
	var d strings.Builder
	for i, at := range points {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&d, "%s%.1f %.1f", letter, p.x(at[0]), p.y(at[1]))
	}
	fmt.Fprintf(p.b, `<path class="%s" d="%s"/>`+"\n", class, d.String())
}

func (r Report) drawRisk(b *strings.Builder) {
	p := panel{b: b, left: 76, yMax: 0.1}
	for _, at := range r.risk {
		p.yMax = max(p.yMax, math.Ceil(at.risk*10)/10)
	}
	p.frame("Risk and coverage", "share of questions answered, the surest first", "share of wrong answers")
	if len(r.risk) == 0 {
		return
	}
	var points [][2]float64
	for _, at := range r.risk {
		points = append(points, [2]float64{at.coverage, at.risk})
	}
	p.path("curve", points)
	below := float64(panelTop + panelHigh + 64)
	p.text(p.left, below, "start", "small", "AURC %.3f %s", *r.Answerability.AURC, r.Intervals[areaRisk])
	for _, t := range []struct {
		name  string
		least float64
	}{{"answered", r.Sufficiency.Answered}, {"nearest", r.Sufficiency.Nearest}} {
		below += 20
		p.threshold(r.risk, t.name, t.least, below)
	}
	p.text(p.left, below+20, "start", "small", "Wrong: the documents hold no answer, or another document comes first.")
}

// threshold marks where a band ends on the curve.
func (p panel) threshold(curve []riskPoint, name string, least, below float64) {
	var at riskPoint
	for _, point := range curve {
		if point.probability >= least {
			at = point
		}
	}
	fmt.Fprintf(p.b, `<circle class="mark" cx="%.1f" cy="%.1f" r="5"/>`+"\n", p.x(at.coverage), p.y(at.risk))
	p.line("mark", p.x(at.coverage), p.y(at.risk), p.x(at.coverage), panelTop+panelHigh)
	p.text(p.x(at.coverage)-6, panelTop+panelHigh-8, "end", "small", "%s", name)
	p.text(p.left, below, "start", "small", "%s from %.2f: %.0f %% of the questions, %.0f %% of these wrong", name, least, 100*at.coverage, 100*at.risk)
}

func (r Report) drawReliability(b *strings.Builder) {
	p := panel{b: b, left: 570, yMax: 1}
	p.frame("Reliability", "probability that the documents answer", "share of questions they answer")
	p.path("ideal", [][2]float64{{0, 0}, {1, 1}})
	reliable := r.Answerability.Reliability
	if reliable == nil {
		p.text(p.left+panelWide/2, panelTop+panelHigh/2, "middle", "", "needs answerable and unanswerable questions")
		return
	}
	var points [][2]float64
	most := 0
	for _, bin := range reliable.Bins {
		points = append(points, [2]float64{bin.Said, bin.So})
		most = max(most, bin.Answerable+bin.Unanswerable)
	}
	p.path("curve", points)
	for _, at := range points {
		fmt.Fprintf(b, `<circle class="fill" cx="%.1f" cy="%.1f" r="4"/>`+"\n", p.x(at[0]), p.y(at[1]))
	}
	p.counts(reliable.Bins, most)
	below := float64(panelTop + panelHigh + 142)
	for i, kind := range []struct{ class, name string }{{"fill", "answerable"}, {"no", "unanswerable"}} {
		x := p.left + float64(i)*panelWide/2
		fmt.Fprintf(b, `<rect class="%s" x="%.1f" y="%.1f" width="11" height="11"/>`, kind.class, x, below-10)
		p.text(x+16, below, "start", "small", "%s questions", kind.name)
	}
	p.text(p.left, below+20, "start", "small", "In the curve both kinds weigh alike. Dashed: what is said is so.")
	p.text(p.left, below+38, "start", "small", "Expected calibration error %.3f", reliable.ECE)
}

// counts draws a bar for each bin below the panel.
func (p panel) counts(bins []Bin, most int) {
	const high, foot = 52, panelTop + panelHigh + 120
	for _, bin := range bins {
		x, wide := p.x(bin.From)+3, p.x(bin.To)-p.x(bin.From)-6
		yes := high * float64(bin.Answerable) / float64(most)
		no := high * float64(bin.Unanswerable) / float64(most)
		fmt.Fprintf(p.b, `<rect class="fill" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, x, foot-yes, wide, yes)
		fmt.Fprintf(p.b, `<rect class="no" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`+"\n", x, foot-yes-no, wide, no)
		p.text(x+wide/2, foot-yes-no-4, "middle", "small", "%d", bin.Answerable+bin.Unanswerable)
	}
}
