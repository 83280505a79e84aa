package approved

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// meant is what a question asks, by its words of weight.
type meant struct {
	words []word
}

type word struct {
	stem string
	same []string // stems of what means the same
}

// meaning returns the words of weight of a question, each once. What turns a
// question round ("nicht", "ohne", "warum") has weight; small words and verbs that
// every question has ("nutzen", "dürfen") have none.
func meaning(question string, synonyms *german.Synonyms) meant {
	words := german.Words(question)
	others := make(map[int][]string)
	for _, e := range synonyms.Expand(words) {
		for i := e.First; i <= e.Last; i++ {
			for _, w := range e.Words {
				others[i] = append(others[i], w.Stem)
			}
		}
	}
	var m meant
	for i, w := range words {
		if (w.Stop || empty[w.Form]) && !turning[w.Form] || m.has(w.Stem) {
			continue
		}
		m.words = append(m.words, word{w.Stem, others[i]})
	}
	return m
}

func (m meant) has(stem string) bool {
	return slices.ContainsFunc(m.words, func(w word) bool { return w.stem == stem })
}

// same reports whether two questions ask the same: each word of one has its partner
// in the other. What one asks besides makes it another question.
func (m meant) same(other meant) bool {
	return len(m.words) > 0 && m.within(other) && other.within(m)
}

func (m meant) within(other meant) bool {
	for _, w := range m.words {
		if !slices.ContainsFunc(other.words, w.partner) {
			return false
		}
	}
	return true
}

func (w word) partner(other word) bool {
	return strings.TrimSuffix(w.stem, "s") == strings.TrimSuffix(other.stem, "s") || slices.Contains(w.same, other.stem) || slices.Contains(other.same, w.stem)
}

// key is the same for two questions with the same words.
func (m meant) key() string {
	stems := make([]string, len(m.words))
	for i, w := range m.words {
		stems[i] = w.stem
	}
	slices.Sort(stems)
	return strings.Join(stems, " ")
}

var (
	turning = german.Set(`nicht kein keine keinen keiner keinem nie ohne nur ausser statt warum wieso weshalb wann wo wer wem wen wohin woher
		lange lang oft viel viele wieviel hoch teuer muss mussen seit bis ab vor nach`)
	empty = german.Set(`nutzen benutzen verwenden machen tun gehen geht geben gibt gibts konnen kann durfen darf erlaubt eigentlich bitte hallo moin
		frage fragen wissen weiss sagen eben mal denn uberhaupt jetzt noch schon auch dienstlich arbeit einfach`)
)
