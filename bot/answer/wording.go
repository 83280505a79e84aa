package answer

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Wording is what a model gave for an answer and what became of it, for those who
// measure. It holds text: it is never kept or logged.
type Wording struct {
	Model  string // hash of the model's identity
	Prompt string // hash of what it is told beside question and passages
	Status string // what it says of the passages; empty: it was not asked for, or nothing could be read
	// Statements are all that could be told apart, in the order of the reply.
	Statements []Judged
}

// Judged is one statement of a model.
type Judged struct {
	Text   string
	Quote  string // the words that it names as its basis; empty: none were asked for
	Number int    // of the passage that it names first; 0: none
	Kept   bool
	Reason string // why it was dropped: short English key phrase
	Basis  string // the passage that carries it, or that it names; empty: there is none
}

// hashOf names a text by the first half of its SHA-256, in hexadecimal.
func hashOf(parts ...string) string {
	raw, _ := json.Marshal(parts) // strings always encode; so that no two lists meet
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:16])
}

// Identified is a Model that says which one it is.
type Identified interface {
	// Identity names model and endpoint, so that another one has another name.
	Identity() string
}

func identityOf(m Model) string {
	if named, ok := m.(Identified); ok {
		return hashOf(named.Identity())
	}
	return ""
}
