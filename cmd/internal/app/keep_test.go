package app

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// TestMain lets the test program be the child that reads files.
func TestMain(m *testing.M) {
	if code, is := sandbox.Child(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); is {
		os.Exit(code)
	}
	m.Run()
}

// spoken hands on the messages of a log.
type spoken chan string

func (s spoken) Enabled(context.Context, slog.Level) bool { return true }
func (s spoken) WithAttrs([]slog.Attr) slog.Handler       { return s }
func (s spoken) WithGroup(string) slog.Handler            { return s }

func (s spoken) Handle(ctx context.Context, r slog.Record) error {
	select {
	case s <- r.Message:
	case <-ctx.Done():
	}
	return nil
}

// A running bot's source that fails holds up no other, and is tried again.
func TestARunningBotGoesOnPastAFailingSource(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("da/collection.yaml", "name: alle\nreaders: alle\n")
	write("da/a.md", "Text.")
	often := time.Millisecond
	base, lib := replica(t, func(c *config.Config) {
		c.Database.URL = config.Secret(pglocal.TestDSN(t))
		c.Embedder, _ = endpoint(t, "m", 4)
		c.Sources = []config.Source{{Name: "weg", Folder: filepath.Join(dir, "weg"), Every: &often}, {Name: "da", Folder: filepath.Join(dir, "da"), Every: &often}}
	})
	said := make(spoken)
	base.Log, base.Progress = slog.New(said), io.Discard
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute) // hangs
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		(&Service{base: base, lib: lib}).keepDocuments(ctx)
	}()
	hear := func(wanted string, times int) {
		t.Helper()
		for times > 0 {
			select {
			case message := <-said:
				if message == wanted {
					times--
				}
			case <-ended:
				t.Fatalf("ended before %q", wanted)
			}
		}
	}
	hear("ingested", 2)
	hear("background work failed, will try again", 2)
	write("weg/collection.yaml", "name: zurück\nreaders: alle\n")
	write("weg/b.md", "Text.")
	for rows := 0; rows < 2 && ctx.Err() == nil; {
		hear("ingested", 1)
		found, err := lib.Store.Documents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rows = len(found)
	}
	if ctx.Err() != nil {
		t.Error("the source that came back was not taken in")
	}
	stop()
	for {
		select {
		case <-said:
		case <-ended:
			return
		}
	}
}
