package localpart_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"lvr.example/sprechstunde/retrieval/localpart"
)

func TestOnlyTheModelThatIsMeantCountsAsServed(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]bool{
		`{"data":[{"id":"small"}]}`:                true,
		`{"data":[{"id":"other"}]}`:                false,
		`{"data":[{"id":"small"},{"id":"other"}]}`: false,
		`{"error":"loading"}`:                      false,
		`<html>`:                                   false,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/v1/models" {
				fmt.Fprint(w, answer)
			}
		}))
		if err := localpart.Serves("small")(t.Context(), server.URL); (err == nil) != want {
			t.Errorf("%s: %v", answer, err)
		}
		server.Close()
	}
}
