package ground

import (
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// has reports whether basis has the word, as such or as a word of the same
// family; said is the whole statement, which may say a compound in two words.
func has(basis sentence, w german.Word, said sentence) bool {
	if basis.keys[w.Stem] || basis.keys[verbKey(w.Form)] {
		return true
	}
	if key := strongKey(w.Form); key != "" && basis.keys[key] {
		return true
	}
	for _, other := range synonyms[w.Stem] {
		if basis.keys[other] {
			return true
		}
	}
	for _, other := range synonyms[verbKey(w.Form)] {
		if basis.keys[other] {
			return true
		}
	}
	if w.Kind != german.Plain || len(w.Stem) < 4 {
		return false
	}
	if len(w.Parts) > 1 && all(w.Parts, basis.keys) {
		return true
	}
	for key := range basis.keys {
		if len(key) < 4 {
			continue
		}
		if related(key, w.Stem) || general(key, w.Stem) || claimed(key, w.Stem, said) || made(key, w.Stem, basis) {
			return true
		}
	}
	return false
}

func all(parts []string, keys map[string]bool) bool {
	for _, part := range parts {
		if !keys[part] {
			return false
		}
	}
	return true
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
// "Antragsfrist", not the other way.
func general(compound, stem string) bool {
	return len(stem) >= 5 && len(compound)-len(stem) >= 3 && strings.HasSuffix(compound, stem)
}

// claimed reports whether the statement says the compound's parts in two words,
// stem being the first: "Abrechnung der Reisekosten".
func claimed(compound, stem string, said sentence) bool {
	rest, ok := strings.CutPrefix(compound, stem)
	if !ok || len(rest) < 4 {
		return false
	}
	for _, w := range said.content {
		if len(w.Stem) >= 4 && strings.HasSuffix(rest, w.Stem) && len(rest)-len(w.Stem) <= 2 {
			return true
		}
	}
	return false
}

// made reports whether the statement makes a compound of two words of the basis,
// key being the second: "Nitratgrenzwert".
func made(key, stem string, basis sentence) bool {
	first, ok := strings.CutSuffix(stem, key)
	if !ok || len(key) < 4 || len(first) < 4 {
		return false
	}
	for other := range basis.keys {
		if len(other) >= 4 && strings.HasPrefix(first, other) && len(first)-len(other) <= 2 {
			return true
		}
	}
	return false
}

var separable = []string{"entgegen", "zuruck", "weiter", "bereit", "durch", "unter", "uber", "nach", "fest", "statt", "teil", "auf", "aus", "ein", "vor",
	"mit", "bei", "hin", "her", "weg", "los", "um", "an", "ab", "zu"}

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
	for _, ending := range []string{"eten", "tet", "ten", "est", "ete", "te", "en", "et", "st", "t", "n", "e"} {
		if rest, ok := strings.CutSuffix(form, ending); ok && len(rest) >= 3 {
			form = rest
			break
		}
	}
	return "v:" + prefix + form
}

// strongKey is under what the forms of a strong verb meet, which differ in their
// vowels: entwerfen, entworfen. Empty where too little is left to tell.
func strongKey(form string) string {
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeiouy", r) {
			return -1
		}
		return r
	}, strings.TrimPrefix(verbKey(form), "v:"))
	if len(bare) < 5 {
		return ""
	}
	return "s:" + bare
}

// synonyms are stems and verb keys that staff rules use for one another.
var synonyms = group(
	"mitarbeiter mitarbeit mitarbeitend beschaftigt kolleg kollegi personal bedienstet",
	"ki kunstlich intelligenz",
	"erlaubt zulass gestattet durf",
	"dokument text unterlag",
	"regel vorgab regelung",
	"werkzeug anwend system programm",
	"prozent %", "euro €", "artikel art", "absatz abs", "milligramm mg", "quadratmet m2",
	"v:erhal v:bekomm v:erhalt", "v:brauch v:bedurf v:benotig", "v:betrag v:betrag v:lieg v:belauf",
	"pro je", "taglich tag", "monatlich monat", "jahrlich jahr", "wochentlich wochent woch",
	"v:informier v:unterrich v:benachrichtig", "v:einreich v:eingeh v:vorleg", "unentgelt kostenlos kostenfrei gebuhrenfrei",
)

func group(lines ...string) map[string][]string {
	groups := map[string][]string{}
	for _, line := range lines {
		members := strings.Fields(line)
		for _, m := range members {
			groups[m] = members
		}
	}
	return groups
}

var (
	// generic nouns may be missing: they say who is spoken to, or point to the text.
	generic = words(`person mensch sie dokument text regel fall frag antwort ding sach mitarbeiter mitarbeit beschaftigt
		kolleg angab abschnitt textstell stell hinweis hilf moglich leitlini`)
	// neutral words say no more than that something is so.
	neutral = words(`v:lang v:gib v:geb v:gibt v:gel v:gilt v:betrag v:lieg v:fall v:fiel v:erfolg v:besteh v:zahl lang v:lang jeweil dabei grundsatz v:vorseh v:mach v:find v:steh`)
)
