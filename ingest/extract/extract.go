// Package extract reads files of a house's sources and gives back their text as
// blocks: headings, paragraphs, list items, table rows and notes, each with the
// headings that it stands under. It reads Word, PowerPoint, Excel, OpenDocument,
// EPUB, PDF, HTML, Markdown, mails with what is attached to them, CSV and plain
// text; what a file is, its content decides, and its name only among text formats.
//
// What no reader of the file could see (comments, hidden elements, zero-width
// characters) is dropped and counted. What cannot be read is refused with an
// [Error] that names the reason; nothing here panics on foreign bytes, follows
// a link or opens a network connection. Archives are checked before anything in
// them is inflated, and sizes, depths and numbers of everything are bounded; time
// and memory as such are bounded by the process around it (see sandbox).
package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// MaxText is the size in bytes up to which text formats are read. Longer files
// are refused: no rule of a house is that long, but logs and exports are.
const MaxText = 16 << 20

// MaxFile is the size in bytes up to which any file is read.
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
}

// Document is the text of one file.
type Document struct {
	Title  string            // from the file; empty where it names none
	Meta   map[string]string // of its head, keys in lower case: title, owner, collection, valid_from, …
	Props  map[string]string // of its properties, those named like keys of a head; nil: none
	Blocks []Block
	Hidden int // pieces of text dropped because no reader could see them

	Remarks []string // what else was left out on purpose, e.g. a hidden sheet, for the owner
}

// Named is one document of a file: the file itself or an attachment of it.
type Named struct {
	Name     string // of the file; of an attachment: its name below the file, unique in it
	Type     string // how it was read: "docx", "pdf", …; "" if that is not known
	Document        // without text if there is a Problem
	Problem  *Error // why there is no text; nil if there is
}

// Reason says why a file is not read.
type Reason string

// The reasons.
const (
	Empty       Reason = "empty"            // no text in it
	TooLarge    Reason = "too large"        // above a limit
	NotText     Reason = "not text"         // bytes that are not plausible text
	Unsupported Reason = "unsupported type" // no reader for this kind of file
	FrontMatter Reason = "front matter"     // the head of the document cannot be understood
	Damaged     Reason = "damaged"          // not what it claims to be, or cut off
	Encrypted   Reason = "encrypted"        // it needs a password
	NoText      Reason = "no text layer"    // pictures of text, such as scans
	Unsafe      Reason = "unsafe"           // made to harm a reader: a bomb, a name that leads out of an archive
)

// Error is why a file is not read. Reading it again changes nothing until the
// file changes.
type Error struct {
	Reason Reason
	Detail string // what to look at; no text of the document
}

func (e *Error) Error() string {
	if e.Detail == "" {
		return string(e.Reason)
	}
	return string(e.Reason) + ": " + e.Detail
}

// ReasonOf returns the reason in err's chain, or "" if it is another fault.
func ReasonOf(err error) Reason {
	if refusal, ok := errors.AsType[*Error](err); ok {
		return refusal.Reason
	}
	return ""
}

// Documents reads a file: one document, and those attached to it. There is at
// least one, the file's own first; what is refused has a Problem. The type is
// decided by the content, among text formats by the name. The error is that of r.
func Documents(name string, r io.Reader) ([]Named, error) {
	head := make([]byte, 1024)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("read: %w", err)
	}
	head = head[:n]
	limit := sizeLimit(name, head)
	data, err := io.ReadAll(io.LimitReader(io.MultiReader(bytes.NewReader(head), r), limit+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if int64(len(data)) > limit {
		return []Named{{Name: name, Problem: &Error{Reason: TooLarge, Detail: fmt.Sprintf("files of this kind are read up to %d MB", limit>>20)}}}, nil
	}
	return readBytes(name, data, 0), nil
}

// file is one document being read.
type file struct {
	*builder
	name  string
	data  []byte
	zip   *archive // of formats that are archives
	parts []Named  // attachments
	depth int      // of attachments above it
}

// readBytes reads a file's bytes. Foreign parsers may panic on what nobody foresaw:
// that is a damaged file, not the end of the process.
func readBytes(name string, data []byte, depth int) (docs []Named) {
	f := &file{builder: &builder{doc: Document{Meta: map[string]string{}}}, name: name, data: data, depth: depth}
	own := Named{Name: name}
	defer func() {
		if recover() != nil {
			own.Document, own.Problem = Document{}, &Error{Reason: Damaged, Detail: "the parser for " + own.Type + " failed"}
			docs = []Named{own}
		}
	}()
	var err error
	if own.Type, err = f.detect(); err == nil {
		err = formats[own.Type](f)
	}
	if err == nil {
		own.Document, err = f.finish()
	}
	if err != nil {
		own.Document, own.Problem = Document{Hidden: f.doc.Hidden, Remarks: f.doc.Remarks}, problemOf(err)
	}
	return append([]Named{own}, f.parts...)
}

// problemOf returns the refusal in err's chain; any other error of a parser
// means a damaged file.
func problemOf(err error) *Error {
	if refusal, ok := errors.AsType[*Error](err); ok {
		return refusal
	}
	return &Error{Reason: Damaged, Detail: fmt.Sprintf("%.200s", err.Error())}
}
