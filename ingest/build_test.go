package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
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

// TestKilledBuild kills real processes with SIGKILL in the midst of a build, and
// lets the last one end: what the others made is not made again.
func TestKilledBuild(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.fill(60)
	made := func() int {
		t.Helper()
		sets, err := h.store.EmbeddingSets(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return sets[len(sets)-1].Documents
	}
	for round := range 3 {
		child := buildInChild(h, 3) // hangs when asked a third time, with two groups of 8 saved
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(5 * time.Minute); len(h.sets()) < 2 || made() < 16*(round+1); runtime.Gosched() {
			if time.Now().After(deadline) {
				t.Fatalf("round %d: %q", round, h.sets())
			}
		}
		_ = child.Process.Kill()
		if child.Wait() == nil {
			t.Error("the build ended before it was killed")
		}
		h.awaitBuilder()
		h.wantSets("m active 60/0", fmt.Sprintf("next building %d/%d", 16*(round+1), 60-16*(round+1)))
	}
	if out, err := buildInChild(h, 3).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	h.wantSets("m active 60/0", "next complete 60/0")
	if err := h.store.SwitchSet(t.Context(), nextModel); err != nil {
		t.Error(err)
	}
}

// buildInChild is a process that builds the next set; its embedder hangs at a call.
func buildInChild(h *house, hangs int) *exec.Cmd {
	child := exec.CommandContext(h.t.Context(), os.Args[0], "-test.run=^TestBuildInChild$")
	child.Env = append(os.Environ(), "INGEST_TEST_DSN="+h.dsn, fmt.Sprint("INGEST_TEST_HANGS=", hangs))
	return child
}

// awaitBuilder waits until the database has noticed that a builder is gone.
func (h *house) awaitBuilder() {
	h.t.Helper()
	for deadline := time.Now().Add(5 * time.Minute); ; {
		_, release, err := h.store.LockSet(h.t.Context(), nextModel)
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
	hangs, err := strconv.Atoi(os.Getenv("INGEST_TEST_HANGS"))
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	hanging := during{&embedder{model: nextModel}, func(ctx context.Context) {
		if calls++; calls == hangs {
			<-ctx.Done()
		}
	}}
	if _, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: store, Embedder: hanging}); err != nil {
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
	var pauses []time.Duration
	_, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: h.store, Embedder: next, Pause: func(_ context.Context, d time.Duration) error {
		pauses = append(pauses, d)
		return nil
	}})
	if err == nil || !strings.Contains(err.Error(), "run it again") || len(pauses) != 6 || pauses[5] < 16*time.Second || pauses[0] > 2*time.Second {
		t.Errorf("got %v after %v", err, pauses)
	}
	if _, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: h.store, Embedder: next, Pause: func(context.Context, time.Duration) error {
		return context.Canceled
	}}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped in a pause: %v", err)
	}
	h.wantSets("m active 10/0", "next building 0/10")
	h.write("0.md", "# Titel 0\n\nAnders.\n")
	report := h.sync(func(o *ingest.Options) { o.Next = next }) // the active set is not held up
	if report.Changed != 1 || report.Pending != 0 || len(report.Warnings) != 1 {
		t.Errorf("%+v", report)
	}
	documents, err := ingest.Build(t.Context(), ingest.BuildOptions{Store: h.store, Embedder: next, Pause: func(context.Context, time.Duration) error {
		next.spoil = nil // it is back
		return nil
	}})
	if err != nil || documents != 10 {
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
