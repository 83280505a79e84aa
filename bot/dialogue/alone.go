package dialogue

import (
	"slices"
	"strings"
	"unicode"
)

// aloneWords are commands that need nothing behind them, and in which state they are;
// none: in any, to the bot alone.
var aloneWords = map[string]struct {
	kind Kind
	in   []State
}{
	"hilfreich":       {Helpful, []State{Answered, Nearest}},
	"👍":               {Helpful, []State{Answered, Nearest}},
	"nicht hilfreich": {Unhelpful, []State{Answered, Nearest}},
	"👎":               {Unhelpful, []State{Answered, Nearest}},
	"melden":          {Report, []State{Answered, Nearest}},
	"themen":          {Topics, nil},
	"meine daten":     {OwnData, nil},
	"vergiss mich":    {Forget, nil},
}

// saidAlone are commands that people say in words of their own, by their names in
// phrases.txt.
var saidAlone = []struct {
	name string
	kind Kind
	in   []State
	text string
}{
	{"helpful", Helpful, []State{Answered, Nearest}, ""},
	{"unhelpful", Unhelpful, []State{Answered, Nearest}, ""},
	{"own data", OwnData, nil, ""},
	{"forget me", Forget, nil, ""},
	{"status", Status, nil, ""},
	{"who reads that", Privacy, []State{Preview}, ""},
	{"what now", Status, []State{Waiting, Replied}, ""},
	{"what came", Status, []State{Idle, Waiting, Replied, Preview}, Outcome},
	{"date file", Date, nil, ""},
	{"date part", Date, []State{Answered, Nearest}, ""},
}

// Outcome is the text of a Status that asks what has become of the ticket spoken of last.
const Outcome = "outcome"

// aWord reads a word that stands alone, or what is said for it.
func aWord(h Heard) (Act, bool) {
	said := strings.ToLower(strings.Join(strings.Fields(strings.TrimFunc(h.Text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("*_.!?/", r) })), " "))
	said = strings.TrimPrefix(said, "ki ")
	w, known := aloneWords[said]
	if known {
		return Act{Kind: w.kind}, canBeSaid(h, w.in)
	}
	plain := plainOf(h.Text)
	for _, one := range saidAlone {
		if canBeSaid(h, one.in) && plain.is(one.name) {
			return Act{Kind: one.kind, Text: one.text}, true
		}
	}
	if canBeSaid(h, belowAnswer) {
		return ofAbove(plain)
	}
	return Act{}, false
}

// canBeSaid reports whether a word of some states can be meant here; one of none, only
// to the bot alone.
func canBeSaid(h Heard, in []State) bool {
	if len(in) == 0 {
		return h.Place == Direct
	}
	return h.Place&(Direct|Thread) != 0 && slices.Contains(in, h.Waits)
}
