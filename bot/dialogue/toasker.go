package dialogue

import (
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval/german"
)

// ToAsker reports whether what a host writes below a card without a word for the program
// plainly speaks to the person who asked: it says Sie, or it answers in a few words. What
// speaks to a colleague, of the person or of oneself does not.
func ToAsker(text string) bool {
	s := read(text)
	if len(s.tokens) < leastToAsker || strings.HasPrefix(strings.TrimSpace(text), "!") || strings.Contains(text, "@") || s.has(toColleague) {
		return false
	}
	if s.formal() {
		return true
	}
	if strings.Contains(text, "?") || s.has(amongUs) || s.has(ofOneself) {
		return false
	}
	answers := s.has(permits) && !s.has(doubting)
	return answers && (replyOpens[s.tokens[0].form] || formally[s.tokens[0].form] || lawful(s) || len(s.tokens) <= shortRuling)
}

// IsForHosts reports whether a text in the hosts' channel is the bot's business: a word
// for it, or below another post what seems to be meant for the person who asked.
func IsForHosts(text string, below bool) bool {
	return IsHostWord(text, below) || below && ToAsker(text)
}

// meantForAsker hears that as a slip: the word for it is lacking.
func meantForAsker(text string) (Act, bool) {
	return Act{Kind: Slip, Text: strings.TrimSpace(text)}, ToAsker(text)
}

const (
	leastToAsker = 2 // "ja" alone may be said to anybody
	shortRuling  = 4 // words: "Ist nicht erlaubt."
)

// formal reports whether somebody is spoken to as Sie: in capitals, and not where a
// sentence begins, unless a verb of speaking to them stands around.
func (s spoken) formal() bool {
	for i, t := range s.tokens {
		word := s.text[t.from:t.to]
		if !formally[t.form] || !unicode.IsUpper([]rune(word)[0]) {
			continue
		}
		if i > 0 && !s.tokens[i-1].closes() {
			return true
		}
		if i+1 < len(s.tokens) && formalVerbs[s.tokens[i+1].form] && t.form == "sie" {
			return true // "Sie dürfen das", where "Sie darf das" is of somebody
		}
	}
	return false
}

// closes reports whether a sentence ends behind the word.
func (t token) closes() bool { return strings.ContainsAny(t.after, ".!?:\n") }

// lawful reports whether a run leads its ruling back to where it stands.
func lawful(s spoken) bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return t.form == "laut" || t.form == "gemass" || t.form == "nach" && t.at == 0 })
}

var (
	formally    = german.Set(fold("sie ihnen ihr ihre ihrem ihren ihrer ihres"))
	formalVerbs = german.Set(fold("dürfen können müssen sollen sollten brauchen haben finden bekommen erhalten nutzen verwenden geben schreiben fragen wenden könnten müssten dürften melden"))
	// toColleague are words to or about those who read along.
	toColleague = german.Set(fold(`du dir dich dein deine deinen euch euer eure heide holger jemand wer kannst könntest magst machst willst hast bist meinst weißt nimmst übernimmst
		fragesteller fragestellerin anfragende person asker kollege kollegin kolleginnen leute team ticket anliegen karte agenda sprechstunde donnerstag runde morgen später`))
	amongUs = german.Set("wir uns unser unsere unserer")
	// ofOneself are words of who tells what they think or will do.
	ofOneself = german.Set(fold("ich mir mich mein meine meiner ma m.e."))
	doubting  = german.Set(fold("vielleicht wohl steht's glaub glaube vermutlich eventuell unsicher heikel klingt denke finde oder schwierig kniffig wahrscheinlich irgendwie müssten müsste sollten"))
	// permits are words that say what may be.
	permits = german.Set(fold(`geht gehts erlaubt verboten zulässig unzulässig darf dürfen gilt möglich gestattet untersagt freigegeben freigabe nötig erforderlich pflicht genügt
		reicht ok okay problem bedenken stufe verstößt tabu steht ordnung nur erst solange außer sofern ohne`))
	replyOpens = german.Set(fold("ja jawohl nein nee klar natürlich leider selbstverständlich genau doch hallo guten moin danke gern gerne grundsätzlich jein"))
)
