package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

var nextModel = retrieval.Model{Name: "next", Dimensions: 6}

// sets returns the embedding sets as "name state documents/pending".
func (h *house) sets() []string {
	h.t.Helper()
	sets, err := h.store.EmbeddingSets(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	var all []string
	for _, s := range sets {
		all = append(all, fmt.Sprintf("%s %s %d/%d", s.Model.Name, s.State, s.Documents, s.Pending))
	}
	return all
}

func (h *house) wantSets(want ...string) {
	h.t.Helper()
	if got := h.sets(); !slices.Equal(got, want) {
		h.t.Errorf("got %q, want %q", got, want)
	}
}

// fill writes documents and takes them in.
func (h *house) fill(documents int) {
	h.t.Helper()
	for i := range documents {
		h.write(fmt.Sprintf("%d.md", i), fmt.Sprintf("# Titel %d\n\nText %d. Noch ein Satz %d. Und einer.\n", i, i, i))
	}
	h.sync()
}

func TestBuildServeRemove(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.fill(20)
	next := &embedder{model: nextModel}
	var shown []int
	documents, err := ingest.Build(t.Context(), ingest.BuildOptions{
		Store: h.store, Embedder: next, Progress: func(done, total int) {
			if total != 20 {
				t.Errorf("%d of %d", done, total)
			}
			shown = append(shown, done)
		},
	})
	if err != nil || documents != 20 || !slices.Equal(shown, []int{8, 16, 20}) {
		t.Fatalf("%d documents, shown %v, %v", documents, shown, err)
	}
	h.wantSets("m active 20/0", "next complete 20/0")
	if documents, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: h.store, Embedder: next}); err != nil || documents != 0 {
		t.Errorf("again: %d documents, %v", documents, err)
	}
	h.write("0.md", "# Titel 0\n\nAnders.\n")
	h.write("neu.md", "# Neu\n\nGanz neu.\n")
	h.sync(func(o *ingest.Options) { o.Next = next })
	h.wantSets("m active 21/0", "next complete 21/0")
	if err := h.store.SwitchSet(t.Context(), nextModel); err != nil {
		t.Fatal(err)
	}
	h.write("1.md", "# Titel 1\n\nNach dem Wechsel.\n")
	old := h.embedder
	h.embedder = next
	h.sync()
	h.wantSets("next active 21/0", "m retired 20/1")
	if err := h.store.SwitchSet(t.Context(), old.model); err == nil {
		t.Error("switched back to a set that a document lacks")
	}
	if documents, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: h.store, Embedder: old}); err != nil || documents != 1 {
		t.Errorf("completed for going back: %d documents, %v", documents, err)
	}
	if err := h.store.SwitchSet(t.Context(), old.model); err != nil {
		t.Error(err)
	}
	if err := h.store.RemoveSet(t.Context(), nextModel, nil); err != nil {
		t.Error(err)
	}
	h.wantSets("m active 21/0")
}

// TestKilledBuild kills real processes with SIGKILL while they build, and goes
// on until the set is complete.
func TestKilledBuild(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.fill(120)
	embedded := 0
	killed := 0
	for round := 0; ; round++ {
		if round == 40 {
			t.Fatalf("not complete: %q", h.sets())
		}
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestBuildInChild$")
		child.Env = append(os.Environ(), "INGEST_TEST_DSN="+h.dsn, "INGEST_TEST_DIR="+h.dir)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		before := embedded
		for embedded < min(before+16, 120) { // let it make some, then kill it
			sets, err := h.store.EmbeddingSets(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(sets) == 2 {
				embedded = sets[1].Documents
			}
			runtime.Gosched()
		}
		if embedded == 120 {
			if err := child.Wait(); err != nil {
				t.Fatal(err)
			}
			break
		}
		_ = child.Process.Kill()
		if child.Wait() != nil {
			killed++
		}
		h.awaitBuilder()
	}
	if killed == 0 {
		t.Error("no build was killed")
	}
	t.Logf("killed %d", killed)
	h.wantSets("m active 120/0", "next complete 120/0")
	if _, vectors := h.serving(); vectors%2 != 0 {
		t.Errorf("%d vectors: the two sets differ", vectors)
	}
	if err := h.store.SwitchSet(t.Context(), nextModel); err != nil {
		t.Error(err)
	}
}

// awaitBuilder waits until the database has noticed that a builder is gone.
func (h *house) awaitBuilder() {
	h.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; {
		release, err := h.store.LockSet(h.t.Context(), nextModel)
		if err == nil {
			release()
			return
		}
		if !errors.Is(err, retrieval.ErrBusy) || time.Now().After(deadline) {
			h.t.Fatal(err)
		}
		runtime.Gosched()
	}
}

// TestBuildInChild is the process that TestKilledBuild kills.
func TestBuildInChild(t *testing.T) {
	dsn := os.Getenv("INGEST_TEST_DSN")
	if dsn == "" {
		t.Skip("run by TestKilledBuild")
	}
	store, err := postgres.Open(t.Context(), dsn, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: store, Embedder: &embedder{model: nextModel}}); err != nil {
		t.Fatal(err)
	}
}

