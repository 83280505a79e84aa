package retrievaltest_test

import (
	"testing"

	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

func TestHouseConforms(t *testing.T) {
	t.Parallel()
	retrievaltest.Conform(t, func(t *testing.T, documents ...retrievaltest.Given) retrievaltest.Holder {
		t.Helper()
		h := &retrievaltest.House{Embedder: retrievaltest.Embedder{}}
		for _, d := range documents {
			if _, err := h.Add(t.Context(), d.Document, d.Texts...); err != nil {
				t.Fatal(err)
			}
		}
		return h
	})
}
