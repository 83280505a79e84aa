package retrieval

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Fact is one thing that is known of a document besides its text, with where it
// was found.
type Fact struct {
	Key      string `json:"key"` // as in a document's head: valid_until, …
	Value    string `json:"value"`
	Origin   string `json:"origin"`             // sidecar, front matter, properties, text, collection
	Sentence string `json:"sentence,omitempty"` // of the document, where the origin is its text
}

// Named is a document as a sentence names it: "die Dienstanweisung KI vom 1. März 2024".
type Named struct {
	Title string // or the beginning of one; empty: none is named
	Date  Date   // of its validity or state; may be unset
}

// Block takes a document, and what is attached to it, out of every answer until it
// is released.
type Block struct {
	At     time.Time
	By     string // ByOwner or ByOperator: the role, never the person
	Reason string // in the words of whoever blocked it; may be empty
	With   string // path of the file that it is attached to and whose block this is; empty: its own
}

// Who may block a document.
const (
	ByOwner    = "owner"
	ByOperator = "operator"
)

// ErrNoDocument is returned for a document that the index does not know.
var ErrNoDocument = errors.New("no such document")

// CoveredError says that a document stays blocked with the file that it is
// attached to.
type CoveredError struct {
	Whole int64  // number of that file
	Path  string // and where it is
}

func (e *CoveredError) Error() string {
	return fmt.Sprintf("it is attached to %s and blocked with it: release that", e.Path)
}

// NoticeKind is a kind of event that a document's owner should know of.
type NoticeKind string

// The kinds.
const (
	Failed     NoticeKind = "failed"     // it, or its newest version, could not be taken in
	Expiring   NoticeKind = "expiring"   // its validity ends soon or has just ended
	Review     NoticeKind = "review"     // its review date has come
	Superseded NoticeKind = "superseded" // another document replaces it
	LeftOut    NoticeKind = "left_out"   // it serves, but not all of it was read
)

// Notice is one event of one document, as it stands now.
type Notice struct {
	Kind       NoticeKind
	DocumentID int64
	Title      string
	Path       string
	Day        Date     // last day, day of the review, first day of the replacement (unset: at once)
	By         string   // title of the document that replaces it
	Reason     Reason   // why it failed
	Serves     bool     // it, or an older version of it, answers on
	Remarks    []Remark // what was left out of it
}

// Bundle is what one person is to be told in one message.
type Bundle struct {
	ID      int64
	Contact string // user name
}

// Cared is what its owner's word on a document needs.
type Cared struct {
	ID      int64
	Title   string
	Path    string
	Contact string
	Blocked bool

	Attached int // documents that are attached to it
}

// userName is what Mattermost takes for one; a function begins with a capital or
// has several words.
var (
	userName = regexp.MustCompile(`^[a-z][a-z0-9._-]{0,63}$`)
	mention  = regexp.MustCompile(`(^|[\s(,;])@([a-z][a-z0-9._-]{0,63})\b`)
	hollow   = regexp.MustCompile(`\([\s,;]*\)`) // brackets that held only mentions
)

// ParseOwner splits what the key owner holds into the function that readers see
// and the user name of whoever is told and may block: "Zentrum KI (@m.muster)",
// "@m.muster", or a user name alone. A function alone has nobody to tell; with
// several names the first counts.
func ParseOwner(value string) (owner, contact string) {
	value = strings.TrimSpace(value)
	if userName.MatchString(value) {
		return "", value
	}
	found := mention.FindStringSubmatch(value)
	if found == nil {
		return value, ""
	}
	owner = hollow.ReplaceAllString(mention.ReplaceAllString(value, "$1"), "")
	return strings.Trim(strings.Join(strings.Fields(owner), " "), " ,;"), found[2]
}
