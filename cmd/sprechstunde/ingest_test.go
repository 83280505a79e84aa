package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/webdav"
)

// reported is what a program reads of `ingest --json`.
type reported struct {
	Sources []ingested `json:"sources"`
}

func sourceFolder(t *testing.T) (dir string, environ []string) {
	t.Helper()
	dir = t.TempDir()
	write(t, dir, "docs/collection.yaml", "name: alle\nrank: 1\nreaders: all\n")
	write(t, dir, "docs/merkblatt.md", leaflet)
	write(t, dir, "sprechstunde.yaml", "sources:\n  - name: akten\n    folder: docs\n    every: 1h\n")
	return filepath.Join(dir, "docs"), append(parts(t), "SPRECHSTUNDE_CONFIG="+filepath.Join(dir, "sprechstunde.yaml"))
}

func TestIngestDryRun(t *testing.T) {
	t.Parallel()
	dir, environ := sourceFolder(t)
	dry := func(exit int) ingested {
		t.Helper()
		var r reported
		call(t, environ, "ingest", "--dry-run", "--json").exits(exit).decode(&r)
		if len(r.Sources) != 1 || r.Sources[0].Changes == nil {
			t.Fatalf("%+v", r)
		}
		return r.Sources[0]
	}
	for range 2 { // the first one wrote nothing
		if r := dry(exitOK); r.New != 1 || len(r.Changes) != 1 || r.Changes[0] != (change{"merkblatt.md", "new", "not in the index"}) {
			t.Errorf("%+v", r)
		}
	}
	call(t, environ, "documents", "list", "--json").exits(exitNothing)
	call(t, environ, "ingest").exits(exitOK).shows("source", "akten", "unchanged")
	if r := dry(exitOK); r.Unchanged != 1 || len(r.Changes) != 0 {
		t.Errorf("%+v", r)
	}
	write(t, dir, "leer.md", "")
	call(t, environ, "ingest", "--dry-run").exits(exitNothing).shows("nothing was written", "quarantined", "akten/leer.md: empty")
	call(t, environ, "ingest", "--dry-run", "--watch").exits(exitUsage).complains("exclude")
	call(t, environ, "ingest", "--dry-run", "--source", "fremd").exits(exitUsage).complains("fremd")
}

// cloud is a WebDAV server with one document, which can refuse to list.
func cloud(t *testing.T) (url string, refuse func(bool)) {
	t.Helper()
	files := webdav.NewMemFS()
	for name, text := range map[string]string{"/collection.yaml": "name: wolke\nreaders: alle\n", "/regel.md": "# Regel\n\nText.\n"} {
		file, err := files.OpenFile(t.Context(), name, os.O_CREATE|os.O_WRONLY, 0o644)
		if err == nil {
			_, err = file.Write([]byte(text))
		}
		if err != nil || file.Close() != nil {
			t.Fatal(err)
		}
	}
	var refuses atomic.Bool
	handler := &webdav.Handler{FileSystem: files, LockSystem: webdav.NewMemLS()}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refuses.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, refuses.Store
}

func TestAFailingSourceStopsNoOther(t *testing.T) {
	t.Parallel()
	url, refuse := cloud(t)
	dir := t.TempDir()
	write(t, dir, "docs/collection.yaml", "name: alle\nrank: 1\nreaders: all\n")
	write(t, dir, "docs/merkblatt.md", leaflet)
	environ := append(parts(t), "SPRECHSTUNDE_CONFIG="+write(t, dir, "s.yaml", "sources:\n"+
		"  - {name: wolke, webdav: {url: '"+url+"'}}\n  - {name: weg, folder: gibtesnicht}\n  - {name: akten, folder: docs}\n"))
	ingest := func(exit int, more ...string) map[string]ingested {
		t.Helper()
		var r reported
		call(t, environ, append([]string{"ingest", "--json"}, more...)...).exits(exit).complains("weg", "gibtesnicht").decode(&r)
		by := map[string]ingested{}
		for _, s := range r.Sources {
			by[s.Source] = s
		}
		if len(by) != 3 || !strings.Contains(by["weg"].Failed, "gibtesnicht") || by["akten"].Failed != "" {
			t.Fatalf("%+v", r)
		}
		return by
	}
	for _, more := range [][]string{{"--dry-run"}, nil} {
		if by := ingest(exitFailed, more...); by["wolke"].New != 1 || by["akten"].New != 1 {
			t.Errorf("%v: %+v", more, by)
		}
	}
	refuse(true)
	write(t, dir, "docs/neu.md", "# Neu\n\nText.\n")
	for _, more := range [][]string{{"--dry-run"}, nil} {
		by := ingest(exitFailed, more...)
		if w := by["wolke"]; !strings.Contains(w.Failed, "500") || w.Gone != 0 || w.Skipped == nil || by["akten"].New != 1 {
			t.Errorf("%v: %+v", more, by)
		}
	}
	call(t, environ, "ingest").exits(exitFailed).shows("failed       wolke", "500", "failed       weg").complains("wolke", "500")
	var kept struct{ Document listedDocument }
	call(t, environ, "documents", "show", "regel.md", "--json").exits(exitOK).decode(&kept)
	if kept.Document.State != "indexed" {
		t.Errorf("of a source that could not be listed: %+v", kept.Document)
	}
	refuse(false)
	if by := ingest(exitFailed); by["wolke"].Failed != "" || by["wolke"].Unchanged != 1 {
		t.Errorf("back again: %+v", by)
	}
}

