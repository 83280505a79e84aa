package mail

import (
	"bytes"
	"fmt"
	"mime"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/text"
	"lvr.example/sprechstunde/ingest/extract/web"
)

// Limits of mails: parts are read recursively by the library, each through all
// around it.
const (
	maxMailDepth   = 3 // mails attached to mails
	maxWrapped     = 5 // envelopes around one message
	maxBoundaries  = 200
	maxMailParts   = 10_000
	maxAttachments = 200
)

// The library finds the parts; what they hold is decoded here, because their
// names of encodings are not to be trusted.
var mailParser = enmime.NewParser(enmime.SkipMalformedParts(true), enmime.RawContent(true), enmime.StripMediaTypeInvalidCharacters(true),
	enmime.MultipartWOBoundaryAsSinglePart(true), enmime.MaxStoredPartErrors(10))

// readMail reads a mail: its subject as the title, its texts and invitations as
// the document, and each attachment as a document of its own. Pictures and
// signatures are no documents.
func readMail(f *extract.File) error {
	if f.Depth >= maxMailDepth {
		return &extract.Error{Reason: extract.Unsafe, Detail: "mails are attached to mails too deeply"}
	}
	m := &message{File: f}
	root, err := m.parse(f.Data)
	if err != nil {
		return err
	}
	f.Doc.Title = decodeHeader(root.Header.Get("Subject"))
	if err := m.entity(root); err != nil {
		return err
	}
	m.calendars()
	return nil
}

// message is a mail being read.
type message struct {
	*extract.File
	wrapped  int      // envelopes around the place being read
	attached int      // files so far
	events   []string // calendar parts
}

// parse finds the parts of a message.
func (m *message) parse(data []byte) (*enmime.Part, error) {
	if countFold(data, "boundary") > maxBoundaries || bytes.Count(data, []byte("\n--")) > maxMailParts {
		return nil, &extract.Error{Reason: extract.Unsafe, Detail: "the mail has too many parts"}
	}
	root, err := mailParser.ReadParts(bytes.NewReader(data))
	if err == nil && strings.HasPrefix(kindOf(root), "multipart/") && root.FirstChild == nil && len(root.Content) == 0 {
		root.Content = behindHead(data)
	}
	if err != nil {
		return nil, &extract.Error{Reason: extract.Damaged, Detail: fmt.Sprintf("the mail cannot be parsed: %.120s", err.Error())}
	}
	return root, nil
}

// countFold counts a word in small letters or capitals, without a copy of the whole data.
func countFold(data []byte, word string) (n int) {
	const piece = 1 << 20
	for at := 0; at < len(data); at += piece {
		end := min(at+piece+len(word)-1, len(data))
		n += bytes.Count(bytes.ToLower(data[at:end]), []byte(word))
	}
	return n
}

// behindHead returns what stands behind the first empty line.
func behindHead(data []byte) []byte {
	if _, body, found := bytes.Cut(data, []byte("\r\n\r\n")); found {
		return body
	}
	_, body, _ := bytes.Cut(data, []byte("\n\n"))
	return body
}

// entity adds what a part and those below it hold.
func (m *message) entity(part *enmime.Part) error {
	switch kind := kindOf(part); {
	case kind == "multipart/encrypted":
		return errSealed
	case strings.HasPrefix(kind, "multipart/") && part.FirstChild == nil: // its parts were not found
		return m.plain(part)
	case kind == "multipart/alternative":
		return m.alternatives(part)
	case strings.HasPrefix(kind, "multipart/"):
		for child := part.FirstChild; child != nil; child = child.NextSibling {
			if err := m.entity(child); err != nil {
				return err
			}
		}
		return nil
	case isSMIME(kind), isSignedFile(part):
		return m.opened(part)
	case isCalendar(part, kind):
		m.events = append(m.events, m.text(part))
	case isTNEF(kind, part.FileName):
		m.tnef(contentOf(part))
	case isBody(part, kind):
		return m.bodyPart(part, kind)
	default:
		m.attachment(part, kind)
	}
	return nil
}

var errSealed = &extract.Error{Reason: extract.Encrypted, Detail: "the mail is encrypted"}

func kindOf(part *enmime.Part) string { return strings.ToLower(strings.TrimSpace(part.ContentType)) }

// isBody reports texts that are shown with the mail rather than attached to it.
func isBody(part *enmime.Part, kind string) bool {
	if kind != "" && kind != "text/plain" && kind != "text/html" {
		return false
	}
	return part.Disposition != "attachment" && (part.FileName == "" || part.Disposition == "" && part.Parent == nil)
}

