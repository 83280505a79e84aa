package answer

import (
	_ "embed" // the words that name no subject
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

//go:embed unnamed.txt
var unnamedWords string

// unnamed are words that name no subject, folded.
var unnamed = german.Set(unnamedWords)

// missing returns the words of a question that stand in nothing that the reader
// may see, safe, at most five. Only what names a subject is named: no verbs, least
// of all those of courtesy ("sag mal"), no numbers, no clipped words of talk, no
// persons of a story.
func missing(question string, found retrieval.Result) []string {
	var words []string
	capitals, told := capitalises(question), beforeLastSentence(question)
	for _, word := range found.Sufficiency.Nowhere {
		if !subject(word, capitals) || strings.Contains(told, word) {
			continue
		}
		if word = Safe(clip(word, 40)); word != "" && len(words) < 5 {
			words = append(words, "„"+word+"“")
		}
	}
	return words
}

// beforeLastSentence is what stands before the last sentence of a question that names
// something. What is sighed or told there ("bin fix und alle, nur schnell: …") is not
// what was looked for.
func beforeLastSentence(question string) string {
	ends := sentenceEnd.FindAllStringIndex(question, -1)
	for _, end := range slices.Backward(ends) {
		if len(german.Content(german.Words(question[end[1]:]))) > 0 {
			return question[:end[0]]
		}
	}
	return ""
}

var sentenceEnd = regexp.MustCompile(`[.!?:;…]+(?:\s+|$)`)

// subject reports whether a word can name a subject: a noun, or where nouns are
// not written in capitals, what does not look like a verb.
func subject(word string, capitals bool) bool {
	lower := strings.ToLower(word)
	switch {
	case !strings.ContainsFunc(word, unicode.IsLetter), small(lower), courtesy.MatchString(lower), clipped.MatchString(lower), unnamed[german.Fold(word)]:
		return false
	case lower != word:
		return true
	}
	return !capitals && !verbal.MatchString(lower) && !participle.MatchString(lower)
}

// small reports whether a word is a small one that is looked for in no text, whatever
// weight somebody gives it: "MUSS ich?"
func small(lower string) bool { return len(german.Content(german.Words(lower))) == 0 }

var (
	// courtesy are the verbs with which people ask to be told something.
	courtesy = regexp.MustCompile(`^(sag|erzähl|nenn|zeig|erklär|verrat|gib|gebt|schick|such|find|helf|helft|hilf|hilft|bitt|wünsch|frag|dank|grüß|hoff|freu|wüss|glaub|denk|mein|schau|guck|kuck|könn|kannst|möcht|würd|wollt|brauch|bräucht)(e|en|t|st|te|ten|est)?$`)
	// clipped are short forms of talk: Präsi, Doku.
	clipped = regexp.MustCompile(`^\pL{2,5}[iu]$`)
	// participle is one of a verb: gekostet, ausgegeben.
	participle = regexp.MustCompile(`^(an|auf|aus|ab|ein|mit|nach|vor|zu)?ge\pL{3,}(t|en)$`)
	// verbal are infinitives with a particle in front: aufhübschen.
	verbal = regexp.MustCompile(`^(auf|ab|an|aus|bei|durch|ein|mit|nach|rein|raus|rum|um|vor|weg|zu|zurück|zusammen|be|er|ent|ver|zer)\pL{3,}(en|eln|ern)$`)
)

// capitalises reports whether somebody writes nouns in capitals: a word inside a
// sentence begins with one.
func capitalises(question string) bool {
	begins := true
	for word := range strings.FieldsSeq(question) {
		first := []rune(strings.TrimLeftFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }))
		if !begins && len(first) > 1 && unicode.IsUpper(first[0]) && unicode.IsLower(first[1]) {
			return true
		}
		begins = strings.ContainsAny(word[len(word)-1:], ".!?:")
	}
	return false
}
