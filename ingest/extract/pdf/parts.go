package pdf

import (
	"bytes"
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"lvr.example/sprechstunde/ingest/extract"
)

// attachment is a file inside the document.
type attachment struct {
	name string
	data []byte
}

const (
	maxAttachments   = 200
	maxAttachedBytes = 64 << 20 // of all together
)

// attachments returns the files in the document, and remarks on those that are
// not taken.
func (p *pdfReader) attachments(b *extract.Builder) []attachment {
	count, err := p.engine.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: p.document})
	if err != nil {
		return nil
	}
	var all []attachment
	size := 0
	for i := range count.AttachmentCount {
		if i == maxAttachments {
			b.Remark(extract.TooMuch, count.AttachmentCount-i, "attachments")
			break
		}
		opened, err := p.engine.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: p.document, Index: i})
		if err != nil {
			b.Remark(extract.EmbeddedFile, 1, "")
			continue
		}
		name := ""
		if named, err := p.engine.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: opened.Attachment}); err == nil {
			name = plainName(named.Name)
		}
		file, err := p.engine.FPDFAttachment_GetFile(&requests.FPDFAttachment_GetFile{Attachment: opened.Attachment})
		if err != nil || len(file.Contents) == 0 || size+len(file.Contents) > maxAttachedBytes {
			b.Remark(extract.EmbeddedFile, 1, name)
			continue
		}
		size += len(file.Contents)
		all = append(all, attachment{name, bytes.Clone(file.Contents)})
	}
	return all
}

// pinnedFile keeps a file that hangs on a place of a page.
func (p *pdfReader) pinnedFile(a references.FPDF_ANNOTATION) {
	kind, err := p.engine.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
	if err != nil || kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_FILEATTACHMENT || len(p.pinned) >= maxAttachments {
		return
	}
	opened, err := p.engine.FPDFAnnot_GetFileAttachment(&requests.FPDFAnnot_GetFileAttachment{Document: p.document, Annotation: a})
	if err != nil {
		p.unopened++
		return
	}
	file, err := p.engine.FPDFAttachment_GetFile(&requests.FPDFAttachment_GetFile{Attachment: opened.Attachment})
	if err != nil || len(file.Contents) == 0 || p.pinnedSize+len(file.Contents) > maxAttachedBytes {
		p.unopened++
		return
	}
	p.pinnedSize += len(file.Contents)
	name := ""
	if named, err := p.engine.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: opened.Attachment}); err == nil {
		name = named.Name
	}
	p.pinned = append(p.pinned, attachment{plainName(name), bytes.Clone(file.Contents)})
}

// plainName returns a name that is safe as part of a path.
func plainName(name string) string {
	clean := extract.NewBuilder().Clean(strings.NewReplacer("/", "_", `\`, "_").Replace(name), true)
	if clean = strings.TrimLeft(clean, "."); clean == "" {
		return "anhang"
	}
	return clean
}

// hasLayersOff reports documents that may have layers that are switched off. What
// a layer holds is then compared with the page as it is drawn.
func hasLayersOff(data []byte) bool {
	return bytes.Contains(data, []byte("/OCProperties")) || bytes.Contains(data, []byte("/OCG")) ||
		bytes.Contains(data, []byte("/ObjStm")) && bytes.Contains(data, []byte("/Properties"))
}

// dynamicForm returns the form that only Adobe's programs show, if the pages
// hold nothing but the word that they do not show it.
func (p *pdfReader) dynamicForm() (packets []byte, is bool) {
	count, err := p.engine.FPDF_GetXFAPacketCount(&requests.FPDF_GetXFAPacketCount{Document: p.document})
	if err != nil || count.Count == 0 {
		return nil, false
	}
	pages, err := p.engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: p.document})
	if err != nil || pages.PageCount > 1 || !p.isPlaceholder() {
		return nil, false
	}
	var all bytes.Buffer
	const most = 100
	for i := range min(count.Count, most) {
		packet, err := p.engine.FPDF_GetXFAPacketContent(&requests.FPDF_GetXFAPacketContent{Document: p.document, Index: i})
		if err == nil && all.Len()+len(packet.Content) < extract.MaxText {
			all.Write(packet.Content)
		}
	}
	return all.Bytes(), true
}

// isPlaceholder reports a first page that says to wait, or to take another
// program.
func (p *pdfReader) isPlaceholder() bool {
	text, err := p.engine.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: p.document, Index: 0}}})
	if err != nil {
		return true
	}
	lower := strings.ToLower(text.Text)
	const longest = 1500
	if len(strings.TrimSpace(lower)) > longest {
		return false
	}
	for _, words := range []string{"please wait", "bitte warten", "adobe reader", "acrobat", "zeigt den inhalt", "not be able to display", "nicht anzeigen"} {
		if strings.Contains(lower, words) {
			return true
		}
	}
	return strings.TrimSpace(lower) == ""
}
