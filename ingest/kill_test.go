package ingest_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// TestKilledSync kills real processes with SIGKILL at 20 random moments while
// they sync a folder that goes on changing, then lets one finish. The index is
// that of one that was synced once.
func TestKilledSync(t *testing.T) {
	t.Parallel()
	const kills, most = 20, 100 // some end before they are killed
	whole, broken := newHouse(t), newHouse(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	rewrite(t, random, 150, whole, broken)
	whole.sync()

	killed, tries := 0, 0
	for ; killed < kills && tries < most; tries++ {
		rewrite(t, random, 60, whole, broken)
		if killedAfter(t, broken, random.IntN(75)) {
			killed++
		}
	}
	t.Logf("killed %d of %d", killed, tries)
	if killed < kills {
		t.Errorf("only %d processes were killed at work", killed)
	}
	whole.sync()
	broken.sync()
	if diff := cmp.Diff(content(t, whole), content(t, broken)); diff != "" {
		t.Errorf("index after the kills (-whole +broken):\n%s", diff)
	}
	if report := broken.sync(); report.New+report.Changed+report.Gone != 0 {
		t.Errorf("left over: %+v", report)
	}
}

// rewrite changes, adds and removes about n documents in each house alike. No text
// comes back: a document that does keeps the time of its first writing if nothing
// was synced in between.
func rewrite(t *testing.T, random *rand.Rand, n int, houses ...*house) {
	t.Helper()
	for range n {
		i, text, drop := random.IntN(200), random.Uint64(), random.IntN(8) == 0
		name := fmt.Sprintf("%d/%d.md", i%7, i)
		for _, h := range houses {
			if drop {
				h.remove(name)
				continue
			}
			h.write(name, fmt.Sprintf("# Titel %d\n\nText %d.\n\n## Teil\n\nMehr %d.\n", i, text, i))
			when := time.Unix(1_700_000_000, random.Int64N(1e9)) // marks are compared, too
			for _, other := range houses {
				if err := os.Chtimes(filepath.Join(other.dir, name), when, when); err != nil && !errors.Is(err, os.ErrNotExist) {
					t.Fatal(err)
				}
			}
		}
	}
}

// killedAfter starts a process that syncs and kills it when it has said so many
// things that it does; false: it had ended by then.
func killedAfter(t *testing.T, h *house, lines int) bool {
	t.Helper()
	child, out := startSync(t, h)
	if _, err := out.ReadString('\n'); err != nil {
		t.Fatalf("child did not begin: %v", err)
	}
	for range lines {
		if _, err := out.ReadString('\n'); err != nil {
			break
		}
	}
	_ = child.Process.Kill() // too late: it has ended
	_, _ = io.Copy(io.Discard, out)
	err := child.Wait()
	awaitUnlocked(t, h)
	return err != nil
}

// content returns all that the index holds except numbers that count up.
func content(t *testing.T, h *house) []string {
	t.Helper()
	rows, err := h.store.Pool().Query(t.Context(), `
		SELECT 'collection ' || (to_jsonb(c) - 'number')::text FROM collection c
		UNION ALL
		SELECT 'document ' || (to_jsonb(d) - '{id,version,superseded_by,failed_since,known_since}'::text[])::text || (d.failed_since IS NULL)::text
			|| (SELECT coalesce(string_agg(m.name, ' ' ORDER BY m.name), '') FROM embedded e JOIN model m ON m.id = e.model WHERE e.document_id = d.id)
		FROM document d WHERE d.state <> 'gone'
		UNION ALL
		SELECT 'passage ' || d.path || (to_jsonb(p) - '{id,document_id}'::text[])::text
		FROM passage p JOIN document d ON d.id = p.document_id
		UNION ALL
		SELECT 'vector ' || d.path || p.ordinal || ' ' || e.ordinal || m.name || encode(e.hash, 'hex') || e.vector::text
		FROM embedding e JOIN passage p ON p.id = e.passage_id JOIN document d ON d.id = p.document_id JOIN model m ON m.id = e.model
		ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	if rows.Err() != nil || len(all) < 4 {
		t.Fatalf("%d rows, %v", len(all), rows.Err())
	}
	return all
}

// awaitUnlocked waits until the database has noticed that a process is gone.
func awaitUnlocked(t *testing.T, h *house) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Minute); ; {
		_, release, err := h.store.Lock(t.Context(), "akten")
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

// TestTwoProcesses lets processes sync the same folder at the same time, again
// and again until all is in: none opens what another one has opened.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const documents = 80
	for i := range documents {
		h.write(fmt.Sprintf("%d.md", i), fmt.Sprintf("# Titel\n\nText %d.\n", i))
	}
	var opened []string
	var busy int
	var mu sync.Mutex
	var processes sync.WaitGroup
	for range 4 {
		child, out := startSync(t, h)
		processes.Go(func() {
			lines, _ := io.ReadAll(out)
			err := child.Wait()
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Errorf("child: %v", err)
			}
			for line := range strings.Lines(string(lines)) {
				if name, ok := strings.CutPrefix(strings.TrimSpace(line), "opened "); ok {
					opened = append(opened, name)
				}
				if strings.TrimSpace(line) == "busy" {
					busy++
				}
			}
		})
	}
	processes.Wait()
	slices.Sort(opened)
	if len(opened) != documents || len(slices.Compact(opened)) != documents {
		t.Errorf("%d documents were opened %d times", documents, len(opened))
	}
	t.Logf("%d of 4 processes found another one at work", busy)
}

// startSync starts a process that syncs the house and says what it does.
func startSync(t *testing.T, h *house) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSyncInChild$")
	child.Env = append(os.Environ(), "INGEST_TEST_DSN="+h.dsn, "INGEST_TEST_DIR="+h.dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	return child, bufio.NewReader(out)
}

// TestSyncInChild is the process that the tests above start.
func TestSyncInChild(t *testing.T) {
	dsn, dir := os.Getenv("INGEST_TEST_DSN"), os.Getenv("INGEST_TEST_DIR")
	if dsn == "" {
		t.Skip("run by other tests")
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
	fmt.Println("began")
	_, err = ingest.Sync(t.Context(), ingest.Options{
		Source: loud{source}, Store: store, Embedder: heard{&embedder{model: retrieval.Model{Name: "m", Dimensions: 4}}}, Batch: 4,
	})
	if errors.Is(err, retrieval.ErrBusy) {
		fmt.Println("busy")
		return
	}
	if err != nil {
		t.Fatal(err)
	}
}

// heard says when it is asked.
type heard struct{ retrieval.Embedder }

func (e heard) EmbedPassages(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	fmt.Println("embedding")
	return e.Embedder.EmbedPassages(ctx, texts)
}

// loud says what it opens.
type loud struct{ ingest.Source }

func (l loud) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	fmt.Println("opened " + path)
	return l.Source.Open(ctx, path)
}
