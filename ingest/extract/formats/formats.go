// Package formats is the table of the kinds of files that the house reads. It
// puts the rooms below extract together; what a file is and how it is read,
// they know.
package formats

import (
	"io"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/mail"
	"lvr.example/sprechstunde/ingest/extract/odf"
	"lvr.example/sprechstunde/ingest/extract/office"
	"lvr.example/sprechstunde/ingest/extract/pdf"
	"lvr.example/sprechstunde/ingest/extract/text"
	"lvr.example/sprechstunde/ingest/extract/web"
)

// all is the table: where the signs of several fit, the first one counts.
var all = extract.NewRegistry(office.Formats(), odf.Formats(), pdf.Formats(), web.Formats(), mail.Formats(), text.Formats(), archives(), pictures())

// archives are known and not read.
func archives() []extract.Format {
	return []extract.Format{
		{Name: "zip", Version: 1, Endings: []string{".zip", ".7z", ".rar", ".tar", ".gz", ".tgz"}, Named: true, Begins: extract.IsZip, Read: extract.Refuse("archives are not opened: put the files themselves into the folder")},
	}
}

// Documents reads a file, see [extract.Registry.Documents].
func Documents(name string, r io.Reader) ([]extract.Named, error) { return all.Documents(name, r) }

// InSteps reads a file in parts, see [extract.Registry.InSteps].
func InSteps(name string, r io.Reader, steps extract.Steps) ([]extract.Named, error) {
	return all.InSteps(name, r, steps)
}

// AboveLimit is why nothing of a file is read that is larger than its kind may be; nil:
// it is not, or is read up to there.
func AboveLimit(name string, data []byte) *extract.Error { return all.AboveLimit(name, data) }

// Supported reports whether files of this name are opened to be read.
func Supported(name string) bool { return all.Supported(name) }

// Closed returns why files of this name are not even opened; nil: they are, if only
// to say why they are not read.
func Closed(name string) *extract.Error { return all.Closed(name) }

// IsCurrent reports whether the readers of today would give what those with
// these stamps gave, see [extract.Named].
func IsCurrent(stamps []string) bool { return all.IsCurrent(stamps) }

// Unread returns the stamps of a file that no reader came to an end with.
func Unread() []string { return all.Unread() }

// Later returns the stamps of a file for which there was no time: it is tried again
// another day.
func Later() []string { return all.Later() }

// NeedsPDF reports whether reading a file may need the PDF engine: PDFs, and
// mails, which may carry some.
func NeedsPDF(name string, data []byte) bool {
	switch all.Guess(name, data) {
	case "pdf", "eml", "mbox":
		return true
	}
	return false
}

// PDFPage returns one page of a PDF as one of its own, see [pdf.Page].
func PDFPage(data []byte, number int) (page []byte, pages int, err error) {
	return pdf.Page(data, number)
}

// Engine names what [Warm] compiles.
func Engine() string { return pdf.Engine() }

// Warm compiles the PDF engine, see [pdf.Warm].
func Warm(cache string) error { return pdf.Warm(cache) }
