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

// ofAbove hears what is about the answer above.
func ofAbove(h Heard, said plain) (Act, bool) {
	if !canBeSaid(h, []State{Answered, Nearest}) {
		return Act{}, false
	}
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
