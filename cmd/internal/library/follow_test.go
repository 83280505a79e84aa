package library

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/rows"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// replica opens the house's index as one process does.
func replica(t *testing.T, change func(*config.Config)) *Library {
	t.Helper()
	n := apptest.Open(t, apptest.Site(t, change), neighbours.Needs{Database: true, Embedders: true})
	lib, err := Open(t.Context(), n, "")
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// staff are readers of what takeIn gives.
var staff = retrieval.Collection{Name: "Dokumente", Rank: 1, Access: retrieval.Access{Staff: true}}

// takeIn gives the index a few documents.
func takeIn(t *testing.T, lib *Library, texts ...string) {
	t.Helper()
	var all []rows.Row
	for i, text := range texts {
		all = append(all, rows.Row{ID: fmt.Sprintf("%d.txt", i), Title: fmt.Sprint("Blatt ", i), Text: text})
	}
	serving, next, err := lib.InUse(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	report, err := ingest.Sync(t.Context(), ingest.Options{
		Source: rows.New("blätter", staff, all), Store: lib.Store, Embedder: serving, Next: next,
	})
	if err != nil || len(report.Warnings) > 0 {
		t.Fatalf("%+v, %v", report, err)
	}
}

func (lib *Library) mustSearch(t *testing.T, question string) retrieval.Result {
	t.Helper()
	result, err := lib.Engine.Search(t.Context(), retrieval.Query{Text: question}, retrieval.ReadersOf("Dokumente"))
	if err != nil {
		t.Error(err)
	}
	return result
}

// Two replicas search without a break while one of them changes the model.
func TestReplicasFollowTheEmbeddingSet(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	old, _ := apptest.Endpoint(t, "alt", 4)
	next, asked := apptest.Endpoint(t, "neu", 6)
	both := func(c *config.Config) { c.Database.URL, c.Embedder, c.Next = config.Secret(dsn), old, next }
	one := replica(t, both)
	two := replica(t, both)
	takeIn(t, one, "Die Kantine ist im Erdgeschoss.", "Der Parkplatz ist im Hof.", "Das Archiv ist im Keller.")
	for _, lib := range []*Library{one, two} {
		if err := lib.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	var searching sync.WaitGroup
	var searched atomic.Int64
	for _, lib := range []*Library{one, two, two} {
		searching.Go(func() {
			for ctx.Err() == nil {
				if result := lib.mustSearch(t, "Wo ist die Kantine?"); len(result.Degraded) > 0 || len(result.Hits) == 0 {
					t.Errorf("%d hits, degraded %v", len(result.Hits), result.Degraded)
				}
				searched.Add(1)
			}
		})
	}
	oldModel, newModel := retrieval.Model{Name: "alt", Dimensions: 4}, retrieval.Model{Name: "neu", Dimensions: 6}
	if n, err := one.BuildSet(t.Context(), newModel); err != nil || n != 3 {
		t.Fatalf("%d documents, %v", n, err)
	}
	if two.Embedder.Model() != oldModel {
		t.Error("the new set serves before the switch")
	}
	built := asked.Load()
	for _, model := range []retrieval.Model{newModel, oldModel, newModel} {
		if err := one.SwitchSet(t.Context(), model); err != nil {
			t.Fatal(err)
		}
		if err := two.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if two.Embedder.Model() != model {
			t.Errorf("the other replica asks %s, not %s", two.Embedder.Model().Name, model.Name)
		}
		for before := searched.Load(); searched.Load() < before+20; {
			if t.Failed() {
				break
			}
			runtime.Gosched()
		}
	}
	stop()
	searching.Wait()
	if asked.Load() == built {
		t.Error("no question was embedded by the new model")
	}
	alone := replica(t, func(c *config.Config) { c.Database.URL, c.Embedder = config.Secret(dsn), old })
	if err := alone.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	if result := alone.mustSearch(t, "Wo ist die Kantine?"); !slices.Equal(result.Degraded, []string{"vector"}) || len(result.Hits) == 0 {
		t.Errorf("without the embedder of the set that serves: %d hits, degraded %v", len(result.Hits), result.Degraded)
	}
	if err := alone.SwitchSet(t.Context(), newModel); err == nil {
		t.Error("switched to a set whose embedder is not configured")
	}
}

// A change of the house's list reaches every replica, and searches under way see
// the one list or the other.
func TestReplicasFollowTheSynonyms(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	embedder, _ := apptest.Endpoint(t, "m", 4)
	stored := func(c *config.Config) { c.Database.URL, c.Embedder = config.Secret(dsn), embedder }
	one := replica(t, stored)
	two := replica(t, stored)
	takeIn(t, one, "Die Betriebsruhe dauert eine Woche.", "Der Parkplatz ist im Hof.")
	if err := two.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	finds := func(lib *Library) bool {
		found, err := lib.Index.Keywords(t.Context(), retrieval.Wording{Typed: "Qxzschließzeit"}, retrieval.ReadersOf("Dokumente"), time.Now(), 5)
		if err != nil {
			t.Error(err)
		}
		return len(found) > 0
	}
	if finds(two) {
		t.Fatal("found without a synonym")
	}
	ctx, stop := context.WithCancel(t.Context())
	var searching sync.WaitGroup
	for range 2 {
		searching.Go(func() {
			for ctx.Err() == nil {
				two.mustSearch(t, "Wann ist Qxzschließzeit und was sagt die DA?")
			}
		})
	}
	set := func(lines ...string) error {
		return one.Synonyms.Change(t.Context(), func(*german.Synonyms) ([]string, error) { return lines, nil })
	}
	if err := set("Qxzschließzeit = Betriebsruhe"); err != nil {
		t.Fatal(err)
	}
	if err := two.Refresh(t.Context()); err != nil || !finds(two) {
		t.Errorf("the other replica does not know the synonym: %v", err)
	}
	if err := set(); err != nil {
		t.Fatal(err)
	}
	if err := two.Refresh(t.Context()); err != nil || finds(two) {
		t.Errorf("the other replica still knows the synonym: %v", err)
	}
	stop()
	searching.Wait()
}

func TestSynonymFileIsReadAgainWhenItChanges(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "synonyms.txt")
	writeFile := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	writeFile("Klinik = Krankenhaus\n")
	s := NewSynonyms(nil, file)
	members := func() string {
		var all []string
		for _, g := range s.House().Groups() {
			all = append(all, strings.Join(g.Members, "="))
		}
		return strings.Join(all, " ")
	}
	if err := s.Refresh(t.Context()); err != nil || members() != "Klinik=Krankenhaus" {
		t.Fatalf("%q, %v", members(), err)
	}
	writeFile("Klinik = Krankenhaus\nHaus = Gebäude\nGebäude = Bau\n")
	if err := s.Refresh(t.Context()); err == nil || !strings.Contains(err.Error(), file+":3:") || members() != "Klinik=Krankenhaus" {
		t.Errorf("a list that cannot be: %q, %v", members(), err)
	}
	if err := s.Refresh(t.Context()); err != nil {
		t.Errorf("said again though nothing changed: %v", err)
	}
	writeFile("Haus = Gebäude\n")
	if err := s.Refresh(t.Context()); err != nil || members() != "Haus=Gebäude" {
		t.Errorf("%q, %v", members(), err)
	}
	if err := s.Change(t.Context(), nil); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("the database's list is changed though the file is the house's: %v", err)
	}
}
