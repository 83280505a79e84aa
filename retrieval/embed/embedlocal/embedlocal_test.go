package embedlocal

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"lvr.example/sprechstunde/retrieval/localpart"
)

func TestQueryFindsItsPassage(t *testing.T) {
	t.Parallel()
	s := Test(t)
	query := embed(t, s, ModelQuery, "Darf ich Personalakten in die KI geben?")[0]
	passages := embed(t, s, ModelPassage,
		"Der Garten wird im Frühjahr neu bepflanzt.",
		"Personenbezogene Daten dürfen nicht in KI-Dienste eingegeben werden.")
	for i, v := range append(passages, query) {
		if len(v) != Dimensions {
			t.Fatalf("vector %d has %d dimensions, want %d", i, len(v), Dimensions)
		}
	}
	if off, on := dot(query, passages[0]), dot(query, passages[1]); on <= off {
		t.Errorf("similarity to the fitting passage = %.3f, to the other = %.3f", on, off)
	}
}

func TestModelNameSetsPrefix(t *testing.T) {
	t.Parallel()
	s := Test(t)
	text := "Sprechstunde"
	if same := dot(embed(t, s, ModelQuery, text)[0], embed(t, s, ModelPassage, text)[0]); same > 0.9999 {
		t.Errorf("query and passage have the same vector (similarity %.5f)", same)
	}
}

func embed(t *testing.T, s *localpart.Use, model string, texts ...string) [][]float64 {
	t.Helper()
	body, err := json.Marshal(map[string]any{"model": model, "input": texts, "encoding_format": "float"})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.BaseURL()+"/embeddings", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer struct {
		Data []struct{ Embedding []float64 }
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK || len(answer.Data) != len(texts) {
		t.Fatalf("status %s with %d vectors for %d texts", resp.Status, len(answer.Data), len(texts))
	}
	vectors := make([][]float64, 0, len(texts))
	for _, d := range answer.Data {
		vectors = append(vectors, d.Embedding)
	}
	return vectors
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
