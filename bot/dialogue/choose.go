package dialogue

import (
	"regexp"
	"strings"

	"lvr.example/sprechstunde/bot/inbox"
)

// Choice is what an asker picks of what a preview leaves open.
type Choice string

// The choices; each is a Change of the preview but Join, which decides it.
const (
	Written     Choice = "written"   // no session: an answer in writing will do
	Later       Choice = "later"     // the session after the one shown
	Format      Choice = "format"    // another format: Text names it
	WithName    Choice = "named"     // with the asker's name
	WithoutName Choice = "anonymous" // without
	Original    Choice = "original"  // nothing masked
	Masked      Choice = "masked"    // what is of persons masked
	Join        Choice = "join"      // the ticket that is offered
	Own         Choice = "own"       // a ticket of one's own
	NoFiles     Choice = "no files"  // what is attached stays here
	WithAnswer  Choice = "answer"    // what the bot answered goes along
	NoAnswer    Choice = "no answer" // it stays here
)

// chosen are buttons that choose.
var chosen = map[inbox.Action]Choice{inbox.Join: Join}

// choices are how they are said: each the name of its lines in phrases.txt.
var choices = []Choice{Written, Later, WithName, WithoutName, Original, Masked, NoFiles, NoAnswer, WithAnswer, Own, Join}

// longestChoice is how many bytes a choice has at most.
const longestChoice = 120

// choose reads a choice, said while a preview waits: "schriftlich reicht", "lieber in
// die Ethikrunde", "ja, mit meinem Namen".
func (e *Ear) choose(message string) (Act, bool) {
	if len(message) > longestChoice || strings.Contains(message, "?") {
		return Act{}, false
	}
	said := plainOf(message)
	for _, c := range choices {
		if said.is(string(c)) {
			return Act{Kind: Change, Choice: c}, true
		}
	}
	rest, _ := said.rest("format")
	rest = joined(rest)
	for _, name := range e.formats {
		full := joined(name)
		if full != "" && (rest == full || strings.HasSuffix(full, rest) && len(rest) >= 8 && said.is("rather")) {
			return Act{Kind: Change, Choice: Format, Text: name}, true
		}
	}
	return Act{}, false
}

// joined is a text in one word.
func joined(text string) string { return strings.ReplaceAll(plainly(text), " ", "") }

var signed = regexp.MustCompile(`[^a-z0-9]+`)

// plainly is a text in lower case, umlauts written out, with single spaces for signed.
func plainly(text string) string {
	text = umlauts.Replace(strings.ToLower(text))
	return strings.TrimSpace(signed.ReplaceAllString(text, " "))
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")
