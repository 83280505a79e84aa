package supervise

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

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

// A running bot's source that fails holds up no other, and is tried again; the same
// reason is said once.
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
	site := apptest.Site(t, func(c *config.Config) {
		c.Database.URL = config.Secret(pglocal.TestDSN(t))
		c.Embedder, _ = apptest.Endpoint(t, "m", 4)
		c.Sources = []config.Source{{Name: "weg", Folder: filepath.Join(dir, "weg"), Every: &often}, {Name: "da", Folder: filepath.Join(dir, "da"), Every: &often}}
	})
	n := apptest.Open(t, site, neighbours.Needs{Database: true, Embedders: true, Reader: true})
	lib, err := library.Open(t.Context(), n, "")
	if err != nil {
		t.Fatal(err)
	}
	said := make(spoken)
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute) // hangs
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		Keep(ctx, site.Config, &sources.Ingester{Neighbours: n, Library: lib}, slog.New(said))
	}()
	failures := 0
	hear := func(wanted string, times int) {
		t.Helper()
		for times > 0 {
			select {
			case message := <-said:
				if message == "source failed, will try again" {
					failures++
				}
				if message == wanted {
					times--
				}
			case <-ended:
				t.Fatalf("ended before %q", wanted)
			}
		}
	}
	hear("source failed, will try again", 1)
	hear("ingested", 3) // of the other one, while the first is tried again and again
	write("anderswo/collection.yaml", "name: zurück\nreaders: alle\n")
	write("anderswo/b.md", "Text.")
	if err := os.Rename(filepath.Join(dir, "anderswo"), filepath.Join(dir, "weg")); err != nil { // whole, or not at all
		t.Fatal(err)
	}
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
	if failures != 1 {
		t.Errorf("that it fails was said %d times", failures)
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

// A source that fails is tried again later each time, up to its own schedule.
func TestRetriesGetRarer(t *testing.T) {
	t.Parallel()
	away := errors.New("status 503")
	retries := func(every time.Duration) []time.Duration {
		k := newKeeper(keeping{outlook: func(outlook) {}}, kept{config.Source{Name: "wolke", WebDAV: &config.WebDAV{}}, every, every})
		k.listen(t.Context())
		var pauses []time.Duration
		for range 12 {
			pauses = append(pauses, k.pause(away))
		}
		if pause := k.pause(nil); pause != every {
			t.Errorf("well again: looked at after %s, want %s", pause, every)
		}
		return append(pauses, k.pause(away))
	}
	for i, pause := range retries(24 * time.Hour) {
		middle := min(firstRetry<<i, lastRetry)
		if i == 12 {
			middle = firstRetry // after a success
		}
		if pause < middle/2 || pause > middle*3/2+1 {
			t.Errorf("retry %d after %s, want about %s", i, pause, middle)
		}
	}
	for _, pause := range retries(time.Minute)[5:12] {
		if pause != time.Minute {
			t.Errorf("retry after %s, though it is looked at every minute", pause)
		}
	}
}

// A folder that is not there when the work begins, or goes, is heard as soon as it
// is there again.
func TestAFolderThatComesLaterIsHeard(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "freigabe")
	var said []bool
	task := keeping{outlook: func(o outlook) {
		said = append(said, o.told)
		if (o.why == nil) != o.told || o.told != (o.every == time.Hour) {
			t.Errorf("%+v", o)
		}
	}}
	k := newKeeper(task, kept{config.Source{Name: "freigabe", Folder: dir}, time.Hour, time.Minute})
	k.listen(t.Context())
	k.listen(t.Context()) // said once
	for range 2 {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		k.listen(t.Context())
		if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte("Text."), 0o600); err != nil {
			t.Fatal(err)
		}
		if !k.await(t.Context(), time.Hour) || k.changed == nil {
			t.Fatal("a new file is not told")
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		for k.changed != nil {
			k.await(t.Context(), time.Hour)
		}
		k.listen(t.Context())
	}
	if want := []bool{false, true, false, true, false}; !slices.Equal(said, want) {
		t.Errorf("said %v, want %v", said, want)
	}
}
