package retrieval

import (
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// wanted is one content word of a question with every stem that would do and
// how much it says.
type wanted struct {
	typed  string // as the asker wrote it
	form   string
	stems  []string
	rarity float64 // 0 to 1
	kind   german.Kind
}

// wantedWords returns the content words of a question, each stem once.
func wantedWords(question string, synonyms *german.Synonyms) []wanted {
	words := german.Words(question)
	others := make(map[int][]string)
	abbreviated := make(map[int]bool) // stop words that stand for an abbreviation
	for _, e := range synonyms.Expand(words) {
		abbreviated[e.First] = true
		for i := e.First; i <= e.Last; i++ {
			for _, w := range e.Words {
				others[i] = append(others[i], w.Stem)
			}
		}
	}
	seen := make(map[string]bool)
	var list []wanted
	for i, w := range words {
		if w.Stop && !abbreviated[i] || seen[w.Stem] || i > 0 && words[i-1].Form == "wie" && measures[w.Stem] {
			continue
		}
		seen[w.Stem] = true
		stems := append([]string{w.Stem}, others[i]...)
		list = append(list, wanted{question[w.Start:w.End], w.Form, stems, 1, w.Kind})
	}
	return list
}

// measures stand behind "wie" and ask for a number; the answer does not repeat them.
var measures = map[string]bool{
	"lang": true, "hoch": true, "oft": true, "gross": true, "alt": true, "teu": true, "teuer": true, "weit": true, "haufig": true, "schnell": true,
	"schwer": true, "breit": true, "tief": true, "fruh": true, "spat": true,
}

// readable is a text prepared for looking words up in it.
type readable struct {
	stems map[string]bool
	grams map[german.Gram]bool
	text  string // folded content words, joined by blanks
}

func prepare(parts ...string) readable {
	t := readable{stems: make(map[string]bool), grams: make(map[german.Gram]bool)}
	var forms strings.Builder
	for _, part := range parts {
		for _, w := range german.Words(part) {
			if w.Stop {
				continue
			}
			t.stems[w.Stem] = true
			for _, p := range w.Parts {
				t.stems[p] = true
			}
			for _, g := range german.Grams(nil, w.Form, matchGram) {
				t.grams[g] = true
			}
			forms.WriteString(w.Form)
			forms.WriteByte(' ')
		}
	}
	t.text = forms.String()
	return t
}

const matchGram = 4 // letters of the n-grams by which parts of words are matched

// holds returns how well a word is found, 0 to 1: by its stem, by a synonym,
// as a part of a compound, or by the share of its n-grams beyond one half
// (typing errors, parts of a compound on the question's side).
func (t readable) holds(w wanted) float64 {
	for _, stem := range w.stems {
		if t.stems[stem] {
			return 1
		}
	}
	if w.kind != german.Plain || len(w.form) < 5 {
		return 0
	}
	if strings.Contains(t.text, w.stems[0]) && len(w.stems[0]) >= 5 {
		return 0.9
	}
	grams := german.Grams(nil, w.form, matchGram)
	found := 0
	for _, g := range grams {
		if t.grams[g] {
			found++
		}
	}
	share := float64(found) / float64(len(grams))
	return max(0, 2*share-1) * 0.9
}
