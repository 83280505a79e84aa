package retrieval

import (
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval/german"
)

// What is embedded as one vector is smaller than what is read. MRR@10 of the
// fused ranking on XQuAD-de and on 67 staff-like questions over the example
// house (in brackets: file in the top 3), e5-small: pieces of up to 400
// characters .971, .878 (.925); windows of two sentences .970, .886 (.955),
// with further sentences up to 120 characters .881 (.925), without title and
// heading before them .968, .865. A passage of the house has 2.4 units instead
// of 1.1.
const (
	unitRunes       = 400 // no unit is longer, and a longer sentence is cut
	windowSentences = 2
)

// Units returns the texts to embed for one passage, at least one: each two
// neighbouring sentences. Each unit is led by the title and the innermost
// heading, so that "Er beginnt um 9 Uhr" keeps its subject. The vectors of a
// passage are those of its units; its score is that of the best.
func Units(title string, headings []string, text string) []string {
	lead := unitLead(title, headings)
	var units []string
	for _, u := range windows(text) {
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

// windows returns overlapping windows of whole sentences: each begins with the
// last sentence of the one before.
func windows(text string) []string {
	var all []string
	eachWindow(text, func(pieces []piece) {
		texts := make([]string, len(pieces))
		for i, p := range pieces {
			texts[i] = p.text
		}
		all = append(all, strings.Join(texts, " "))
	})
	return all
}

// unitSpans returns where the units of a passage stand in its text: the sentences
// that each has words of.
func unitSpans(text string) []german.Span {
	var all []german.Span
	eachWindow(text, func(pieces []piece) {
		all = append(all, german.Span{Start: pieces[0].sentence.Start, End: pieces[len(pieces)-1].sentence.End})
	})
	return all
}

// piece is a sentence, or a part of one that is too long for a unit.
type piece struct {
	text     string
	sentence german.Span
}

func eachWindow(text string, visit func([]piece)) {
	var pieces []piece
	for _, span := range german.Sentences(text) {
		for _, part := range cutLong(span.Of(text)) {
			pieces = append(pieces, piece{part, span})
		}
	}
	for from := 0; from < len(pieces); {
		to, size := from, 0
		for to < len(pieces) && to-from < windowSentences {
			n := utf8.RuneCountInString(pieces[to].text)
			if to > from && size+n > unitRunes {
				break
			}
			size += n
			to++
		}
		visit(pieces[from:to])
		if to == len(pieces) {
			break
		}
		from = max(from+1, to-1)
	}
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
