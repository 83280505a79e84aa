// Package llmtest is a scripted endpoint of the OpenAI interface for tests. It
// answers with good replies and with every fault that real ones show. It
// listens on 127.0.0.1 only.
package llmtest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// Step answers one request.
type Step func(w http.ResponseWriter, r *http.Request)

// Server plays its steps in order and the last one for ever.
type Server struct {
	URL string // base address for a client

	mu       sync.Mutex
	steps    []Step
	requests []Request
}

// Request is what a client sent.
type Request struct {
	Authorization string
	Model         string  `json:"model"`
	Stream        bool    `json:"stream"`
	Temperature   float64 `json:"temperature"`
	Messages      []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
	ResponseFormat struct {
		Type       string `json:"type"`
		JSONSchema struct {
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	} `json:"response_format"`
}

// Start starts a server that ends with the test.
func Start(t testing.TB, steps ...Step) *Server {
	t.Helper()
	s := &Server{steps: steps}
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	s.URL = server.URL + "/v1"
	return s
}

// Requests returns what was asked so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// ServeHTTP plays the next step.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	request := Request{Authorization: r.Header.Get("Authorization")}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 8<<20))
	if err != nil || json.Unmarshal(raw, &request) != nil || r.URL.Path != "/v1/chat/completions" {
		http.Error(w, "no such thing", http.StatusNotFound)
		return
	}
	r = r.WithContext(context.WithValue(r.Context(), requestKey{}, request))
	s.mu.Lock()
	step := s.steps[min(len(s.requests), len(s.steps)-1)]
	s.requests = append(s.requests, request)
	s.mu.Unlock()
	step(w, r)
}

type requestKey struct{}

// requestOf is what a step is asked.
func requestOf(r *http.Request) Request {
	request, _ := r.Context().Value(requestKey{}).(Request) // none outside a Server
	return request
}

// Slow waits before a step, headers included.
func Slow(wait time.Duration, step Step) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(wait):
			step(w, r)
		case <-r.Context().Done():
		}
	}
}

// Reply streams the text word by word and ends as it should.
func Reply(text string) Step {
	return func(w http.ResponseWriter, _ *http.Request) {
		begin(w)
		for _, word := range strings.SplitAfter(text, " ") {
			io.WriteString(w, Chunk(word, "")) //nolint:errcheck // the client may have gone
		}
		io.WriteString(w, Chunk("", "stop")+"data: [DONE]\n\n") //nolint:errcheck // as above
	}
}

// Chunk is one event of a stream.
func Chunk(text, finish string) string {
	var reason any
	if finish != "" {
		reason = finish
	}
	raw, _ := json.Marshal(map[string]any{ // strings always encode
		"id": "x", "object": "chat.completion.chunk", "model": "test",
		"choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": text}, "finish_reason": reason}},
	})
	return "data: " + string(raw) + "\n\n"
}

func begin(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
}

// Raw sends a body as it is, with a type and status.
func Raw(status int, contentType, body string) Step {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		io.WriteString(w, body) //nolint:errcheck // the client may have gone
	}
}

// Busy says 429, with Retry-After unless it is empty.
func Busy(retryAfter string) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		Raw(http.StatusTooManyRequests, "application/json", `{"error":{"message":"slow down","type":"rate_limit"}}`)(w, r)
	}
}

// Stall streams a beginning and falls silent until the client goes.
func Stall(text string) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		begin(w)
		if text != "" {
			io.WriteString(w, Chunk(text, "")) //nolint:errcheck // the client may have gone
		}
		http.NewResponseController(w).Flush() //nolint:errcheck // as above
		<-r.Context().Done()
	}
}

// Silent never sends a header.
func Silent() Step { return func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() } }

// Late falls silent before the first piece of a reply, not before its headers.
func Late(wait time.Duration, text string) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		begin(w)
		http.NewResponseController(w).Flush() //nolint:errcheck // the client may have gone
		select {
		case <-time.After(wait):
			Reply(text)(w, r)
		case <-r.Context().Done():
		}
	}
}

