package mail

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/text"
	"lvr.example/sprechstunde/ingest/extract/web"
)

// Limits of mails: parts are read recursively by the library, each through all
// around it.
const (
	maxMailDepth   = 3 // mails attached to mails
	maxBoundaries  = 200
	maxMailParts   = 10_000
	maxAttachments = 200
)

var mailParser = enmime.NewParser(enmime.SkipMalformedParts(true), enmime.DisableTextConversion(true),
	enmime.MultipartWOBoundaryAsSinglePart(true), enmime.MaxStoredPartErrors(10))

// readMail reads a mail: its subject as the title, its body as the document, and
// each attachment as a document of its own. Pictures, signatures and invitations
// are no documents.
func readMail(f *extract.File) error {
	if f.Depth >= maxMailDepth {
		return &extract.Error{Reason: extract.Unsafe, Detail: "mails are attached to mails too deeply"}
	}
	if bytes.Count(bytes.ToLower(f.Data), []byte("boundary")) > maxBoundaries || bytes.Count(f.Data, []byte("\n--")) > maxMailParts {
		return &extract.Error{Reason: extract.Unsafe, Detail: "the mail has too many parts"}
	}
	mail, err := mailParser.ReadEnvelope(bytes.NewReader(f.Data))
	if err != nil {
		return &extract.Error{Reason: extract.Damaged, Detail: fmt.Sprintf("the mail cannot be parsed: %.120s", err.Error())}
	}
	if isSealed(mail.Root) {
		return &extract.Error{Reason: extract.Encrypted, Detail: "the mail is encrypted"}
	}
	f.Doc.Title = mail.GetHeader("Subject")
	m := message{f}
	m.body(mail)
	m.attachments(mail)
	return nil
}

// message is a mail being read.
type message struct{ *extract.File }

// isSealed reports mails encrypted with S/MIME or PGP.
func isSealed(root *enmime.Part) bool {
	if root == nil {
		return false
	}
	kind := strings.ToLower(root.ContentType)
	return kind == "multipart/encrypted" || strings.HasSuffix(kind, "pkcs7-mime") && root.ContentTypeParams["smime-type"] != "signed-data"
}

// mailBody adds what a reader sees first: the page, or the plain text if there
// is none.
func (m message) body(mail *enmime.Envelope) {
	before := len(m.Doc.Blocks)
	if mail.HTML != "" {
		_ = web.AddPage(m.Builder, mail.HTML) // what cannot be parsed holds no text
	}
	if len(m.Doc.Blocks) == before {
		text.AddBody(m.Builder, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(mail.Text), false)
	}
}

// noDocuments matches types of attachments that hold no text of their own.
var noDocuments = regexp.MustCompile(`^(?:image|audio|video|multipart|font)/|signature|^text/calendar$|^application/(?:ics|pgp-keys)$|^text/(?:x-)?vcard$|delivery-status|disposition-notification`)

// attachments reads the files that hang on the mail.
func (m message) attachments(mail *enmime.Envelope) {
	attached := 0
	var parts []*enmime.Part
	parts = append(append(append(parts, mail.Attachments...), mail.Inlines...), mail.OtherParts...)
	for _, part := range parts {
		kind := strings.ToLower(part.ContentType)
		if noDocuments.MatchString(kind) || len(part.Content) == 0 || part == mail.Root {
			continue
		}
		if attached == maxAttachments {
			m.Remark(extract.TooMuch, len(parts)-maxAttachments, "attachments")
			return
		}
		attached++
		m.Attach(attachmentName(part), part.Content)
	}
}

// attachmentName returns a name that is safe as part of a path.
func attachmentName(part *enmime.Part) string {
	clean := (&extract.Builder{}).Clean(strings.NewReplacer("/", "_", `\`, "_").Replace(part.FileName), true)
	if clean = strings.TrimLeft(clean, "."); len(clean) > 150 {
		clean = strings.ToValidUTF8(clean[:100], "") + path.Ext(clean[len(clean)-20:])
	}
	if clean != "" {
		return clean
	}
	switch kind := strings.ToLower(part.ContentType); kind {
	case "message/rfc822":
		return "nachricht.eml"
	case "text/html":
		return "anhang.html"
	case "text/plain":
		return "anhang.txt"
	}
	return "anhang"
}
