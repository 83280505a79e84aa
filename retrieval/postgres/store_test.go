package postgres

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

var testModel = retrieval.Model{Name: "test", Dimensions: 3}

// noon is the moment that tests ask at.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// newStore returns a migrated store in a database of its own.
func newStore(t *testing.T) *Store {
	t.Helper()
	store, err := Open(t.Context(), pglocal.TestDSN(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if _, err := Migrate(t.Context(), store.Pool(), store.Schema()); err != nil {
		t.Fatal(err)
	}
	return store
}

// collection makes a collection that all staff may read.
func collection(t *testing.T, s *Store, names ...string) {
	t.Helper()
	for _, name := range names {
		c := retrieval.Collection{Name: name, Rank: 1, Access: retrieval.Access{Staff: true}}
		if _, err := s.SaveCollections(t.Context(), "src", []retrieval.Collection{c}); err != nil {
			t.Fatal(err)
		}
	}
}

// revision makes a document of one passage with one unit for each vector.
func revision(path, collection string, vectors ...[]float32) retrieval.Revision {
	rev := retrieval.Revision{
		Document: retrieval.Document{Source: "src", Path: path, Title: path, Collection: collection, Hash: "h" + path},
		Listed:   collection, Version: retrieval.Version{Mark: "m"}, Model: testModel,
		Passages: []retrieval.Passage{{Text: "Text von " + path, Headings: []string{"A", "B"}, Place: "Abschnitt 1", Anchor: "a"}},
	}
	for i, v := range vectors {
		rev.Units = append(rev.Units, retrieval.Unit{Ordinal: i, Hash: retrieval.HashUnit(path + string(rune('a'+i))), Values: v})
	}
	return rev
}

func save(t *testing.T, s *Store, revs ...retrieval.Revision) {
	t.Helper()
	for _, rev := range revs {
		if err := s.Replace(t.Context(), rev); err != nil {
			t.Fatal(err)
		}
	}
}

// nearestPaths searches and returns the documents' paths in order.
func nearestPaths(t *testing.T, s *Store, values []float32, r retrieval.Readers, limit int) []string {
	t.Helper()
	found, err := s.Vectors(t.Context(), retrieval.Vector{Model: testModel, Values: values}, r, noon, limit)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]int64, len(found))
	for i, f := range found {
		ids[i] = f.PassageID
	}
	hits, err := s.Passages(t.Context(), ids, today, r)
	if err != nil {
		t.Fatal(err)
	}
	if len(hits) != len(found) {
		t.Fatalf("%d passages for %d found", len(hits), len(found))
	}
	paths := make([]string, len(hits))
	for i, h := range hits {
		paths[i] = h.Document.Path
	}
	return paths
}

func TestMigrateUpDownUp(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	ctx := context.Background()
	if err := Check(ctx, store.Pool(), store.Schema()); err != nil {
		t.Fatal(err)
	}
	down, err := Down(ctx, store.Pool(), store.Schema())
	if err != nil || len(down) == 0 {
		t.Fatalf("down: %v, %v", down, err)
	}
	var tables int
	if err := store.Pool().QueryRow(ctx, `SELECT count(*) FROM pg_tables WHERE schemaname = $1 AND tablename <> 'goose_db_version'`, store.Schema()).Scan(&tables); err != nil || tables != 0 {
		t.Fatalf("%d tables are left, %v", tables, err)
	}
	up, err := Migrate(ctx, store.Pool(), store.Schema())
	if err != nil || len(up) != len(down) {
		t.Fatalf("up: %v, %v", up, err)
	}
	if up, err = Migrate(ctx, store.Pool(), store.Schema()); err != nil || len(up) != 0 {
		t.Fatalf("a second time: %v, %v", up, err)
	}
	if err := store.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	if err := database.Drop(ctx, store.Pool(), store.Schema()); err != nil {
		t.Fatal(err)
	}
	if err := store.Ready(ctx); err == nil {
		t.Fatal("a dropped schema is called ready")
	}
}

