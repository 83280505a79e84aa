package ingest_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// TestKilledSync kills real processes with SIGKILL while they sync, at moments
// spread over a whole sync, and compares the index with that of one that was
// left alone.
func TestKilledSync(t *testing.T) {
	t.Parallel()
	whole, broken := newHouse(t), newHouse(t)
	for i := range 150 {
		for _, h := range []*house{whole, broken} {
			h.write(fmt.Sprintf("%d/%d.md", i%7, i), fmt.Sprintf("# Titel %d\n\nText %d.\n\n## Teil\n\nMehr %d.\n", i, i, i))
		}
	}
	start := time.Now()
	whole.sync()
	took := time.Since(start)
	killed := 0
	for i := range 8 {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSyncInChild$")
		child.Env = append(os.Environ(), "INGEST_TEST_DSN="+broken.dsn, "INGEST_TEST_DIR="+broken.dir)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(took*time.Duration(i+1)/8, func() { _ = child.Process.Kill() }) // too late: it has ended
		if child.Wait() != nil {
			killed++
		}
		timer.Stop()
		awaitUnlocked(t, broken)
	}
	t.Logf("killed %d of 8", killed)
	for {
		if report := broken.sync(); report.New+report.Changed == 0 {
			break
		}
	}
	wantTexts, wantVectors := whole.serving()
	gotTexts, gotVectors := broken.serving()
	if diff := cmp.Diff(wantTexts, gotTexts); diff != "" || wantVectors != gotVectors {
		t.Errorf("%d vectors, want %d; %s", gotVectors, wantVectors, diff)
	}
}

// awaitUnlocked waits until the database has noticed that a process is gone.
func awaitUnlocked(t *testing.T, h *house) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; {
		release, err := h.store.Lock(t.Context(), "akten")
		if err == nil {
			release()
			return
		}
		if !errors.Is(err, retrieval.ErrBusy) || time.Now().After(deadline) {
			t.Fatal(err)
		}
		runtime.Gosched()
	}
}

// TestSyncInChild is the process that TestKilledSync kills.
func TestSyncInChild(t *testing.T) {
	dsn, dir := os.Getenv("INGEST_TEST_DSN"), os.Getenv("INGEST_TEST_DIR")
	if dsn == "" {
		t.Skip("run by TestKilledSync")
	}
	store, err := postgres.Open(t.Context(), dsn, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	source, err := folder.Open(dir, folder.Options{Name: "akten"})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	_, err = ingest.Sync(t.Context(), ingest.Options{
		Source: source, Store: store, Embedder: &embedder{model: retrieval.Model{Name: "m", Dimensions: 4}}, Batch: 4,
	})
	if err != nil {
		t.Fatal(err)
	}
}
