package extract

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Decode turns the bytes of a text file into a string: by byte order mark, by
// an HTML declaration, as UTF-8, as UTF-16 without mark, or else in the one of
// the old single-byte encodings in which it reads best. Bytes that make no
// plausible text in the encoding found are refused.
func Decode(data []byte, html bool) (string, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return "", &Error{Reason: Empty, Detail: "the file has no content"}
	}
	enc, name := detect(data, html)
	decoded := data
	if enc != nil {
		var err error
		if decoded, err = enc.NewDecoder().Bytes(data); err != nil {
			return "", &Error{Reason: NotText, Detail: "cannot be decoded as " + name}
		}
	}
	if len(decoded) > 2*MaxText {
		return "", &Error{Reason: TooLarge, Detail: fmt.Sprintf("text files are read up to %d MB", MaxText>>20)}
	}
	text := string(decoded)
	if filled := strings.TrimRight(text, "\x00"); strings.TrimSpace(filled) != "" {
		text = filled // programs fill up their last block
	}
	if share := implausible(text); share > 0.01 {
		return "", &Error{Reason: NotText, Detail: fmt.Sprintf("%.0f %% of the characters are not text when read as %s", share*100, name)}
	}
	return text, nil
}

// DecodeAs turns bytes into text that names its encoding, as mails do. A name that
// is missing, unknown or plainly wrong does not count: then it is guessed as for
// files. Bytes that make no text are left out.
func DecodeAs(data []byte, label string, html bool) string {
	label = strings.ToLower(strings.TrimSpace(label))
	enc, name := charset.Lookup(label)
	switch {
	case isUTF8(data) && !strings.HasPrefix(label, "utf-16") && !strings.HasPrefix(label, "iso-2022") && label != "utf-7" && label != "hz-gb-2312":
		return strings.ToValidUTF8(string(data), "")
	case enc == nil, name == "utf-8", label == "us-ascii", label == "ascii":
		if text, err := Decode(data, html); err == nil {
			return text
		}
		return strings.ToValidUTF8(string(data), "")
	}
	decoded, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "")
	}
	return string(decoded)
}

// detect names the encoding; nil means UTF-8.
func detect(data []byte, html bool) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return utf.UTF8BOM, "UTF-8"
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(data, []byte{0, 0, 0xFE, 0xFF}):
		return utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM), "UTF-32"
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return utf.UTF16(utf.LittleEndian, utf.ExpectBOM), "UTF-16"
	}
	if order, ok := utf16Order(data); ok {
		return utf.UTF16(order, utf.IgnoreBOM), "UTF-16"
	}
	if isUTF8(data) {
		return nil, "UTF-8"
	}
	if html {
		if enc, name, _ := charset.DetermineEncoding(data, "text/html"); name != "utf-8" && name != "windows-1252" {
			return enc, name // the declared one
		}
	}
	return singleByte(data)
}

// isUTF8 reports UTF-8, also with a few broken places in it.
func isUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	var good, bad int
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		data = data[size:]
	}
	return good > 20*bad
}

// singleByteEncodings are those that German files come in, the usual one first:
// Windows, Linux before UTF-8, DOS, and the Macintosh.
var singleByteEncodings = []struct {
	encoding *charmap.Charmap
	name     string
}{
	{charmap.Windows1252, "Windows-1252"}, {charmap.ISO8859_15, "ISO 8859-15"},
	{charmap.CodePage850, "code page 850"}, {charmap.Macintosh, "Mac Roman"},
}

// singleByte returns the encoding in which the bytes beyond ASCII fit best into
// the words around them.
func singleByte(data []byte) (encoding.Encoding, string) {
	best, most := 0, 0
	for i, candidate := range singleByteEncodings {
		score := 0
		before := ' '
		for j, c := range data[:min(len(data), 1<<16)] {
			r := candidate.encoding.DecodeByte(c)
			if c >= utf8.RuneSelf {
				after := ' '
				if j+1 < len(data) {
					after = candidate.encoding.DecodeByte(data[j+1])
				}
				score += fit(before, r, after)
			}
			before = r
		}
		if i == 0 || score > most {
			best, most = i, score
		}
	}
	return singleByteEncodings[best].encoding, singleByteEncodings[best].name
}

// fit rates a sign beyond ASCII between its neighbours.
func fit(before, r, after rune) int {
	switch {
	case strings.ContainsRune("äöüßéèáàâêç", r):
		return 1
	case strings.ContainsRune("ÄÖÜ", r):
		if unicode.IsLower(before) {
			return -1
		}
		return 1
	case strings.ContainsRune("§€„“”‚‘’–—…•°«»·²³\u00a0\u00ad", r):
		if unicode.IsLetter(before) && unicode.IsLetter(after) && r != '’' && r != '\u00ad' {
			return -2
		}
		return 1
	case unicode.IsLetter(r):
		return 0
	}
	return -2
}

// utf16Order recognises UTF-16 without a mark: in text of European languages
// almost each second byte is zero, always at the same side.
func utf16Order(data []byte) (utf.Endianness, bool) {
	sample := data[:min(len(data), 4096)&^1]
	if len(sample) < 4 {
		return utf.LittleEndian, false
	}
	var even, odd int
	for i, c := range sample {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	half := len(sample) / 2
	switch {
	case odd*10 >= half*7 && even*20 <= half:
		return utf.LittleEndian, true
	case even*10 >= half*7 && odd*20 <= half:
		return utf.BigEndian, true
	}
	return utf.LittleEndian, false
}

// implausible returns the share of characters that no text has: control
// characters other than white space, unassigned and private ones.
func implausible(text string) float64 {
	var bad, all int
	for _, r := range text {
		all++
		switch {
		case r == '\n', r == '\r', r == '\t', r == '\f', r == '\v', r == 0x1A, r == '\uFEFF':
		case r < 0x20, r >= 0x7F && r < 0xA0, r == unicode.ReplacementChar, isNoncharacter(r), unicode.Is(unicode.Co, r):
			bad++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(bad) / float64(all)
}
