package dialogue

// What a Source asks for.
const (
	WhereItStands = "above where"
	WhoIsInCharge = "above owner"
	SinceWhen     = "above age"
)

// WasOtherwise is what an Objects says that speaks of what held before.
const WasOtherwise = "above former"

const (
	whatNow = "above now"
	claims  = "above claims" // that somebody says what is so; in many words, or as a question, it is one
)

// mostClaimed is how many words tell what somebody says of the answer above.
const mostClaimed = 9

// asksOfAbove are the names in phrases.txt of what is asked, or said, of the answer that
// stands above: it is told from that answer, and no word of it is searched.
var asksOfAbove = []struct {
	name string
	kind Kind
}{
	{WhereItStands, Source},
	{WhoIsInCharge, Source},
	{SinceWhen, Source},
	{"above simpler", Simpler},
	{"above verdict", Verdict},
	{whatNow, Verdict},
	{WasOtherwise, Objects},
	{"above objects", Objects},
	{claims, Objects},
}

// belowAnswer are the states in which there is an answer above.
var belowAnswer = []State{Answered, Nearest}

// ofAbove hears what is about the answer above, if there is one.
func ofAbove(said plain) (Act, bool) {
	for _, one := range asksOfAbove {
		switch {
		case !said.is(one.name), one.name == claims && (len(said.tokens) > mostClaimed || said.questions()):
		case one.kind == Source || one.name == WasOtherwise:
			return Act{Kind: one.kind, Text: one.name}, true
		default:
			return Act{Kind: one.kind}, true
		}
	}
	return Act{}, false
}

// AsksWhatNow reports whether a text only asks what to do now.
func AsksWhatNow(text string) bool { return plainOf(text).is(whatNow) }
