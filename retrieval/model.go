package retrieval

import (
	"context"
	"errors"
	"fmt"
	"math"
)

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
	// EmbedQueries returns one vector for each question, in order, out of one
	// request. A partial result is an error.
	EmbedQueries(ctx context.Context, texts ...string) ([]Vector, error)
}

// CheckValues reports why numbers cannot be an embedding: none, not finite, or
// all zero, which has no direction.
func CheckValues(values []float32) error {
	if len(values) == 0 {
		return errors.New("vector without numbers")
	}
	zero := true
	for i, v := range values {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return fmt.Errorf("number %d of the vector is not finite", i+1)
		}
		zero = zero && v == 0
	}
	if zero {
		return errors.New("vector of zeroes only")
	}
	return nil
}
