package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"
	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/retrieval"
)

var _ retrieval.Vectors = (*Store)(nil)

// Vectors returns at most limit passages that r may see and whose documents are
// valid on the day of the given moment, in that moment's own time zone, most
// similar first. The score is the cosine similarity of a passage's best unit.
// An index without vectors finds nothing; one with only another model's vectors
// is a [retrieval.ModelError].
func (s *Store) Vectors(ctx context.Context, v retrieval.Vector, r retrieval.Readers, at time.Time, limit int) ([]retrieval.Scored, error) {
	if len(v.Values) != v.Model.Dimensions {
		return nil, &retrieval.ModelError{
			Have: retrieval.Model{Name: v.Model.Name, Dimensions: len(v.Values)}, Index: []retrieval.Model{v.Model},
		}
	}
	if err := retrieval.CheckValues(v.Values); err != nil {
		return nil, fmt.Errorf("search vectors: %w", err)
	}
	if r.Empty() || limit <= 0 {
		return nil, nil
	}
	model, err := s.searchable(ctx, v.Model)
	if err != nil || model == 0 {
		return nil, err
	}
	found, err := s.nearest(ctx, nearest{
		model: model, dimensions: v.Model.Dimensions, vector: v.Values,
		names: r.Collections(), day: retrieval.DateOf(at), limit: limit,
	})
	if err != nil {
		return nil, fmt.Errorf("search vectors: %w", err)
	}
	return found, nil
}

// nearest is one search for the most similar passages.
type nearest struct {
	model      int16
	dimensions int
	vector     []float32
	names      []string // of the readable collections
	day        retrieval.Date
	limit      int
}

// nearest searches collections with a graph that serves by their graphs and all
// others exactly, at the same time.
func (s *Store) nearest(ctx context.Context, n nearest) ([]retrieval.Scored, error) {
	exact, graphs, err := s.ways(ctx, n)
	if err != nil {
		return nil, err
	}
	if len(graphs) == 0 {
		return exactly(ctx, s.pool, n, exact)
	}
	parts := make([][]retrieval.Scored, len(graphs)+1)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(searchedAtOnce)
	for i, collection := range graphs {
		group.Go(func() (err error) {
			parts[i], err = s.byGraphOrExactly(ctx, n, collection)
			return err
		})
	}
	group.Go(func() (err error) {
		parts[len(graphs)], err = exactly(ctx, s.pool, n, exact)
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	found := slices.Concat(parts...)
	slices.SortFunc(found, bySimilarity)
	return found[:min(len(found), n.limit)], nil
}

// searchedAtOnce bounds the connections that one search takes.
const searchedAtOnce = 3

// byGraphOrExactly walks a collection's graph, and compares with each of its
// vectors where the graph gave too little.
func (s *Store) byGraphOrExactly(ctx context.Context, n nearest, collection int32) ([]retrieval.Scored, error) {
	found, enough, err := byGraph(ctx, s.pool, n, collection)
	if err != nil {
		return nil, fmt.Errorf("graph of collection %d: %w", collection, err)
	}
	if enough {
		return found, nil
	}
	return exactly(ctx, s.pool, n, []int32{collection})
}

// bySimilarity orders the most similar first, equal ones by id, so that two runs
// agree.
func bySimilarity(a, b retrieval.Scored) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.PassageID, b.PassageID))
}

// ways returns the numbers of the readable collections by the way they are
// searched.
func (s *Store) ways(ctx context.Context, n nearest) (exact, graphs []int32, err error) {
	rows, err := s.pool.Query(ctx, `
		SELECT c.number, coalesce(g.recall >= $3 AND NOT $4, false)
		FROM collection c LEFT JOIN vector_graph g ON g.collection = c.number AND g.model = $2
		WHERE c.name = ANY ($1)`, n.names, n.model, MinRecall, s.exact)
	if err != nil {
		return nil, nil, err
	}
	var number int32
	var graph bool
	_, err = pgx.ForEachRow(rows, []any{&number, &graph}, func() error {
		if graph {
			graphs = append(graphs, number)
		} else {
			exact = append(exact, number)
		}
		return nil
	})
	return exact, graphs, err
}

// exactly compares with every readable vector of the collections.
func exactly(ctx context.Context, db querier, n nearest, collections []int32) ([]retrieval.Scored, error) {
	if len(collections) == 0 {
		return nil, nil
	}
	sql, args := exactQuery(n, collections)
	rows, _ := db.Query(ctx, sql, args)
	return pgx.CollectRows(rows, scanScored)
}

func scanScored(row pgx.CollectableRow) (sc retrieval.Scored, err error) {
	err = row.Scan(&sc.PassageID, &sc.Score)
	return sc, err
}

// mayServe is the condition of rights, state and validity on a document d. The
// document says who may read it; the number in a vector only finds it quickly.
const mayServe = `d.collection = ANY (@names)
	  AND d.state = 'indexed'
	  AND (d.valid_from IS NULL OR d.valid_from <= @day)
	  AND (d.replaces_from IS NULL OR d.replaces_from <= @day)
	  AND (d.valid_until IS NULL OR d.valid_until >= @day)
	  AND (d.superseded_by IS NULL OR d.superseded_from > @day)`

// exactQuery builds the exact search: distances of what may serve, each
// passage's best unit, and only then the limit. OFFSET 0 keeps the planner from
// sorting whole vectors for the groups, which took 33 ms instead of 13 over
// 10 000 vectors (docs/decisions/0004).
func exactQuery(n nearest, collections []int32) (sql string, args pgx.NamedArgs) {
	return `
SELECT passage_id, max(score) AS score FROM (
	SELECT e.passage_id, 1 - (e.vector <=> @vector) AS score
	FROM embedding e JOIN document d ON d.id = e.document_id
	WHERE e.model = @model AND e.collection = ANY (@collections)
	  AND ` + mayServe + `
	OFFSET 0
) compared
GROUP BY passage_id
ORDER BY score DESC, passage_id
LIMIT @limit`, pgx.NamedArgs{
			"collections": collections, "names": n.names, "day": toDate(n.day), "vector": pgvector.NewVector(n.vector),
			"model": n.model, "limit": n.limit,
		}
}

// searchable returns the id of the model's set, or 0 if the index has no sets at
// all. It need not be the active one: a question that was embedded just before a
// switch is answered by the set that it was embedded for.
func (s *Store) searchable(ctx context.Context, model retrieval.Model) (int16, error) {
	sets, err := readSets(ctx, s.pool, "")
	if err != nil {
		return 0, fmt.Errorf("read embedding sets: %w", err)
	}
	for _, set := range sets {
		if set.Model == model {
			return set.ID, nil
		}
	}
	if len(sets) == 0 {
		return 0, nil
	}
	return 0, unknownSet(sets, model)
}

// Check compares the embedder's model with the active set. It returns a
// [retrieval.ModelError] that says what to do if that set is another model's;
// an index without vectors fits each model.
func (s *Store) Check(ctx context.Context, model retrieval.Model) error {
	sets, err := readSets(ctx, s.pool, "")
	if err != nil {
		return fmt.Errorf("read embedding sets: %w", err)
	}
	if set := active(sets); set != nil && set.Model != model {
		return &retrieval.ModelError{Have: model, Index: []retrieval.Model{set.Model}}
	}
	return nil
}
