// Package extract reads files of a house's sources and gives back their text as
// blocks: headings, paragraphs, list items, table rows and notes, each with the
// headings that it stands under.
//
// What no reader of the file could see (comments, hidden elements, zero-width
// characters) is dropped and counted. What cannot be read is refused with an
// [Error] that names the reason; nothing here panics on foreign bytes, follows
// a link or opens a network connection.
package extract

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// MaxText is the size in bytes up to which text formats are read. Longer files
// are refused: no rule of a house is that long, but logs and exports are.
const MaxText = 16 << 20

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
	Meta   map[string]string // keys in lower case: title, owner, collection, valid_from, …
	Blocks []Block
	Hidden int // pieces of text dropped because no reader could see them
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

// readers maps file name extensions to the reader of their format.
var readers = map[string]func(*builder, string) error{
	".md":       readMarkdown,
	".markdown": readMarkdown,
	".html":     readHTML,
	".htm":      readHTML,
	".xhtml":    readHTML,
	".txt":      readPlain,
	".text":     readPlain,
}

// Supported reports whether files of this name have a reader.
func Supported(name string) bool {
	_, ok := readers[strings.ToLower(path.Ext(name))]
	return ok
}

// Read reads a file. The name decides among text formats; r is read up to
// [MaxText] bytes. The error is an [*Error] unless r failed.
func Read(name string, r io.Reader) (Document, error) {
	reader, ok := readers[strings.ToLower(path.Ext(name))]
	if !ok {
		return Document{}, &Error{Reason: Unsupported, Detail: fmt.Sprintf("no reader for %q files", path.Ext(name))}
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxText+1))
	if err != nil {
		return Document{}, fmt.Errorf("read: %w", err)
	}
	if len(data) > MaxText {
		return Document{}, &Error{Reason: TooLarge, Detail: fmt.Sprintf("text files are read up to %d MB", MaxText>>20)}
	}
	text, err := decode(data, isHTML(name))
	if err != nil {
		return Document{}, err
	}
	b := &builder{doc: Document{Meta: map[string]string{}}}
	if err := reader(b, text); err != nil {
		return Document{}, err
	}
	return b.finish()
}

func isHTML(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return true
	}
	return false
}
