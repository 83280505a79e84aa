package schedule

import (
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/officehours"
)

// Property is what the calendar knows of a format besides its dates.
type Property string

// The properties, in the order in which they are told.
const (
	Place        Property = "place"
	Online       Property = "online"
	Length       Property = "length"
	Rhythm       Property = "rhythm"
	Registration Property = "registration"
	Hosts        Property = "hosts"
	Audience     Property = "audience"
	Seats        Property = "seats"
	Link         Property = "link"
)

// properties are how they are asked for, on folded text, those that say more first.
var properties = []struct {
	asked    Property
	patterns *regexp.Regexp
}{
	{Audience, regexp.MustCompile(`\b(?:(?:fur|an) wen(?: (?:richtet|gedacht|geeignet))?|zielgruppe|zielpublikum|wer (?:darf|kann|soll|sollte)|(?:darf|kann) (?:da |dort )?jede[rn]?|richtet sich|gedacht|geeignet)\b`)},
	{Seats, regexp.MustCompile(`\b(?:wie viele?|wieviele?) (?:platze|leute|personen|menschen|teilnehmer\w*|teilnehmende|passen)\b|\bteilnehmerzahl\b`)},
	{Rhythm, regexp.MustCompile(`\b(?:wie (?:oft|haufig)|rhythmus|turnus|wie regelmassig|in welchem abstand|welche abstande|alle wie viele wochen|jede woche|jeden monat)\b`)},
	{Length, regexp.MustCompile(`\b(?:wie lang(?:e)?(?: (?:geht|dauert|dauern|lauft|ist|sind))?|wielange?|dauer|dauert|dauern|bis wann (?:geht|lauft|dauert|ist)|wann (?:endet|ist (?:\w+ )?(?:schluss|zu ende|vorbei))|wie viele (?:minuten|stunden)|wie ?viel zeit|von wann bis wann)\b`)},
	{Registration, regexp.MustCompile(`\b(?:(?:vor)?anmeld\w*|angemeldet|(?:an|ein)zumelden|meld\w* (?:\w+ ){0,6}an|registrier\w*|reservier\w*|platz (?:reservieren|buchen|sichern)|buch\w+|(?:einfach|spontan|unangemeldet) (?:so )?(?:\w+ )?(?:vorbei\w*|hin\w*|dazu\w*|kommen|komm|auftauchen|teilnehmen|mitmachen)|unangemeldet|spontan|platze?|mich (?:\w+ ){0,3}(?:eintragen|einschreiben))\b`)},
	{Online, regexp.MustCompile(`\b(?:online|digital|videoraum|videokonferenz|video|(?:da)?zuschalt\w*|zugeschaltet|einwahl\w*|einwahlen|remote|virtuell|hybrid|(?:von )?zu ?hause?(?: aus)?|homeoffice|vom handy|vor ort|prasenz|teams|zoom|webex)\b`)},
	{Hosts, regexp.MustCompile(`\b(?:wer (?:leitet|macht|ist|sitzt|hilft|moderiert|betreut|veranstaltet|beantwortet|antwortet|berat|steht|hostet|fuhrt|kommt|kummert|organisiert)|gastgeber\w*|moderat\w*|ansprech\w*|mit wem|wer (?:ist )?(?:da|dort))\b`)},
	{Link, regexp.MustCompile(`\b(?:link|links|internetseite|intranetseite|webseite|seite|url|mehr (?:infos?|informationen)|infos?|informationen)\b`)},
	{Place, regexp.MustCompile(`\b(?:wo|wohin|in welche[mr]n? (?:raum|haus|gebaude|zimmer|saal|stock)|welche[rs]? (?:raum|haus|gebaude|zimmer|ort|saal)|raum|raumnummer|ort|veranstaltungsort|treffpunkt|adresse|anschrift)\b`)},
}

// readProperties finds the properties that a text asks for, and the text without them.
func readProperties(folded string) (asked []Property, rest string) {
	for _, p := range properties {
		if at := p.patterns.FindStringIndex(folded); at != nil {
			asked = append(asked, p.asked)
			folded = blanked(folded, at)
		}
	}
	slices.SortFunc(asked, func(a, b Property) int { return slices.Index(told, a) - slices.Index(told, b) })
	return asked, folded
}

var told = []Property{Place, Online, Length, Rhythm, Registration, Hosts, Audience, Seats, Link}

// blanked is a text with blanks in place of a part of it.
func blanked(text string, at []int) string {
	return text[:at[0]] + strings.Repeat(" ", at[1]-at[0]) + text[at[1]:]
}

// known reports whether the calendar knows a property of a format.
func known(f officehours.Format, p Property) bool {
	switch p {
	case Place:
		return f.Place != ""
	case Online:
		return f.Online != "" || heldOnline.MatchString(f.Place)
	case Length:
		return f.Minutes > 0
	case Rhythm:
		return f.Rhythm().Every > 0
	case Registration:
		return f.Registration != ""
	case Hosts:
		return f.Hosts != ""
	case Audience:
		return f.About != ""
	case Seats:
		return f.Seats > 0
	case Link:
		return f.Link != ""
	}
	return false
}

// heldOnline is a place that is not, or not only, on site.
var heldOnline = regexp.MustCompile(`(?i)\b(?:video\w*|online|digital|teams|zoom|webex|big ?blue ?button|https?)\b`)
