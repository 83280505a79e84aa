package german

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the spelling-independent form of a word or text: NFKC, lower
// case, ß as ss, umlauts and their spellings ae, oe, ue as a, o, u, other marks
// dropped, invisible characters gone. Two spellings of one word fold alike;
// that two words sometimes do ("Bürger", "Burger") is the price.
func Fold(s string) string {
	if plainASCII(s) {
		return foldDigraphs(strings.ToLower(s))
	}
	s = norm.NFKD.String(s)
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r) || invisible(r):
		case r == 'ß' || r == 'ẞ':
			b.WriteString("ss")
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return foldDigraphs(b.String())
}

// foldDigraphs writes ae, oe, ue as a, o, u. "ue" stays behind a vowel or q,
// where it is no umlaut (neue, Steuer, Quelle); the same exception as in
// Snowball's german2.
func foldDigraphs(s string) string {
	first := strings.IndexByte(s, 'e')
	if first < 1 {
		return s
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] != 'e' || i == 0 || !umlautSpelling(s, i) {
			if b != nil {
				b = append(b, s[i])
			}
			continue
		}
		if b == nil {
			b = append(make([]byte, 0, len(s)), s[:i]...)
		}
	}
	if b == nil {
		return s
	}
	return string(b)
}

// Umlauts writes ae, oe, ue of a word as ä, ö, ü where Fold takes them for
// umlauts, but for -uell (aktuell). It knows no words: "Statue" suffers.
func Umlauts(word string) string {
	lower := strings.ToLower(word)
	if len(lower) != len(word) || !strings.ContainsRune(lower, 'e') {
		return word
	}
	var b strings.Builder
	for i := 0; i < len(word); i++ {
		if i+1 < len(word) && lower[i+1] == 'e' && umlautSpelling(lower, i+1) && !strings.HasPrefix(lower[i:], "uell") {
			b.WriteString(umlautOf[word[i]])
			i++
			continue
		}
		b.WriteByte(word[i])
	}
	return b.String()
}

var umlautOf = map[byte]string{'a': "ä", 'o': "ö", 'u': "ü", 'A': "Ä", 'O': "Ö", 'U': "Ü"}

// umlautSpelling reports whether the e at i makes an umlaut of the letter before it.
func umlautSpelling(s string, i int) bool {
	switch s[i-1] {
	case 'a', 'o':
		return i < 2 || s[i-2] != s[i-1]
	case 'u':
		return i < 2 || !strings.ContainsRune("aeiouq", rune(s[i-2]))
	}
	return false
}

// invisible reports characters that stand inside words without being seen:
// soft hyphen, zero-width and joiner characters, byte order mark, and U+0002,
// which PDF readers put where a line's hyphen was.
func invisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u0002':
		return true
	}
	return false
}

func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 || s[i] == 2 {
			return false
		}
	}
	return true
}