func TestSchemasLieSideBySide(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	var stores []*Store
	for _, schema := range []string{"one", `ev"al`} {
		store, err := Open(t.Context(), dsn, Options{Schema: schema})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		if _, err := Migrate(t.Context(), store.Pool(), schema); err != nil {
			t.Fatal(err)
		}
		stores = append(stores, store)
	}
	collection(t, stores[0], "a")
	save(t, stores[0], revision("x", "a", []float32{1, 0, 0}))
	if size, err := stores[1].Size(t.Context()); err != nil || size != (Size{}) {
		t.Errorf("the other schema holds %+v, %v", size, err)
	}
	if err := database.Drop(t.Context(), stores[1].Pool(), `ev"al`); err != nil {
		t.Fatal(err)
	}
	if size, err := stores[0].Size(t.Context()); err != nil || size != (Size{Documents: 1, Passages: 1, Vectors: 1}) {
		t.Errorf("after the other was dropped: %+v, %v", size, err)
	}
}

func TestPassageScoresByItsBestUnit(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	save(t, s, revision("mixed", "a", []float32{-1, 0, 0}, []float32{1, 0.1, 0}), revision("middling", "a", []float32{1, 1, 0}))
	found, err := s.Vectors(t.Context(), retrieval.Vector{Model: testModel, Values: []float32{2, 0, 0}}, retrieval.ReadersOf("a"), noon, 10)
	if err != nil || len(found) != 2 {
		t.Fatalf("%v, %v", found, err)
	}
	if want := 1 / math.Sqrt(1.01); math.Abs(found[0].Score-want) > 1e-6 {
		t.Errorf("score %v, want %v", found[0].Score, want)
	}
}

func TestForbiddenNeighbourCostsNoSlot(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "open", "secret")
	save(t, s, revision("secret/1", "secret", []float32{1, 0, 0}), revision("secret/2", "secret", []float32{1, 0, 0}),
		revision("open/1", "open", []float32{1, 1, 0}), revision("open/2", "open", []float32{0, 1, 0}))
	got := nearestPaths(t, s, []float32{1, 0, 0}, retrieval.ReadersOf("open"), 2)
	if len(got) != 2 || got[0] != "open/1" || got[1] != "open/2" {
		t.Errorf("got %v", got)
	}
	if got := nearestPaths(t, s, []float32{1, 0, 0}, retrieval.Readers{}, 2); len(got) != 0 {
		t.Errorf("nobody sees %v", got)
	}
	all, err := s.Passages(t.Context(), []int64{1, 2, 3, 4}, today, retrieval.ReadersOf("open"))
	if err != nil || len(all) != 2 {
		t.Errorf("%d passages by id, %v", len(all), err)
	}
	near, err := s.Around(t.Context(), []int64{1, 2, 3, 4}, 3, today, retrieval.ReadersOf("open"))
	if err != nil || len(near) != 2 {
		t.Errorf("%d passages with neighbours, %v", len(near), err)
	}
}

func TestNeighboursOfPassages(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "open")
	long := revision("open/long", "open", []float32{1, 0, 0})
	for ordinal := 1; ordinal < 6; ordinal++ {
		long.Passages = append(long.Passages, retrieval.Passage{Ordinal: ordinal, Text: "Weiter."})
	}
	save(t, s, revision("open/first", "open", []float32{0, 1, 0}), long, revision("open/last", "open", []float32{0, 1, 0}))
	hits, err := s.Passages(t.Context(), []int64{2, 3, 4, 5, 6, 7}, today, retrieval.ReadersOf("open"))
	if err != nil || len(hits) != 6 {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	near, err := s.Around(t.Context(), []int64{hits[0].Passage.ID, hits[3].Passage.ID}, 1, today, retrieval.ReadersOf("open"))
	if err != nil {
		t.Fatal(err)
	}
	var ordinals []int
	for _, n := range near {
		if n.Document != hits[0].Document.ID || n.Collection != "open" {
			t.Errorf("neighbour in %d of %s", n.Document, n.Collection)
		}
		ordinals = append(ordinals, n.Passage.Ordinal)
	}
	if !slices.Equal(ordinals, []int{0, 1, 2, 3, 4}) {
		t.Errorf("got %v", ordinals)
	}
}

