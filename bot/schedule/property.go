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
	{Audience, regexp.MustCompile(`\b(?:(?:fur|an) wen(?: (?:richtet|gedacht|geeignet))?|zielgruppe|zielpublikum|wer (?:darf|kann|soll|sollte)|(?:darf|kann) (?:da |dort )?jede[rn]?|richtet sich|gedacht|geeignet|(?:auch |nur |was |einen |eins |etwas )?fur (?:chefs?|chefinnen|fuhrungskraft\w*|leitungskraft\w*|azubis?|auszubildende\w*|praktikant\w*|anfanger\w*|einsteiger\w*|neulinge?|neue|externe|alle|jede[nrs]?|laien|beschaftigte|teilzeit\w*|unwissende|profis?)(?: auch)?|als (?:chefin?|fuhrungskraft|azubi|auszubildende[rn]?|praktikant\w*|anfanger\w*|externe[rn]?|laie|einsteiger\w*))\b`)},
	{Seats, regexp.MustCompile(`\b(?:wie viele?|wieviele?) (?:platze|leute|personen|menschen|mann|kolleg\w*|teilnehmer\w*|teilnehmende|passen|(?:konnen|durfen) (?:da |dort |hin |mit )*(?:teilnehmen|mitmachen|hin|rein|kommen|dabei|mit|dazu))\b|\bteilnehmerzahl\b|\b(?:obergrenze|kapazitat|begrenzt|begrenzung|platzzahl|gruppengrosse|wie gross ist (?:die gruppe|die runde|der kreis))\b`)},
	{Rhythm, regexp.MustCompile(`\b(?:wie (?:oft|haufig)|rhythmus|turnus|wie regelmassig|in welchem abstand|welche abstande|alle wie viele wochen|jede woche|jeden monat)\b`)},
	{Length, regexp.MustCompile(`\b(?:wie lang(?:e)?(?: (?:geht|dauert|dauern|lauft|ist|sind))?|wielange?|dauer|dauert|dauern|bis wann (?:geht|lauft|dauert|ist)|wann (?:endet|ist (?:\w+ )?(?:schluss|zu ende|vorbei))|wie viele (?:minuten|stunden)|wie ?viel zeit|von wann bis wann|wann bin ich (?:\w+ ){0,3}(?:raus|fertig|zuruck))\b`)},
	{Registration, regexp.MustCompile(`\b(?:(?:vor)?anmeld\w*|angemeldet|(?:an|ein)zumelden|meld\w* (?:\w+ ){0,6}an|registrier\w*|reservier\w*|platz (?:reservieren|buchen|sichern)|buch\w+|(?:einfach|spontan|unangemeldet) (?:so )?(?:\w+ )?(?:vorbei\w*|hin\w*|dazu\w*|kommen|komm|auftauchen|teilnehmen|mitmachen)|unangemeldet|spontan|platze?|mich (?:\w+ ){0,3}(?:eintragen|einschreiben))\b`)},
	{Online, regexp.MustCompile(`\b(?:online|digital|videoraum|videokonferenz|video|(?:da)?zuschalt\w*|zugeschaltet|einwahl\w*|einwahlen|remote|virtuell|hybrid|(?:von )?zu ?hause?(?: aus)?|homeoffice|vom (?:handy|pc|rechner|computer|laptop|schreibtisch|platz)|telefonisch|am (?:handy|pc|rechner|computer)|personlich|hinfahren|hinreisen|vor ort|prasenz|teams|zoom|webex)\b`)},
	{Hosts, regexp.MustCompile(`\b(?:wer (?:leitet|macht|ist|sitzt|hilft|moderiert|betreut|veranstaltet|beantwortet|antwortet|berat|steht|hostet|fuhrt|kommt|kummert|organisiert|hat)|wen (?:kann|konnte|frag\w*|ruf\w*|soll|erreich\w*)(?: (?:ich|man|wir|da|dort|dazu))*(?: (?:anrufen|an|fragen|ansprechen|erreichen|anschreiben))?|an wen|zustandig\w*|verantwortlich\w*|kontakt|telefon|telefonnummer|gastgeber\w*|moderat\w*|ansprech\w*|mit wem|wer (?:ist )?(?:da|dort))\b`)},
	{Link, regexp.MustCompile(`\b(?:link|links|internetseite|intranetseite|webseite|seite|url|mehr (?:infos?|informationen)|infos?|informationen)\b`)},
	{Place, regexp.MustCompile(`\b(?:wie (?:komm\w*|find\w*|gelang\w*) (?:ich |man |wir |da |dort |das |den |die |am besten )*(?:hin|dahin|dorthin|zum|zur)|anfahrt|anreise|wegbeschreibung|wo|wohin|in welche[mr]n? (?:raum|haus|gebaude|zimmer|saal|stock)|welche[rs]? (?:raum|haus|gebaude|zimmer|ort|saal)|raum|raumnummer|ort|veranstaltungsort|treffpunkt|adresse|anschrift)\b`)},
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

// held is how one takes part: in a video room, or on site.
type held string

const (
	heldAnywhere held = "anywhere"
	heldOnSite   held = "on site"
)

var saysOnline, saysOnSite = regexp.MustCompile(`\b(?:online|digital|per video|virtuell|remote|von zu ?hause)\b`), regexp.MustCompile(`\b(?:vor ort|in prasenz|prasenz)\b`)

// readHeld is how a folded text says that one is to take part; empty: it does not.
func readHeld(folded string) held {
	switch {
	case saysOnline.MatchString(folded):
		return heldAnywhere
	case saysOnSite.MatchString(folded):
		return heldOnSite
	}
	return ""
}

// formatsHeld are the formats in which one can take part so, by their places.
func formatsHeld(as held, c *officehours.Calendar) []officehours.Format {
	return slices.DeleteFunc(c.Formats(), func(f officehours.Format) bool {
		if as == heldAnywhere {
			return !heldOnline.MatchString(f.Place)
		}
		rooms := strings.Split(strings.ReplaceAll(f.Place, " und ", ","), ",")
		return f.Place == "" || !slices.ContainsFunc(rooms, func(room string) bool { return !heldOnline.MatchString(room) })
	})
}