// TestWatchGoesOnPastAFailingSource begins while a server refuses to list.
func TestWatchGoesOnPastAFailingSource(t *testing.T) {
	t.Parallel()
	url, refuse := cloud(t)
	refuse(true)
	dir := t.TempDir()
	write(t, dir, "docs/collection.yaml", "name: alle\nrank: 1\nreaders: all\n")
	write(t, dir, "docs/merkblatt.md", leaflet)
	next, interrupt := watch(t, append(parts(t), "SPRECHSTUNDE_CONFIG="+write(t, dir, "s.yaml", "sources:\n"+
		"  - {name: weg, folder: gibtesnicht, every: 1h}\n  - {name: wolke, webdav: {url: '"+url+"'}, every: 10ms}\n"+
		"  - {name: akten, folder: docs, every: 1h}\n")))
	first := map[string]ingested{}
	for range 3 {
		r := next()
		first[r.Source] = r
	}
	if first["weg"].Failed == "" || !strings.Contains(first["wolke"].Failed, "500") || first["akten"].New != 1 {
		t.Fatalf("%+v", first)
	}
	refuse(false)
	if r := next(); r.Source != "wolke" || r.New != 1 || r.Failed != "" {
		t.Errorf("when the server is back: %+v", r)
	}
	interrupt()
}

// TestIngestWatch adds, changes and removes a file under a running watch.
func TestIngestWatch(t *testing.T) {
	t.Parallel()
	dir, environ := sourceFolder(t)
	next, interrupt := watch(t, environ)
	if r := next(); r.New != 1 {
		t.Errorf("at first: %+v", r)
	}
	write(t, dir, "neu/neu.md", "# Neu\n\nText.\n")
	if r := next(); r.New != 1 || r.Unchanged != 1 {
		t.Errorf("a new file: %+v", r)
	}
	write(t, dir, "neu/neu.md", "# Neu\n\nAnderer Text.\n")
	if r := next(); r.Changed != 1 {
		t.Errorf("a changed file: %+v", r)
	}
	if err := os.RemoveAll(filepath.Join(dir, "neu")); err != nil {
		t.Fatal(err)
	}
	if r := next(); r.Gone != 1 {
		t.Errorf("a file less: %+v", r)
	}
	interrupt()
}

// watch begins `ingest --watch`. next returns its next line, interrupt ends it.
func watch(t *testing.T, environ []string) (next func() ingested, interrupt func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // hangs
	t.Cleanup(cancel)
	read, out := io.Pipe()
	var complaints bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		code := run(ctx, environment{args: []string{"ingest", "--watch", "--json"}, environ: environ, stdout: out, stderr: &complaints})
		_ = out.Close()
		ended <- code
	}()
	lines := bufio.NewReader(read)
	next = func() ingested {
		t.Helper()
		line, err := lines.ReadBytes('\n')
		var r reported
		if err == nil {
			err = json.Unmarshal(line, &r)
		}
		if err != nil || len(r.Sources) != 1 {
			t.Fatalf("%s, %v, exit %d, stderr %s", line, err, <-ended, complaints.String())
		}
		return r.Sources[0]
	}
	return next, func() {
		t.Helper()
		cancel()
		_, _ = io.Copy(io.Discard, lines)
		if code := <-ended; code != exitOK {
			t.Errorf("exit %d after the interrupt: %s", code, complaints.String())
		}
	}
}

// TestCollectionOfASource takes collection and owner from the configuration.
func TestCollectionOfASource(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "docs/ki.md", "# KI\n\nText.\n")
	environ := append(parts(t), "SPRECHSTUNDE_CONFIG="+write(t, dir, "s.yaml",
		"sources:\n  - name: haus\n    folder: docs\n    collection: {name: Regeln, readers: alle, owner: Zentrum KI (@m.muster)}\n"))
	call(t, environ, "ingest").exits(exitOK)
	var shown struct{ Document listedDocument }
	call(t, environ, "documents", "show", "ki.md", "--json").exits(exitOK).decode(&shown)
	if d := shown.Document; d.Collection != "Regeln" || d.Owner != "Zentrum KI" || d.Contact != "m.muster" {
		t.Errorf("%+v", d)
	}
}

// TestNothingIsSkippedUnsaid shows files that nobody reads as a count in the closing
// table, and one by one in the list of documents; what no person put there is
// counted only. They are no failure; a document that cannot be read is one.
func TestNothingIsSkippedUnsaid(t *testing.T) {
	t.Parallel()
	dir, environ := sourceFolder(t)
	for _, name := range []string{"a.mp4", "b.mp4", "LIESMICH", "foto.jpg", "Thumbs.db", ".DS_Store", "~$brief.docx"} {
		write(t, dir, name, "x")
	}
	table := call(t, environ, "ingest").exits(exitOK).stdout
	for _, line := range []string{
		`quarantined  akten: 2 × unsupported type: no reader for files ending in ".mp4"`, "quarantined  akten: 1 × unsupported type: no reader for files without an ending",
		"quarantined  akten: 1 × picture: if it shows text, save it as PDF with recognised text", "skipped      akten: 3 × hidden",
	} {
		if !strings.Contains(table, line+"\n") {
			t.Errorf("no line %q in\n%s", line, table)
		}
	}
	var listed struct {
		Documents []struct {
			Path string `json:"path"`
			Code string `json:"reason_code"`
		} `json:"documents"`
	}
	call(t, environ, "documents", "list", "--json").exits(exitOK).decode(&listed)
	codes := map[string]string{}
	for _, d := range listed.Documents {
		codes[d.Path] = d.Code
	}
	want := map[string]string{"merkblatt.md": "", "a.mp4": "unsupported", "b.mp4": "unsupported", "LIESMICH": "unsupported", "foto.jpg": "picture"}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	write(t, dir, "kaputt.docx", "PK\x03\x04")
	call(t, environ, "ingest").exits(exitNothing).shows("kaputt.docx: damaged")
}
