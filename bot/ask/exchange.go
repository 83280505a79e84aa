package ask

import (
	"strings"

	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/retrieval/german"
)

// reading is one way to understand a question that leans on another one.
type reading struct {
	text  string // as it is searched
	own   string // see retrieval.Query.Own
	shown string // how the question was understood
}

// readings are the ways to understand a question that leans: with another word in the
// place of one of the question before, as a second one about what that names, and joined
// to it. Worded by a model, there is one.
func (t Talk) readings() []reading {
	whole := t.whole()
	if t.Worded != "" || len(t.Before) == 0 {
		return []reading{{text: whole, shown: whole}}
	}
	last := t.Before[len(t.Before)-1]
	all := []reading{{whole, t.Question, whole}}
	if named := namesOf(last); named != "" {
		all = append(all, reading{strings.TrimRight(t.Question, "?!. ") + " " + named, t.Question, whole})
	}
	exchanged, _ := exchanges(last, t.Question)
	for _, text := range exchanged {
		all = append(all, reading{text, t.Question, text})
	}
	return all
}

// namesOf are the nouns of a question.
func namesOf(question string) string {
	var names []string
	for _, w := range contentOf(question) {
		if isNoun(question, w) {
			names = append(names, question[w.Start:w.End])
		}
	}
	return strings.Join(names, " ")
}

const (
	mostNamed     = 5 // words of a question that only names something else
	mostExchanges = 2 // questions that come of it
)

// exchanges are the questions that come of an earlier one where another word takes the
// place of one that it names: "brauche ich für den Übersetzer einen Kurs", "und für KIM?".
// Certain: the same small word stands before both, so that there is but one.
func exchanges(before, question string) (all []string, certain bool) {
	named := withoutJoin(question)
	words := dialogue.Words(named)
	content := contentOf(named)
	if len(words) == 0 || len(words) > mostNamed || len(content) == 0 || asksAnew(words) {
		return nil, false
	}
	before = strings.TrimRight(strings.TrimSpace(before), "?.! ")
	lead := plainLead(named[:content[0].Start])
	for _, w := range contentOf(before) {
		from := leadStart(before, w)
		old := plainLead(before[from:w.Start])
		text := before[:from] + named[:content[len(content)-1].End] + before[w.End:]
		switch {
		case lead != "" && lead == old:
			return []string{text}, true
		case lead != "" || infinitive(before, w) || !isNoun(before, w) && old != "":
			continue
		case introduced(named[:content[0].Start]):
		default: // with the article that stands there
			text = before[:w.Start] + named[content[0].Start:content[len(content)-1].End] + before[w.End:]
		}
		all = append(all, text)
	}
	return all[:min(len(all), mostExchanges)], false
}

// withoutJoin is a question without the words that join it to another one.
func withoutJoin(question string) string {
	rest := strings.TrimSpace(strings.TrimRight(question, "?!. "))
	for {
		first, behind, more := strings.Cut(rest, " ")
		if !more || !joining[strings.ToLower(strings.Trim(first, ","))] {
			return rest
		}
		rest = strings.TrimSpace(behind)
	}
}

// asksAnew reports whether words have a verb or question word of their own.
func asksAnew(words []string) bool {
	for _, w := range words {
		if asking(w) || verbs[w] {
			return true
		}
	}
	return false
}

// leadStart is where the small words begin that stand right before a word.
func leadStart(text string, w german.Word) int {
	from := w.Start
	for {
		front := strings.TrimRight(text[:from], " ")
		at := strings.LastIndex(front, " ") + 1
		if word := strings.ToLower(front[at:]); !introducing[word] && !prepositions[word] {
			return from
		}
		from = at
		if at == 0 {
			return 0
		}
	}
}

// plainLead is the preposition among the small words before a word, without the article
// that is part of it: "bei" of "beim"; empty: there is none.
func plainLead(words string) string {
	for _, word := range strings.Fields(strings.ToLower(words)) {
		if prepositions[word] {
			if plain, joined := contracted[word]; joined {
				return plain
			}
			return word
		}
	}
	return ""
}

// introduced reports whether small words are an article.
func introduced(words string) bool {
	fields := strings.Fields(strings.ToLower(words))
	return len(fields) > 0 && introducing[fields[len(fields)-1]]
}

// infinitive reports whether a word is the verb that ends a question.
func infinitive(text string, w german.Word) bool {
	return w.End == len(text) && strings.HasSuffix(w.Form, "en") && !isNoun(text, w)
}

// contracted are prepositions that have an article in them.
var contracted = map[string]string{
	"beim": "bei", "zum": "zu", "zur": "zu", "im": "in", "ins": "in", "am": "an", "ans": "an", "vom": "von", "fürs": "für", "aufs": "auf",
}
