package dialogue

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval/german"
)

// Revise is a text as its author wants it, who says so in own words: "schreib schicken
// statt jagen", "das Wort extra raus", "mach aus zwei drei", "nimm noch dazu: es eilt".
// What is to go is looked for in the text; what only tells more is put below it. False:
// the wish is not understood, or what it is about does not stand in the text.
func Revise(text, wish string) (revised string, understood bool) {
	t, w := read(text), read(wish)
	if len(w.tokens) == 0 || len(w.tokens) > ruleWords {
		return text, false
	}
	if revised, understood = exchanged(t, w); understood {
		return revised, true
	}
	if revised, understood = without(t, w); understood {
		return revised, true
	}
	more := told(w)
	if _, sentence := numbered(w); sentence || disputing[w.tokens[0].form] || w.has(making) && w.has(from) || w.has(taking) || w.has(restyling) || w.has(insteadOf) || w.has(exchanging) || more == "" {
		return text, false
	}
	if strings.HasSuffix(text, "\n"+more) { // the same message again
		return text, true
	}
	return text + "\n" + more, true
}

// exchanged puts other words in the place of some.
func exchanged(t, w spoken) (string, bool) {
	for i, one := range w.tokens {
		front, back := w.part(0, i), w.part(i+1, len(w.tokens))
		var old, put spoken
		switch {
		case insteadOf[one.form]: // "statt X Y", "Y statt X"
			old, put = t.beginning(back)
			if len(put.bare().tokens) == 0 {
				put = front
			}
		case one.form == "sondern": // "nicht X sondern Y"
			if n := front.lastOf(refusing); n >= 0 {
				old, put = t.whole(front.part(n+1, len(front.tokens))), back
			}
		case into[one.form] && w.has(exchanging): // "X durch Y ersetzen"
			old, put = t.ending(front), back
		case one.form == "aus" && w.has(making): // "mach aus X Y"
			old, put = t.beginning(back)
		case shall[one.form] && back.has(calling): // "X soll Y heißen"
			old, put = t.ending(front), back
		case refusing[one.form] && (i == 0 || w.tokens[i-1].ends()): // "Y, nicht X"
			if old = t.whole(back); i > 0 {
				put = front
			}
		}
		if put = put.bare(); len(old.tokens) > 0 && len(put.tokens) > 0 {
			return t.replaced(old, put.besides(w, old)), true
		}
	}
	return "", false
}

// without takes words or a sentence out of a text.
func without(t, w spoken) (string, bool) {
	if !w.has(taking) && !w.has(lacking) {
		return "", false
	}
	if sentence, named := numbered(w); named {
		return t.withoutSentence(sentence)
	}
	old := t.whole(w)
	if len(old.tokens) == 0 {
		return "", false
	}
	return t.tidied(old.from(), old.to())
}

// beginning is the longest run of a text with which another one begins, small words
// before it apart, and what is left of that one.
func (s spoken) beginning(other spoken) (found, left spoken) {
	for from := 0; from < len(other.tokens); from++ {
		for to := len(other.tokens); to > from; to-- {
			if found = s.run(other.part(from, to)); len(found.tokens) > 0 && !other.part(from, to).only(small) {
				return found, other.part(to, len(other.tokens))
			}
		}
		if !small[other.tokens[from].form] {
			break
		}
	}
	return spoken{}, spoken{}
}

// ending is the longest run of a text with which another one ends, small words behind it
// apart.
func (s spoken) ending(other spoken) spoken {
	for to := len(other.tokens); to > 0; to-- {
		for from := 0; from < to; from++ {
			if found := s.run(other.part(from, to)); len(found.tokens) > 0 && !other.part(from, to).only(small) {
				return found
			}
		}
		if !small[other.tokens[to-1].form] {
			break
		}
	}
	return spoken{}
}

// whole is the run of a text that another one is, small words around it apart.
func (s spoken) whole(other spoken) spoken {
	found, left := s.beginning(other)
	if !left.only(small) {
		return spoken{}
	}
	return found
}

// run is where the words of another run stand in a text one after the other, in
// whatever form.
func (s spoken) run(other spoken) spoken {
	n := len(other.tokens)
	for at := 0; n > 0 && at+n <= len(s.tokens); at++ {
		if slices.EqualFunc(s.tokens[at:at+n], other.tokens, func(a, b token) bool { return inflected(a.form, b.form) }) {
			return s.part(at, at+n)
		}
	}
	return spoken{}
}

