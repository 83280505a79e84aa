package dialogue

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hostWords are the words of the hosts, said behind a "!" as one word. Whatever else
// they say in their channel stays among them.
var hostWords = map[string]Kind{
	"antwort":   HostAnswer,
	"rückfrage": HostAsks, "rueckfrage": HostAsks, "nachfrage": HostAsks,
	"übernehmen": Claim, "uebernehmen": Claim, "übernehme": Claim, "meins": Claim,
	"zurückgeben": GiveBack, "zurueckgeben": GiveBack, "zurück": GiveBack, "zurueck": GiveBack,
	"zusammen": Merge, "zusammenführen": Merge, "zusammenfuehren": Merge,
	"verschieben": Move, "nächstesmal": NextTime, "naechstesmal": NextTime, "vertagen": NextTime,
	"schließen": Close, "schliessen": Close, "erledigt": Close,
	"oben": Pin, "anheften": Pin,
	"offen": OpenTickets, "liste": OpenTickets,
	"agenda": Agenda, "niederschrift": Minutes, "protokoll": Minutes,
	"wissen": Knowledge, "freigeben": Approve, "ablehnen": SendBack, "zurückziehen": Retire, "zurueckziehen": Retire,
	"probe": Practice, "übung": Practice, "uebung": Practice,
}

// IsHostWord reports whether a text in the hosts' channel is for the bot: it begins
// with one of the hosts' words, or, below another post, with what looks like a slip
// of one.
func IsHostWord(text string, below bool) bool {
	act, ok := hostWord(text)
	return ok && (below || act.Kind != Slip)
}

// ReadHostWord reads a word of the hosts; false: it is none.
func ReadHostWord(text string) (Act, bool) { return hostWord(text) }

// hostWord reads "!antwort Ja.", "!zusammen 7", and slips such as "!anwort Ja.",
// "! antwort Ja." and "Antwort: Ja.", of which Text is what stands behind.
func hostWord(text string) (Act, bool) {
	text = strings.TrimSpace(text)
	rest, marked := strings.CutPrefix(text, "!")
	if !marked {
		head, said, found := strings.Cut(text, ":")
		if found && nearly(strings.ToLower(strings.Trim(head, " *_`")), "antwort") {
			return Act{Kind: Slip, Text: strings.TrimSpace(said)}, true
		}
		if _, bare := BareHostWord(text); bare || AsksForHelp(text) {
			return Act{Kind: Slip}, true
		}
		return Act{}, false
	}
	spaced := rest != strings.TrimLeft(rest, " `")
	rest = strings.TrimLeft(rest, " `")
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	word, said := strings.ToLower(rest[:end]), strings.TrimSpace(strings.TrimPrefix(strings.TrimLeft(rest[end:], "`"), ":"))
	next, _ := utf8.DecodeRuneInString(rest[end:])
	if kind, known := hostWords[word]; known && !spaced && (end == len(rest) || unicode.IsSpace(next) || next == ':') {
		return Act{Kind: kind, Text: said}, true
	}
	if word == "" || spaced && !nearly(word, "antwort") {
		return Act{}, false
	}
	return Act{Kind: Slip, Text: said}, true
}

// unmarked are the words of hosts that are asked about where they stand alone and
// without the "!".
var unmarked = map[Kind]bool{Claim: true, GiveBack: true, NextTime: true, Close: true, OpenTickets: true}

// hostsSay are the same words as people say them who plainly mean the program, by their
// names in phrases.txt. What they say to each other is longer, and names a day or a
// person.
var hostsSay = []struct{ name, word string }{
	{"host claims", "übernehmen"}, {"host gives back", "zurück"}, {"host closes", "schließen"}, {"host lists", "offen"},
}

// BareHostWord reads such a word: "übernehme", "Ich übernehme.", "ich mach das".
func BareHostWord(text string) (word string, bare bool) {
	word = strings.TrimPrefix(strings.ToLower(strings.Trim(text, " .!*_`")), "ich ")
	if unmarked[hostWords[word]] {
		return word, true
	}
	said := plainOf(text)
	for _, one := range hostsSay {
		if said.is(one.name) {
			return one.word, true
		}
	}
	return "", false
}

// MeantHostWord is the word that a slip comes nearest to; empty: none is near.
func MeantHostWord(text string) string {
	if word, bare := BareHostWord(text); bare {
		return word
	}
	said := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(said) == 0 {
		return ""
	}
	if nearly(said[0], "antwort") || strings.Contains(said[0], "antwort") {
		return "antwort"
	}
	for _, word := range slices.Sorted(maps.Keys(hostWords)) {
		if nearly(said[0], word) {
			return taught[hostWords[word]]
		}
	}
	return ""
}

// taught is the word for each act that the texts name.
var taught = map[Kind]string{
	HostAnswer: "antwort", HostAsks: "rückfrage", Claim: "übernehmen", GiveBack: "zurück", Merge: "zusammen", Move: "verschieben", NextTime: "vertagen",
	Close: "schließen", Pin: "oben", OpenTickets: "offen", Agenda: "agenda", Minutes: "niederschrift", Knowledge: "wissen", Approve: "freigeben",
	SendBack: "ablehnen", Retire: "zurückziehen", Practice: "probe",
}

// AsksForHelp reports whether a host asks which words there are, and nothing else.
func AsksForHelp(text string) bool { return plainOf(text).is("host needs help") }

// nearly reports whether a word is another one but for a slip: a letter too much, too
// few, wrong, or two swapped.
func nearly(word, other string) bool {
	a, b := []rune(word), []rune(other)
	if len(a) > len(b)+2 || len(b) > len(a)+2 || len(a) < 4 {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0] || len(a)+len(b) == 2
}

var asksForOpen = regexp.MustCompile(`(?i)^\W*(?:(?:was|welche|welches|zeig|zeige|liste)\b.{0,60})?\b(?:noch\s+)?offene?n?\b.{0,30}$`)

// openTickets reads "welche Anliegen sind noch offen?", said to the bot in the hosts'
// channel.
func openTickets(message string) (Act, bool) {
	if !asksForOpen.MatchString(strings.TrimSpace(message)) {
		return Act{}, false
	}
	return Act{Kind: OpenTickets}, true
}

// misplaced reads a host's answer that is written where no ticket is.
func misplaced(message string) (Act, bool) {
	act, ok := hostWord(message)
	return act, ok && act.Kind == HostAnswer
}
