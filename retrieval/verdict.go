package retrieval

// Version is what of a document a sync looked at. Two that are equal need no
// second look.
type Version struct {
	Form   string // of the index that it was read for
	Beside string // hash of what is said of it beside its content; empty: nothing is
	Mark   string // the source's own, such as size and time or an ETag
}

// Verdict is what came of the last look at a document.
type Verdict string

// The verdicts.
const (
	Taken   Verdict = "taken"   // the version is in the index
	Refused Verdict = "refused" // it is not, and will not be until it changes
	Again   Verdict = "again"   // it could not be told: look again, whatever its version
	Reread  Verdict = "reread"  // to be read anew, whatever its version and content
)

// Reason is why a document, or its newest version, is not in the index. The zero
// value: nothing is wrong.
type Reason struct {
	Code  ReasonCode
	Words string // for operators; no text of the document
}

// IsZero reports that nothing is wrong.
func (r Reason) IsZero() bool { return r == Reason{} }

// String returns the words.
func (r Reason) String() string { return r.Words }

// ReasonCode is the kind of a reason: what programs go by.
type ReasonCode string

// The codes.
const (
	ReasonEmpty         ReasonCode = "empty"           // no text in it
	ReasonTooLarge      ReasonCode = "too_large"       // above a limit
	ReasonNotText       ReasonCode = "not_text"        // bytes that are not plausible text
	ReasonUnsupported   ReasonCode = "unsupported"     // no reader for this kind of file
	ReasonHead          ReasonCode = "head"            // what is said of it, in its head or properties, cannot be
	ReasonSidecar       ReasonCode = "sidecar"         // what the file beside it says cannot be
	ReasonDamaged       ReasonCode = "damaged"         // not what it claims to be, or cut off
	ReasonEncrypted     ReasonCode = "encrypted"       // it needs a password
	ReasonPicture       ReasonCode = "picture"         // a picture, which need not show text
	ReasonNoTextLayer   ReasonCode = "no_text_layer"   // pictures of text
	ReasonUnsafe        ReasonCode = "unsafe"          // made to harm a reader
	ReasonCrashed       ReasonCode = "crashed"         // a reader crashed on it
	ReasonTooSlow       ReasonCode = "too_slow"        // reading it takes too long
	ReasonTooMuchMemory ReasonCode = "too_much_memory" // reading it takes too much memory
	ReasonWaiting       ReasonCode = "waiting"         // the second reader does not read it now
	ReasonUnsure        ReasonCode = "unsure_letters"  // OCR read it with too little confidence
	ReasonUnreachable   ReasonCode = "unreachable"     // it could not be opened or read this time
	ReasonReaders       ReasonCode = "readers"         // who may read it cannot be told, or may not be
	ReasonOther         ReasonCode = "other"
)

// NoDocument reports whether a file is a picture, or of a kind that no reader is for:
// it is only counted, since no other run reads it and nobody expects answers from it.
func (c ReasonCode) NoDocument() bool { return c == ReasonPicture || c == ReasonUnsupported }