// Endless repeats an event until the client goes.
func Endless(event string) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		begin(w)
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, event); err != nil {
				return
			}
		}
	}
}

// Drip sends a chunk each time the interval has passed, until the client goes.
func Drip(event string, interval time.Duration) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		begin(w)
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-r.Context().Done():
				return
			case <-ticker.C:
				io.WriteString(w, event)              //nolint:errcheck // the client may have gone
				http.NewResponseController(w).Flush() //nolint:errcheck // as above
			}
		}
	}
}

// Cut breaks the connection in the middle of the stream.
func Cut(before string) Step {
	return func(w http.ResponseWriter, _ *http.Request) {
		begin(w)
		io.WriteString(w, before)             //nolint:errcheck // it is broken on purpose
		http.NewResponseController(w).Flush() //nolint:errcheck // as above
		panic(http.ErrAbortHandler)
	}
}

// BrokenStreams are the faults that a client library may take for a clean end, in
// the middle of a reply.
func BrokenStreams() map[string]Step { return BrokenAfter("Sie dürfen") }

// BrokenAfter are BrokenStreams behind a beginning, which may be empty or whole.
func BrokenAfter(beginning string) map[string]Step {
	half := ""
	if beginning != "" {
		half = Chunk(beginning, "")
	}
	events := func(body string) Step { return Raw(http.StatusOK, "text/event-stream", body) }
	return map[string]Step{
		"truncated":             events(half),
		"done without a reason": events(half + "data: [DONE]\n\n"),
		"half a chunk":          events(half + `data: {"choices":[{"delta":{"cont`),
		"page instead of reply": Raw(http.StatusOK, "text/html", "<html><body>Anmeldung</body></html>"),
		"nothing at all":        events(""),
		"error event":           events(half + `data: {"error":{"message":"out of memory","type":"server_error"}}` + "\n\n"),
		"error line":            events(half + `{"error":{"message":"out of memory","type":"server_error"}}` + "\n\n"),
		"other error shape":     events(half + "event: error\ndata: {\"object\":\"error\",\"message\":\"kaputt\"}\n\n"),
		"wrong json":            events(half + "data: {\"choices\":\"keine\"}\n\n"),
		"connection cut":        Cut(half),
	}
}

// Faults is everything that an endpoint does in place of a reply, at each position of
// it: before its first piece, in its middle and behind its last word.
func Faults(reply string) map[string]Step {
	half := reply[:len(reply)/2]
	steps := map[string]Step{
		"silent": Silent(), "stall at once": Stall(""), "stall in the middle": Stall(half), "stall at the end": Stall(reply),
		"busy": Busy(""), "busy for a second": Busy("1"), "busy for long": Busy("3600"),
		"down": Raw(http.StatusInternalServerError, "text/plain", "kaputt"), "no key": Raw(http.StatusUnauthorized, "text/plain", ""),
		"no such model": Raw(http.StatusNotFound, "application/json", `{"error":{"message":"model not found"}}`),
		"drip":          Drip(": ping\n\n", 10*time.Millisecond), "drip of words": Drip(Chunk("ja ", ""), 10*time.Millisecond),
		"endless": Endless(Chunk("ja ", "")), "megabytes": Megabytes(10),
		"empty": Reply(""), "blank": Reply(" "), "nothing kept": Reply("Das weiß ich nicht."),
	}
	for where, beginning := range map[string]string{"at once": "", "in the middle": half, "at the end": reply} {
		for name, step := range BrokenAfter(beginning) {
			steps[name+" "+where] = step
		}
	}
	return steps
}

// Megabytes streams a reply of about n MiB and ends as it should.
func Megabytes(n int) Step {
	return func(w http.ResponseWriter, _ *http.Request) {
		begin(w)
		part := Chunk(strings.Repeat("Wort ", 2000), "")
		for sent := 0; sent < n<<20; sent += len(part) {
			if _, err := io.WriteString(w, part); err != nil {
				return
			}
		}
		fmt.Fprint(w, Chunk("", "stop"), "data: [DONE]\n\n")
	}
}
