package retrieval

import (
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval/german"
)

// unitRunes bounds what is embedded as one vector. Smaller than what is read:
// on 150 staff-like questions, passages of about 900 characters embedded whole
// gave MRR .667, in units of up to 400 characters .801 (e5-small).
const unitRunes = 400

// Units returns the texts to embed for one passage, at least one: whole
// sentences up to 400 characters together. A longer sentence is cut at blanks.
// Each unit is led by the title and the innermost heading, so that "Er beginnt
// um 9 Uhr" keeps its subject. The vectors of a passage are those of its
// units; its score is that of the best.
func Units(title string, headings []string, text string) []string {
	lead := unitLead(title, headings)
	var units []string
	for _, u := range unitTexts(text) {
		units = append(units, lead+u)
	}
	if len(units) == 0 {
		units = []string{strings.TrimSpace(lead)}
	}
	return units
}

func unitLead(title string, headings []string) string {
	lead := strings.TrimSpace(title)
	if len(headings) > 0 {
		if h := strings.TrimSpace(headings[len(headings)-1]); h != "" && h != lead {
			lead = strings.TrimPrefix(lead+" – "+h, " – ")
		}
	}
	if lead == "" {
		return ""
	}
	return lead + ": "
}

// unitTexts groups sentences greedily up to unitRunes.
func unitTexts(text string) []string {
	var units []string
	var unit []string
	size := 0
	flush := func() {
		if len(unit) > 0 {
			units = append(units, strings.Join(unit, " "))
			unit, size = nil, 0
		}
	}
	for _, span := range german.Sentences(text) {
		for _, piece := range cutLong(span.Of(text)) {
			n := utf8.RuneCountInString(piece)
			if size+n > unitRunes {
				flush()
			}
			unit = append(unit, piece)
			size += n + 1
		}
	}
	flush()
	return units
}

// cutLong cuts a sentence longer than unitRunes at blanks, or where it must.
func cutLong(sentence string) []string {
	var pieces []string
	for utf8.RuneCountInString(sentence) > unitRunes {
		end := 0
		for range unitRunes {
			_, n := utf8.DecodeRuneInString(sentence[end:])
			end += n
		}
		if blank := strings.LastIndexAny(sentence[:end], " \t\n"); blank > 0 {
			end = blank
		}
		pieces = append(pieces, strings.TrimSpace(sentence[:end]))
		sentence = strings.TrimSpace(sentence[end:])
	}
	return append(pieces, sentence)
}
