package extract

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// formats maps the types that can be read to their readers.
var formats map[string]func(*file) error

func init() { // a mail's attachments are read through the table again
	formats = map[string]func(*file) error{
		"md":   textFormat(readMarkdown, false),
		"html": textFormat(readHTML, true),
		"txt":  textFormat(readPlain, false),
		"csv":  textFormat(readCSV, false),
		"eml":  readMail,
		"docx": readDOCX,
		"pptx": readPPTX,
		"xlsx": readXLSX,
		"odt":  readODT,
		"ods":  readODS,
		"odp":  readODP,
		"epub": readEPUB,
		"pdf":  readPDF,
	}
}

// textTypes maps the endings of text files to their type.
var textTypes = map[string]string{
	".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "txt", ".text": "txt",
	".csv": "csv", ".tsv": "csv", ".eml": "eml",
}

// otherTypes are the endings of files that are no text but that people take for
// documents: each is opened, so that what cannot be read is said, not skipped.
var otherTypes = map[string]bool{
	".docx": true, ".docm": true, ".dotx": true, ".dotm": true, ".doc": true, ".dot": true, ".rtf": true,
	".pptx": true, ".pptm": true, ".ppsx": true, ".ppsm": true, ".potx": true, ".ppt": true, ".pps": true,
	".xlsx": true, ".xlsm": true, ".xltx": true, ".xlsb": true, ".xls": true,
	".odt": true, ".ott": true, ".ods": true, ".ots": true, ".odp": true, ".otp": true, ".epub": true, ".msg": true, ".pdf": true,
}

// Supported reports whether files of this name are opened at all.
func Supported(name string) bool {
	suffix := ending(name)
	return textTypes[suffix] != "" || otherTypes[suffix]
}

func ending(name string) string { return strings.ToLower(path.Ext(name)) }

// sizeLimit is the size in bytes up to which a file beginning with head is read.
func sizeLimit(name string, head []byte) int64 {
	if binaryType(head) != "" || textTypes[ending(name)] == "eml" || looksLikeMail(head) {
		return MaxFile
	}
	return MaxText
}

// binaryType recognises files that are no text by how they begin.
func binaryType(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return "zip"
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return "ole"
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return "pdf"
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return "rtf"
	}
	return ""
}

// detect settles the type by content, among text formats by name.
func (f *file) detect() (string, error) {
	switch kind := binaryType(f.data); kind {
	case "zip":
		return f.detectArchive()
	case "ole":
		return "", f.oldOffice()
	case "":
		return f.detectText()
	default:
		if formats[kind] == nil {
			return kind, &Error{Reason: Unsupported, Detail: "no reader for " + kind + " files"}
		}
		return kind, nil
	}
}

// detectText decides by name, and by content where the name is that of another
// kind of file: pages and mails saved under the name of an office program.
func (f *file) detectText() (string, error) {
	suffix := ending(f.name)
	head := f.data[:min(len(f.data), 1024)]
	switch {
	case textTypes[suffix] != "":
		return textTypes[suffix], nil
	case len(bytes.TrimSpace(head)) == 0:
		return "", &Error{Reason: Empty, Detail: "the file has no content"}
	case looksLikeHTML(head):
		return "html", nil
	case looksLikeMail(head):
		return "eml", nil
	case !otherTypes[suffix]:
		return "", &Error{Reason: Unsupported, Detail: "no reader for files ending in " + quoted(suffix)}
	}
	if _, err := decode(f.data, false); err != nil {
		return "", &Error{Reason: Damaged, Detail: "the content is not that of a " + strings.TrimPrefix(suffix, ".") + " file"}
	}
	return "txt", nil
}

func quoted(suffix string) string {
	if suffix == "" {
		return "nothing"
	}
	return `"` + suffix + `"`
}

func looksLikeHTML(head []byte) bool {
	start := strings.ToLower(string(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")))))
	for strings.HasPrefix(start, "<!--") || strings.HasPrefix(start, "<?xml") {
		_, rest, ok := strings.Cut(start, ">")
		if !ok {
			return false
		}
		start = strings.TrimSpace(rest)
	}
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

var mailHead = regexp.MustCompile(`(?i)^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:received|message-id|mime-version):`)

func looksLikeMail(head []byte) bool { return mailHead.Match(head) }

// detectArchive opens the archive and decides by its parts.
func (f *file) detectArchive() (string, error) {
	var err error
	if f.zip, err = openArchive(f.data); err != nil {
		return "zip", err
	}
	switch {
	case f.zip.has("[Content_Types].xml"):
		return f.detectOOXML()
	case f.zip.has("mimetype"):
		return f.detectMimetype()
	}
	return "zip", &Error{Reason: Unsupported, Detail: "archives are not opened: put the files themselves into the folder"}
}

// detectMimetype tells OpenDocument files and books.
func (f *file) detectMimetype() (string, error) {
	data, err := f.zip.part("mimetype")
	if err != nil {
		return "zip", err
	}
	kind := strings.TrimSpace(string(data))
	rest, isODF := strings.CutPrefix(kind, "application/vnd.oasis.opendocument.")
	switch strings.TrimSuffix(rest, "-template") {
	case "text", "text-master":
		return "odt", nil
	case "spreadsheet":
		return "ods", nil
	case "presentation":
		return "odp", nil
	case "application/epub+zip":
		return "epub", nil
	}
	if isODF {
		return "", &Error{Reason: Unsupported, Detail: "no reader for OpenDocument files of this kind"}
	}
	return "zip", &Error{Reason: Unsupported, Detail: "no reader for archives of this kind"}
}

// oldOffice says what a file in Microsoft's old container is.
func (f *file) oldOffice() error {
	switch {
	case bytes.Contains(f.data, utf16Name("EncryptedPackage")):
		return &Error{Reason: Encrypted, Detail: "the document is protected by a password"}
	case bytes.Contains(f.data, utf16Name("__substg1.0_")):
		return &Error{Reason: Unsupported, Detail: "mail in Outlook's own format: save it as .eml"}
	case bytes.Contains(f.data, utf16Name("WordDocument")):
		return &Error{Reason: Unsupported, Detail: "Word document in the format from before 2007: save it as .docx"}
	case bytes.Contains(f.data, utf16Name("PowerPoint Document")):
		return &Error{Reason: Unsupported, Detail: "slides in the format from before 2007: save them as .pptx"}
	case bytes.Contains(f.data, utf16Name("Workbook")), bytes.Contains(f.data, utf16Name("Book")):
		return &Error{Reason: Unsupported, Detail: "spreadsheet in the format from before 2007: save it as .xlsx"}
	}
	return &Error{Reason: Unsupported, Detail: "an office format from before 2007"}
}

// utf16Name is how the container writes the names of its streams.
func utf16Name(name string) []byte {
	out := make([]byte, 0, 2*len(name))
	for i := range len(name) {
		out = append(out, name[i], 0)
	}
	return out
}

// textFormat makes a reader of bytes of one that reads decoded text.
func textFormat(read func(*builder, string) error, html bool) func(*file) error {
	return func(f *file) error {
		text, err := decode(f.data, html)
		if err != nil {
			return err
		}
		return read(f.builder, text)
	}
}
