package ground

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// names: Frau Keller is not Herr Keller.
func names(said, matched, _ sentence) string {
	for name, address := range said.named {
		if other := matched.named[name]; other != address && (address == "frau" || address == "herr") && (other == "frau" || other == "herr") {
			return "name differs"
		}
	}
	return ""
}

// roles: who does it in the statement must not be whom it is done to in the
// passage, and the other way round. Only persons and bodies are looked at.
func roles(said, matched, _ sentence) string {
	for stem, acts := range said.parties {
		if acted, ok := matched.parties[stem]; ok && acts != acted {
			return "relation turned round"
		}
	}
	return ""
}

// findParties notes of each person and body of a clause whether it acts. In the
// active voice the first one that may be a nominative acts, unless a pronoun or
// "wer" does; in the passive what "von" and "durch" bring.
func (s *sentence) findParties() {
	taken := s.subject
	for i, w := range s.words {
		if !s.capital[i] || !s.carries[i] || !party(w) && s.named[w.Stem] == "" || s.counted(i) {
			continue
		}
		if of := s.genitive(i); of != "" && !party(german.Word{Stem: german.Stem(of), Form: of}) && strings.HasSuffix(of, "ung") {
			continue // "Zustimmung der Leitung" is what the Leitung does, "Prüfung der Abteilung" what is done to it
		}
		prep := s.preposition(i)
		acts := false
		switch {
		case s.genitive(i) != "":
		case s.passive:
			acts = prep == "von" || prep == "vom" || prep == "durch"
		case prep == "" && !taken && !s.oblique(i):
			acts, taken = !s.receives(), !s.followedByAnd(i)
		case s.receives():
			acts = prep == "von" || prep == "vom"
		case prep == "in" || prep == "im":
			continue // where something holds
		}
		if _, twice := s.parties[w.Stem]; !twice {
			s.parties[w.Stem] = acts
		}
	}
}

// receives reports whether who acts in the clause only gets something.
func (s *sentence) receives() bool {
	return slices.ContainsFunc(s.words, func(w german.Word) bool { return meets(keysOf(w.Form), receiving) })
}

var receiving = slices.Concat(formKeys("erhalten"), formKeys("bekommen"), formKeys("erfahren"))

func (s *sentence) followedByAnd(i int) bool {
	return i+1 < len(s.words) && (s.words[i+1].Form == "und" || s.words[i+1].Form == "oder")
}

// article is the form of the article of noun i, empty without one.
func (s *sentence) article(i int) string {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if articles[s.words[j].Form] {
			return s.words[j].Form
		}
		if s.capital[j] && s.carries[j] || !adjective(s.words[j].Form) {
			return ""
		}
	}
	return ""
}

// oblique reports whether the article of noun i excludes a nominative.
func (s *sentence) oblique(i int) bool {
	return oblique[s.article(i)]
}

// genitive is the form of the noun that noun i belongs to, right before its
// article: "die Leitung der Abteilung".
func (s *sentence) genitive(i int) string {
	for j := i - 1; j > 0 && j >= i-3; j-- {
		form := s.words[j].Form
		if form == "der" || form == "des" || form == "eines" || form == "einer" {
			if s.capital[j-1] && s.carries[j-1] {
				return s.words[j-1].Form
			}
			return ""
		}
		if !adjective(form) {
			return ""
		}
	}
	return ""
}

var (
	articles = list("articles")
	oblique  = list("oblique")
)

// partyEnds are how the stems of words for persons and bodies end.
var partyEnds = stems("parties")

func stems(name string) []string {
	var all []string
	for _, form := range lists[name] {
		all = append(all, german.Stem(form), form)
	}
	return all
}

// things end like a person or body and are none.
var things = list("things")

// noParties are such words, and noPartyEnds how they end: Antrag, Gerät, Zustellung.
var (
	noParties   = list("no-parties")
	noPartyEnds = lists["no-party-ends"]
)

// party reports whether a noun means a person, by a female form, or a body.
func party(w german.Word) bool {
	stem := w.Stem
	if things[stem] || noParties[w.Form] || slices.ContainsFunc(noPartyEnds, func(end string) bool { return strings.HasSuffix(w.Form, end) }) {
		return false
	}
	for _, female := range []string{"innen", "in"} {
		if base, ok := strings.CutSuffix(w.Form, female); ok && german.Stem(w.Form) == german.Stem(base) {
			return true
		}
	}
	return slices.ContainsFunc(partyEnds, func(end string) bool { return strings.HasSuffix(stem, end) || strings.HasSuffix(w.Form, end) })
}
