package dialogue

// Aspect is what of all that the bot keeps of people is asked about.
type Aspect string

// The aspects. Else it is asked what is kept at all.
const (
	OwnName    Aspect = "name" // who learns who asked
	OwnDays    Aspect = "days" // for how long
	OwnUse     Aspect = "use"  // what is made of it
	OwnReaders Aspect = "readers"
)

// aspects in the order in which they are looked for: "wer sieht meinen Namen" asks for
// the name. Each is a name in phrases.txt behind "own ".
var aspects = []Aspect{OwnName, OwnDays, OwnUse, OwnReaders}

// AspectOf is what of it a message about what is kept asks; empty: what is kept.
func AspectOf(message string) Aspect {
	said := plainOf(message)
	for _, a := range aspects {
		if said.is("own " + string(a)) {
			return a
		}
	}
	return ""
}

// OwnDataGoesOn hears what goes on from an answer about what is kept of people.
func OwnDataGoesOn(message string) (Act, bool) {
	switch said := plainOf(message); {
	case said.is("own goes on"):
		return Act{Kind: Privacy}, true
	case said.is("forget all"):
		return Act{Kind: Forget}, true
	}
	return Act{}, false
}
