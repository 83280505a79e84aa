package ground

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// has reports whether basis has the word, as such, as a word of the same family or
// as one that says the same; said is the whole statement, which may say a compound in
// two words.
func has(basis sentence, w german.Word, said sentence) bool {
	if basis.keys[w.Stem] || basis.holds(keysOf(w.Form)) {
		return true
	}
	if w.Kind != german.Plain || len(w.Stem) < 4 {
		return false
	}
	if verb := strings.TrimPrefix(verbKey(w.Form), "v:"); len(verb) >= 5 && basis.keys[verb] {
		return true // anzuzeigen: Anzeige
	}
	if len(w.Parts) > 1 && all(w.Parts, basis.keys) {
		return true
	}
	for key := range basis.keys {
		if len(key) >= 4 && key[1] != ':' && (related(key, w.Stem) || general(key, w.Stem)) {
			return true
		}
	}
	return basis.makes(w.Form) || basis.compounds(w, said)
}

func (s sentence) holds(keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return s.keys[key] })
}

func all(parts []string, keys map[string]bool) bool {
	for _, part := range parts {
		if !keys[part] {
			return false
		}
	}
	return true
}

// compounds reports whether one of the sentence's compounds is said in two words, w
// being one of them ("Abrechnung der Reisekosten"), or by one whose head says the
// same ("Elektroauto").
func (s sentence) compounds(w german.Word, said sentence) bool {
	own := keysOf(w.Form)
	for i, compound := range s.words {
		if !s.carries[i] || compound.Kind != german.Plain || len(compound.Form) < 8 {
			continue
		}
		for first, head := range cuts(compound.Form) {
			one, other := meets(own, keysOf(first)), meets(own, keysOf(head))
			switch {
			case one && (said.holds(keysOf(head)) || beginnings[head]), other && said.holds(keysOf(first)):
				return true
			case sameBeginning(w.Form, first, head):
				return true
			}
		}
	}
	return false
}

// sameBeginning reports whether a form is a compound that begins as another one and
// ends in a word that says the same as that one's head.
func sameBeginning(form, first, head string) bool {
	if len(form) < 8 || !strings.HasPrefix(form, first) {
		return false
	}
	for begin, end := range cuts(form) {
		if begin == first && meets(keysOf(end), keysOf(head)) {
			return true
		}
	}
	return false
}

// makes reports whether a compound is made of two words of the sentence:
// "Nitratgrenzwert".
func (s sentence) makes(form string) bool {
	if len(form) < 8 {
		return false
	}
	for first, head := range cuts(form) {
		if s.holds(keysOf(first)) && (s.holds(keysOf(head)) || measures[head]) {
			return true
		}
	}
	return false
}

// measures are heads that only say that a figure is given: "Leihfrist".
var measures = list("measure-heads")

// beginnings are heads that only say that what they stand behind begins.
var beginnings = list("beginning-heads")

// cuts yields the ways to cut a compound in two words, without what joins them.
func cuts(form string) func(yield func(first, head string) bool) {
	return func(yield func(first, head string) bool) {
		for at := 3; at <= len(form)-4; at++ {
			first, head := form[:at], form[at:]
			if !yield(first, head) {
				return
			}
			for _, joint := range []string{"s", "n", "en", "es", "er", "e"} {
				if bare, ok := strings.CutSuffix(first, joint); ok && len(bare) >= 4 && !yield(bare, head) {
					return
				}
			}
		}
	}
}

func meets(a, b []string) bool {
	return slices.ContainsFunc(a, func(key string) bool { return slices.Contains(b, key) })
}

// related reports whether two stems differ in their ending only.
func related(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	same := 0
	for same < len(a) && a[same] == b[same] {
		same++
	}
	if same == len(a) {
		return same >= 5 && len(b)-same <= 3
	}
	return same >= 6 && len(a)-same <= 2 && len(b)-same <= 4
}

// general reports whether stem is what the compound is a kind of: "Frist" for
// "Antragsfrist", not the other way, and not "Jahr" for "Halbjahr".
func general(compound, stem string) bool {
	first, ok := strings.CutSuffix(compound, stem)
	return ok && len(stem) >= 5 && len(first) >= 3 && !turns[first]
}

// turns are beginnings that make another thing of what they stand before.
var turns = list("turning")

// separable are prefixes that leave their verb, longer ones first.
var separable = lists["separable"]

// verbKey is under what the forms of one regular verb meet: hört an, anhören,
// anzuhören, angehört.
func verbKey(form string) string {
	prefix := ""
	for _, p := range separable {
		if rest, ok := strings.CutPrefix(form, p); ok && len(rest) >= 6 && (strings.HasPrefix(rest, "ge") || strings.HasPrefix(rest, "zu")) {
			prefix, form = p, rest[2:]
			break
		}
	}
	if prefix == "" && strings.HasPrefix(form, "ge") && len(form) >= 6 {
		form = form[2:]
	}
	for _, ending := range []string{"eten", "tet", "ten", "ete", "te", "en", "et", "t", "n", "e"} {
		if rest, ok := strings.CutSuffix(form, ending); ok && len(rest) >= 3 {
			form = rest
			break
		}
	}
	if bare, ok := strings.CutSuffix(form, "el"); ok && len(bare) >= 3 {
		form = bare + "l" // wechseln, Behandlung
	}
	return "v:" + prefix + form
}

var (
	// generic nouns may be missing: they say who is spoken to, or point to the text.
	generic = list("generic")
	// neutral words say no more than that something is so.
	neutral = list("neutral")
)
