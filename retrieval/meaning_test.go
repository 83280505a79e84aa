package retrieval

import (
	"context"
	"math"
	"strings"
	"testing"
)

// axes embeds a text by the words that it has, each a direction of its own.
type axes struct {
	asked    []string
	requests int
}

func (a *axes) Model() Model { return Model{Name: "axes", Dimensions: 2} }

func (a *axes) EmbedPassages(context.Context, []string) ([]Vector, error) { return nil, nil }

func (a *axes) EmbedQueries(_ context.Context, texts ...string) ([]Vector, error) {
	a.requests++
	a.asked = append(a.asked, texts...)
	vectors := make([]Vector, len(texts))
	for i, text := range texts {
		vectors[i] = Vector{Model: a.Model(), Values: []float32{1, 0}}
		if strings.Contains(text, "Auszubildende") {
			vectors[i].Values = []float32{0, 1}
		}
	}
	return vectors, nil
}

// A question in the words of staff is compared as it was typed and in the words of
// rules, both out of one request; one without them is embedded once.
func TestMeaningLiesBetweenStaffAndRules(t *testing.T) {
	t.Parallel()
	embedder := &axes{}
	e := &Engine{EngineConfig{Embedder: embedder, Params: DefaultParams()}}
	v, err := e.meaning(t.Context(), "Dürfen Lehrlinge das?")
	if err != nil || math.Abs(float64(v.Values[0])-math.Sqrt(.5)) > 1e-6 || math.Abs(float64(v.Values[1])-math.Sqrt(.5)) > 1e-6 {
		t.Errorf("%v, %v", v.Values, err)
	}
	if embedder.requests != 1 {
		t.Errorf("%d requests", embedder.requests)
	}
	embedder.asked = nil
	if _, err := e.meaning(t.Context(), "Dürfen Auszubildende das?"); err != nil || len(embedder.asked) != 1 {
		t.Errorf("asked %q, %v", embedder.asked, err)
	}
	e.config.Params.Sufficiency.Synonyms = nil
	if _, err := e.meaning(t.Context(), "Dürfen Lehrlinge das?"); err != nil {
		t.Error(err)
	}
}

func TestBetweenOpposites(t *testing.T) {
	t.Parallel()
	a := Vector{Values: []float32{1, 0}}
	if got := between(a, Vector{Values: []float32{-1, 0}}); got.Values[0] != 1 {
		t.Errorf("%v", got.Values)
	}
	if got := between(a, Vector{Values: []float32{1}}); len(got.Values) != 2 {
		t.Errorf("%v", got.Values)
	}
}
