package website

import (
	"crypto/sha256"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"lvr.example/sprechstunde/ingest/source/sourcetest"
	"lvr.example/sprechstunde/retrieval"
)

// site is a static server: files with ETags, and a page / that links to all of
// them and to those of other servers.
type site struct {
	*httptest.Server
	mu     sync.Mutex
	files  map[string]string // by path below /
	robots string
	more   []string // further addresses that / links to
	down   bool
	log    []string // method, path and status
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{files: map[string]string{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) host() string { return strings.TrimPrefix(s.URL, "http://") }

func (s *site) put(name, content string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[name] = content
}

func (s *site) remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, name)
}

func (s *site) setDown(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

// requests returns what was asked for since the last call, sorted.
func (s *site) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	log := s.log
	s.log = nil
	slices.Sort(log)
	return log
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	recorder := &statusWriter{ResponseWriter: w, status: http.StatusOK}
	s.serve(recorder, r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, fmt.Sprintf("%s %d", r.URL.RequestURI(), recorder.status))
}

func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	down, robots := s.down, s.robots
	content, found := s.files[strings.TrimPrefix(r.URL.Path, "/")]
	index := s.index()
	s.mu.Unlock()
	switch {
	case down:
		http.Error(w, "down", http.StatusInternalServerError)
		return
	case r.URL.Path == "/robots.txt" && robots != "":
		content, found = robots, true
	case r.URL.Path == "/":
		content, found = index, true
	}
	if !found {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", typeOf(r.URL.Path))
	w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(content)))[:20]+`"`)
	if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write([]byte(content))
}

func typeOf(path string) string {
	switch {
	case strings.HasSuffix(path, ".md"):
		return "text/markdown; charset=utf-8"
	case strings.HasSuffix(path, ".pdf"):
		return "application/pdf"
	case strings.HasSuffix(path, ".txt"):
		return "text/plain"
	case strings.HasSuffix(path, ".png"):
		return "image/png"
	case strings.HasSuffix(path, ".xml"):
		return "application/xml"
	}
	return "text/html"
}

func (s *site) index() string {
	var page strings.Builder
	page.WriteString("<title>Start</title><main>")
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		fmt.Fprintf(&page, `<a href="%s">x</a> `, html.EscapeString(escape(name)))
	}
	for _, address := range s.more {
		fmt.Fprintf(&page, `<a href="%s">x</a> `, html.EscapeString(address))
	}
	return page.String()
}

// escape makes a link to a file, as an editor's program does.
func escape(name string) string { return (&url.URL{Path: "/" + name}).EscapedPath() }

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

var staff = retrieval.Collection{Name: "Intranet", Rank: 2, Access: retrieval.Access{Staff: true}}

func open(t *testing.T, options Options) *Source {
	t.Helper()
	if options.Name == "" {
		options.Name = "intranet"
	}
	if options.Collection.Name == "" {
		options.Collection = staff
	}
	source, err := Open(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := source.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return source
}

// TestConformance has what is below zu/ on a server of its own.
func TestConformance(t *testing.T) {
	t.Parallel()
	sourcetest.Run(t, func(t *testing.T) sourcetest.Fixture {
		main, other := newSite(t), newSite(t)
		main.more = []string{other.URL + "/"}
		source := open(t, Options{Start: []string{main.URL}, Hosts: []string{main.host(), other.host()}, Depth: 3})
		at := func(name string) *site {
			if strings.HasPrefix(name, "zu/") {
				return other
			}
			return main
		}
		return sourcetest.Fixture{
			Source: source,
			Put:    func(name, content string) { at(name).put(name, content) },
			Remove: func(name string) { at(name).remove(name) },
			Path:   func(name string) string { return at(name).host() + normalize(escape(name)) },
			Break:  func() { other.setDown(true) },
			Mend:   func() { other.setDown(false) },
		}
	})
}
