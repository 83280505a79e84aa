package ground

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

var (
	numerals = pairs("numerals") // numbers in words; "ein" is missing: it is an article
	units    = pairs("units")    // that are written in more than one way
	weekdays = list("weekdays")
)

// figure is a number with what it counts.
type figure struct {
	value string
	unit  string   // stem of the noun behind it; empty: none
	bound string   // what the words before make of it: at most, before, …
	at    int      // its word
	parts []string // of a date or paragraph: they must stand, too
}

// number takes note of word i where it is a number, date or paragraph.
func (s *sentence) number(i int) {
	w := s.words[i]
	f := figure{value: w.Form, at: i}
	switch {
	case w.Kind == german.Date || w.Kind == german.Paragraph:
		for _, part := range w.Parts {
			if len(part) > 4 || strings.HasPrefix(part, "§") { // day of a full date, subsection
				s.keys[part] = true
				f.parts = append(f.parts, part)
			}
		}
	case w.Kind == german.Number:
		f.unit = s.unit(i)
	case numerals[w.Form] != "":
		f.value = numerals[w.Form]
		f.unit = s.unit(i)
	case weekdays[w.Form]:
		return
	default:
		return
	}
	s.keys[f.value] = true
	if f.unit == "" {
		s.loose[w.Form] = true
	}
	f.bound = s.bound(i)
	s.figures = append(s.figures, f)
}

// unit is the noun behind number i, or the sign.
func (s *sentence) unit(i int) string {
	behind := strings.TrimLeft(s.text[s.words[i].End:], " \u00a0\u202f")
	for _, sign := range []string{"%", "€", "m²", "m³"} {
		if strings.HasPrefix(behind, sign) {
			return units[german.Fold(sign)]
		}
	}
	for j := i + 1; j < len(s.words) && j <= i+3; j++ {
		w := s.words[j]
		if unit, ok := units[w.Stem]; ok {
			return unit
		}
		if s.capital[j] || w.Form == "uhr" {
			return w.Stem
		}
		if !adjective(w.Form) {
			return ""
		}
	}
	return ""
}

// boundWords make of a number a limit.
var boundWords = pairs("number-bounds")

// bound is what the words right before number i make of it, all of them:
// "spätestens nach".
func (s *sentence) bound(i int) string {
	var bounds []string
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		form := s.words[j].Form
		bound := boundWords[form]
		if denied := j > 0 && negating[s.words[j-1].Form]; denied && bound == "above" {
			bound = "max" // nicht mehr als
		} else if denied && bound == "below" {
			bound = "min"
		}
		if bound != "" && (form != "nach" || s.words[i].Kind != german.Paragraph) {
			bounds = append(bounds, bound)
		}
		if s.capital[j] && s.carries[j] && !measured(s.words[j].Stem) || s.words[j].Kind != german.Plain || coordinating[form] {
			break
		}
	}
	if s.precedes(i) {
		// "Spätestens zwei Wochen vor" are at least two weeks.
		for j := range bounds {
			switch {
			case s.wordBefore(i, "spatestens"):
				bounds[j] = "min"
			case s.wordBefore(i, "fruhestens"):
				bounds[j] = "max"
			}
		}
	}
	slices.Sort(bounds)
	return strings.Join(slices.Compact(bounds), " ")
}

// precedes reports whether number i says how long before something.
func (s *sentence) precedes(i int) bool {
	return i+2 < len(s.words) && s.words[i+2].Form == "vor" || i+1 < len(s.words) && s.words[i+1].Form == "vor"
}

func (s *sentence) wordBefore(i int, form string) bool {
	return slices.ContainsFunc(s.words[max(0, i-3):i], func(w german.Word) bool { return w.Form == form })
}

// measured reports whether a noun only says that a figure follows: "bis zu einem
// Auftragswert von".
func measured(stem string) bool {
	return slices.ContainsFunc(lists["figure-heads"], func(end string) bool { return strings.HasSuffix(stem, end) })
}

// figures: every number of the statement stands in the passage with the same
// noun behind it and the same limit before it.
func figures(said, matched, known sentence) string {
	for _, f := range said.figures {
		reason := "number, date or paragraph not in passage"
		if f.unit == "" && known.loose[f.value] && all(f.parts, known.keys) {
			reason = ""
		}
		for _, g := range matched.figures {
			switch {
			case g.value != f.value || !all(f.parts, matched.keys):
				continue
			case f.unit != "" && g.unit != "" && !sameUnit(f.unit, g.unit, said, matched):
				reason = "unit differs"
			case g.bound != f.bound:
				reason = "bound differs"
			default:
				reason = ""
			}
			if reason == "" {
				break
			}
		}
		if reason != "" {
			return reason
		}
	}
	return ""
}

