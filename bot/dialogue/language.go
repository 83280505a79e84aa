package dialogue

import (
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval/german"
)

// foreign reports whether a message is clearly of another language, by its
// letters or by its small words.
func foreign(s spoken) bool {
	latin, other := 0, 0
	for _, t := range s.tokens {
		for _, r := range t.form {
			switch {
			case unicode.Is(unicode.Latin, r):
				latin++
			case unicode.IsLetter(r):
				other++
			}
		}
	}
	own, strange := german.SmallWords(s.plain)
	return other > latin || strange >= 2 && strange > own || own == 0 && len(s.tokens) <= 2 && s.unmistakable()
}

// plain are the words of a message without marks.
func (s spoken) plain(yield func(string) bool) {
	for _, t := range s.tokens {
		if !yield(plainLetters(t.form)) {
			return
		}
	}
}

// unmistakable reports whether a message has a word that nobody writes in German.
func (s spoken) unmistakable() bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return unmistakable[plainLetters(t.form)] })
}

// unmistakable are words of other languages with which short messages are made.
var unmistakable = german.Set("merhaba selam nedir nasil lutfen yardim tesekkurler bonjour salut merhabalar gracias hola buongiorno dzien dobry prosze hablas parli")

// german reports whether a message has small words of German alone, and names no
// language: what is written in a dialect is of no other one.
func (s spoken) german() bool {
	own, strange := german.SmallWords(s.plain)
	return own > 0 && strange == 0 && s.namesLanguage() == ""
}

// LanguageOf is the language, by its code, that a message is written in or, in German,
// asks for; empty: not known. Written: it is in another language than German.
func LanguageOf(message string) (code string, written bool) {
	s := read(message)
	written = foreign(s)
	for _, r := range message {
		switch {
		case strings.ContainsRune("іїєґІЇЄҐ", r):
			return "uk", written
		case unicode.Is(unicode.Arabic, r):
			return "ar", written
		}
	}
	if strings.ContainsFunc(message, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		return "ru", written
	}
	if code := s.namesLanguage(); code != "" {
		return code, written
	}
	return codes[german.ForeignLanguage(s.plain)], written
}

// namesLanguage is the first language that a message names, by its code.
func (s spoken) namesLanguage() string {
	for _, t := range s.tokens {
		form := plainLetters(t.form)
		for _, l := range languageNames {
			if strings.HasPrefix(form, l.begins) {
				return l.code
			}
		}
	}
	return ""
}

// codes are those of the languages in the list of small words.
var codes = map[string]string{"English": "en", "French": "fr", "Spanish": "es", "Turkish": "tr", "Polish": "pl", "Italian": "it"}

// languageNames are how the names of languages begin, without marks.
var languageNames = []struct{ begins, code string }{
	{"englis", "en"}, {"turkis", "tr"}, {"turkce", "tr"}, {"ukrain", "uk"}, {"polnis", "pl"}, {"polsk", "pl"}, {"franzos", "fr"}, {"francais", "fr"}, {"spanis", "es"},
	{"espanol", "es"}, {"italien", "it"}, {"italian", "it"}, {"russis", "ru"}, {"arabis", "ar"}, {"rumanis", "ro"}, {"roman", "ro"}, {"persis", "fa"}, {"farsi", "fa"},
	{"griechis", "el"}, {"kurdis", "ku"}, {"portugies", "pt"},
}
