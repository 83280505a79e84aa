package retrieval

import (
	"slices"

	"lvr.example/sprechstunde/retrieval/german"
)

// wanted is one content word of a question with what else would do and how much
// it says.
type wanted struct {
	german.Word
	typed   string   // as the asker wrote it
	same    []string // stems of its synonyms
	partly  []string // stems of synonyms of its parts, where it is a compound
	classes []string // what it is a kind of, folded
	rarity  float64  // 0 to 1
	nowhere bool     // stands in no passage that the asker may read, nor does a synonym
	earlier bool     // was only said before what is asked
}

// wantedWords returns the content words of a question, each stem once.
func wantedWords(question string, synonyms *german.Synonyms) []wanted {
	words := german.Words(question)
	others, partly, classes := map[int][]string{}, map[int][]string{}, map[int][]string{}
	abbreviated := make(map[int]bool) // stop words that stand for an abbreviation
	for _, e := range synonyms.Expand(words) {
		abbreviated[e.First] = true
		for i := e.First; i <= e.Last; i++ {
			for _, w := range e.Words {
				if e.Part {
					partly[i] = append(partly[i], w.Stem)
				} else {
					others[i] = append(others[i], w.Stem)
				}
			}
			if e.Class {
				classes[i] = append(classes[i], e.Words[len(e.Words)-1].Form)
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
		list = append(list, wanted{Word: w, typed: question[w.Start:w.End], same: others[i], partly: partly[i], classes: classes[i], rarity: 1})
	}
	return list
}

// measures stand behind "wie" and ask for a number; the answer does not repeat them.
var measures = map[string]bool{
	"lang": true, "hoch": true, "oft": true, "gross": true, "alt": true, "teu": true, "teuer": true, "weit": true, "haufig": true, "schnell": true,
	"schwer": true, "breit": true, "tief": true, "fruh": true, "spat": true,
}

// in returns how well the word is found in a text, 0 to 1.
func (w wanted) in(b german.Bag) float64 {
	held := b.Holds(w.Word, w.same...)
	if slices.ContainsFunc(w.partly, b.Has) {
		held = max(held, heldInPart)
	}
	return held
}

// heldInPart is how well a compound is found by what means the same as one of its parts:
// of a Meldebogen by Meldung.
const heldInPart = 0.6
