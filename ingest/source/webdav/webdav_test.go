package webdav

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/webdav"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/sourcetest"
)

// share is a real WebDAV server on a folder in memory, with users.
type share struct {
	*httptest.Server
	files  webdav.FileSystem
	locked atomic.Value // prefix of paths that it does not give out
	status atomic.Int64 // for what is locked
}

func newShare(t *testing.T) *share {
	t.Helper()
	s := &share{files: webdav.NewMemFS()}
	s.locked.Store("")
	s.status.Store(http.StatusForbidden)
	handler := &webdav.Handler{Prefix: "/remote.php/dav/files/bot", FileSystem: s.files, LockSystem: webdav.NewMemLS()}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, basic := r.BasicAuth()
		known := basic && user == "bot" && password == "geheim"
		if !known && r.Header.Get("Authorization") != "Bearer zeichen" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		if locked := s.locked.Load().(string); locked != "" && strings.Contains(r.URL.Path, locked) {
			w.WriteHeader(int(s.status.Load()))
			return
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	s.put(t, "collection.yaml", "name: Akten\nreaders: alle\n")
	return s
}

func (s *share) address() string { return s.URL + "/remote.php/dav/files/bot" }

func (s *share) put(t *testing.T, name, content string) {
	t.Helper()
	ctx := context.Background()
	for i := range name {
		if name[i] == '/' {
			if err := s.files.Mkdir(ctx, "/"+name[:i], 0o755); err != nil && !os.IsExist(err) {
				t.Fatal(err)
			}
		}
	}
	file, err := s.files.OpenFile(ctx, "/"+name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
}

func (s *share) open(t *testing.T, options Options) *Source {
	t.Helper()
	options.Name, options.URL = "wolke", s.address()
	if options.Token == "" && options.User == "" {
		options.User, options.Password = "bot", "geheim"
	}
	source, err := Open(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	return source
}

func TestConformance(t *testing.T) {
	t.Parallel()
	sourcetest.Run(t, func(t *testing.T) sourcetest.Fixture {
		s := newShare(t)
		return sourcetest.Fixture{
			Source: s.open(t, Options{}),
			Put:    func(name, content string) { s.put(t, name, content) },
			Remove: func(name string) {
				if err := s.files.RemoveAll(context.Background(), "/"+name); err != nil {
					t.Fatal(err)
				}
			},
			Path:  func(name string) string { return name },
			Break: func() { s.locked.Store("/zu") },
			Mend:  func() { s.locked.Store("") },
		}
	})
}

// items returns one line for each item.
func items(t *testing.T, source *Source) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := source.List(t.Context(), func(item ingest.Item) error {
		out[item.Path] = fmt.Sprintf("%s %v %t %t", item.Collection.Name, item.Problem, item.Unclear, item.Folder)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSettingsThatCannotBeAskedForWithdrawNothing(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	s.put(t, "a.md", "# A")
	s.put(t, "intern/collection.yaml", "name: Intern\nreaders: [haus/intern]\n")
	s.put(t, "intern/b.md", "# B")
	source := s.open(t, Options{Token: "zeichen"})
	if got := items(t, source); got["intern/b.md"] != "Intern <nil> false false" || got["a.md"] != "Akten <nil> false false" {
		t.Errorf("got %v", got)
	}
	s.locked.Store("intern/collection.yaml")
	s.status.Store(http.StatusBadGateway)
	if got := items(t, source); !strings.HasSuffix(got["intern"], "false true") || got["intern/b.md"] != "" || got["a.md"] == "" {
		t.Errorf("not reached: %v", got)
	}
	s.locked.Store("")
	s.put(t, "intern/collection.yaml", "name: Intern\nleser: alle\n")
	if got := items(t, source); !strings.HasSuffix(got["intern/b.md"], "true false") {
		t.Errorf("damaged: %v", got)
	}
}

func TestLoginIsSaidToFail(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	err := s.open(t, Options{User: "bot", Password: "falsch"}).Check(t.Context())
	if err == nil || !strings.Contains(err.Error(), "app password") || strings.Contains(err.Error(), "falsch") {
		t.Errorf("got %v", err)
	}
	if err := s.open(t, Options{}).Check(t.Context()); err != nil {
		t.Error(err)
	}
	s.locked.Store("/")
	if err := s.open(t, Options{}).List(t.Context(), func(ingest.Item) error { return nil }); err == nil {
		t.Error("a server that gives nothing out has an empty listing")
	}
}

// TestHostileServer answers with what lies elsewhere, and sends to other hosts.
func TestHostileServer(t *testing.T) {
	t.Parallel()
	foreign := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("asked with %q", r.Header.Get("Authorization"))
	}))
	defer foreign.Close()
	answer := func(hrefs ...string) string {
		out := `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">`
		for _, href := range hrefs {
			out += "<D:response><D:href>" + href + "</D:href><D:propstat><D:status>HTTP/1.1 200 OK</D:status><D:prop>" +
				"<D:resourcetype/><D:getcontentlength>1</D:getcontentlength><D:getetag>\"1\"</D:getetag></D:prop></D:propstat></D:response>"
		}
		return out + "</D:multistatus>"
	}
	var body atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text := body.Load().(string)
		if target, ok := strings.CutPrefix(text, "->"); ok {
			http.Redirect(w, r, target, http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusMultiStatus)
		fmt.Fprint(w, text)
	}))
	defer server.Close()
	source, err := Open(Options{Name: "x", URL: server.URL + "/dav/", User: "u", Password: "p"})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	body.Store(answer("/dav/gut.md", "/dav/", "/dav/../../etc/passwd", "/dav/%2e%2e/x.md", "/dav/a%2Fb.md", "/dav/tief/er.md", foreign.URL+"/dav/fremd.md", "/dav/gut.md", "/dav/%00.md"))
	entries, err := source.ReadDir(t.Context(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name != path.Base(e.Name) || e.Name != "gut.md" && e.Name != "fremd.md" {
			t.Errorf("lists %q", e.Name)
		}
	}
	for _, text := range []string{"->" + foreign.URL, "", "<html>", "<D:multistatus xmlns:D='DAV:'>", answer("http://[::1")} {
		body.Store(text)
		if got, err := source.ReadDir(t.Context(), "."); err == nil {
			t.Errorf("%.40q gives %v", text, got)
		}
	}
}

func TestOptionsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "wolke.example/dav", "ftp://wolke.example/", "https://u:p@wolke.example/", "https://wolke.example/?x=1"} {
		if _, err := Open(Options{URL: address}); err == nil || !strings.Contains(err.Error(), "https://") || strings.Contains(err.Error(), "u:p") {
			t.Errorf("%q: %v", address, err)
		}
	}
}
