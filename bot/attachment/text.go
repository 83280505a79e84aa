package attachment

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// plain makes text UTF-8, whatever it was before; there is nothing in it but what
// people see.
func plain(ending string) func([]byte) ([]byte, string, error) {
	return func(content []byte) ([]byte, string, error) {
		switch {
		case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
			decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(content)
			return decoded, ending, err
		case !utf8.Valid(content):
			decoded, err := charmap.Windows1252.NewDecoder().Bytes(content)
			return decoded, ending, err
		}
		return content, ending, nil
	}
}
