package dialogue

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval/german"
)

// Words are the words of a text in lower case, without signs.
func Words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// token is one word of a message as rules see it, and where it stands.
type token struct {
	form     string // folded: see fold
	at       int    // its number among the words of the message
	from, to int    // in the message
	after    string // the signs between this word and the next
}

// spoken is a message, or a run of its words.
type spoken struct {
	text   string // the whole message
	tokens []token
	all    int // words of the whole message
}

// Named stands in a message for the bot's name where somebody speaks of it.
const Named = "@bot"

// read parts a message into words. Signs count only where there are no words.
func read(message string) spoken {
	message = strings.ToValidUTF8(message, "")
	s := spoken{text: message}
	for i := 0; i < len(message); {
		r, size := utf8.DecodeRuneInString(message[i:])
		if (!wordRune(r) || unicode.IsMark(r)) && r != '@' {
			i += size
			continue
		}
		to := i + size
		for to < len(message) {
			r, size := utf8.DecodeRuneInString(message[to:])
			if !wordRune(r) && !joins(message[to:], r, size) {
				break
			}
			to += size
		}
		if form := s.form(message[i:to]); form != "" {
			s.tokens = append(s.tokens, token{form: form, from: i, to: to})
		}
		i = to
	}
	if len(s.tokens) == 0 {
		s.tokens = signs(message)
	}
	s.all = len(s.tokens)
	for i := range s.tokens {
		s.tokens[i].at = i
		end := len(message)
		if i+1 < len(s.tokens) {
			end = s.tokens[i+1].from
		}
		s.tokens[i].after = message[s.tokens[i].to:end]
	}
	return s
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// joins reports whether a sign holds a word together: "hab's".
func joins(rest string, r rune, size int) bool {
	if strings.ContainsRune(":*_/", r) {
		return strings.HasPrefix(rest[size:], "innen") || strings.HasPrefix(rest[size:], "in ")
	}
	if !strings.ContainsRune("'’´`", r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[size:])
	return unicode.IsLetter(next)
}

// signs are the tokens of a message without words: its emoji, or else a mark.
func signs(message string) []token {
	var emoji, marks []token
	for i, r := range message {
		t := token{form: string(r), from: i, to: i + utf8.RuneLen(r)}
		switch {
		case unicode.Is(unicode.So, r):
			emoji = append(emoji, t)
		case strings.ContainsRune("?!.…", r) && len(marks) == 0:
			marks = append(marks, t)
		}
	}
	if len(emoji) > 0 {
		return emoji[:1]
	}
	return marks
}

var folded = strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ß", "ss", "é", "e", "í", "i", "'", "", "’", "", "´", "", "`", "", ":", "", "*", "", "_", "", "/", "")

// fold makes spellings of one word the same: case, umlauts, apostrophes, and
// letters said at length ("jaaaa").
func fold(word string) string {
	word = folded.Replace(strings.ToLower(strings.ToValidUTF8(word, "")))
	var b strings.Builder
	runes := []rune(word)
	for i := 0; i < len(runes); i++ {
		run := 1
		for i+run < len(runes) && runes[i+run] == runes[i] {
			run++
		}
		b.WriteRune(runes[i])
		if run == 2 || run > 2 && unicode.IsDigit(runes[i]) {
			b.WriteString(strings.Repeat(string(runes[i]), run-1))
		}
		i += run - 1
	}
	return b.String()
}

// plainLetters takes the marks off the letters of other languages.
func plainLetters(word string) string { return strangeLetters.Replace(word) }

var strangeLetters = strings.NewReplacer("ğ", "g", "ı", "i", "ş", "s", "ç", "c", "ę", "e", "ć", "c", "ń", "n", "á", "a", "ó", "o", "ú", "u", "ñ", "n", "è", "e", "à", "a", "ê", "e", "ż", "z", "ł", "l", "ą", "a")

// form is a word as rules see it. Short names of documents are told from the
// small words that they look like.
func (s spoken) form(word string) string {
	if long, known := shortNames[word]; known && strings.ToUpper(s.text) != s.text {
		return long
	}
	return fold(word)
}

var shortNames = map[string]string{"DA": "dienstanweisung", "DAs": "dienstanweisungen", "DV": "dienstvereinbarung"}

// line is the form that patterns match: each word with a blank behind it.
func (s spoken) line() string {
	var b strings.Builder
	for _, t := range s.tokens {
		b.WriteString(t.form)
		b.WriteByte(' ')
	}
	return b.String()
}

// words gives back what stands in the message from one byte of the line to
// another.
func (s spoken) words(from, to int) string {
	first, last, at := -1, -1, 0
	for i, t := range s.tokens {
		if at >= from && first < 0 {
			first = i
		}
		at += len(t.form) + 1
		if at <= to {
			last = i
		}
	}
	if first < 0 || last < first {
		return ""
	}
	return s.part(first, last+1).said()
}

// part is the words of a run from one number up to another.
func (s spoken) part(from, to int) spoken { return spoken{s.text, s.tokens[from:to], s.all} }

// has reports whether one of the words is of a set.
func (s spoken) has(forms map[string]bool) bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return forms[t.form] })
}

