package ground

import (
	"strings"
)

// covers is the share of the statement's content words that basis has.
func covers(said, basis sentence) float64 {
	found := 0
	for _, w := range said.content {
		if has(basis, w.Stem) {
			found++
		}
	}
	if len(said.content) == 0 {
		return 0
	}
	return float64(found) / float64(len(said.content))
}

// has reports whether basis has the word, as such, as a part of a compound, or
// as a word of the same family.
func has(basis sentence, stem string) bool {
	if basis.keys[stem] {
		return true
	}
	for _, other := range synonyms[stem] {
		if basis.keys[other] {
			return true
		}
	}
	if len(stem) < 5 {
		return false
	}
	for key := range basis.keys {
		if len(key) >= 5 && related(key, stem) {
			return true
		}
	}
	return false
}

// related reports whether two stems are of one family: the shorter begins or
// ends the longer, or all but the last few letters agree.
func related(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if strings.HasPrefix(b, a) || strings.HasSuffix(b, a) {
		return true
	}
	same := 0
	for same < len(a) && a[same] == b[same] {
		same++
	}
	return same >= 6 && len(a)-same <= 2 && len(b)-same <= 4
}

// synonyms are stems that staff rules use for one another.
var synonyms = group(
	"mitarbeiter mitarbeit mitarbeitend beschaftigt kolleg kollegi personal bedienstet",
	"ki kunstlich intelligenz",
	"erlaubt zulass gestattet durf",
	"dokument text unterlag",
	"regel vorgab regelung",
	"werkzeug anwend system programm",
)

func group(lines ...string) map[string][]string {
	groups := map[string][]string{}
	for _, line := range lines {
		members := strings.Fields(line)
		for _, m := range members {
			groups[m] = members
		}
	}
	return groups
}

// generic nouns may be missing: they say who is spoken to, or point to the text.
var generic = words(`person mensch sie dokument text regel fall frag antwort ding sach mitarbeiter mitarbeit beschaftigt
	kolleg angab abschnitt textstell stell hinweis hilf moglich leitlini`)

// exactWords: numbers with units, dates, weekdays and paragraphs.
func exactWords(said, basis, known sentence) string {
	for figure := range said.exact {
		if basis.exact[figure] {
			continue
		}
		if said.loose[figure] && (basis.loose[figure] || known.loose[figure]) {
			continue // a bare number, as in "Version 2"
		}
		return "number, date or paragraph not in passage"
	}
	return ""
}

func names(said, basis, known sentence) string {
	for name := range said.name {
		if !has(basis, name) && !has(known, name) {
			return "name not in passage"
		}
	}
	return ""
}

// content: every noun, and most of the other words.
func content(said, basis, known sentence) string {
	found := 0
	for _, w := range said.content {
		switch {
		case has(basis, w.Stem):
			found++
		case has(known, w.Stem):
			found++
		case said.noun[w.Stem] && !generic[w.Stem]:
			return "noun not in passage"
		}
	}
	if covers(said, basis) == 0 || float64(found) < 0.6*float64(len(said.content)) {
		return "too few words in passage"
	}
	return ""
}

// polarity: both deny, or neither; twice is once too many to tell.
func polarity(said, basis, _ sentence) string {
	if (said.negations > 0) != (basis.negations > 0) {
		return "negation differs"
	}
	if said.negations%2 != basis.negations%2 {
		return "negation differs"
	}
	return ""
}

// force: permission, duty and advice must not be exchanged.
func force(said, basis, _ sentence) string {
	has := basis.may || basis.must || basis.should
	switch {
	case said.must && !basis.must && has, said.may && !basis.may && has, said.should && !basis.should && has:
		return "permission or duty differs"
	case said.may && !said.must && basis.must && !basis.may:
		return "permission or duty differs"
	case said.may && !has && basis.negations == 0 && !said.conditional && said.negations == 0 && basis.limited:
		return "permission not in passage"
	}
	return ""
}

// conditions: "nur", "wenn", "außer" must not be lost or added.
func conditions(said, basis, _ sentence) string {
	if basis.limited && !said.limited {
		return "limit lost"
	}
	if said.limited && !basis.limited {
		return "limit added"
	}
	if basis.conditional && !said.conditional && !said.limited {
		return "condition lost"
	}
	return ""
}

// bounds: at most and at least, before and after, and the like.
func bounds(said, basis, _ sentence) string {
	for bound := range said.bounds {
		opposite := opposites[bound]
		if opposite != "" && basis.bounds[opposite] && !basis.bounds[bound] {
			return "bound differs"
		}
		if mustStand[bound] && !basis.bounds[bound] {
			return "bound not in passage"
		}
	}
	for bound := range basis.bounds {
		if mustStay[bound] && !said.bounds[bound] && sharesFigure(said, basis) {
			return "bound lost"
		}
	}
	return ""
}

func sharesFigure(said, basis sentence) bool {
	for figure := range said.exact {
		if basis.exact[figure] {
			return true
		}
	}
	return false
}

var (
	opposites = map[string]string{"max": "min", "min": "max", "before": "after", "after": "before", "latest": "earliest", "earliest": "latest",
		"internal": "external", "external": "internal", "public": "internal", "more": "less", "less": "more"}
	mustStand = words(`max min latest earliest daily weekly monthly yearly quarterly voluntary internal external public all always sometimes seldom mostly more less`)
	mustStay  = words(`max min latest earliest`)
)
