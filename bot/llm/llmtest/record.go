package llmtest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Exchange is what was asked of a real endpoint and what it said.
type Exchange struct {
	Request Request
	Reply   string // as it came, put together
	Took    time.Duration
}

// Through starts a server that hands each request on to a real endpoint (a base
// address) and notes what that one says to the end. It ends with the test.
func Through(t testing.TB, endpoint string, note func(Exchange)) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		onward, err := http.NewRequestWithContext(r.Context(), http.MethodPost, strings.TrimRight(endpoint, "/")+strings.TrimPrefix(r.URL.Path, "/v1"), bytes.NewReader(raw))
		if err != nil {
			http.Error(w, "no such endpoint", http.StatusBadGateway)
			return
		}
		onward.Header = r.Header.Clone()
		resp, err := http.DefaultClient.Do(onward)
		if err != nil {
			http.Error(w, "the endpoint is not there", http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		var said bytes.Buffer
		w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
		w.WriteHeader(resp.StatusCode)
		if _, err := io.Copy(w, io.TeeReader(resp.Body, &said)); err != nil {
			return
		}
		var request Request
		if json.Unmarshal(raw, &request) == nil && resp.StatusCode == http.StatusOK {
			note(Exchange{Request: request, Reply: streamed(&said), Took: time.Since(begun)})
		}
	}))
	t.Cleanup(server.Close)
	return server.URL + "/v1"
}

// streamed puts the pieces of a stream together.
func streamed(events io.Reader) string {
	var text strings.Builder
	lines := bufio.NewScanner(events)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var chunk struct {
			Choices []struct {
				Delta struct {
					Content string `json:"content"`
				} `json:"delta"`
			} `json:"choices"`
		}
		data, is := strings.CutPrefix(lines.Text(), "data: ")
		if is && json.Unmarshal([]byte(data), &chunk) == nil && len(chunk.Choices) > 0 {
			text.WriteString(chunk.Choices[0].Delta.Content)
		}
	}
	return text.String()
}
