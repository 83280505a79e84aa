package retrieval

// SetState says what an embedding set is good for.
type SetState string

// The states of an embedding set. Complete is one being built, or retired, that
// no document lacks: it can serve at once.
const (
	SetBuilding SetState = "building" // documents still wait for their vectors
	SetComplete SetState = "complete"
	SetActive   SetState = "active" // searches compare with it
	SetRetired  SetState = "retired"
)

// EmbeddingSet is all vectors that one model made of the documents.
type EmbeddingSet struct {
	Model     Model
	State     SetState
	Documents int // that have a vector of each of their units
	Pending   int // that wait for theirs
	Vectors   int
}

// SetVectors are the vectors that one model made of a document's units.
type SetVectors struct {
	Model  Model
	Values [][]float32 // one for each unit, in their order
}
