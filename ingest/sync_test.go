package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

// house is a folder, an index and an embedder that one test works on.
type house struct {
	t        testing.TB
	dir      string
	dsn      string
	store    *postgres.Store
	embedder *embedder
	opened   *[]string // paths opened since it was last emptied
	opening  sync.Mutex
}

func newHouse(t testing.TB) *house {
	t.Helper()
	dsn := pglocal.TestDSN(t)
	store, err := postgres.Open(t.Context(), dsn, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if _, err := postgres.Migrate(t.Context(), store.Pool(), store.Schema()); err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, dir: t.TempDir(), dsn: dsn, store: store, embedder: &embedder{model: retrieval.Model{Name: "m", Dimensions: 4}}, opened: &[]string{}}
	h.write("collection.yaml", "name: alle\nrank: 1\nreaders: alle\n")
	return h
}

func (h *house) write(name, content string) {
	h.t.Helper()
	name = filepath.Join(h.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) remove(name string) {
	h.t.Helper()
	if err := os.RemoveAll(filepath.Join(h.dir, name)); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) options() ingest.Options {
	h.t.Helper()
	source, err := folder.Open(h.dir, folder.Options{Name: "akten"})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { source.Close() })
	return ingest.Options{Source: watched{source, h.opened, &h.opening}, Store: h.store, Embedder: h.embedder, Batch: 4}
}

func (h *house) sync(change ...func(*ingest.Options)) ingest.Report {
	h.t.Helper()
	options := h.options()
	for _, c := range change {
		c(&options)
	}
	report, err := ingest.Sync(h.t.Context(), options)
	if err != nil {
		h.t.Fatal(err)
	}
	report.Took = 0
	return report
}

