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
	Owner        string // a function, never a person's name; readers see it
	Contact      string // user name of whoever looks after it; empty: nobody is told of it
	Collection   string
	Rank         int    // its own, or else that of its collection
	Link         string // template with {path} and {place}: its own, or its collection's
	ValidFrom    Date
	ReplacesFrom Date   // where ValidFrom is unset: day on which it was seen to replace others
	ValidUntil   Date   // last day on which it is valid
	ReviewOn     Date   // day on which its owner wants to look at it again; it answers on
	AsOf         Date   // "Stand" that it names itself
	Supersedes   string // path or title of the document that it replaces
	SupersededBy string // path of the document that replaces it; empty: none

	SupersededFrom Date // first day of the replacement; unset: at once, and nobody knows since when

	ModifiedAt time.Time
	Hash       string // hex SHA-256 of content and settings that make up the index
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
