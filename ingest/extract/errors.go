package extract

import (
	"errors"
	"fmt"
)

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
	Picture     Reason = "picture"          // a picture, which need not show text
	NoText      Reason = "no text layer"    // pictures of text, such as scans
	Unsafe      Reason = "unsafe"           // made to harm a reader: a bomb, a name that leads out of an archive
)

// Reasons that a file is not read beside those that its content gives.
const (
	Crashed       Reason = "reader crashed"  // the process that read it broke
	TooSlow       Reason = "too slow"        // not read in time
	TooMuchMemory Reason = "too much memory" // not read within the memory allowed
	Waiting       Reason = "waiting"         // for the second reader, which does not read it now
	Unsure        Reason = "unsure letters"  // OCR read it with too little confidence
)

// Reasons are all of them.
var Reasons = []Reason{
	Empty, TooLarge, NotText, Unsupported, FrontMatter, Damaged, Encrypted, Picture, NoText, Unsafe, Crashed, TooSlow, TooMuchMemory, Waiting, Unsure,
}

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

// problemOf returns the refusal in err's chain; any other error of a parser
// means a damaged file.
func problemOf(err error) *Error {
	if refusal, ok := errors.AsType[*Error](err); ok {
		return refusal
	}
	return &Error{Reason: Damaged, Detail: fmt.Sprintf("%.200s", err.Error())}
}
