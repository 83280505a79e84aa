package dialogue

// What a Source asks for.
const (
	WhereItStands = "above where"
	WhoIsInCharge = "above owner"
	SinceWhen     = "above age"
)

// asksOfAbove are the names in phrases.txt of what is asked, or said, of the answer that
// stands above: it is told from that answer, and no word of it is searched.
var asksOfAbove = []struct {
	name string
	kind Kind
}{
	{WhereItStands, Source},
	{WhoIsInCharge, Source},
	{SinceWhen, Source},
	{"above verdict", Verdict},
	{"above objects", Objects},
}

// belowAnswer are the states in which there is an answer above.
var belowAnswer = []State{Answered, Nearest}

// ofAbove hears what is about the answer above, if there is one.
func ofAbove(said plain) (Act, bool) {
	for _, one := range asksOfAbove {
		switch {
		case !said.is(one.name):
		case one.kind == Source:
			return Act{Kind: Source, Text: one.name}, true
		default:
			return Act{Kind: one.kind}, true
		}
	}
	return Act{}, false
}
