package postgres

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// graphModel is small, so that graphs of thousands of vectors are built quickly.
var graphModel = retrieval.Model{Name: "graph", Dimensions: 8}

// load saves the vectors as documents of 100 passages with perPassage units each.
func load(t *testing.T, s *Store, path, collection string, perPassage int, vectors [][]float32) {
	t.Helper()
	const passages = 100
	for doc := 0; doc*passages*perPassage < len(vectors); doc++ {
		rev := revision(fmt.Sprintf("%s%04d", path, doc), collection)
		rev.Model, rev.Passages = graphModel, nil
		of := vectors[doc*passages*perPassage:]
		for i := range of[:min(len(of), passages*perPassage)] {
			p := i / perPassage
			if p == len(rev.Passages) {
				rev.Passages = append(rev.Passages, retrieval.Passage{Ordinal: p, Text: fmt.Sprintf("%s %d", rev.Document.Path, p)})
			}
			rev.Units = append(rev.Units, retrieval.Unit{
				Passage: p, Ordinal: i % perPassage, Hash: retrieval.HashUnit(fmt.Sprintf("%s %d", rev.Document.Path, i)), Values: of[i],
			})
		}
		save(t, s, rev)
	}
	if _, err := s.Pool().Exec(t.Context(), `ANALYZE`); err != nil { // the server for tests does not by itself
		t.Fatal(err)
	}
}

// around returns n vectors around a place, each number off by about width.
func around(rng *rand.Rand, place []float32, width float64, n int) [][]float32 {
	vectors := make([][]float32, n)
	for i := range vectors {
		vectors[i] = make([]float32, graphModel.Dimensions)
		for j := range vectors[i] {
			vectors[i][j] = place[j] + float32(width*rng.NormFloat64())
		}
	}
	return vectors
}

var nowhere = make([]float32, graphModel.Dimensions)