// inflected reports whether two words are one in two forms: "Azubi" and "Azubis".
func inflected(a, b string) bool {
	if a == b {
		return true
	}
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= leastStem && endings[a[n:]] && endings[b[n:]]
}

// leastStem is how much of two forms of a word is the same.
const leastStem = 4

var endings = func() map[string]bool {
	set := german.Set("e en er es em n s")
	set[""] = true
	return set
}()

// replaced is a text with other words in the place of a run. Where the run is part of
// what the new words say whole ("zwei" and "drei Schulen" before "Schulen"), that is said once.
func (s spoken) replaced(old, put spoken) string {
	first, last := old.tokens[0].at, old.tokens[len(old.tokens)-1].at
	for n := len(put.tokens) - 1; n > 0; n-- {
		if last+n < len(s.tokens) && slices.EqualFunc(put.tokens[len(put.tokens)-n:], s.tokens[last+1:last+1+n], func(a, b token) bool { return a.form == b.form }) {
			last += n
			break
		}
	}
	words := strings.Trim(put.said(), `"„“”'«»‚‘ .,;:!?`)
	if begun, _ := utf8.DecodeRuneInString(s.text[s.tokens[first].from:]); first == 0 && unicode.IsUpper(begun) {
		words = capital(words)
	}
	return s.text[:s.tokens[first].from] + words + s.text[s.tokens[last].to:]
}

// withoutSentence is a text without one of its sentences, by its number; from the end,
// where it is negative.
func (s spoken) withoutSentence(n int) (string, bool) {
	all := german.Sentences(s.text)
	if n < 0 {
		n += len(all)
	}
	if len(all) < 2 || n < 0 || n >= len(all) {
		return "", false
	}
	return s.tidied(all[n].Start, all[n].End)
}

// tidied is a text without what stands between two of its bytes, and without what is left
// over around it. False: nothing is left.
func (s spoken) tidied(from, to int) (string, bool) {
	front, back := strings.TrimRight(s.text[:from], " "), strings.TrimLeft(s.text[to:], " ")
	if back != "" && strings.ContainsAny(back[:1], ".,;:!?") {
		front = strings.TrimRight(front, " ,;")
	}
	gap := " "
	if front == "" || back == "" || strings.ContainsAny(back[:1], ".,;:!?\n") || strings.HasSuffix(front, "\n") {
		gap = ""
	}
	text := strings.TrimSpace(strings.TrimLeft(front+gap+back, " ,;"))
	return text, len(read(text).tokens) > 0 && strings.ContainsFunc(text, unicode.IsLetter)
}

// numbered is which sentence a wish names: from 0, or from -1 backwards.
func numbered(w spoken) (n int, named bool) {
	for i := 1; i < len(w.tokens); i++ {
		if n, known := places[strings.TrimRight(w.tokens[i-1].form, "nsrme")]; known && sentences[w.tokens[i].form] {
			return n, true
		}
	}
	return 0, false
}

var (
	places    = map[string]int{"erst": 0, "zweit": 1, "dritt": 2, "viert": 3, "letzt": -1, "vorletzt": -2}
	sentences = german.Set(fold("satz absatz teil zeile halbsatz punkt"))
)

// told is what a wish only tells, without the words that lead to it.
func told(w spoken) string {
	if text, adds := w.addition(addsTo); adds {
		return text
	}
	n := 0
	for n < len(w.tokens)-1 && (addsTo[w.tokens[n].form] || leadsTo[w.tokens[n].form]) {
		n++
	}
	if !w.part(0, n).has(addsTo) {
		n = 0
	}
	rest := w.part(n, len(w.tokens))
	telling := 0
	for _, t := range rest.tokens {
		if !small[t.form] && !vague[t.form] {
			telling++
		}
	}
	if telling == 0 || telling == 1 && rest.has(vague) { // "irgendwie schöner"
		return ""
	}
	return rest.said()
}

func (s spoken) from() int { return s.tokens[0].from }
func (s spoken) to() int   { return s.tokens[len(s.tokens)-1].to }

// lastOf is the place of the last word of a set; -1: there is none.
func (s spoken) lastOf(forms map[string]bool) int {
	for i := len(s.tokens) - 1; i >= 0; i-- {
		if forms[s.tokens[i].form] {
			return i
		}
	}
	return -1
}