// serving returns path and text of what serves, and how many vectors there are.
func (h *house) serving() (texts map[string]string, vectors int) {
	h.t.Helper()
	change, err := retrievaltest.Changes(h.t.Context(), h.store, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	rows, err := h.store.Documents(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	paths := map[int64]string{}
	for _, row := range rows {
		paths[row.Document.ID] = row.Document.Path
	}
	texts = map[string]string{}
	for _, entry := range change.Add {
		texts[paths[entry.DocumentID]] += entry.Body
	}
	size, err := h.store.Size(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return texts, size.Vectors
}

// watched notes what is opened.
type watched struct {
	ingest.Source
	opened *[]string
	mu     *sync.Mutex
}

func (w watched) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	w.mu.Lock()
	*w.opened = append(*w.opened, path)
	w.mu.Unlock()
	return w.Source.Open(ctx, path)
}

// embedder makes vectors of a text's hash and counts.
type embedder struct {
	model retrieval.Model
	mu    sync.Mutex
	texts int
	spoil func([]retrieval.Vector) ([]retrieval.Vector, error)
}

func (e *embedder) Model() retrieval.Model { return e.model }

func (e *embedder) EmbedPassages(_ context.Context, texts []string) ([]retrieval.Vector, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	vectors := make([]retrieval.Vector, len(texts))
	for i, text := range texts {
		h := fnv.New64a()
		_, _ = io.WriteString(h, text)
		values := make([]float32, e.model.Dimensions)
		for j := range values {
			values[j] = float32(h.Sum64()>>(8*j)&0xFF) + 1
		}
		vectors[i] = retrieval.Vector{Model: e.model, Values: values}
	}
	if e.spoil != nil {
		return e.spoil(vectors)
	}
	e.texts += len(texts)
	return vectors, nil
}

func (e *embedder) EmbedQueries(ctx context.Context, texts ...string) ([]retrieval.Vector, error) {
	return e.EmbedPassages(ctx, texts)
}

// awayError is a fault that may pass.
type awayError struct{}

func (awayError) Error() string   { return "connection refused" }
func (awayError) Temporary() bool { return true }

func TestSyncFollowsTheFolder(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "# A\n\nErster Text.\n")
	h.write("b/b.txt", "Zweiter Text.\n")
	h.write("c.html", "<h1>C</h1><p>Dritter Text.</p>")
	h.write("bild.png", "\x89PNG")
	h.write(".geheim.md", "x")

	report := h.sync()
	want := ingest.Report{Source: "akten", New: 3, Skipped: map[string]int{"hidden": 1},
		Quarantined: []ingest.Problem{{Path: "bild.png", Code: retrieval.ReasonPicture, Reason: "picture: if it shows text, save it as PDF with recognised text"}},
	}
	if diff := cmp.Diff(want, report); diff != "" {
		t.Errorf("first sync (-want +got):\n%s", diff)
	}
	texts, vectors := h.serving()
	if diff := cmp.Diff(map[string]string{"a.md": "Erster Text.", "b/b.txt": "Zweiter Text.", "c.html": "Dritter Text."}, texts); diff != "" || vectors != 3 {
		t.Errorf("%d vectors, %s", vectors, diff)
	}

	*h.opened = nil
	made := h.embedder.texts
	if report = h.sync(); report.Unchanged != 3 || report.New+report.Changed+report.Gone != 0 || len(*h.opened) != 0 || h.embedder.texts != made {
		t.Errorf("nothing changed, but %+v, opened %v", report, *h.opened)
	}

	// A new time alone is looked at and not taken for a change.
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(h.dir, "a.md"), later, later); err != nil {
		t.Fatal(err)
	}
	if report = h.sync(); report.Unchanged != 3 || len(*h.opened) != 1 {
		t.Errorf("touched: %+v, opened %v", report, *h.opened)
	}
	*h.opened = nil
	if h.sync(); len(*h.opened) != 0 {
		t.Errorf("the new mark was forgotten: opened %v", *h.opened)
	}

	h.write("a.md", "# A\n\nGeänderter Text.\n")
	h.remove("b")
	if report = h.sync(); report.Changed != 1 || report.Gone != 1 || report.Unchanged != 1 {
		t.Errorf("changed: %+v", report)
	}
	texts, vectors = h.serving()
	if diff := cmp.Diff(map[string]string{"a.md": "Geänderter Text.", "c.html": "Dritter Text."}, texts); diff != "" || vectors != 2 {
		t.Errorf("%d vectors, %s", vectors, diff)
	}

	h.write("b/b.txt", "Zweiter Text.\n")
	if report = h.sync(); report.New != 1 {
		t.Errorf("back again: %+v", report)
	}
}

func TestUnchangedPartsAreNotEmbeddedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "# T\n\n## Eins\n\nText eins.\n\n## Zwei\n\nText zwei.\n")
	h.sync()
	h.write("a.md", "# T\n\n## Eins\n\nText eins.\n\n## Zwei\n\nText zwei, anders.\n")
	made := h.embedder.texts
	h.sync()
	if got := h.embedder.texts - made; got != 1 {
		t.Errorf("%d texts were embedded again", got)
	}
}

func TestBadFilesAreReportedAndStopNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("gut.md", "# Gut\n\nText.\n")
	h.write("leer.md", "")
	h.write("kaputt.md", "---\ncollection: [\n---\nText\n")
	h.write("datum.md", "---\nvalid_until: 31.02.2026\n---\nText\n")
	h.write("binär.txt", strings.Repeat("\x00\x01\x02\x03\xff", 50))
	h.write("groß.txt", strings.Repeat("Wort ", 10<<20))
	h.write("fremd.md", "---\ncollection: gibt es nicht\n---\nText\n")
	if err := os.WriteFile(filepath.Join(h.dir, "alt\xe4.md"), []byte("Text"), 0o644); err != nil {
		t.Fatal(err)
	}

	report := h.sync()
	reasons := map[string]string{}
	for _, q := range report.Quarantined {
		reasons[q.Path] = q.Reason
	}
	for path, part := range map[string]string{
		"leer.md": "empty", "kaputt.md": "front matter", "datum.md": "not a day", "binär.txt": "not text", "groß.txt": "too large",
		"fremd.md": "does not exist", `"alt\xe4.md"`: "UTF-8",
	} {
		if !strings.Contains(reasons[path], part) {
			t.Errorf("%s: reason %q, want one with %q", path, reasons[path], part)
		}
	}
	if report.New != 1 || len(reasons) != 7 {
		t.Errorf("%+v", report)
	}

	// Verdicts on content are remembered, and still reported.
	*h.opened = nil
	again := h.sync()
	if diff := cmp.Diff(report.Quarantined, again.Quarantined); diff != "" {
		t.Errorf("second report (-first +second):\n%s", diff)
	}
	if slices.Contains(*h.opened, "groß.txt") || slices.Contains(*h.opened, "gut.md") {
		t.Errorf("opened again: %v", *h.opened)
	}

	// The old version serves while the new one cannot be read.
	h.write("gut.md", "")
	h.sync()
	if texts, _ := h.serving(); texts["gut.md"] != "Text." {
		t.Errorf("got %v", texts)
	}
	h.write("gut.md", "# Gut\n\nWieder da.\n")
	if report = h.sync(); len(report.Quarantined) != 7 {
		t.Errorf("%v", report.Quarantined)
	}
	if texts, _ := h.serving(); texts["gut.md"] != "Wieder da." {
		t.Errorf("got %v", texts)
	}
}

func TestUnclearReadersTakeDocumentsOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "Text a.")
	h.write("intern/collection.yaml", "name: intern\nreaders: [haus/intern]\n")
	h.write("intern/b.md", "Text b.")
	h.sync()
	made := h.embedder.texts

	h.write("intern/collection.yaml", "name: intern\nreaders: [haus/intern]\nfarbe: rot\n")
	report := h.sync()
	if len(report.Quarantined) != 1 || !strings.Contains(report.Quarantined[0].Reason, "farbe") ||
		!strings.Contains(report.Quarantined[0].Reason, "intern/collection.yaml") {
		t.Errorf("%v", report.Quarantined)
	}
	if texts, _ := h.serving(); !maps.Equal(texts, map[string]string{"a.md": "Text a."}) {
		t.Errorf("serving %v", texts)
	}

	h.write("intern/collection.yaml", "name: intern\nreaders: [haus/intern]\n")
	h.sync()
	if texts, _ := h.serving(); len(texts) != 2 || h.embedder.texts != made {
		t.Errorf("serving %v, %d embedded", texts, h.embedder.texts-made)
	}

	refuse := func(o *ingest.Options) {
		o.CheckAccess = func(_ context.Context, c retrieval.Collection) error {
			if c.Name == "intern" {
				return fmt.Errorf("channel haus/intern is public: %w", ingest.ErrRefused)
			}
			return nil
		}
	}
	report = h.sync(refuse)
	if len(report.Quarantined) != 1 || !strings.Contains(report.Quarantined[0].Reason, "public") {
		t.Errorf("%v", report.Quarantined)
	}
	if texts, _ := h.serving(); len(texts) != 1 {
		t.Errorf("serving %v", texts)
	}
	h.write("a.md", "---\ncollection: intern\n---\nText a.")
	if report = h.sync(refuse); len(report.Quarantined) != 2 {
		t.Errorf("%v", report.Quarantined)
	}
	away := func(o *ingest.Options) {
		o.CheckAccess = func(context.Context, retrieval.Collection) error { return errors.New("chat away") }
	}
	if report = h.sync(away); len(report.Warnings) != 2 || report.Gone != 0 {
		t.Errorf("%+v", report)
	}
}

func TestFailedVersionDoesNotServeOnUnderOldReaders(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	names := []string{"leer.md", "kopf.md", "fremd.md", "nur-leer.md"}
	for _, name := range names {
		h.write("neu/"+name, "Text.")
	}
	h.sync()
	h.write("neu/kopf.md", "---\ncollection: [\n---\nText.")
	h.write("neu/fremd.md", "---\ncollection: noch nicht da\n---\nText.")
	h.write("neu/nur-leer.md", "")
	h.sync()
	if texts, _ := h.serving(); !maps.Equal(texts, map[string]string{"neu/leer.md": "Text.", "neu/nur-leer.md": "Text."}) {
		t.Errorf("serving %v", texts)
	}
	h.write("neu/collection.yaml", "name: intern\nreaders: [haus/intern]\n")
	h.write("neu/leer.md", "")
	h.sync()
	if texts, _ := h.serving(); len(texts) != 0 {
		t.Errorf("serving to the old readers: %v", texts)
	}
}