func TestValidityIsAskedBeforeTheLimit(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	day := func(d int) retrieval.Date { return retrieval.Date{Year: 2026, Month: 11, Day: d} }
	expired, today, future, plain := revision("expired", "a", []float32{1, 0, 0}), revision("today", "a", []float32{1, 0.2, 0}),
		revision("future", "a", []float32{1, 0, 0}), revision("plain", "a", []float32{0, 1, 0})
	expired.Document.ValidUntil, future.Document.ValidFrom = day(22), day(24)
	today.Document.ValidFrom, today.Document.ValidUntil = day(23), day(23)
	save(t, s, expired, today, future, plain)
	if got := nearestPaths(t, s, []float32{1, 0, 0}, retrieval.ReadersOf("a"), 2); len(got) != 2 || got[0] != "today" || got[1] != "plain" {
		t.Errorf("got %v", got)
	}
}

func TestVectorsOfAnotherModelAreNeverCompared(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	readers := retrieval.ReadersOf("a")
	search := func(v retrieval.Vector) error {
		_, err := s.Vectors(t.Context(), v, readers, noon, 5)
		return err
	}
	if err := search(retrieval.Vector{Model: testModel, Values: []float32{1, 0, 0}}); err != nil {
		t.Errorf("an empty index: %v", err)
	}
	if err := s.Check(t.Context(), testModel); err != nil {
		t.Errorf("an empty index: %v", err)
	}
	save(t, s, revision("x", "a", []float32{1, 0, 0}))
	for name, v := range map[string]retrieval.Vector{
		"other name":      {Model: retrieval.Model{Name: "other", Dimensions: 3}, Values: []float32{1, 0, 0}},
		"other dimension": {Model: retrieval.Model{Name: "test", Dimensions: 2}, Values: []float32{1, 0}},
		"other length":    {Model: testModel, Values: []float32{1, 0}},
	} {
		if _, ok := errors.AsType[*retrieval.ModelError](search(v)); !ok {
			t.Errorf("%s: got %v", name, search(v))
		}
	}
	for name, values := range map[string][]float32{"NaN": {float32(math.NaN()), 0, 0}, "infinite": {float32(math.Inf(1)), 0, 0}, "zero": {0, 0, 0}} {
		if err := search(retrieval.Vector{Model: testModel, Values: values}); err == nil {
			t.Errorf("%s is searched", name)
		}
	}
	if err := s.AdmitModel(t.Context(), retrieval.Model{Name: "test", Dimensions: 2}); err == nil {
		t.Error("another dimension under the same name passes")
	}
	wrong := revision("y", "a", []float32{1, 0})
	if err := s.Replace(t.Context(), wrong); err == nil {
		t.Error("a vector of the wrong length is saved")
	}
}

func TestChangesFollowDocuments(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	collection(t, s, "a")
	save(t, s, revision("x", "a"), revision("y", "a"))
	first, err := retrievaltest.Changes(ctx, s, 0)
	if err != nil || len(first.Add) != 2 || len(first.Gone) != 0 {
		t.Fatalf("%+v, %v", first, err)
	}
	if again, err := retrievaltest.Changes(ctx, s, first.Version); err != nil || len(again.Add)+len(again.Gone) != 0 || again.Version != first.Version {
		t.Fatalf("nothing changed, but %+v, %v", again, err)
	}
	changed := revision("x", "a")
	changed.Passages[0].Text = "Neu"
	save(t, s, changed)
	if err := s.Remove(ctx, "src", []string{"y"}); err != nil {
		t.Fatal(err)
	}
	next, err := retrievaltest.Changes(ctx, s, first.Version)
	if err != nil || len(next.Gone) != 2 || len(next.Add) != 1 || next.Add[0].Body != "Neu" {
		t.Fatalf("%+v, %v", next, err)
	}
	if next.Add[0].DocumentID != first.Add[0].DocumentID {
		t.Error("a changed document got another id")
	}
	if err := s.Refuse(ctx, retrieval.Refusal{Verdict: retrieval.Again, Source: "src", Path: "x", Reason: retrieval.Reason{Code: retrieval.ReasonReaders, Words: "readers unknown"}, Withdraw: true}); err != nil {
		t.Fatal(err)
	}
	last, err := retrievaltest.Changes(ctx, s, next.Version)
	if err != nil || len(last.Gone) != 1 || len(last.Add) != 0 {
		t.Fatalf("withdrawn: %+v, %v", last, err)
	}
	save(t, s, changed)
	if back, err := retrievaltest.Changes(ctx, s, last.Version); err != nil || len(back.Add) != 1 {
		t.Fatalf("back again: %+v, %v", back, err)
	}
}

