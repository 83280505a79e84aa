package dialogue

import (
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Piece is a run of a message that stands by itself: a question, or what is told
// around questions.
type Piece struct {
	Text string // as written, without the sign of an enumeration
	Asks bool
}

// Pieces parts a message into its questions and what is told around them: at the
// ends of sentences, at the signs of an enumeration, and where a question follows
// another one within a sentence ("wer darf das und was kostet es"). A clause that
// depends on one before ("ich weiß nicht, wer das darf") is not parted from it, nor
// is an alternative ("oder geht das auch so").
func Pieces(message string) []Piece {
	var all []Piece
	for _, item := range items(message) {
		var own []Piece
		for _, span := range german.Sentences(item.text) {
			own = append(own, piecesOf(span.Of(item.text))...)
		}
		if item.numbered && len(own) == 1 {
			own[0].Asks = true // "1. Dauer vom Grundkurs 2. wo melde ich mich an"
		}
		all = append(all, own...)
	}
	return all
}

// item is a piece of a message that is parted by an enumeration.
type item struct {
	text     string
	numbered bool
}

// items parts a message at the signs of an enumeration of questions, if it has one.
func items(message string) []item {
	whole := []item{{message, false}}
	signs := counted(message)
	if len(signs) < 2 {
		return whole
	}
	all := []item{{message[:signs[0].Start], false}}
	asks := false
	for i, sign := range signs {
		end := len(message)
		if i+1 < len(signs) {
			end = signs[i+1].Start
		}
		text := strings.Trim(message[sign.End:end], trimmed)
		s := read(text)
		if len(s.tokens) < 2 {
			return whole
		}
		asks = asks || s.asks() || asksAt(s)
		all = append(all, item{text, true})
	}
	if !asks {
		return whole
	}
	return all
}

// enumeration is a sign that an item can begin with: "2)", "ad 3", "Frage A:",
// "viertens"; "1." only at the beginning of a line or behind a sign.
var enumeration = regexp.MustCompile(`(?i)(?:^|\s)(\(?[1-9a-f]\)\s+|ad [1-9]\b[:,.]?\s*|frage [1-9a-f]\s?:\s*|(?:erstens|zweitens|drittens|viertens|fünftens)\b[:,]?\s*)|(?:^|[\n:;,?!]\s*)([1-9]\.\s+)`)

// counted are the signs of an enumeration that count from the first.
func counted(message string) (signs []german.Span) {
	for _, m := range enumeration.FindAllStringSubmatchIndex(message, -1) {
		sign := german.Span{Start: max(m[2], m[4]), End: max(m[3], m[5])}
		if ordinal(sign.Of(message)) == len(signs)+1 {
			signs = append(signs, sign)
		}
	}
	return signs
}

// ordinal is which item a sign begins.
func ordinal(sign string) int {
	sign = strings.ToLower(sign)
	for i, word := range []string{"erstens", "zweitens", "drittens", "viertens", "fünftens"} {
		if strings.HasPrefix(sign, word) {
			return i + 1
		}
	}
	sign = strings.TrimRight(sign, " \t\n.:,)")
	last := sign[len(sign)-1]
	if last >= 'a' {
		return int(last-'a') + 1
	}
	return int(last - '0')
}

// day is a number that a dot makes an ordinal.
var day = regexp.MustCompile(`^\d{1,2}$`)

// trimmed are the signs around a piece that belong to none.
const trimmed = " ,;:–—-&/\n\t"

// piecesOf parts a sentence before each question that follows another one, behind a
// colon or a dash that leads to one, and behind a question mark.
func piecesOf(sentence string) []Piece {
	s := read(sentence)
	sentence = s.text // where its words stand
	if len(s.tokens) == 0 {
		return nil
	}
	var all []Piece
	from, asks := 0, asksAt(s.clause())
	take := func(to int) {
		begin, end := 0, len(sentence)
		if from > 0 {
			begin = s.tokens[from].from
		}
		if to < len(s.tokens) {
			end = s.tokens[to].from
		}
		text := strings.Trim(sentence[begin:end], trimmed)
		if text != "" {
			all = append(all, Piece{text, asks || strings.HasSuffix(text, "?")})
		}
		from = to
	}
	for i := 1; i < len(s.tokens); i++ {
		mark, rest := s.tokens[i-1].after, s.part(i, len(s.tokens))
		if day.MatchString(s.tokens[i-1].form) {
			mark = strings.TrimPrefix(mark, ".") // "am 3. august"
		}
		led := strings.ContainsAny(mark, ":–—") || strings.Contains(mark, " - ")
		broken := strings.ContainsAny(mark, ",;.\n/&")
		switch joined := s.tokens[i].form == "und" || s.tokens[i].form == "sowie"; {
		case strings.Contains(mark, "?") && (asksAt(rest) || rest.asks()):
			take(i)
			asks = asksAt(rest.clause())
		case !led && !broken && !joined, s.tokens[i].form == "oder", !asksAt(rest), conditioned(rest):
		case led, asks && i-from > 1:
			take(i)
			asks = true
			i += len(rest.tokens) - len(afterFillers(rest).tokens) // "und wenn nicht, wo"
		case broken && !joined && !nameless(rest):
			asks = true // "wir haben Gäste, darf ich das": one question with its story
		}
	}
	take(len(s.tokens))
	return all
}

// clause is the run up to its first sign.
func (s spoken) clause() spoken {
	for i, t := range s.tokens {
		if t.ends() {
			return s.part(0, i+1)
		}
	}
	return s
}

// conditioned reports whether a run tells what follows from the clause before:
// "steht einer dagegen, dürfen wir dann …".
func conditioned(s spoken) bool {
	return slices.ContainsFunc(s.tokens[1:min(4, len(s.tokens))], func(t token) bool { return t.form == "dann" })
}

// Opens reports whether a text begins with a question that is a clause of its own:
// "und wer gibt das frei", not "und im Ausland?".
func Opens(text string) bool { return asksAt(read(text)) }

// asksAt reports whether a run begins with a question of its own: a word that asks
// with the verb right behind what it asks for, or a verb with its subject behind.
func asksAt(s spoken) bool {
	opens := afterFillers(s)
	if len(opens.tokens) < 2 {
		return false
	}
	at := 0
	if prepositions[opens.tokens[0].form] {
		at = 1
	}
	if asks(opens.tokens[at].form) {
		return mainVerb(opens.tokens[at:])
	}
	if n := len(s.tokens) - len(opens.tokens); n > 0 && inverting[s.tokens[n-1].form] {
		return false // "und jetzt sagt sie"
	}
	verb, next := opens.tokens[0].form, opens.tokens[1].form
	switch {
	case notVerbs[verb], determining[verb], pronouns[verb]:
		return false
	case ofMe[verb]:
		return next == "ich" || next == "i"
	case finite[verb], strings.HasSuffix(verb, "t") && len(verb) > 3:
		return subject(next) || nameless(opens)
	}
	return strings.HasSuffix(verb, "e") && next == "ich" || strings.HasSuffix(verb, "en") && (next == "wir" || next == "sie")
}

func asks(form string) bool { return asking[form] || strings.HasPrefix(form, "welch") }

// nameless reports whether a short run begins with a verb behind which a name can
// stand at once: "gibts Kurse", "ist Copilot erlaubt". Within a sentence it can also
// go on with what was told: "…, ist fit am Rechner".
func nameless(s spoken) bool {
	next := s.tokens[1].form
	return impersonal[s.tokens[0].form] && !subject(next) && !filling[next] && !inverting[next] && len(s.part(0, min(len(s.tokens), namelessWords+1)).clause().tokens) <= namelessWords
}

const namelessWords = 6

// behindAsking is how many words of what is asked for stand before the verb at most,
// besides the one that asks: "welche neuen Regeln gelten".
const behindAsking = 2

// mainVerb reports whether the verb of a question stands where that of a main
// clause does: before its subject, not at the end.
func mainVerb(t []token) bool {
	from := 1
	if strings.HasPrefix(t[0].form, "welch") || t[0].form == "wie" && len(t) > 1 && measures[t[1].form] {
		from = 2
	}
	for i := from; i < min(len(t), from+behindAsking+1); i++ {
		form, next := t[i].form, ""
		last := i+1 == len(t) || t[i].ends()
		if !last {
			next = t[i+1].form
		}
		switch {
		case finite[form], ofMe[form]:
			return !last || i == from
		case last, pronouns[form], i == from && (determining[form] || prepositions[form] && form != "von"):
			return false
		case pronouns[next] && verbal(form), subject(next) && strings.HasSuffix(form, "t") && !notVerbs[form]:
			return true
		}
	}
	return false
}

func verbal(form string) bool {
	return !notVerbs[form] && (strings.HasSuffix(form, "e") || strings.HasSuffix(form, "t") || strings.HasSuffix(form, "en"))
}

// afterFillers is a run without what joins it to the one before: "und wenn nicht, wo …".
func afterFillers(s spoken) spoken {
	for range mostFillers {
		if len(s.tokens) < 3 {
			break
		}
		first := s.tokens[0]
		switch {
		case (first.form == "wenn" || first.form == "falls") && yesOrNo[s.tokens[1].form]:
			s = s.part(2, len(s.tokens))
		case (filling[first.form] || inverting[first.form]) && !first.ends():
			s = s.part(1, len(s.tokens))
		default:
			return s
		}
	}
	return s
}

const mostFillers = 6

func subject(form string) bool {
	return pronouns[form] || determining[form] || strings.HasPrefix(form, "mein") || strings.HasPrefix(form, "unser")
}

var (
	// filling are words before a clause that leave the order of its words as it is,
	// inverting those that take the place before the verb.
	filling   = german.Set("und oder aber also ja nein nee doch bzw sowie hallo moin hi hey denn na ach auch schon nur")
	inverting = german.Set("dann noch ausserdem zudem danach eigentlich weiter nun jetzt so zusatzlich ferner zuletzt schliesslich erstmal kurz")

	yesOrNo      = german.Set("nicht nein ja doch nee")
	prepositions = german.Set("bis ab an in fur seit mit von bei auf unter zu um aus uber gegen nach durch innerhalb")
	asking       = german.Set(`wer wen wem wessen was wie wo wohin woher wann warum wieso weshalb womit wofur wozu wieviel wieviele woran
		worauf wovon wobei wodurch wonach worin wat wia wos`)
	measures = german.Set("viel viele vielen lange lang oft gross hoch weit alt schnell teuer haufig fruh spat")

	// finite are verbs as questions have them, ofMe those of which only the asker is
	// the subject, impersonal those behind which a name can stand at once.
	finite = german.Set(`ist sind war hat haben hatte darf durfen durft durfte kann konnen konnt kannst konnte konnten muss mussen musst soll sollen
		sollte sollten gilt gelten gibt gibts gab geht gehts gehen braucht brauchen kostet kosten dauert dauern bleibt bleiben wird werden wurde wurden
		lauft laufen steht stehen kommt kommen zahlt zahlen bekommt bekommen kriegt kriegen heisst bedeutet bedeuten liegt findet funktioniert klappt lohnt
		reicht passiert macht machen gehort gehoren unterschreibt entscheidet genehmigt pruft bezahlt ubernimmt meldet fallt fallen will wollen wollt
		mochte mochten weiss lasst hilft is sieht sehen merkt speichert loscht verfallt verfallen beginnt endet passen passt`)
	ofMe        = german.Set("bin habe hab brauche brauch bekomme bekomm kriege krieg werde werd finde find melde meld lade mache mach stelle gebe geb")
	impersonal  = german.Set("ist sind gibt gibts kostet wird werden darf durfen kann konnen gilt gelten hat haben reicht braucht funktioniert is muss mussen")
	pronouns    = german.Set("ich i wir man ma es sie er du ihr jemand")
	determining = german.Set(`das die der den dem ein eine einen einer kein keine keinen kim da dort dafur dazu davon denn sich mir mich uns diese dieser
		dieses dies sowas ne nen alle jeder jede`)
	notVerbs = german.Set(`nicht jetzt erst oft selbst dort seit mit bereits vielleicht leicht schlecht recht gut heut zeit amt bereit angst echt halt damit
		soweit sofort statt anstatt ehe habe nee solange`)
)
