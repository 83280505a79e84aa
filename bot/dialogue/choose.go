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

// lead is what may stand before a choice, and trail behind it.
const (
	lead  = `^\W*(?:(?:ja|ok|okay|gut|bitte|lieber|besser|gern|gerne|aber|doch|dann|und|nimm|nehmen sie|nehmt|ich|wir|moechte|will|haette|mir|uns|es|das|sie|koennen|kannst|du|geht|in|an|zu|zur|zum|fuer|die|den|das|der|dem|mich|als|auch) )*`
	trail = `(?: (?:bitte|reicht|genuegt|aus|mir|uns|danke|lieber|gern|gerne|auch|so|weitergeben|senden|schicken|uebergeben|haben|ist (?:gut|ok|besser)|voellig|doch|anschauen|zeigen|antworten|beantworten|voll|nehmen|gehen))*\W*$`
)

// choices are how they are said, on a text with umlauts written out.
var choices = []struct {
	choice  Choice
	pattern *regexp.Regexp
}{
	{Written, saying(`(?:(?:eine )?schriftlich(?:e antwort|er weg)?|ohne termin|per nachricht|kein termin|nur schriftlich)`)},
	{Later, saying(`(?:mit termin|(?:termin|mal|mal spaeter) danach|(?:naechste|naechster|uebernaechste|spaetere|spaeterer|andere|anderer)[nr]? termin|(?:einen|ein) (?:anderen|spaeteren) termin|eine woche spaeter|(?:erst )?naechstes mal|spaeter)`)},
	{WithName, saying(`(?:mit (?:meinem )?namen|mein(?:en)? namen? (?:nennen|dazu|dazuschreiben|darf (?:dabei ?stehen|genannt werden))|namentlich|nicht anonym|nenn(?:e|en)?(?: sie)? (?:ruhig )?meinen namen)`)},
	{WithoutName, saying(`(?:ohne (?:meinen )?namen|anonym|nicht namentlich)`)},
	{Original, saying(`(?:(?:im )?original(?:text)?|unmaskiert|ohne maskierung|nicht maskier(?:t|en)|mit allen angaben|mein(?:en)? wortlaut|nichts ersetzen)`)},
	{Masked, saying(`(?:maskier(?:t|en|e)|mit maskierung|(?:angaben|namen) ersetzen)`)},
	{NoFiles, saying(`(?:ohne (?:die |meine )?(?:datei(?:en)?|anlagen?|anhang|anhaenge|bild(?:er)?|foto)|(?:die )?(?:datei(?:en)?|anlagen?|anhang) (?:nicht mitgeben|weglassen|nicht))`)},
	{NoAnswer, saying(`(?:ohne (?:ihre |deine |die |bot )?(?:antwort|quellen)(?: (?:vom|des) bots?)?(?: und (?:ohne )?(?:die )?quellen)?|(?:ihre |deine |die )?antwort (?:nicht (?:mitgeben|mitschicken|dazu)|weglassen))`)},
	{WithAnswer, saying(`(?:mit (?:ihrer |deiner |der |bot )?antwort(?: (?:vom|des) bots?)?(?: und (?:mit )?(?:den )?quellen)?|(?:ihre |deine |die )?antwort (?:mitgeben|mitschicken|dazu))`)},
	{Own, saying(`(?:(?:ein )?eigenes (?:anliegen|ticket)|(?:ein )?neues (?:anliegen|ticket)|nicht anschliessen|eigene frage)`)},
	{Join, saying(`(?:(?:schliesse?|haenge?|klinke?)(?: (?:mich|ich|uns))*(?: (?:da|dort|dem|ihnen|gern|gerne|bitte))* (?:an|dran|ein|dazu)|anschliessen|dazu(?:nehmen|haengen)|mitfragen|frage? (?:ich )?mit|(?:bei )?nr \d+ (?:anschliessen|beitreten)|beitreten|dasselbe fragen)`)},
}

func saying(words string) *regexp.Regexp { return regexp.MustCompile(lead + words + trail) }

// longestChoice is how many bytes a choice has at most.
const longestChoice = 120

// choose reads a choice, said while a preview waits: "schriftlich reicht", "lieber in
// die Ethikrunde", "ja, mit meinem Namen".
func (e *Ear) choose(message string) (Act, bool) {
	if len(message) > longestChoice || strings.Contains(message, "?") {
		return Act{}, false
	}
	said := plainly(message)
	for _, c := range choices {
		if c.pattern.MatchString(said) {
			return Act{Kind: Change, Choice: c.choice}, true
		}
	}
	rest := leads.ReplaceAllString(said, "")
	rest = strings.ReplaceAll(trails.ReplaceAllString(rest, ""), " ", "")
	for _, name := range e.formats {
		joined := strings.ReplaceAll(plainly(name), " ", "")
		if joined != "" && (rest == joined || strings.HasSuffix(joined, rest) && len(rest) >= 8 && rather.MatchString(said)) {
			return Act{Kind: Change, Choice: Format, Text: name}, true
		}
	}
	return Act{}, false
}

// rather tells "lieber in die Sprechstunde" from the wish for people.
var rather = regexp.MustCompile(`\b(?:lieber|besser|nimm|doch|dann)\b`)

var (
	leads  = regexp.MustCompile(lead)
	trails = regexp.MustCompile(trail)
	signed = regexp.MustCompile(`[^a-z0-9]+`)
)

// plainly is a text in lower case, umlauts written out, with single spaces for signed.
func plainly(text string) string {
	text = umlauts.Replace(strings.ToLower(text))
	return strings.TrimSpace(signed.ReplaceAllString(text, " "))
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")
