package retrievaltest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"

	"lvr.example/sprechstunde/retrieval"
)

// Endpoint serves an embedder by the OpenAI embeddings interface, as a house's
// own gateway would, until the test ends. It returns the address up to /v1.
func Endpoint(t interface{ Cleanup(func()) }, e retrieval.Embedder) (url string) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request struct{ Input []string }
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		vectors, err := e.EmbedPassages(r.Context(), request.Input)
		if err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		type row struct {
			Object    string    `json:"object"`
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		}
		data := make([]row, len(vectors))
		for i, v := range vectors {
			data[i] = row{"embedding", i, v.Values}
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data}) // the client sees a cut answer
	}))
	t.Cleanup(server.Close)
	return server.URL + "/v1"
}
