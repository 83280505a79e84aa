package mail

import (
	"path"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"lvr.example/sprechstunde/ingest/extract"
)

func isSMIME(kind string) bool {
	return kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime"
}

// isSignedFile reports messages signed in one piece that travel as a file.
func isSignedFile(part *enmime.Part) bool {
	return strings.EqualFold(path.Ext(part.FileName), ".p7m")
}

// The kinds of messages in the cryptographic message syntax (RFC 5652), as the
// bytes of their object identifiers.
var (
	oidSigned     = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
	oidEnveloped  = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03"
	oidAuthSealed = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17"
)

// opened adds a message that was signed in one piece, whatever its head says of
// it; one that is encrypted stays closed. Signatures are not checked.
func (m *message) opened(part *enmime.Part) error {
	kind, content := unwrapped(contentOf(part))
	switch {
	case kind == oidEnveloped || kind == oidAuthSealed:
		return errSealed
	case kind != oidSigned && strings.EqualFold(paramOf(part, "smime-type"), "enveloped-data"):
		return errSealed
	case kind != oidSigned || len(content) == 0:
		return &extract.Error{Reason: extract.Encrypted, Detail: "the mail is encrypted, or signed in a way that is not known"}
	}
	if m.wrapped++; m.wrapped > maxWrapped {
		return &extract.Error{Reason: extract.Unsafe, Detail: "envelopes are within envelopes too deeply"}
	}
	defer func() { m.wrapped-- }()
	root, err := m.parse(content)
	if err != nil {
		return err
	}
	return m.entity(root)
}

// unwrapped returns the kind of a message and, if it is signed, its content.
func unwrapped(data []byte) (kind string, content []byte) {
	outer, _, ok := readBER(data)
	if !ok {
		return "", nil
	}
	id, rest, ok := readBER(outer.body)
	if !ok {
		return "", nil
	}
	kind = string(id.body)
	if kind != oidSigned {
		return kind, nil
	}
	explicit, _, _ := readBER(rest)
	signed, _, _ := readBER(explicit.body)
	_, rest, _ = readBER(signed.body) // version
	_, rest, _ = readBER(rest)        // algorithms
	inner, _, _ := readBER(rest)
	_, rest, _ = readBER(inner.body) // kind of the content
	explicit, _, ok = readBER(rest)
	if !ok {
		return kind, nil
	}
	value, _, ok := readBER(explicit.body)
	if !ok {
		return kind, nil
	}
	return kind, octets(value, 0)
}

// berValue is one value in the basic encoding rules of ASN.1.
type berValue struct {
	tag  byte
	body []byte
}

// readBER reads one value; its length can be unknown at the beginning.
func readBER(data []byte) (value berValue, rest []byte, ok bool) { return readBERAt(data, 0) }

const maxBER = 32 // values within each other

func readBERAt(data []byte, depth int) (value berValue, rest []byte, ok bool) {
	if len(data) < 2 || depth > maxBER || data[0]&0x1F == 0x1F {
		return value, nil, false
	}
	value.tag = data[0]
	length, at := int(data[1]), 2
	switch {
	case length == 0x80:
		return readIndefinite(data, depth)
	case length > 0x84:
		return value, nil, false
	case length > 0x80:
		n := length - 0x80
		if len(data) < 2+n {
			return value, nil, false
		}
		length = 0
		for _, b := range data[2 : 2+n] {
			length = length<<8 | int(b)
		}
		at += n
	}
	if length < 0 || length > len(data)-at {
		return value, nil, false
	}
	value.body = data[at : at+length]
	return value, data[at+length:], true
}

// readIndefinite reads a value that ends with two zero bytes.
func readIndefinite(data []byte, depth int) (value berValue, rest []byte, ok bool) {
	value.tag = data[0]
	rest = data[2:]
	for {
		if len(rest) < 2 {
			return value, nil, false
		}
		if rest[0] == 0 && rest[1] == 0 {
			value.body = data[2 : len(data)-len(rest)]
			return value, rest[2:], true
		}
		if _, rest, ok = readBERAt(rest, depth+1); !ok {
			return value, nil, false
		}
	}
}

// octets returns the bytes of a string that may come in pieces.
func octets(value berValue, depth int) []byte {
	const constructed = 0x20
	if value.tag&constructed == 0 || depth > maxBER {
		return value.body
	}
	var all []byte
	for rest := value.body; len(rest) > 0; {
		piece, after, ok := readBER(rest)
		if !ok {
			break
		}
		all = append(all, octets(piece, depth+1)...)
		rest = after
	}
	return all
}
