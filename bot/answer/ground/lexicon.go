package ground

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"lvr.example/sprechstunde/retrieval/german"
)

// lexiconText is what says the same in the language of offices, as data.
//
//go:embed lexicon.txt
var lexiconText string

// rootsText are the forms of verbs that change their vowel, as data.
//
//go:embed roots.txt
var rootsText string

var (
	roots   = readRoots(rootsText)     // form to infinitive
	classes = readLexicon(lexiconText) // key to classes
)

func readRoots(text string) map[string]string {
	forms := map[string]string{}
	for line := range dataLines(text) {
		all := strings.Fields(line)
		for _, form := range all {
			form = german.Fold(form)
			forms[form] = german.Fold(all[0])
			if bare, ok := strings.CutPrefix(form, "ge"); ok && len(bare) >= 5 {
				forms["-"+bare] = german.Fold(all[0]) // behind a prefix that stays: besprochen
			}
		}
	}
	return forms
}

func readLexicon(text string) map[string][]string {
	found := map[string][]string{}
	n := 0
	for line := range dataLines(text) {
		n++
		class := "c:" + strconv.Itoa(n)
		for word := range strings.FieldsSeq(line) {
			for _, key := range formKeys(german.Fold(word)) {
				found[key] = append(found[key], class)
			}
		}
	}
	return found
}

// dataLines yields the lines of a data file but comments and empty ones.
func dataLines(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line) {
				return
			}
		}
	}
}

// keysOf are what a folded form is found under: its own keys, and the classes of
// words that say the same.
func keysOf(form string) []string {
	if keys, ok := remembered.get(form); ok {
		return keys
	}
	keys := formKeys(form)
	for _, key := range keys[:len(keys):len(keys)] {
		keys = append(keys, classes[key]...)
	}
	remembered.put(form, keys)
	return keys
}

// remembered holds the keys of the forms looked at lately: compounds are cut at every
// letter, and most pieces come again.
var remembered = memory{keys: map[string][]string{}}

// memory is bounded and safe for concurrent use.
type memory struct {
	mu   sync.RWMutex
	keys map[string][]string
}

const memoryForms = 50_000

func (m *memory) get(form string) ([]string, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	keys, ok := m.keys[form]
	return keys, ok
}

func (m *memory) put(form string, keys []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.keys) >= memoryForms {
		clear(m.keys)
	}
	m.keys[strings.Clone(form)] = slices.Clip(keys)
}

// formKeys are the keys of a folded form by itself: its stem, what the forms of one
// regular verb and its noun share, and what those of a strong verb share.
func formKeys(form string) []string {
	keys := []string{german.Stem(form), verbKey(form)}
	if rest, ok := nounOfVerb(form); ok {
		keys = append(keys, verbKey(rest+"en"))
		if root := rootOf(rest + "en"); root != "" {
			keys = append(keys, root)
		}
	}
	if root := rootOf(form); root != "" {
		keys = append(keys, root)
	}
	if bare := shortAdjective(form); bare != "" {
		keys = append(keys, bare)
	}
	return keys
}

// shortAdjective is under what the forms of an adjective meet that is too short for
// the stemmer: freier, freien.
func shortAdjective(form string) string {
	for _, ending := range []string{"er", "en", "es", "em", "e"} {
		if bare, ok := strings.CutSuffix(form, ending); ok && len(bare) >= 3 && len(bare) <= 5 {
			return "a:" + bare
		}
	}
	return ""
}

// nounOfVerb is what stands before -ung.
func nounOfVerb(form string) (rest string, ok bool) {
	for _, ending := range []string{"ung", "ungen"} {
		if rest, ok = strings.CutSuffix(form, ending); ok && len(rest) >= 4 {
			return rest, true
		}
	}
	return "", false
}

// rootOf is under what the forms of a strong verb and its nouns meet, with the
// prefix that they have: gibt ein (joined), einzugeben, eingegeben, Eingabe. Empty
// where the form is none.
func rootOf(form string) string {
	for _, prefix := range prefixes {
		rest, ok := strings.CutPrefix(form, prefix)
		if !ok {
			continue
		}
		if root := rootForm(rest); root != "" {
			return "r:" + prefix + root
		}
		if root := rootForm("-" + rest); root != "" && prefix != "" {
			return "r:" + prefix + root
		}
		if to, ok := strings.CutPrefix(rest, "zu"); ok && prefix != "" {
			if root := rootForm(to); root != "" {
				return "r:" + prefix + root
			}
		}
	}
	return ""
}

func rootForm(form string) string {
	if root := roots[form]; root != "" {
		return root
	}
	for _, ending := range []string{"en", "em", "er", "es", "et", "n", "e", "t", "s"} {
		bare, ok := strings.CutSuffix(form, ending)
		if !ok || len(bare) < 3 {
			continue
		}
		if root := roots[bare]; root != "" {
			return root
		}
		if root := roots[bare+"en"]; root != "" && slices.Contains([]string{"e", "t", "et"}, ending) {
			return root
		}
	}
	return ""
}

// prefixes of verbs; none comes first.
var prefixes = slices.Concat([]string{""}, lists["inseparable"], separable)
