package dialogue

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Explicit reports whether a message that decides or changes a preview says so
// itself: "abschicken", "gib das so weiter", "nichts weitergeben". A bare yes, no or
// "passt" does not, and is meant for whatever was said last.
func Explicit(message string) bool {
	s := read(message)
	if s.has(handsOn) && s.has(onward) {
		return true
	}
	return slices.ContainsFunc(s.tokens, func(t token) bool {
		return slices.ContainsFunc(steers, func(part string) bool { return strings.Contains(t.form, part) })
	})
}

// steers are parts of words that say what is to become of a text.
var steers = strings.Fields(fold(`schick absend senden sende übergeb uebergeb übergib weitergeb weitergegeb weiterleit einreich freigeb freigegeb
	abbrech abbruch verwerf verwirf stornier rückzieher vorschau
	änder ergänz korrigier streich ersetz hinzufüg dazuschreib`))

// handsOn with onward says it in two words: "leite die Frage weiter".
var (
	handsOn = german.Set("gib gibs gebt geb gebe geben leite leitet leiten reich reiche reichen")
	onward  = german.Set(fold("weiter rüber"))
)