// only reports whether all of the words are.
func (s spoken) only(forms map[string]bool) bool {
	return !slices.ContainsFunc(s.tokens, func(t token) bool { return !forms[t.form] })
}

// said is the run as it was written, with the signs that belong to it.
func (s spoken) said() string {
	if len(s.tokens) == 0 {
		return ""
	}
	last := s.tokens[len(s.tokens)-1]
	end := last.to + len(last.after) - len(strings.TrimLeft(last.after, "?!.…)“\""))
	return strings.TrimSpace(s.text[s.tokens[0].from:end])
}

// question is the run as it is searched: as written where it is the whole
// message.
func (s spoken) question() string {
	if len(s.tokens) == s.all {
		return strings.TrimSpace(s.text)
	}
	return s.said()
}

// asks reports whether the run holds a question mark.
func (s spoken) asks() bool {
	for _, t := range s.tokens {
		if strings.Contains(t.after, "?") || t.form == "?" {
			return true
		}
	}
	return false
}

// questions reports whether the run holds a question mark or a clause that
// begins as a question does.
func (s spoken) questions() bool {
	return s.asks() || slices.ContainsFunc(s.clauses(), func(c spoken) bool { return opening[c.tokens[0].form] })
}

var needing = german.Set("brauch brauche brauchen gilt")

// opens reports whether one of the first words begins a question.
func (s spoken) opens() bool {
	for _, t := range s.tokens[:min(3, len(s.tokens))] {
		if opening[t.form] || needing[t.form] {
			return true
		}
	}
	return len(s.tokens) > 2 && subjects[s.tokens[1].form] && strings.HasSuffix(s.tokens[0].form, "t")
}

// verbFirst reports whether the run begins with a verb that only a question
// begins with, or ends as only one ends.
func (s spoken) verbFirst() bool {
	line := s.line()
	return len(s.tokens) > 2 && verbs[s.tokens[0].form] || strings.HasSuffix(line, "oder nicht ") ||
		strings.HasSuffix(line, "ja oder nein ") || strings.HasSuffix(line, "geht das ")
}

var verbs = german.Set(`werden wird steht stehen gehort gehoren zahlt braucht reicht kommt kommen bekommt bekommen kriegt
	kriegen gelten klart fallt fallen bleibt bleiben passiert kostet lohnt verstosst zahlen gehoren durft konnen kann konnte`)

// subjects stand behind the verb of a question: "kommt das Zentrum".
var subjects = german.Set("das die der ein eine man mein meine unser unsere es")

var opening = german.Set(`wer wen wem wessen was wie wo wohin woher wann warum wieso weshalb womit wofur wozu wieviel worin woran worauf wonach wovon wobei wogegen
	welche welcher welches welchen welchem darf durfen muss mussen soll sollen gibt gibts werden wird`)

// clauses parts a run where its signs do.
func (s spoken) clauses() []spoken {
	var parts []spoken
	from := 0
	for i, t := range s.tokens {
		if i+1 == len(s.tokens) || t.ends() {
			parts = append(parts, s.part(from, i+1))
			from = i + 1
		}
	}
	return parts
}

// ends reports whether a clause ends behind the word; a dot behind a number or a
// short form ends none.
func (t token) ends() bool {
	if strings.ContainsAny(t.after, ",;:!?\n…–—") {
		return true
	}
	short := t.form == "nr" || t.form == "z" || t.form == "b" || t.form == "ca" || unicode.IsDigit(rune(t.form[len(t.form)-1]))
	return strings.Contains(t.after, ".") && !short || strings.Contains(t.after, " - ")
}