// during calls back while texts are embedded.
type during struct {
	*embedder
	do func(ctx context.Context)
}

func (d during) EmbedPassages(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	d.do(ctx)
	return d.embedder.EmbedPassages(ctx, texts)
}

func TestSecondBuilderAndChangesDuringABuild(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.fill(10)
	var calls atomic.Int32
	building := during{&embedder{model: nextModel}, func(ctx context.Context) {
		if calls.Add(1) != 1 {
			return
		}
		_, err := ingest.Build(ctx, ingest.BuildOptions{Store: h.store, Embedder: &embedder{model: nextModel}})
		if !errors.Is(err, retrieval.ErrBusy) {
			t.Errorf("a second builder: %v", err)
		}
		if err := h.store.RemoveSet(ctx, nextModel, nil); !errors.Is(err, retrieval.ErrBusy) {
			t.Errorf("removed meanwhile: %v", err)
		}
		h.write("3.md", "# Titel 3\n\nWährend des Baus geändert. Mit mehr. Und mehr. Und noch mehr.\n")
		h.write("neu.md", "# Neu\n\nWährend des Baus dazugekommen.\n")
		h.remove("4.md")
		h.sync() // its embedder of the next set is away
	}}
	documents, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: h.store, Embedder: building})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d documents saved", documents)
	h.wantSets("m active 10/0", "next complete 10/0")
	var differing int
	err = h.store.Pool().QueryRow(t.Context(), `
		SELECT count(*) FROM (SELECT passage_id, ordinal FROM embedding GROUP BY passage_id, ordinal HAVING count(DISTINCT hash) <> 1 OR count(*) <> 2) d`).Scan(&differing)
	if err != nil || differing != 0 {
		t.Errorf("%d units differ between the sets, %v", differing, err)
	}
}

func TestBuildGoesOnWhenTheEmbedderIsBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.fill(10)
	next := &embedder{model: nextModel, spoil: func([]retrieval.Vector) ([]retrieval.Vector, error) { return nil, awayError{} }}
	_, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: h.store, Embedder: next})
	if err == nil || !strings.Contains(err.Error(), "run it again") {
		t.Errorf("got %v", err)
	}
	h.wantSets("m active 10/0", "next building 0/10")
	h.write("0.md", "# Titel 0\n\nAnders.\n")
	report := h.sync(func(o *ingest.Options) { o.Next = next }) // the active set is not held up
	if report.Changed != 1 || report.Pending != 0 || len(report.Warnings) != 1 {
		t.Errorf("%+v", report)
	}
	next.spoil = nil
	if documents, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: h.store, Embedder: next}); err != nil || documents != 10 {
		t.Errorf("%d documents, %v", documents, err)
	}
}

// A set is switched while a sync runs: it ends well, and what it missed in the
// set that serves now is made up for by the next one.
func TestSwitchDuringASync(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.fill(5)
	next := &embedder{model: nextModel}
	if _, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: h.store, Embedder: next}); err != nil {
		t.Fatal(err)
	}
	h.write("0.md", "# Titel 0\n\nAnders.\n")
	source, err := folder.Open(h.dir, folder.Options{Name: "akten"})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	_, err = ingest.Sync(t.Context(), ingest.Options{Source: source, Store: h.store, Next: next, Embedder: during{h.embedder, func(ctx context.Context) {
		if err := h.store.SwitchSet(ctx, nextModel); err != nil {
			t.Error(err)
		}
	}}})
	if err != nil {
		t.Fatal(err)
	}
	h.wantSets("next active 5/0", "m retired 4/1")
}