// exactStore returns a store on the same database that searches no graph.
func exactStore(t *testing.T, s *Store) *Store {
	t.Helper()
	exact, err := Open(t.Context(), s.Pool().Config().ConnString(), Options{Exact: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(exact.Close)
	return exact
}

func tendGraphs(t *testing.T, s *Store) []Graph {
	t.Helper()
	measured, err := s.TendGraphs(t.Context(), graphModel, noon, nil)
	if err != nil {
		t.Fatal(err)
	}
	return measured
}

func searchGraphs(t *testing.T, s *Store, values []float32, r retrieval.Readers, limit int) []retrieval.Scored {
	t.Helper()
	found, err := s.Vectors(t.Context(), retrieval.Vector{Model: graphModel, Values: values}, r, noon, limit)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// overlap is the share of want that got has as well.
func overlap(got, want []retrieval.Scored) float64 {
	if len(want) == 0 {
		return 1
	}
	n := 0
	for _, w := range want {
		if slices.ContainsFunc(got, func(g retrieval.Scored) bool { return g.PassageID == w.PassageID }) {
			n++
		}
	}
	return float64(n) / float64(len(want))
}

func TestGraphFindsWhatExactSearchFinds(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	rng := rand.New(rand.NewPCG(3, 4))
	collection(t, s, "large", "small", "forbidden")
	load(t, s, "l", "large", 3, around(rng, nowhere, 1, Crossing+1000))
	load(t, s, "s", "small", 1, around(rng, nowhere, 1, 300))
	load(t, s, "f", "forbidden", 1, around(rng, nowhere, 1, 300))
	for path, change := range map[string]string{"l0001": "state = 'blocked', held = 'indexed', blocked_at = now()", "l0002": "valid_until = '2020-01-01'", "l0003": "valid_from = '2030-01-01'"} {
		if _, err := s.Pool().Exec(t.Context(), `UPDATE document SET `+change+` WHERE path = $1`, path); err != nil {
			t.Fatal(err)
		}
	}
	measured := tendGraphs(t, s)
	if len(measured) != 1 || measured[0].Collection != "large" || !measured[0].Serves() || measured[0].Units != Crossing+1000 {
		t.Fatalf("measured %+v", measured)
	}
	wantGraphUsed(t, s, "large")
	exact := exactStore(t, s)
	var agreed float64
	const questions = 60
	for i := range questions {
		readers := retrieval.ReadersOf([][]string{{"large"}, {"large", "small"}, {"small"}}[i%3]...)
		limit, q := 1+rng.IntN(200), around(rng, nowhere, 1, 1)[0]
		got, want := searchGraphs(t, s, q, readers, limit), searchGraphs(t, exact, q, readers, limit)
		if len(got) != len(want) {
			t.Fatalf("question %d: %d passages, exactly %d", i, len(got), len(want))
		}
		wantServed(t, s, got, readers)
		agreed += overlap(got, want) / questions
	}
	if agreed < 0.98 {
		t.Errorf("graph and exact search agree to %.3f", agreed)
	}
}

// wantGraphUsed fails unless the collection's search runs over its graph.
func wantGraphUsed(t *testing.T, s *Store, name string) {
	t.Helper()
	err := s.inTransaction(t.Context(), func(tx pgx.Tx) error {
		n := nearest{dimensions: graphModel.Dimensions, vector: around(rand.New(rand.NewPCG(1, 1)), nowhere, 1, 1)[0], limit: 10}
		collection := numbered{name: name}
		if err := tx.QueryRow(t.Context(), `SELECT m.id, c.number FROM model m, collection c WHERE m.name = $1 AND c.name = $2`,
			graphModel.Name, name).Scan(&n.model, &collection.number); err != nil {
			return err
		}
		if _, err := tx.Exec(t.Context(), walkSettings, effort(n.limit)); err != nil {
			return err
		}
		sql, args := graphQuery(n, collection, 15)
		rows, _ := tx.Query(t.Context(), "EXPLAIN "+sql, args)
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if all := strings.Join(plan, "\n"); !strings.Contains(all, graphName(n.model, collection.number)) {
			t.Errorf("the graph is not used:\n%s", all)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wantServed fails if a passage was found twice, or one that must not be.
func wantServed(t *testing.T, s *Store, found []retrieval.Scored, r retrieval.Readers) {
	t.Helper()
	seen := map[int64]bool{}
	ids := make([]int64, len(found))
	for i, f := range found {
		if seen[f.PassageID] {
			t.Fatalf("passage %d twice", f.PassageID)
		}
		seen[f.PassageID], ids[i] = true, f.PassageID
	}
	var served int
	err := s.Pool().QueryRow(t.Context(), `
		SELECT count(*) FROM passage p JOIN document d ON d.id = p.document_id
		WHERE p.id = ANY ($1) AND d.collection = ANY ($2) AND d.state = 'indexed'
		AND d.path NOT IN ('l0001', 'l0002', 'l0003')`, ids, r.Collections()).Scan(&served)
	if err != nil {
		t.Fatal(err)
	}
	if served != len(found) {
		t.Fatalf("%d of %d passages may be served", served, len(found))
	}
}

func TestGraphGivesAllThatIsLeft(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	rng := rand.New(rand.NewPCG(5, 6))
	collection(t, s, "a")
	load(t, s, "d", "a", 1, around(rng, nowhere, 1, Crossing))
	tendGraphs(t, s)
	if _, err := s.Pool().Exec(t.Context(), `UPDATE document SET state = 'blocked', held = 'indexed', blocked_at = now() WHERE path <> 'd0007'`); err != nil {
		t.Fatal(err)
	}
	exact, readers := exactStore(t, s), retrieval.ReadersOf("a")
	for range 5 {
		q := around(rng, nowhere, 1, 1)[0]
		for _, limit := range []int{10, 150} { // fewer and more than the hundred that are left
			got, want := searchGraphs(t, s, q, readers, limit), searchGraphs(t, exact, q, readers, limit)
			if len(got) != min(limit, 100) || len(got) != len(want) {
				t.Fatalf("%d passages, exactly %d", len(got), len(want))
			}
			if share := overlap(got, want); share < 0.9 {
				t.Errorf("limit %d: agrees to %.2f", limit, share)
			}
		}
	}
}

// TestCutOffPassagesAreSeen loads few passages first and thousands of unlike
// ones after them, which leaves the first out of the graph's reach.
func TestCutOffPassagesAreSeen(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	rng := rand.New(rand.NewPCG(1, 1))
	collection(t, s, "a")
	places := around(rng, nowhere, 1, 40)
	for i, place := range places[:8] {
		load(t, s, fmt.Sprintf("early%d-", i), "a", 1, around(rng, place, 0.002, 30))
	}
	for i, place := range places[8:] {
		load(t, s, fmt.Sprintf("late%d-", i), "a", 1, around(rng, place, 0.05, 200))
	}
	measured := tendGraphs(t, s)
	if len(measured) != 1 || measured[0].Serves() {
		t.Fatalf("measured %+v", measured)
	}
	exact, readers := exactStore(t, s), retrieval.ReadersOf("a")
	for _, place := range places[:8] {
		got, want := searchGraphs(t, s, place, readers, 10), searchGraphs(t, exact, place, readers, 10)
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if again := tendGraphs(t, s); len(again) != 0 {
		t.Errorf("measured without a change: %+v", again)
	}
}

func TestTendGraphsGoesOnAfterACrash(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	rng := rand.New(rand.NewPCG(7, 8))
	load(t, s, "d", "a", 1, around(rng, nowhere, 1, Crossing))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := s.TendGraphs(ctx, graphModel, noon, func(string, int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("a tending that was stopped: %v", err)
	}
	if measured := tendGraphs(t, s); len(measured) != 1 || !measured[0].Serves() {
		t.Fatalf("measured %+v", measured)
	}
	// What a crash in the middle of a build leaves is an index marked invalid.
	if _, err := s.Pool().Exec(t.Context(), `UPDATE pg_index SET indisvalid = false WHERE indexrelid = (
		SELECT oid FROM pg_class WHERE starts_with(relname, 'embedding_graph_'))`); err != nil {
		t.Fatal(err)
	}
	if measured := tendGraphs(t, s); len(measured) != 1 || !measured[0].Serves() {
		t.Fatalf("measured %+v", measured)
	}
	wantGraphUsed(t, s, "a")
	if measured := tendGraphs(t, s); len(measured) != 0 {
		t.Errorf("nothing changed, measured %+v", measured)
	}
}

func TestGraphsFollowTheirCollections(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	rng := rand.New(rand.NewPCG(9, 10))
	load(t, s, "d", "a", 1, around(rng, nowhere, 1, Crossing-100))
	if measured := tendGraphs(t, s); len(measured) != 0 {
		t.Fatalf("a graph below the crossing: %+v", measured)
	}
	load(t, s, "e", "a", 1, around(rng, nowhere, 1, 100))
	if measured := tendGraphs(t, s); len(measured) != 1 {
		t.Fatalf("measured %+v", measured)
	}
	load(t, s, "f", "a", 1, around(rng, nowhere, 1, Crossing/5))
	if measured := tendGraphs(t, s); len(measured) != 1 || measured[0].Units != Crossing+Crossing/5 {
		t.Fatalf("after a large change: %+v", measured)
	}
	busy := s.tending(t.Context(), func(*tender) error {
		if measured := tendGraphs(t, s); len(measured) != 0 {
			t.Errorf("two tend at once: %+v", measured)
		}
		return s.DropGraphs(t.Context(), graphModel)
	})
	if !errors.Is(busy, retrieval.ErrBusy) {
		t.Errorf("drop while another tends: %v", busy)
	}
	if err := s.DropGraphs(t.Context(), graphModel); err != nil {
		t.Fatal(err)
	}
	graphs, err := s.Graphs(t.Context())
	if err != nil || len(graphs) != 0 {
		t.Errorf("graphs %v, %v", graphs, err)
	}
	if found := searchGraphs(t, s, around(rng, nowhere, 1, 1)[0], retrieval.ReadersOf("a"), 10); len(found) != 10 {
		t.Errorf("found %d", len(found))
	}
}
