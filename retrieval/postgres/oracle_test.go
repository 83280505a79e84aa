package postgres

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// TestOracle compares searches under random rights with a plain computation.
func TestOracle(t *testing.T) {
	t.Parallel()
	const collections, documents, questions = 8, 80, 300
	s := newStore(t)
	rng := rand.New(rand.NewPCG(1, 2))
	vector := func() []float32 {
		return []float32{float32(rng.NormFloat64()), float32(rng.NormFloat64()), float32(rng.NormFloat64())}
	}
	var names []string
	for i := range collections {
		names = append(names, fmt.Sprintf("c%d", i))
	}
	collection(t, s, names...)
	revisions := map[string]retrieval.Revision{}
	for i := range documents {
		units := make([][]float32, 1+rng.IntN(3))
		for j := range units {
			units[j] = vector()
		}
		path := fmt.Sprintf("d%02d", i)
		revisions[path] = revision(path, names[rng.IntN(collections)], units...)
		save(t, s, revisions[path])
	}
	for range questions {
		var readable []string
		for _, name := range names {
			if rng.IntN(3) == 0 {
				readable = append(readable, name)
			}
		}
		readers, query, limit := retrieval.ReadersOf(readable...), vector(), 1+rng.IntN(12)
		want := oracle(revisions, query, readers, limit)
		if got := nearestPaths(t, s, query, readers, limit); !slices.Equal(got, want) {
			t.Fatalf("readers %v, limit %d:\ngot  %v\nwant %v", readable, limit, got, want)
		}
	}
}

func oracle(revisions map[string]retrieval.Revision, query []float32, readers retrieval.Readers, limit int) []string {
	type scored struct {
		path  string
		score float64
	}
	var all []scored
	for path, rev := range revisions {
		if !readers.May(rev.Document.Collection) {
			continue
		}
		best := -2.0
		for _, unit := range rev.Units {
			best = max(best, cosine(unit.Values, query))
		}
		all = append(all, scored{path, best})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	paths := []string{}
	for _, found := range all[:min(limit, len(all))] {
		paths = append(paths, found.path)
	}
	return paths
}

func cosine(a, b []float32) float64 {
	var dot, aa, bb float64
	for i := range a {
		dot += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return dot / math.Sqrt(aa*bb)
}

func TestQueriesAskRightsAndValidityBeforeTheLimit(t *testing.T) {
	t.Parallel()
	n := nearest{model: 7, dimensions: 1, vector: []float32{1}, limit: 3}
	collection := numbered{5, "x' OR '1'='1"}
	exact, exactArgs := exactQuery(n, []numbered{collection})
	graph, graphArgs := graphQuery(n, collection, 10)
	for _, q := range []struct {
		sql, model, collection string
		args                   pgx.NamedArgs
	}{
		{exact, "e.model = @model", "e.collection = ANY (@collections)", exactArgs},
		{graph, "e.model = 7", "e.collection = 5", graphArgs},
	} {
		limit := strings.Index(q.sql, "LIMIT")
		for _, condition := range []string{
			"d.collection = ANY (@names)", "serves(d, @day)", q.model, q.collection,
		} {
			if at := strings.Index(q.sql, condition); at < 0 || at > limit {
				t.Errorf("%q does not stand before the limit of\n%s", condition, q.sql)
			}
		}
		if strings.Contains(q.sql, "'1'='1") {
			t.Error("a value stands in the statement")
		}
		for name := range q.args {
			if !strings.Contains(q.sql, "@"+name) {
				t.Errorf("argument %s is not used", name)
			}
		}
	}
}

// counting embeds nothing twice if the cache works.
type counting struct{ texts int }

func (c *counting) Model() retrieval.Model { return testModel }

func (c *counting) EmbedPassages(_ context.Context, texts []string) ([]retrieval.Vector, error) {
	c.texts += len(texts)
	vectors := make([]retrieval.Vector, len(texts))
	for i, text := range texts {
		vectors[i] = retrieval.Vector{Model: testModel, Values: []float32{float32(len(text)), 1, 0}}
	}
	return vectors, nil
}

func (c *counting) EmbedQueries(_ context.Context, texts ...string) ([]retrieval.Vector, error) {
	c.texts += len(texts)
	vectors := make([]retrieval.Vector, len(texts))
	for i := range texts {
		vectors[i] = retrieval.Vector{Model: testModel, Values: []float32{0, float32(i), 1}}
	}
	return vectors, nil
}

func TestCacheEmbedsOnce(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	inner := &counting{}
	for range 2 {
		cache, err := OpenCache(t.Context(), store)
		if err != nil {
			t.Fatal(err)
		}
		e := cache.Embedder(inner)
		vectors, err := e.EmbedPassages(t.Context(), []string{"eins", "zwölf", "eins"})
		if err != nil || len(vectors) != 3 || vectors[0].Values[0] != 4 || vectors[1].Values[0] != 6 {
			t.Fatalf("%v, %v", vectors, err)
		}
		if v, err := e.EmbedQueries(t.Context(), "eins", "zwölf"); err != nil || v[0].Values[1] != 0 || v[1].Values[1] != 1 {
			t.Fatalf("%v, %v", v, err)
		}
	}
	if inner.texts != 5 {
		t.Errorf("%d texts were embedded", inner.texts)
	}
}