func TestNoCollectionIsReported(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.remove("collection.yaml")
	h.write("a.md", "Text.")
	report := h.sync()
	if report.New != 0 || len(report.Quarantined) != 1 || !strings.Contains(report.Quarantined[0].Reason, "belongs to no collection") {
		t.Errorf("%+v", report)
	}
}

func TestUnreadableFolderKeepsItsDocuments(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "Text a.")
	h.write("zu/b.md", "Text b.")
	h.sync()
	if err := os.Chmod(filepath.Join(h.dir, "zu"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(h.dir, "zu"), 0o755) })
	report := h.sync()
	if texts, _ := h.serving(); len(texts) != 2 || len(report.Quarantined) != 1 {
		t.Errorf("%v, %v", texts, report.Quarantined)
	}
}

func TestEmbedderAway(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "Text a.")
	h.write("b.md", "Text b.")
	h.embedder.spoil = func([]retrieval.Vector) ([]retrieval.Vector, error) { return nil, awayError{} }
	report := h.sync()
	if report.New != 2 || report.Pending != 2 || len(report.Warnings) == 0 {
		t.Errorf("%+v", report)
	}
	if texts, vectors := h.serving(); len(texts) != 2 || vectors != 0 {
		t.Errorf("%v, %d vectors", texts, vectors)
	}
	h.embedder.spoil = nil
	report = h.sync()
	if _, vectors := h.serving(); report.Unchanged != 2 || report.Pending != 0 || vectors != 2 {
		t.Errorf("%+v, %d vectors", report, vectors)
	}
}

func TestUselessVectorsStopTheSync(t *testing.T) {
	t.Parallel()
	nan := float32(math.NaN())
	for name, spoil := range map[string]func([]retrieval.Vector) ([]retrieval.Vector, error){
		"another dimension": func(v []retrieval.Vector) ([]retrieval.Vector, error) {
			v[0].Values = v[0].Values[:2]
			return v, nil
		},
		"NaN":     func(v []retrieval.Vector) ([]retrieval.Vector, error) { v[0].Values[0] = nan; return v, nil },
		"too few": func(v []retrieval.Vector) ([]retrieval.Vector, error) { return v[1:], nil },
		"refused": func([]retrieval.Vector) ([]retrieval.Vector, error) { return nil, errors.New("status 401") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.write("a.md", "Text a.")
			h.embedder.spoil = spoil
			if _, err := ingest.Sync(t.Context(), h.options()); err == nil || !strings.Contains(err.Error(), "embed") {
				t.Fatalf("got %v", err)
			}
			h.embedder.spoil = nil
			if report := h.sync(); report.New != 1 || report.Pending != 0 {
				t.Errorf("afterwards: %+v", report)
			}
		})
	}
}

func TestAnotherModelLeavesTheActiveSet(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "Text a.")
	h.sync()
	h.embedder.model = retrieval.Model{Name: "m", Dimensions: 5}
	if _, err := ingest.Sync(t.Context(), h.options()); err == nil {
		t.Error("another length under the same name passes")
	}
	h.embedder.model = retrieval.Model{Name: "n", Dimensions: 5}
	if err := h.store.Check(t.Context(), h.embedder.model); err == nil {
		t.Error("Check passes with a model that is not the active one")
	}
	h.write("b.md", "Text b.")
	report := h.sync()
	if report.New != 1 || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], "embeddings build") {
		t.Errorf("%+v", report)
	}
	if _, vectors := h.serving(); vectors != 1 {
		t.Errorf("%d vectors", vectors)
	}
}

