package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Gate holds the limits that a run must keep, by the figure's path in the
// report's JSON with slashes, for example "modes/fused/recall@3".
//
// A number in a path is a place in a list: "intervals/fused.mrr@10/0" is the
// lower end of the interval.
//
// A figure under AtLeast must reach the figures named with it: the fused ranking
// must not fall below its better half. A figure under NotWorse, named as in
// "fused.mrr@10", must not be significantly worse than in the earlier run that
// is compared with: not all of the interval of the paired difference.
type Gate struct {
	Min      map[string]float64  `json:"min"`
	Max      map[string]float64  `json:"max"`
	AtLeast  map[string][]string `json:"at_least"`
	NotWorse []string            `json:"not_worse"`
}

// ReadGate reads a gate from JSON. Unknown keys are an error: a misspelt limit
// would hold nothing.
func ReadGate(r io.Reader) (Gate, error) {
	var g Gate
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&g); err != nil {
		return Gate{}, fmt.Errorf("read gate: %w", err)
	}
	if len(g.Min)+len(g.Max)+len(g.AtLeast)+len(g.NotWorse) == 0 {
		return Gate{}, fmt.Errorf("read gate: it sets no limit")
	}
	return g, nil
}

// Check returns a line for each limit that the report does not keep; a figure
// that the report lacks keeps none.
func (g Gate) Check(r Report) ([]string, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("check gate: %w", err)
	}
	var figures map[string]any
	if err := json.Unmarshal(data, &figures); err != nil {
		return nil, fmt.Errorf("check gate: %w", err)
	}
	var broken []string
	for path, floor := range g.Min {
		if value, ok := figure(figures, path); !ok || value < floor {
			broken = append(broken, fmt.Sprintf("%s is %s, must be at least %g", path, shown(value, ok), floor))
		}
	}
	for path, ceiling := range g.Max {
		if value, ok := figure(figures, path); !ok || value > ceiling {
			broken = append(broken, fmt.Sprintf("%s is %s, must be at most %g", path, shown(value, ok), ceiling))
		}
	}
	for path, others := range g.AtLeast {
		value, ok := figure(figures, path)
		for _, other := range others {
			if floor, known := figure(figures, other); !ok || !known || value < floor {
				broken = append(broken, fmt.Sprintf("%s is %s, must reach %s, which is %s", path, shown(value, ok), other, shown(floor, known)))
			}
		}
	}
	for _, name := range g.NotWorse {
		if line := r.Compare.worse(name); line != "" {
			broken = append(broken, line)
		}
	}
	slices.Sort(broken)
	return broken, nil
}

// worse says that a figure is significantly worse than in the earlier run, or
// that nobody can tell; empty: it is not.
func (c *Comparison) worse(figure string) string {
	if c == nil {
		return figure + " is compared with nothing: name an earlier run with --compare FILE"
	}
	d, ok := c.Differences[figure]
	if !ok {
		return figure + " is missing in this run or in the earlier one"
	}
	worse := d.Interval[1] < 0
	if lowerIsBetter(figure) {
		worse = d.Interval[0] > 0
	}
	if !worse {
		return ""
	}
	return fmt.Sprintf("%s changed by %+.4f %s against the earlier run, which is worse beyond chance", figure, d.Difference, d.Interval)
}

func figure(figures map[string]any, path string) (float64, bool) {
	var at any = figures
	for key := range strings.SplitSeq(path, "/") {
		switch x := at.(type) {
		case map[string]any:
			at = x[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(x) {
				return 0, false
			}
			at = x[i]
		default:
			return 0, false
		}
	}
	value, ok := at.(float64)
	return value, ok
}

func shown(value float64, ok bool) string {
	if !ok {
		return "missing"
	}
	return fmt.Sprintf("%.4g", value)
}
