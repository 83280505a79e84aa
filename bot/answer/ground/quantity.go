package ground

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// quantity is a figure in one measure: three weeks are 21 days, 48 hours two.
type quantity struct {
	value   float64
	measure string // of time: "minute", "month"; else the stem of what is counted; empty: nothing
	bound   string // as of a figure
	word    int    // where it stands
}

// spans are words for spans of time, in minutes or months.
var spans = func() map[string]quantity {
	all := map[string]quantity{}
	for measure, name := range map[string]string{"minute": "spans-in-minutes", "month": "spans-in-months"} {
		for stem, count := range pairs(name) {
			value, err := strconv.ParseFloat(count, 64)
			if err != nil {
				panic(fmt.Sprintf("lists.txt: %s: %v", name, err))
			}
			all[stem] = quantity{value: value, measure: measure}
		}
	}
	return all
}()

// spanOf returns the span of time that a word names, alone, as what a number of
// them counts ("16-jährig") or as how often something is done ("jährlich").
func spanOf(w german.Word) (quantity, bool) {
	if first, ok := strings.CutSuffix(w.Stem, "stund"); ok && first != "viertel" {
		return spans["stund"], true // Wochenstunden, Plusstunden
	}
	for _, form := range []string{w.Stem, w.Form} {
		for _, ending := range []string{"", "e", "n", "en", "s", "es", "lich", "liche", "lichen", "licher", "ig", "ige", "igen", "iger"} {
			bare, ok := strings.CutSuffix(form, ending)
			if !ok {
				continue
			}
			if span, ok := spans[bare]; ok {
				return span, true
			}
		}
	}
	return quantity{}, false
}

// quantities are the figures of a sentence, each in its measure, and the spans of
// time that are named without a figure: "eine Woche", "jährlich".
func (s sentence) quantities() (all []quantity) {
	counted := map[int]bool{}
	for _, f := range s.figures {
		q := quantity{bound: s.around(f), word: f.at, measure: f.unit}
		value, ok := s.valueOf(f)
		if !ok {
			continue // dates and paragraphs have a check of their own
		}
		q.value = value
		for j := f.at + 1; j < len(s.words) && j <= f.at+2; j++ {
			if span, ok := spanOf(s.words[j]); ok {
				q.value, q.measure = value*span.value, span.measure
				counted[j] = true
				break
			}
			if s.words[j].Stem == "million" {
				q.value *= 1e6
			}
		}
		all = append(all, q)
	}
	for i, w := range s.words {
		if span, ok := spanOf(w); ok && !counted[i] {
			span.word = i
			all = append(all, span)
		}
	}
	return all
}

// valueOf reads a figure; a time of day is its hour and hundredths: 14:30 as 14.30.
func (s sentence) valueOf(f figure) (float64, bool) {
	switch s.words[f.at].Kind {
	case german.Date, german.Paragraph:
		return 0, false
	}
	value, err := strconv.ParseFloat(strings.Replace(f.value, ":", ".", 1), 64)
	return value, err == nil
}

// around is the limit of a figure, also where it stands behind: "das Minimum",
// "30 Minuten oder mehr".
func (s sentence) around(f figure) string {
	for _, w := range s.words {
		switch w.Form {
		case "minimum", "wenigstens":
			return "min"
		case "maximum", "maximal", "hochstens":
			return "max"
		}
	}
	return f.bound
}

// quantified: each quantity of the statement stands in the basis; what is named by
// the way ("am ersten Tag") must stand there, too. Known is what stands above.
func quantified(said, matched, known sentence) string {
	above := known.quantities()
	have := matched.quantities()
	for _, q := range said.quantities() {
		reason := "number, date or paragraph not in passage"
		if matched.mentions(said, q) {
			continue
		}
		own := slices.ContainsFunc(have, func(other quantity) bool { return other.value == q.value })
		for _, other := range append(have, above...) {
			if q.value != other.value {
				continue
			}
			if own && slices.Contains(above, other) && !slices.Contains(have, other) {
				continue
			}
			switch {
			case q.measure != "" && other.measure != "" && !sameMeasure(q.measure, other.measure, said, matched):
				if reason != "" {
					reason = "unit differs"
				}
			case contraryBounds(q.bound, other.bound):
				if reason != "" {
					reason = "bound differs"
				}
			default:
				reason = ""
			}
		}
		if reason != "" {
			return reason
		}
	}
	return ""
}

// mentions reports whether a span of time without a figure is part of a word of the
// passage ("am Tag der Abreise", "Abreisetag"), or a year is the one of a date.
func (s sentence) mentions(said sentence, q quantity) bool {
	w := said.words[q.word]
	if w.Kind == german.Number {
		return len(w.Form) == 4 && q.measure == "" && slices.ContainsFunc(s.figures, func(f figure) bool {
			return s.words[f.at].Kind == german.Date && strings.HasPrefix(f.value, w.Form)
		})
	}
	if numerals[w.Form] != "" {
		return false
	}
	before := ""
	if q.word > 0 {
		before = said.words[q.word-1].Form
	}
	return slices.ContainsFunc(s.words, func(other german.Word) bool {
		if len(other.Stem) <= len(w.Stem) {
			return false
		}
		return strings.HasSuffix(other.Stem, w.Stem) && !once[before] || strings.HasPrefix(other.Stem, w.Stem) && rates[before]
	})
}

var (
	once  = list("per-or-one", "once")
	rates = list("rates")
)

func sameMeasure(one, other string, said, matched sentence) bool {
	if one == other {
		return true
	}
	timed := func(m string) bool { return m == "minute" || m == "month" }
	if timed(one) || timed(other) {
		return false
	}
	return sameUnit(one, other, said, matched) || said.keys[other] || matched.keys[one] || meets(keysOf(one), keysOf(other))
}

// contraryBounds reports whether one limit is from above and the other from below.
func contraryBounds(one, other string) bool {
	direction := func(bound string) int {
		switch {
		case strings.Contains(bound, "max"), strings.Contains(bound, "below"):
			return -1
		case strings.Contains(bound, "min"), strings.Contains(bound, "above"):
			return 1
		}
		return 0
	}
	return direction(one)*direction(other) < 0
}
