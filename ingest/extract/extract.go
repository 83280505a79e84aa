// Package extract reads files of a house's sources and gives back their text as
// blocks: headings, paragraphs, list items, table rows and notes, each with the
// headings that it stands under. It reads Word, PowerPoint, Excel, OpenDocument,
// EPUB, PDF, HTML, Markdown, mails with what is attached to them, CSV and plain
// text; what a file is, its content decides, and its name only among text formats.
// Here is what all of them share, and the registry; each family of formats has a
// room below, and package formats is the table of them.
//
// What no reader of the file could see (comments, hidden elements, zero-width
// characters) is dropped and counted. What cannot be read is refused with an
// [Error] that names the reason; nothing here panics on foreign bytes, follows
// a link or opens a network connection. Archives are checked before anything in
// them is inflated, and sizes, depths and numbers of everything are bounded; time
// and memory as such are bounded by the process around it (see sandbox).
package extract

// MaxText is the size in bytes up to which text formats are read: no rule of a house is
// that long, but logs and exports are. Of more the beginning is kept.
const MaxText = 16 << 20

// MaxFile is the size in bytes up to which any file is read; of longer ones the
// beginning, where that says something without the end, see [Format.Limit].
const MaxFile = 64 << 20

// Kind says what a block is.
type Kind string

// The kinds of blocks.
const (
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	ListItem  Kind = "list item"
	TableRow  Kind = "table row"
	Note      Kind = "note"
)

// Block is one piece of a document in reading order.
type Block struct {
	Kind   Kind
	Text   string   // own text only; NFC, no NUL, lines separated by \n
	Path   []string // headings that it stands under, outermost first; of a heading: those above it
	Page   int      // from 1; 0 where the format has no pages
	Level  int      // of a heading from 1, of a list item from 1; else 0
	Anchor string   // of a heading: fragment for links; may be empty
	Header string   // of a table row: the table's header row, empty if it has none or is it
	Marker string   // of a list item: "2." where the list is numbered

	Confidence int // in percent with which OCR read it; 0: it was not read by OCR
}

// Document is the text of one file.
type Document struct {
	Title  string            // from the file; empty where it names none
	Meta   map[string]string // of its head, keys in lower case: title, owner, collection, valid_from, …
	Props  map[string]string // of its properties, those named like keys of a head; nil: none
	Blocks []Block
	Hidden int // pieces of text dropped because no reader could see them

	Remarks []Remark // what else is not in the blocks, e.g. a hidden sheet, for the owner
	Partial bool     // the file was read up to a limit of time, memory or size; the remarks say which
}

// Named is one document of a file: the file itself or an attachment of it.
type Named struct {
	Name     string   // of the file; of an attachment: its name below the file, unique in it
	Type     string   // how it was read: "docx", "pdf", …; "" if that is not known
	Readers  []string // stamps of the formats that read or refused it, see [Registry.IsCurrent]
	Document          // without text if there is a Problem
	Problem  *Error   // why there is no text; nil if there is
	Data     []byte   // of an attachment that a second reader may read, see [Unaided]; nil: too much of it
}