// bare is a run without the small words around it that are about the change.
func (s spoken) bare() spoken {
	for len(s.tokens) > 0 && small[s.tokens[len(s.tokens)-1].form] {
		s.tokens = s.tokens[:len(s.tokens)-1]
	}
	from := 0
	for from < len(s.tokens) && small[s.tokens[from].form] {
		from++
	}
	return s.part(from, len(s.tokens))
}

// besides is a run of a wish with the article or preposition before it, where what it
// takes the place of begins with one, too.
func (s spoken) besides(wish, old spoken) spoken {
	if at := s.tokens[0].at; at > 0 && leaning[old.tokens[0].form] && leaning[wish.tokens[at-1].form] {
		return wish.part(at-1, at+len(s.tokens))
	}
	return s
}

// The words of which a wish to change is made.
var (
	insteadOf  = german.Set(fold("statt anstatt anstelle"))
	refusing   = german.Set(fold("nicht kein keine keinen nich net ned"))
	against    = german.Set("durch gegen")
	into       = german.Set(fold("durch gegen mit in zu"))
	exchanging = german.Set(fold(`ersetz ersetze ersetzt ersetzen tausch tausche tauscht tauschen austauschen tauschst auswechseln wechsle wechsel ändern ändere änder ändert abändern
		umändern korrigieren korrigiere korrigier verbessern verbessere umbenennen`))
	making  = german.Set(fold("mach mache macht machen machst werden wird"))
	shall   = german.Set(fold("soll sollte muss müsste sollten müssen heißt"))
	calling = german.Set(fold("heißen stehen lauten sein hin"))
	taking  = german.Set(fold(`raus heraus weg rausnehmen rausstreichen herausnehmen rauslassen raushalten weglassen wegnehmen wegmachen streich streiche streicht streichen gestrichen
		lösch lösche löscht löschen entfern entferne entfernt entfernen tilgen entfällt entfallen rausmachen rauswerfen rausschmeißen wegstreichen auslassen`))
	lacking = german.Set("ohne")
	from    = german.Set("aus")
	// disputing are words with which nobody begins what is to stand in a text.
	disputing = german.Set(fold("nein nee ne nö no nicht nich net ned kein keine quatsch falsch stopp halt"))
	restyling = german.Set(fold(`netter höflicher freundlicher sachlicher förmlicher kürzer kürzen kürze kürz umformulieren umschreiben überarbeiten tippfehler schreibfehler
		diplomatischer verständlicher anpassen bearbeiten editieren formulieren formulier formuliere klingt wirkt liest rechtschreibung korrektur`))
	vague   = german.Set(fold("um neu anders besser schöner länger einfacher deutlicher genauer präziser fehler änderung ändern hinzu dazu ergänzen ergänzung zusatz nachtrag hinzufügen noch"))
	leaning = german.Set(fold("der die das den dem des ein eine einen einem einer in im an am auf für mit ohne zu zur zum bei von vom"))
	small   = german.Set(fold(`bitte mal doch noch einfach lieber besser ja ok okay gut aber nur und also dann kannst könntest können könnt könnten kann du sie ihr wir ich man es
		will möchte würde hätte gern gerne das die der den dem des ein eine einen einem einer wort worte wortes wörter begriff ausdruck zahl stelle angabe da dort muss müsste soll
		sollte heißen heißt lauten stehen steht sein schreib schreibe schreiben schreibt schreibst nimm nehmen nehmt nehme setz setze lass lassen lasst tu mach mache machen macht
		werden von vom auch jetzt sorry halt eben so hier richtig eigentlich danke wieder da drin rein hin n ne nen is ist war mit im in dem text zu
		ersetz ersetze ersetzt ersetzen tausch tausche tauscht tauschen austauschen auswechseln ändern ändere änder ändert abändern korrigieren korrigiere korrigier
		raus heraus weg rausnehmen rausstreichen herausnehmen rauslassen raushalten weglassen wegnehmen wegmachen streich streiche streicht streichen gestrichen
		lösch lösche löscht löschen entfern entferne entfernt entfernen ohne rausmachen rauswerfen wegstreichen ganz komplett nein nee ne noe sag sage satz frage tippfehler fehler
		schreibfehler`))
)