func TestSupersededDocuments(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("da/alt.md", "---\ntitle: Dienstanweisung 2023\n---\nAlt.")
	h.write("da/neu.md", "---\ntitle: Dienstanweisung 2026\nsupersedes: Dienstanweisung 2023\nvalid_from: 2026-12-01\n---\nNeu.")
	h.write("da/weg.md", "---\nsupersedes: nirgends.md\n---\nX.")
	on := onDay(time.November, 23)
	report := h.sync(on)
	if len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], "nirgends.md") {
		t.Errorf("%v", report.Warnings)
	}
	change, err := retrievaltest.Changes(t.Context(), h.store, 0)
	if err != nil {
		t.Fatal(err)
	}
	find := func(change lexical.Change, body string) lexical.Entry {
		i := slices.IndexFunc(change.Add, func(e lexical.Entry) bool { return e.Body == body })
		if i < 0 {
			t.Fatalf("no entry %q in %+v", body, change.Add)
		}
		return change.Add[i]
	}
	if old := find(change, "Alt."); old.Validity.String() != " to 2026-11-30" {
		t.Errorf("before the new one is valid: %+v", old)
	}
	h.write("da/neu.md", "---\ntitle: Dienstanweisung 2026\nsupersedes: alt.md\n---\nNeu.")
	h.sync(on)
	next, err := retrievaltest.Changes(t.Context(), h.store, change.Version)
	if err != nil {
		t.Fatal(err)
	}
	if find(next, "Alt.").Validity != retrieval.Never {
		t.Errorf("%+v", next.Add)
	}
	rows, err := h.store.FindDocument(t.Context(), "da/alt.md")
	if err != nil || rows[0].Document.SupersededBy != "da/neu.md" {
		t.Errorf("%+v, %v", rows, err)
	}
	h.remove("da/neu.md")
	h.sync(on)
	if rows, err = h.store.FindDocument(t.Context(), "da/alt.md"); err != nil || rows[0].Document.SupersededBy != "" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// onDay lets a sync run on a day of 2026.
func onDay(month time.Month, day int) func(*ingest.Options) {
	return func(o *ingest.Options) {
		o.Now = func() time.Time { return time.Date(2026, month, day, 9, 0, 0, 0, time.UTC) }
	}
}