// frequency: what is done every three months is not done every month.
func frequency(said, matched, _ sentence) string {
	for _, g := range matched.figures {
		if g.at == 0 || matched.words[g.at-1].Form != "alle" || g.unit == "" || !said.holds(keysOf(g.unit)) {
			continue
		}
		if !slices.ContainsFunc(said.figures, func(f figure) bool { return f.value == g.value }) {
			return "how often differs"
		}
	}
	return ""
}

// sameUnit reports whether two units are one: "32 Wochenstunden" are 32 Stunden
// where a week is spoken of, "60 Plusstunden" where Plusstunden are.
func sameUnit(one, other string, said, matched sentence) bool {
	long, elsewhere := one, matched
	short := other
	if len(other) > len(one) {
		long, short, elsewhere = other, one, said
	}
	first, ok := strings.CutSuffix(long, short)
	if !ok || len(short) < 3 {
		return false
	}
	return first == "" || elsewhere.keys[long] || len(first) >= 3 && (elsewhere.holds(keysOf(first)) || elsewhere.holds(keysOf(strings.TrimSuffix(first, "en"))))
}

// ranges gives both ends of "von 8 bis 18 Uhr" and "zwischen 8 und 18 Uhr" the same
// limit.
func (s *sentence) ranges() {
	for i := 1; i < len(s.figures); i++ {
		from, to := &s.figures[i-1], &s.figures[i]
		between := s.words[from.at+1 : to.at]
		if from.at < 1 || len(between) == 0 || len(between) > 2 {
			continue
		}
		open, link := s.words[from.at-1].Form, between[len(between)-1].Form
		switch {
		case (open == "von" || open == "zwischen") && (link == "bis" || link == "und"):
			from.bound, to.bound = "between", "between"
		case open == "von" && link == "auf":
			from.bound, to.bound = "source", "target"
		}
	}
}

// pairing: where a clause gives the same thing twice ("14 Euro bei 8 Stunden und
// 28 Euro bei 24 Stunden"), what the statement says together stands together.
func pairing(said, matched, _ sentence) string {
	for _, f := range said.figures {
		at, ok := matched.segmentOf(f)
		if !ok {
			continue
		}
		for _, g := range said.figures {
			if other := matched.find(g); g.at != f.at && other >= 0 && start(matched, other) != at {
				return "numbers of two cases"
			}
		}
		if !matched.names(at) {
			continue
		}
		for i, w := range said.words {
			if !said.carries[i] || !said.capital[i] || said.counted(i) || said.preposition(i) != "" {
				continue
			}
			if j := matched.index(w); j >= 0 && start(matched, j) != at {
				return "number of another matter"
			}
		}
	}
	return ""
}

// segmentOf is where the only segment with a number begins; false: its unit stands
// in no other segment, or it stands in several.
func (s sentence) segmentOf(f figure) (at int, ok bool) {
	own, others := map[int]bool{}, false
	for _, g := range s.figures {
		if g.value == f.value && (g.unit == f.unit || f.unit == "") {
			own[start(s, g.at)] = true
			at = start(s, g.at)
		}
	}
	for _, g := range s.figures {
		others = others || g.unit == f.unit && !own[start(s, g.at)]
	}
	return at, others && len(own) == 1
}

func start(s sentence, i int) int {
	from, _ := s.segment(i)
	return from
}

// find is the word of a number, -1 without it.
func (s sentence) find(f figure) int {
	for _, g := range s.figures {
		if g.value == f.value && g.unit == f.unit {
			return g.at
		}
	}
	return -1
}

// index is where a word stands, -1 without it.
func (s sentence) index(w german.Word) int {
	return slices.IndexFunc(s.words, func(other german.Word) bool { return other.Stem == w.Stem })
}

// names reports whether the segment that begins at a word names what it is about.
func (s sentence) names(at int) bool {
	_, to := s.segment(at)
	for i := at; i < to; i++ {
		if s.carries[i] && s.capital[i] && !s.counted(i) && s.preposition(i) == "" {
			return true
		}
	}
	return false
}
