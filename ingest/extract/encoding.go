package extract

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
)

// decode turns the bytes of a text file into a string: by byte order mark, by
// an HTML declaration, as UTF-8, as UTF-16 without mark, or else as
// Windows-1252, which contains the printable part of Latin-1. Bytes that make
// no plausible text in the encoding found are refused.
func decode(data []byte, html bool) (string, error) {
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
	if share := implausible(text); share > 0.01 {
		return "", &Error{Reason: NotText, Detail: fmt.Sprintf("%.0f %% of the characters are not text when read as %s", share*100, name)}
	}
	return text, nil
}

// detect names the encoding; nil means UTF-8.
func detect(data []byte, html bool) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return utf.UTF8BOM, "UTF-8"
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return utf.UTF16(utf.LittleEndian, utf.ExpectBOM), "UTF-16"
	}
	if order, ok := utf16Order(data); ok {
		return utf.UTF16(order, utf.IgnoreBOM), "UTF-16"
	}
	if utf8.Valid(data) {
		return nil, "UTF-8"
	}
	if html {
		if enc, name, _ := charset.DetermineEncoding(data, "text/html"); name != "utf-8" {
			return enc, name // the declared one, or Windows-1252
		}
	}
	return charmap.Windows1252, "Windows-1252"
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
