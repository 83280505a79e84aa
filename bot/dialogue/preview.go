package dialogue

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval/german"
)

// What is said to a preview in words that leave no doubt is heard by them alone,
// whatever the rules or the model would make of it.

// decisive are such words, by their names in phrases.txt, in the order in which they
// are tried.
var decisive = []struct {
	name string
	kind Kind
}{
	{"preview unsure", Unclear},
	{"preview no", Cancel},
	{"preview off", Cancel},
	{"preview over", Send},
}

// decides hears what becomes of a preview. One who asks decides nothing.
func (e *Ear) decides(message string) (Act, bool) {
	if strings.Contains(message, "?") {
		return Act{}, false
	}
	said := plainOf(message)
	for _, one := range decisive {
		if said.is(one.name) {
			return Act{Kind: one.kind}, true
		}
	}
	s := read(message)
	if text, adds := s.addition(addsTo); adds {
		return Act{Kind: Change, Text: text, Added: true}, true
	}
	if givesUp(said.spoken) {
		return Act{Kind: Cancel}, true
	}
	if len(s.tokens) <= ruleWords && s.has(exchanging) && s.has(against) {
		return Act{Kind: Change, Text: strings.TrimSpace(message), How: true}, true
	}
	return Act{}, false
}

// givesUp reports whether one clause of a message takes a preview back and the others only
// say why: "hm, lieber doch nicht, ich frag meine Ausbilderin".
func givesUp(s spoken) bool {
	off := false
	for _, c := range s.clauses() {
		clause := plain{c, c.line()}
		is := clause.is("preview off")
		off = off || is
		if !is && (c.has(taking) || c.has(agreeing) || Explicit(c.said())) || c.has(insteadOf) || c.has(restyling) || c.has(addsTo) {
			return false
		}
	}
	return off
}

// addsLater hears an addition where no preview waits any more, or none yet. Who asks adds
// nothing.
func addsLater(h Heard) (Act, bool) {
	if h.Place != Direct || h.Waits == Preview || h.Waits == Waiting || h.Waits == Replied || strings.Contains(h.Text, "?") {
		return Act{}, false
	}
	text, adds := read(h.Text).addition(addsOnly)
	return Act{Kind: Change, Text: text, Added: true}, adds && !Asks(text)
}

// addition is what somebody adds to a text, without the words that lead to it: "schreib
// noch dazu, dass es eilt", "und dazu noch: es eilt". False: none of them do, or none is
// of a set.
func (s spoken) addition(adding map[string]bool) (text string, adds bool) {
	n, says, colon := 0, false, false
	for n < len(s.tokens) && (addsTo[s.tokens[n].form] || leadsTo[s.tokens[n].form]) && !colon {
		says, colon = says || adding[s.tokens[n].form], strings.Contains(s.tokens[n].after, ":")
		n++
	}
	if !says || n == len(s.tokens) {
		return "", false
	}
	rest := s.part(n, len(s.tokens))
	if !colon && !subordinate[rest.tokens[0].form] {
		return "", false
	}
	return stated(rest), true
}

// agreeing are words of who is content with a text.
var agreeing = german.Set("passt gut prima super perfekt einverstanden")

