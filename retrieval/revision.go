package retrieval

import (
	"crypto/sha256"
	"errors"
	"fmt"
)

// State of a document in the index.
type State string

// The states that a document can be in.
const (
	Indexed     State = "indexed"     // it serves
	Quarantined State = "quarantined" // it could not be read or belongs nowhere: see the reason
	Blocked     State = "blocked"     // its owner or an operator took it out
	Gone        State = "gone"        // no longer in its source; nothing of it but the path is kept
)

// Revision is one complete version of a document, ready to take the place of
// the one that serves.
type Revision struct {
	Document Document // ID and SupersededBy are not read; Rank 0, an empty Link: those of its collection
	Listed   string   // collection that its place in the source gives it; Document.Collection may differ
	Version  Version
	Passages []Passage
	Units    []Unit      // of all passages, as Units gives them
	Model    Model       // that made the units' vectors; zero: they have none yet
	Next     *SetVectors // of the set that is being built; nil: none is, or they are not made yet
	Facts    []Fact      // where the document's fields come from
	Named    Named       // the document that its text says it replaces; Document.Supersedes goes first
	Hidden   int         // pieces of text dropped because no reader could see them
	Remarks  []Remark    // what else its passages do not hold
	Reason   Reason      // what was wrong with the facts, for operators and owner
}

// Unit is one text to embed, with its vector once it has one.
type Unit struct {
	Passage int // ordinal of its passage
	Ordinal int // within its passage
	Hash    UnitHash
	Values  []float32 // nil: not embedded yet
}

// UnitHash identifies the text of a unit: the first half of its SHA-256.
type UnitHash [16]byte

// HashUnit returns the hash by which the vector of a text is found again.
func HashUnit(text string) UnitHash {
	sum := sha256.Sum256([]byte(text))
	return UnitHash(sum[:16])
}

// Known is what the index remembers of a document, enough to tell whether it
// has to be read again.
type Known struct {
	ID         int64
	Path       string
	Version    Version
	Verdict    Verdict
	Judged     string // hash of the content that was refused; empty: the version as such was
	Hash       string // of the version that serves; empty: none does
	Listed     string
	Collection string
	State      State // below a block, if it is blocked
	Reason     Reason
	Remarks    []Remark // on the version that serves
}

// Refusal says that a document, or its new version, could not be taken in.
type Refusal struct {
	Source     string
	Path       string
	Version    Version
	Verdict    Verdict // Refused or Again
	Judged     string  // hash of the content that is refused; empty: the version as such
	Listed     string
	Collection string // empty: none
	Owner      string // as far as it is known
	Contact    string
	Reason     Reason // for operators and the document's owner
	Withdraw   bool   // the version that serves must not serve on: its readers are not known
}

// PendingUnits are the units of one document that have no vector of a model.
type PendingUnits struct {
	Document int64
	Version  int64 // of the document when it was read; a newer one has its own units
	Units    []Unit
	Texts    []string // of the units, in their order
}

// Unresolved is a document that names another one as replaced by it, which
// could not be followed.
type Unresolved struct {
	Path    string
	Names   string // path or title that it names
	Problem string // for operators and the document's owner
}

// ErrBusy is returned when another process works on the same source or set.
var ErrBusy = errors.New("another process is at work on it")

// ErrLockLost ends work on a source or set whose lock may have gone to another
// process, such as after a restart of the database.
var ErrLockLost = errors.New("the lock on it was lost and may have gone to another process; what was done is kept, run it again")

// ModelError says that the vectors at hand and those in the index were made by
// different models and cannot be compared.
type ModelError struct {
	Have  Model   // of the vector, or of the embedder configured
	Index []Model // in the index; empty: it holds no vectors
}

func (e *ModelError) Error() string {
	if len(e.Index) == 0 {
		return fmt.Sprintf("model %s (%d numbers): the index holds no vectors yet", e.Have.Name, e.Have.Dimensions)
	}
	other := e.Index[0]
	if other.Name == e.Have.Name {
		return fmt.Sprintf("model %s gives %d numbers, the index holds vectors of %d under the same name: "+
			"give the changed model another name, or set the one back that made the index",
			e.Have.Name, e.Have.Dimensions, other.Dimensions)
	}
	return fmt.Sprintf("the index serves vectors of %s (%d numbers), the embedder is %s (%d numbers): "+
		"configure both, run `sprechstunde embeddings build` and then `embeddings switch`, or set the embedder back",
		other.Name, other.Dimensions, e.Have.Name, e.Have.Dimensions)
}

// PendingError says that documents still wait for their vectors.
type PendingError struct {
	Model Model
	Count int
}

func (e *PendingError) Error() string {
	return fmt.Sprintf("the embedding set of %s is not complete: %d documents wait for their vectors; run `sprechstunde embeddings build %s`",
		e.Model.Name, e.Count, e.Model.Name)
}