// TestChangesComeInPartsOfOneState changes documents while their former state is
// being read.
func TestChangesComeInPartsOfOneState(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	long := revision("lang", "a")
	for ordinal := 1; ordinal < 2*partSize; ordinal++ {
		long.Passages = append(long.Passages, retrieval.Passage{Ordinal: ordinal, Text: "Weiter."})
	}
	save(t, s, revision("a", "a"), long, revision("z", "a"))
	before, err := retrievaltest.Changes(t.Context(), s, 0)
	if err != nil || len(before.Add) != 2*partSize+2 {
		t.Fatalf("%d passages, %v", len(before.Add), err)
	}
	var parts []lexical.Change
	err = s.Changes(t.Context(), 0, func(part lexical.Change) error {
		if parts = append(parts, part); len(parts) == 1 {
			changed := revision("z", "a")
			changed.Passages[0].Text = "Neu"
			save(t, s, changed)
			return s.Remove(t.Context(), "src", []string{"lang"})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var whole []lexical.Entry
	for _, part := range parts {
		if whole = append(whole, part.Add...); len(part.Add) > partSize || part.Version != before.Version {
			t.Errorf("a part of %d passages at version %d, want at most %d at %d", len(part.Add), part.Version, partSize, before.Version)
		}
	}
	if diff := cmp.Diff(before.Add, whole, cmpopts.EquateComparable(retrieval.Validity{})); diff != "" {
		t.Error(diff)
	}
	after, err := retrievaltest.Changes(t.Context(), s, before.Version)
	if err != nil || len(after.Add) != 1 || after.Add[0].Body != "Neu" || len(after.Gone) != 2 {
		t.Errorf("afterwards %+v, %v", after, err)
	}
	ended := errors.New("enough")
	if err := s.Changes(t.Context(), 0, func(lexical.Change) error { return ended }); !errors.Is(err, ended) {
		t.Errorf("got %v", err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("after an end half-way: %v", err)
	}
}

func TestFailedVersionLeavesTheOldOneServing(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	save(t, s, revision("x", "a", []float32{1, 0, 0}))
	if err := s.Refuse(t.Context(), retrieval.Refusal{Source: "src", Path: "x", Version: retrieval.Version{Mark: "m2"}, Verdict: retrieval.Refused, Listed: "a", Collection: "a", Reason: retrieval.Reason{Code: retrieval.ReasonNotText, Words: "not text"}}); err != nil {
		t.Fatal(err)
	}
	if got := nearestPaths(t, s, []float32{1, 0, 0}, retrieval.ReadersOf("a"), 2); len(got) != 1 {
		t.Errorf("got %v", got)
	}
	rows, err := s.FindDocument(t.Context(), "x")
	if err != nil || len(rows) != 1 || rows[0].State != retrieval.Indexed || rows[0].Reason.Code != retrieval.ReasonNotText {
		t.Errorf("%+v, %v", rows, err)
	}
}

// TestAVersionThatCannotBeSavedLeavesTheOldOneServing fails at the last step of
// saving a new version: of a passage that it does not have.
func TestAVersionThatCannotBeSavedLeavesTheOldOneServing(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	save(t, s, revision("x", "a", []float32{1, 0, 0}))
	before, err := retrievaltest.Changes(t.Context(), s, 0)
	if err != nil {
		t.Fatal(err)
	}
	broken := revision("x", "a", []float32{0, 1, 0})
	broken.Passages[0].Text, broken.Units[0].Passage = "Neu", 7
	if err := s.Replace(t.Context(), broken); err == nil {
		t.Fatal("saved")
	}
	if got := nearestPaths(t, s, []float32{1, 0, 0}, retrieval.ReadersOf("a"), 2); len(got) != 1 {
		t.Errorf("found %v", got)
	}
	after, err := retrievaltest.Changes(t.Context(), s, 0)
	if diff := cmp.Diff(before, after, cmpopts.EquateComparable(retrieval.Validity{})); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
