package retrieval

import "context"

// Model identifies an embedding model. Name and dimension are part of a
// vector's identity: vectors of different models are never compared.
type Model struct {
	Name       string
	Dimensions int
}

// Vector is an embedding with the model that made it.
type Vector struct {
	Model  Model
	Values []float32
}

// Embedder turns text into vectors.
type Embedder interface {
	// Model returns name and dimension of the vectors it makes.
	Model() Model
	// EmbedPassages returns one vector for each text, in order. A partial
	// result is an error.
	EmbedPassages(ctx context.Context, texts []string) ([]Vector, error)
	// EmbedQuery returns the vector of a question.
	EmbedQuery(ctx context.Context, text string) (Vector, error)
}
