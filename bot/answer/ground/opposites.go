package ground

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// opposed: no word of the statement stands where the passage has its opposite, or
// another compound with the same head ("Sachausgaben", "Personalausgaben").
func (l *loose) opposed() string {
	for _, i := range l.missing {
		own := l.said.words[i]
		for _, j := range l.left {
			other := l.matched.words[j]
			if opposite(own.Form, other.Form) || dutiable(own.Form) && exempted(other.Form) || exempted(own.Form) && dutiable(other.Form) || l.said.capital[i] == l.matched.capital[j] && rivals(own, other) {
				return "opposite of what the passage says"
			}
		}
	}
	return ""
}

func dutiable(form string) bool { return strings.Contains(form, "pflichtig") }

func exempted(form string) bool {
	bare := strings.TrimRight(form, "enrsm")
	return strings.HasSuffix(bare, "fr") || strings.HasSuffix(bare, "frei") || strings.HasSuffix(bare, "los")
}

// opposing is with which keys the words of each key stand opposed.
var opposing = func() map[string][]string {
	all := map[string][]string{}
	for _, pair := range lists["opposites"] {
		one, other, _ := strings.Cut(pair, "/")
		for _, a := range formKeys(one) {
			for _, b := range formKeys(other) {
				all[a], all[b] = append(all[a], b), append(all[b], a)
			}
		}
	}
	return all
}()

func opposite(one, other string) bool {
	keys := formKeys(other)
	for _, key := range formKeys(one) {
		if meets(opposing[key], keys) {
			return true
		}
	}
	return false
}

// rivals reports whether two words end alike and begin otherwise: two compounds of
// one head, one verb with two prefixes.
func rivals(a, b german.Word) bool {
	one, other := a.Stem, b.Stem
	n := 0
	for n < len(one) && n < len(other) && one[len(one)-1-n] == other[len(other)-1-n] {
		n++
	}
	if one == other || n < 4 {
		return false
	}
	one, other = one[:len(one)-n], other[:len(other)-n]
	turns := func(begin string) bool {
		return begin == "" || begin == "un" || begin == "ausser" || slices.Contains(separable, begin)
	}
	if turns(one) && turns(other) {
		return n >= 5 || one != "" && other != ""
	}
	return n >= 5 && len(one) >= 3 && len(other) >= 3
}

// compared: what is more, longer or earlier in the statement is so in the passage.
func (l *loose) compared() string {
	for _, i := range l.missing {
		w := l.said.words[i]
		if !l.said.capital[i] && strings.HasSuffix(w.Form, "er") && i+1 < len(l.said.words) && slices.ContainsFunc(l.said.words[i+1:], func(w german.Word) bool { return w.Form == "als" }) {
			return "comparison not in passage"
		}
	}
	for bound := range l.said.bounds {
		if opposite := opposites[bound]; opposite != "" && l.matched.bounds[opposite] && !l.matched.bounds[bound] && !ofFigures[bound] && bound != "max" && bound != "min" {
			return "bound differs"
		}
	}
	return ""
}
