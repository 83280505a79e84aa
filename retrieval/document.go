package retrieval

import "time"

// Date is a calendar day in the house's time zone; the zero value means "not set".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Document is one source file or page of a collection.
type Document struct {
	ID           int64
	Source       string // name of the source it comes from
	Path         string // below the source, slashes
	Title        string
	Owner        string // a function, never a person's name
	Collection   string
	Rank         int    // of its collection
	Link         string // template with {path} and {place}: its own, or its collection's
	ValidFrom    Date
	ValidUntil   Date   // last day on which it is valid
	Supersedes   string // path or title of the document that it replaces
	SupersededBy string // path of the valid document that replaces it; empty: none
	ModifiedAt   time.Time
	Hash         string // hex SHA-256 of content and settings that make up the index
}

// Passage is a piece of a document as it is read and quoted.
type Passage struct {
	ID       int64
	Ordinal  int      // position in its document, from 0
	Headings []string // heading path, outermost first
	Place    string   // what a reader looks for: "Abschnitt 3.2", "Seite 4"; may be empty
	Anchor   string   // fragment for links; may be empty
	Text     string   // word for word as in the document, NFC
}