// alternatives adds the best of several forms of the same text: the page, or the
// plain text if the page has none. Invitations hold more than the others.
func (m *message) alternatives(part *enmime.Part) error {
	var forms []*enmime.Part
	for child := part.FirstChild; child != nil; child = child.NextSibling {
		if isCalendar(child, kindOf(child)) {
			m.events = append(m.events, m.text(child))
			continue
		}
		forms = append(forms, child)
	}
	before := len(m.Doc.Blocks)
	for _, wantsPage := range []bool{true, false} {
		for i := len(forms) - 1; i >= 0; i-- {
			if len(m.Doc.Blocks) > before || hasPage(forms[i]) != wantsPage {
				continue
			}
			if err := m.entity(forms[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// hasPage reports whether a form of a text is a page, alone or with its pictures.
func hasPage(part *enmime.Part) bool {
	if kindOf(part) == "text/html" {
		return true
	}
	for child := part.FirstChild; child != nil; child = child.NextSibling {
		if hasPage(child) {
			return true
		}
	}
	return false
}

func (m *message) bodyPart(part *enmime.Part, kind string) error {
	if kind == "text/html" {
		_ = web.AddPage(m.Builder, m.text(part)) // what cannot be parsed holds no text
		return nil
	}
	return m.plain(part)
}

// plain adds a text, and the files that were written into it.
func (m *message) plain(part *enmime.Part) error {
	body, err := unarmored(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(m.text(part)))
	if err != nil {
		return err
	}
	body = m.uuencoded(body)
	if strings.EqualFold(paramOf(part, "format"), "flowed") {
		body = unflowed(body, strings.EqualFold(paramOf(part, "delsp"), "yes"))
	}
	text.AddBody(m.Builder, body, false)
	return nil
}

// unflowed joins the lines of a paragraph that were only broken for transport
// (RFC 3676).
func unflowed(body string, deleteSpace bool) string {
	var out strings.Builder
	for line := range strings.SplitSeq(body, "\n") {
		switch soft := strings.HasSuffix(line, " ") && line != "-- "; {
		case soft && deleteSpace:
			out.WriteString(strings.TrimSuffix(line, " "))
		case soft:
			out.WriteString(line)
		default:
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}

// text returns a part's text.
func (m *message) text(part *enmime.Part) string {
	label := paramOf(part, "charset")
	if label == "" {
		label = part.Charset
	}
	if len(part.Content) > extract.MaxText {
		m.Beyond(fmt.Sprintf("text behind the first %d MB", extract.MaxText>>20))
		part.Content = part.Content[:bytes.LastIndexByte(part.Content[:extract.MaxText], '\n')+1]
	}
	return extract.DecodeAs(contentOf(part), label, kindOf(part) == "text/html")
}

// paramOf returns a parameter of a part's content type.
func paramOf(part *enmime.Part, name string) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	if err == nil || len(params) > 0 {
		return params[name]
	}
	if found := regexp.MustCompile(`(?i)\b` + name + `\s*=\s*"?([^";\s]+)`).FindStringSubmatch(part.Header.Get("Content-Type")); found != nil {
		return found[1]
	}
	return ""
}

// decodeHeader returns a line of the head, also where it holds raw bytes.
func decodeHeader(line string) string {
	if !utf8.ValidString(line) {
		line = extract.DecodeAs([]byte(line), "", false)
	}
	if decoded, err := words.DecodeHeader(line); err == nil {
		return decoded
	}
	return line
}

// noDocuments matches types of attachments that hold no text of their own.
var noDocuments = regexp.MustCompile(`^(?:image|audio|video|multipart|font)/|signature|^application/(?:font|x-font|pgp-keys)|^text/(?:x-)?vcard$|delivery-status|disposition-notification`)

// pageParts matches what a saved page needs to be shown.
var pageParts = regexp.MustCompile(`^text/(?:css|javascript)$|javascript$`)

// attachment reads a file that hangs on the mail.
func (m *message) attachment(part *enmime.Part, kind string) {
	content := contentOf(part)
	name := attachmentName(part.FileName, kind)
	switch {
	case len(content) == 0, part.FileName == "" && pageParts.MatchString(kind):
		return
	case noDocuments.MatchString(kind) && (part.Disposition != "attachment" || strings.Contains(kind, "signature")):
		return // shown in the text, or about the mail
	case noDocuments.MatchString(kind):
		m.Remark(extract.AttachedFile, 1, name)
		return
	}
	m.attach(name, content)
}

func (m *message) attach(name string, content []byte) {
	if m.attached++; m.attached > maxAttachments {
		m.Remark(extract.TooMuch, 1, "attachments")
		return
	}
	m.Attach(name, content)
}

// attachmentName returns a name that is safe as part of a path.
func attachmentName(name, kind string) string {
	clean := extract.NewBuilder().Clean(strings.NewReplacer("/", "_", `\`, "_").Replace(decodeHeader(name)), true)
	if clean = strings.TrimLeft(clean, "."); len(clean) > 150 {
		clean = strings.ToValidUTF8(clean[:100], "") + path.Ext(clean[len(clean)-20:])
	}
	if clean != "" {
		return clean
	}
	switch kind {
	case "message/rfc822":
		return "nachricht.eml"
	case "text/html":
		return "anhang.html"
	case "text/plain":
		return "anhang.txt"
	}
	return "anhang"
}
