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

// aWord reads a word that stands alone.
func aWord(h Heard) (Act, bool) {
	said := strings.ToLower(strings.Join(strings.Fields(strings.TrimFunc(h.Text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("*_.!?/", r) })), " "))
	said = strings.TrimPrefix(said, "ki ")
	w, known := aloneWords[said]
	if !known || h.Place&(Direct|Thread) == 0 || len(w.in) > 0 && !slices.Contains(w.in, h.Waits) || len(w.in) == 0 && h.Place != Direct {
		return Act{}, false
	}
	return Act{Kind: w.kind}, true
}