// addsTo are words that say that something is to be added; leadsTo are those that stand
// between them.
var (
	addsTo = german.Set(fold(`schreib schreibe schreibt schreiben ergänz ergänze ergänzt ergänzen ergänzung nachtrag zusatz hinzufügen hinzu dazu
		füg füge fügt fügen erwähn erwähne erwähnt erwähnen außerdem ps zusätzlich dazuschreiben reinschreiben dranhängen häng hänge
		dazunehmen reinnehmen aufnehmen dazupacken mitgeben hinzunehmen anfügen anhängen fehlt fehlen`))
	leadsTo = german.Set(fold(`und ja ok okay gut bitte noch mal doch auch rein hinein dran an darunter drunter kleine kleiner kurze kurzer
		ein eine sie ihr du kannst könnt können könnten das da dort dann aber nur ach moment stopp ich wir will möchte muss wichtig hinweis dem den der mit
		nimm nehmt nehmen nehme pack packe packt setz setze setzt stell gib gebt tu tut eins zu zur zum frage text vorschau anfrage anliegen folgendes hab habe vergessen`))
	// addsOnly are those of them that lead to nothing else.
	addsOnly    = german.Set(fold("ergänz ergänze ergänzt ergänzen ergänzung nachtrag zusatz hinzufügen hinzu dazu füg füge fügt fügen erwähn erwähne dazuschreiben reinschreiben anfügen"))
	subordinate = german.Set("dass das ob")
)

// stated is what is added as it can stand by itself: "dass es um Köln geht" becomes "Es
// geht um Köln", where the first word is what does it and the last one what it does.
// What is put in another way stays as it is.
func stated(s spoken) string {
	said := s.said()
	if len(s.tokens) < 3 || !subordinate[s.tokens[0].form] || s.tokens[0].form == "ob" || len(s.clauses()) > 1 {
		return said
	}
	first, last := s.tokens[1], s.tokens[len(s.tokens)-1]
	if !doing[first.form] || !done[last.form] {
		return said
	}
	main := capital(s.text[first.from:first.to]) + " " + s.text[last.from:last.to] + " " + s.part(2, len(s.tokens)-1).said()
	return strings.TrimSpace(main) + "."
}

// AsAsked is an indirect question as one would ask it: "ob wir das hochladen dürfen"
// becomes "Dürfen wir das hochladen?". Any other text stays as it is.
func AsAsked(text string) string {
	s := read(text)
	if len(s.tokens) < 4 || s.tokens[0].form != "ob" {
		return text
	}
	first := s.clauses()[0]
	last := first.tokens[len(first.tokens)-1]
	if len(first.tokens) < 4 || !done[last.form] {
		return text
	}
	rest := strings.TrimRight(strings.TrimSpace(s.text[last.to:]), ".!? ")
	asked := capital(s.text[last.from:last.to]) + " " + s.text[s.tokens[1].from:s.tokens[last.at-1].to]
	if rest != "" && !strings.HasPrefix(rest, ",") {
		asked += " "
	}
	return asked + rest + "?"
}

// capital is a word as a sentence begins with it.
func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

var (
	doing = german.Set("es ich wir sie er man dies")
	done  = german.Set(fold("geht ist sind bin eilt handelt hat haben habe hatte hatten wird werden wurde wurden war waren kann können muss müssen soll sollen will wollen darf dürfen braucht brauchen brauche gibt fehlt fehlen betrifft gilt"))
)

// Closes reports whether a message says that a matter is closed, and not only that an
// answer will do.
func Closes(message string) bool {
	s := read(message)
	line := " " + s.line()
	return s.has(closing) || strings.Contains(line, " hat sich ") || strings.Contains(line, " nicht mehr ")
}

// NamesTicket reports whether a message speaks of a ticket.
func NamesTicket(message string) bool { return read(message).has(ticketNames) }

// GivesReason reports whether a text says why a ticket is still open, and not only that
// it is.
func GivesReason(text string) bool {
	return slices.ContainsFunc(read(text).tokens, func(t token) bool {
		return !onlyOpen[t.form] && !ticketWords[t.form] && strings.ContainsFunc(t.form, func(r rune) bool { return r < '0' || r > '9' })
	})
}

var ticketNames = german.Set("anliegen ticket anfrage frage sache vorgang nr nummer")

// onlyOpen are words that say no more than that a ticket is to be open, besides those for
// the ticket.
var onlyOpen = german.Set(fold(`bitte danke noch wieder doch offen öffnen aufmachen eröffnen mein meine das die es ist weiter weiterhin leider
	immer nicht bleibt nochmal nein ja aber`))
