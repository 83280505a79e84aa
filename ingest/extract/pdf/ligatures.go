package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ligatures are letters that fonts of a document put at codes where no letter
// is, by code, as far as the fonts name them ("f_i") and agree.
type ligatures map[rune]string

var (
	differences  = regexp.MustCompile(`/Differences\s*\[([^\]]*)\]`)
	joinedName   = regexp.MustCompile(`^[A-Za-z](?:_[A-Za-z]){1,3}$`)
	codedName    = regexp.MustCompile(`^uni(?:[0-9A-F]{4}){1,4}$`)
	objectStream = regexp.MustCompile(`/ObjStm\b`)
)

// knownLigatures are the names without lines between the letters.
var knownLigatures = map[string]string{"fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "ft": "ft", "tt": "tt", "Th": "Th", "ch": "ch", "ck": "ck", "st": "st", "tz": "tz"}

// ligaturesOf looks through a document's encodings.
func ligaturesOf(data []byte) ligatures {
	found := ligatures{}
	unsure := map[rune]bool{}
	found.read(data, unsure)
	const most = 200 // streams with objects
	for _, at := range objectStream.FindAllIndex(data, most) {
		found.read(inflated(data[at[1]:]), unsure)
	}
	for r, is := range unsure {
		if is {
			delete(found, r)
		}
	}
	return found
}

func (l ligatures) read(data []byte, unsure map[rune]bool) {
	for _, array := range differences.FindAllSubmatch(data, 1000) {
		code := rune(0)
		for _, token := range strings.Fields(strings.ReplaceAll(string(array[1]), "/", " /")) {
			if n, err := strconv.Atoi(token); err == nil {
				code = rune(n)
				continue
			}
			name := strings.TrimPrefix(token, "/")
			text := knownLigatures[name]
			switch {
			case joinedName.MatchString(name):
				text = strings.ReplaceAll(name, "_", "")
			case codedName.MatchString(name):
				text = coded(name)
			}
			if code < 0x20 && text != "" {
				unsure[code] = unsure[code] || l[code] != "" && l[code] != text
				l[code] = text
			} else if code < 0x20 && len(name) > 0 && name != ".notdef" && text == "" {
				unsure[code] = true
			}
			code++
		}
	}
}

// coded returns the letters of a name such as "uni00660069".
func coded(name string) string {
	var out strings.Builder
	for digits := strings.TrimPrefix(name, "uni"); len(digits) >= 4; digits = digits[4:] {
		code, err := strconv.ParseUint(digits[:4], 16, 32)
		if err != nil || !unicode.IsLetter(rune(code)) {
			return ""
		}
		out.WriteRune(rune(code))
	}
	return norm.NFKC.String(out.String()) // a letter that is a ligature by itself, too
}

// inflated returns the beginning of the stream that follows.
func inflated(data []byte) []byte {
	const near, most = 400, 1 << 20
	start := bytes.Index(data[:min(len(data), near)], []byte("stream"))
	if start < 0 {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(data[start+len("stream"):], "\r\n")))
	if err != nil {
		return nil
	}
	defer r.Close()
	out, _ := io.ReadAll(io.LimitReader(r, most)) // a broken end says nothing of the beginning
	return out
}
