package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
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

// TestIngestWatch adds, changes and removes a file under a running watch.
func TestIngestWatch(t *testing.T) {
	t.Parallel()
	dir, environ := sourceFolder(t)
	ctx, interrupt := context.WithTimeout(t.Context(), time.Minute)
	defer interrupt()
	read, out := io.Pipe()
	var complaints bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		code := run(ctx, environment{args: []string{"ingest", "--watch", "--json"}, environ: environ, stdout: out, stderr: &complaints})
		_ = out.Close()
		ended <- code
	}()
	lines := bufio.NewReader(read)
	next := func() ingested {
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
	_, _ = io.Copy(io.Discard, lines)
	if code := <-ended; code != exitOK {
		t.Errorf("exit %d after the interrupt: %s", code, complaints.String())
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
