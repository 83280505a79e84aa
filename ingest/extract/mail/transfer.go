package mail

import (
	"bytes"
	"encoding/base64"
	"mime"
	"regexp"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"golang.org/x/net/html/charset"
)

var words = &mime.WordDecoder{CharsetReader: charset.NewReaderLabel}

// contentOf returns a part's bytes as they were before they travelled. What is
// broken on the way is passed over.
func contentOf(part *enmime.Part) []byte {
	switch strings.ToLower(strings.TrimSpace(part.Header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		return unquoted(part.Content)
	case "base64":
		return unbase64(part.Content)
	case "x-uuencode", "uuencode", "x-uue", "uue":
		if file, _, ok := cutUuencoded(string(part.Content)); ok {
			return file.data
		}
	}
	return part.Content
}

// unquoted decodes quoted-printable; what is none stays as it is.
func unquoted(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for line := range bytes.Lines(data) {
		body := bytes.TrimRight(line, "\r\n")
		end := line[len(body):]
		body = bytes.TrimRight(body, " \t")
		if trimmed, soft := bytes.CutSuffix(body, []byte("=")); soft {
			body, end = trimmed, nil
		}
		for i := 0; i < len(body); i++ {
			if body[i] == '=' && i+2 < len(body) {
				high, low := hexDigit(body[i+1]), hexDigit(body[i+2])
				if high >= 0 && low >= 0 {
					out = append(out, byte(high<<4|low))
					i += 2
					continue
				}
			}
			out = append(out, body[i])
		}
		out = append(out, end...)
	}
	return out
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// unbase64 decodes base64 up to where it ends or breaks.
func unbase64(data []byte) []byte {
	clean := make([]byte, 0, len(data))
	for _, c := range data {
		if c == '=' && len(clean)%4 != 0 {
			break
		}
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
			clean = append(clean, c)
		}
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(out, clean) // a last lone letter says nothing
	return out[:n]
}

// uuFile is a file written into a text.
type uuFile struct {
	name string
	data []byte
}

var uuBegin = regexp.MustCompile(`(?m)^begin [0-7]{3,4} ([^\n]{1,200})\n`)

// uuencoded attaches the files that were written into a text, and returns the
// text without them.
func (m *message) uuencoded(body string) string {
	for range maxAttachments {
		file, rest, ok := cutUuencoded(body)
		if !ok {
			return body
		}
		m.attach(attachmentName(file.name, ""), file.data)
		body = rest
	}
	return body
}

// cutUuencoded takes the first file out of a text.
func cutUuencoded(body string) (file uuFile, rest string, ok bool) {
	body = strings.ReplaceAll(body, "\r\n", "\n")
	at := uuBegin.FindStringSubmatchIndex(body)
	if at == nil {
		return file, body, false
	}
	file.name = strings.TrimSpace(body[at[2]:at[3]])
	lines := body[at[1]:]
	for {
		line, after, more := strings.Cut(lines, "\n")
		lines = after
		if line = strings.TrimRight(line, " \r"); line == "end" {
			return file, body[:at[0]] + lines, true
		}
		decoded, valid := uuLine(line)
		if !valid || !more {
			return file, body, false
		}
		file.data = append(file.data, decoded...)
	}
}

// uuLine decodes a line: its length as a sign, then four signs for three bytes.
func uuLine(line string) (data []byte, valid bool) {
	if line == "" || line == "`" {
		return nil, true
	}
	value := func(i int) byte {
		if i >= len(line) {
			return 0
		}
		return (line[i] - ' ') & 0x3F
	}
	length := int(value(0))
	if line[0] < ' ' || line[0] > '`' || len(line) > 90 || (len(line)-1)/4*3+3 < length {
		return nil, false
	}
	for i := 1; len(data) < length; i += 4 {
		a, b, c, d := value(i), value(i+1), value(i+2), value(i+3)
		data = append(data, a<<2|b>>4, b<<4|c>>2, c<<6|d)
	}
	return data[:length], true
}
