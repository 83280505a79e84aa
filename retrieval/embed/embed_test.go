package embed_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval/embed"
)

// endpoint answers embedding requests; each vector begins with the length of
// its text, so that tests see the order.
func endpoint(t *testing.T, seen *[]string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request struct {
			Model string
			Input []string
		}
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
			t.Error(err)
		}
		var rows []string
		for i, text := range slices.Backward(request.Input) { // any order is allowed
			*seen = append(*seen, request.Model+"|"+text)
			rows = append(rows, fmt.Sprintf(`{"object":"embedding","index":%d,"embedding":[%d,1,0]}`, i, len(text)))
		}
		fmt.Fprintf(w, `{"object":"list","data":[%s]}`, strings.Join(rows, ","))
	}))
	t.Cleanup(server.Close)
	return server
}

func client(t *testing.T, c embed.Config) *embed.Client {
	t.Helper()
	if c.PassageModel == "" {
		c.PassageModel = "m"
	}
	client, err := embed.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestBatchesPrefixesAndOrder(t *testing.T) {
	t.Parallel()
	var seen []string
	server := endpoint(t, &seen)
	c := client(t, embed.Config{
		BaseURL: server.URL + "/v1", Name: "e5", QueryModel: "e5-query", PassageModel: "e5-passage",
		QueryPrefix: "query: ", PassagePrefix: "passage: ", Batch: 2,
	})
	if got := c.Model().Dimensions; got != 0 {
		t.Errorf("dimension %d before the first answer", got)
	}
	vectors, err := c.EmbedPassages(t.Context(), []string{"a", "bb", "ccc"})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range vectors {
		if want := float32(len("passage: ") + i + 1); v.Values[0] != want || v.Model.Name != "e5" || v.Model.Dimensions != 3 {
			t.Errorf("vector %d: %+v, want first number %v", i, v, want)
		}
	}
	if v, err := c.EmbedQueries(t.Context(), "wo", "wohin"); err != nil || len(v) != 2 || v[0].Values[0] >= v[1].Values[0] {
		t.Fatal(err)
	}
	want := []string{"e5-passage|passage: bb", "e5-passage|passage: a", "e5-passage|passage: ccc", "e5-query|query: wohin", "e5-query|query: wo"}
	if !slices.Equal(seen, want) {
		t.Errorf("requests %q, want %q", seen, want)
	}
	if vectors, err := c.EmbedPassages(t.Context(), nil); err != nil || len(vectors) != 0 {
		t.Errorf("no texts: %v, %v", vectors, err)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	row := `{"data":[{"index":0,"embedding":%s}]}`
	for name, tc := range map[string]struct {
		status    int
		body      string
		want      embed.Kind
		temporary bool
	}{
		"busy":         {503, `{"error":{"message":"GEHEIME FRAGE"}}`, embed.Busy, true},
		"limit":        {429, `{}`, embed.Busy, true},
		"token":        {401, `{"error":{"message":"GEHEIME FRAGE"}}`, embed.Refused, false},
		"model":        {404, `nicht da GEHEIME FRAGE`, embed.Refused, false},
		"no interface": {200, `<html>`, embed.BadAnswer, false},
		"cut":          {200, `{"data":[{"ind`, embed.BadAnswer, false},
		"NaN":          {200, fmt.Sprintf(row, `[NaN,1,1]`), embed.BadAnswer, false},
		"infinite":     {200, fmt.Sprintf(row, `[1e39,1,1]`), embed.BadAnswer, false},
		"zero":         {200, fmt.Sprintf(row, `[0,0,0]`), embed.BadAnswer, false},
		"empty":        {200, fmt.Sprintf(row, `[]`), embed.BadAnswer, false},
		"too few":      {200, `{"data":[]}`, embed.BadAnswer, false},
		"bad index":    {200, `{"data":[{"index":7,"embedding":[1,1,1]}]}`, embed.BadAnswer, false},
		"dimension":    {200, fmt.Sprintf(row, `[1,1]`), embed.WrongDimension, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tc.status)
				fmt.Fprint(w, tc.body)
			}))
			defer server.Close()
			c := client(t, embed.Config{BaseURL: server.URL, Dimensions: 3})
			_, err := c.EmbedQueries(t.Context(), "GEHEIME FRAGE")
			var fault *embed.Error
			if !errors.As(err, &fault) || fault.Kind != tc.want || fault.Temporary() != tc.temporary {
				t.Fatalf("got %v, want kind %q", err, tc.want)
			}
			if strings.Contains(err.Error(), "GEHEIM") {
				t.Errorf("text in error: %v", err)
			}
		})
	}
}

func TestHangingEndpoint(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	c := client(t, embed.Config{BaseURL: server.URL, QueryTimeout: 20 * time.Millisecond})
	err := c.Check(t.Context())
	var fault *embed.Error
	if !errors.As(err, &fault) || fault.Kind != embed.Slow || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.EmbedQueries(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled by the caller: got %v", err)
	}
}

func TestUnreachableEndpoint(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	err := client(t, embed.Config{BaseURL: server.URL}).Check(t.Context())
	var fault *embed.Error
	if !errors.As(err, &fault) || fault.Kind != embed.Unreachable || !fault.Temporary() {
		t.Errorf("got %v", err)
	}
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []embed.Config{{}, {BaseURL: "http://127.0.0.1:1/v1"}, {BaseURL: "x", PassageModel: "m", Dimensions: -1}} {
		if _, err := embed.New(c); err == nil {
			t.Errorf("%+v: no error", c)
		}
	}
}