// TestReplacementsThatDoNotSayFromWhen takes the day on which the index saw the
// change, where it saw one.
func TestReplacementsThatDoNotSayFromWhen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	holds := func(what string, want map[string]string) {
		t.Helper()
		change, err := retrievaltest.Changes(t.Context(), h.store, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, e := range change.Add {
			got[e.Body] = e.Validity.String()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	const successor = "---\nsupersedes: alt.md\n---\nNeu."
	h.write("alt.md", "Alt.")
	h.write("zugleich-alt.md", "Zugleich, alt.")
	h.write("zugleich-neu.md", "---\nsupersedes: zugleich-alt.md\n---\nZugleich, neu.")
	h.sync(onDay(time.March, 1))
	together := map[string]string{"Zugleich, alt.": "never", "Zugleich, neu.": " to "}
	with := func(texts map[string]string) map[string]string {
		maps.Copy(texts, together)
		return texts
	}
	holds("at first", with(map[string]string{"Alt.": " to "}))

	h.write("neu.md", successor)
	h.sync(onDay(time.September, 15))
	seen := with(map[string]string{"Alt.": " to 2026-09-14", "Neu.": "2026-09-15 to "})
	holds("on the day of the change", seen)
	h.sync(onDay(time.October, 1))
	holds("later", seen)
	h.remove("neu.md")
	h.write("neuer-name.md", successor)
	h.sync(onDay(time.October, 2))
	holds("under another name", seen)

	h.write("neuer-name.md", "---\nsupersedes: alt.md\nvalid_from: 2026-08-01\n---\nNeu.")
	h.sync(onDay(time.October, 3))
	holds("when it says from when", with(map[string]string{"Alt.": " to 2026-07-31", "Neu.": "2026-08-01 to "}))
	h.remove("neuer-name.md")
	h.sync(onDay(time.October, 4))
	holds("when nothing replaces it any more", with(map[string]string{"Alt.": " to "}))
}

func TestOneSyncAtATime(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, release, err := h.store.Lock(t.Context(), "akten")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.Sync(t.Context(), h.options()); !errors.Is(err, retrieval.ErrBusy) {
		t.Errorf("got %v", err)
	}
	release()
	h.sync()
}

func TestVanishedSourceIsNotTakenForDeletions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for i := range 30 {
		h.write(fmt.Sprintf("%d.md", i), "Text.")
	}
	h.sync()
	h.remove("")
	if err := os.Mkdir(h.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.Sync(t.Context(), h.options()); err == nil || !strings.Contains(err.Error(), "mounted") {
		t.Errorf("got %v", err)
	}
	if report := h.sync(func(o *ingest.Options) { o.AllowEmpty = true }); report.Gone != 30 {
		t.Errorf("%+v", report)
	}
}

// breaking is a store that fails at its nth write, as a killed process would.
type breaking struct {
	ingest.Store
	left *int
	mu   *sync.Mutex
}

var errKilled = errors.New("killed")

func (b breaking) Replace(ctx context.Context, rev retrieval.Revision) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if *b.left--; *b.left < 0 {
		return errKilled
	}
	return b.Store.Replace(ctx, rev)
}

func TestBrokenSyncIsMadeUpByTheNext(t *testing.T) {
	t.Parallel()
	whole := newHouse(t)
	broken := newHouse(t)
	for i := range 12 {
		for _, h := range []*house{whole, broken} {
			h.write(fmt.Sprintf("%02d.md", i), fmt.Sprintf("# Titel %d\n\nText %d.\n", i, i))
		}
	}
	whole.sync()
	for at := range 5 {
		options := broken.options()
		left := at
		options.Store = breaking{broken.store, &left, &sync.Mutex{}}
		if _, err := ingest.Sync(t.Context(), options); !errors.Is(err, errKilled) {
			t.Fatalf("got %v", err)
		}
	}
	broken.sync()
	wantTexts, wantVectors := whole.serving()
	gotTexts, gotVectors := broken.serving()
	if diff := cmp.Diff(wantTexts, gotTexts); diff != "" || wantVectors != gotVectors {
		t.Errorf("%d vectors, want %d; %s", gotVectors, wantVectors, diff)
	}
}

// TestProgressReachesTheEnd counts what has to be read, then what has to be
// embedded later, and nothing that did not change.
func TestProgressReachesTheEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "Text a.")
	h.write("b.mp4", "x")
	h.write("c.md", "")
	last := func() []ingest.Progress {
		var all []ingest.Progress
		h.sync(func(o *ingest.Options) {
			o.Progress = func(p ingest.Progress) {
				if n := len(all); n > 0 && all[n-1].Phase == p.Phase {
					all = all[:n-1]
				}
				all = append(all, p)
			}
		})
		return all
	}
	h.embedder.spoil = func([]retrieval.Vector) ([]retrieval.Vector, error) { return nil, awayError{} }
	if diff := cmp.Diff([]ingest.Progress{{Phase: ingest.Reading, Done: 2, Total: 2}}, last()); diff != "" {
		t.Errorf("embedder away (-want +got):\n%s", diff)
	}
	h.embedder.spoil = nil
	if diff := cmp.Diff([]ingest.Progress{{Phase: ingest.Embedding, Done: 1, Total: 1}}, last()); diff != "" {
		t.Errorf("embedder back (-want +got):\n%s", diff)
	}
	if all := last(); len(all) != 0 {
		t.Errorf("nothing to do, but %+v", all)
	}
}

func TestExampleHouse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	source, err := folder.Open("../examples/musterland/files", folder.Options{Name: "musterland"})
	if err != nil {
		t.Skip(err)
	}
	defer source.Close()
	report := h.sync(func(o *ingest.Options) { o.Source = source })
	if len(report.Quarantined)+len(report.Warnings) > 0 || report.New < 1 {
		t.Errorf("%+v", report)
	}
	t.Logf("%+v", report)
}
