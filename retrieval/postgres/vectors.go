package postgres

import (
	"cmp"
	"context"
	"errors"
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
	ways, err := s.ways(ctx, v.Model, r.Collections())
	if err != nil {
		return nil, fmt.Errorf("search vectors: %w", err)
	}
	found, err := s.nearest(ctx, nearest{
		model: ways.model, dimensions: v.Model.Dimensions, vector: v.Values, day: retrieval.DateOf(at), limit: limit,
	}, ways)
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
	day        retrieval.Date
	limit      int
}

// numbered is a collection with the number that its vectors hold.
type numbered struct {
	number int32
	name   string
}

// ways are the readable collections by the way they are searched.
type ways struct {
	model         int16
	exact, graphs []numbered
}

// nearest searches collections with a graph that serves by their graphs and all
// others exactly, at the same time.
func (s *Store) nearest(ctx context.Context, n nearest, w ways) ([]retrieval.Scored, error) {
	if len(w.graphs) == 0 {
		return exactly(ctx, s.pool, n, w.exact)
	}
	parts := make([][]retrieval.Scored, len(w.graphs)+1)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(searchedAtOnce)
	for i, collection := range w.graphs {
		group.Go(func() (err error) {
			parts[i], err = s.byGraphOrExactly(ctx, n, collection)
			return err
		})
	}
	group.Go(func() (err error) {
		parts[len(w.graphs)], err = exactly(ctx, s.pool, n, w.exact)
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
func (s *Store) byGraphOrExactly(ctx context.Context, n nearest, collection numbered) ([]retrieval.Scored, error) {
	found, enough, err := byGraph(ctx, s.pool, n, collection)
	if err != nil {
		return nil, fmt.Errorf("graph of collection %d: %w", collection.number, err)
	}
	if enough {
		return found, nil
	}
	return exactly(ctx, s.pool, n, []numbered{collection})
}

// bySimilarity orders the most similar first, equal ones by id, so that two runs
// agree.
func bySimilarity(a, b retrieval.Scored) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.PassageID, b.PassageID))
}

// ways finds the model's set and the ways of the collections in one statement.
// An index without sets has none.
func (s *Store) ways(ctx context.Context, model retrieval.Model, names []string) (w ways, err error) {
	rows, err := s.pool.Query(ctx, `
		SELECT m.id, c.number, c.name, coalesce(g.recall >= $4 AND NOT $5, false)
		FROM model m JOIN collection c ON c.name = ANY ($3)
		LEFT JOIN vector_graph g ON g.collection = c.number AND g.model = m.id
		WHERE m.name = $1 AND m.dimensions = $2`, model.Name, model.Dimensions, names, MinRecall, s.exact)
	if err != nil {
		return ways{}, err
	}
	var c numbered
	var graph bool
	_, err = pgx.ForEachRow(rows, []any{&w.model, &c.number, &c.name, &graph}, func() error {
		if graph {
			w.graphs = append(w.graphs, c)
		} else {
			w.exact = append(w.exact, c)
		}
		return nil
	})
	if err != nil {
		return ways{}, fmt.Errorf("read how collections are searched: %w", err)
	}
	if w.model == 0 {
		return ways{}, s.known(ctx, model)
	}
	return w, nil
}

// exactly compares with every readable vector of the collections.
func exactly(ctx context.Context, db batcher, n nearest, collections []numbered) ([]retrieval.Scored, error) {
	if len(collections) == 0 {
		return nil, nil
	}
	sql, args := exactQuery(n, collections)
	return search(ctx, db, sql, args, plannedAnew)
}

// plannedAnew has a search planned for its own collections: from the sixth time
// on PostgreSQL may plan a prepared statement for any of them, and then compared
// all 100 000 vectors to search 100 (66 ms instead of 4).
const plannedAnew = `SELECT set_config('plan_cache_mode', 'force_custom_plan', true)`

// batcher is a pool or a transaction.
type batcher interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// search makes settings and then a search with them. Both go together, so that
// they are one transaction and one way to the server and back.
func search(ctx context.Context, db batcher, sql string, args pgx.NamedArgs, settings string, values ...any) (found []retrieval.Scored, err error) {
	batch := &pgx.Batch{}
	batch.Queue(settings, values...)
	batch.Queue(sql, args)
	results := db.SendBatch(ctx, batch)
	defer func() { err = errors.Join(err, results.Close()) }()
	if _, err := results.Exec(); err != nil {
		return nil, fmt.Errorf("set up the search: %w", err)
	}
	rows, _ := results.Query()
	return pgx.CollectRows(rows, scanScored)
}

func scanScored(row pgx.CollectableRow) (sc retrieval.Scored, err error) {
	err = row.Scan(&sc.PassageID, &sc.Score)
	return sc, err
}

// mayServe is the condition of rights and validity on a document d. The document
// says who may read it; the number in a vector only finds it quickly. Only the
// collections searched are named: with all readable ones the planner read every
// document of a large one to compare with a hundred vectors.
const mayServe = `d.collection = ANY (@names) AND serves(d, @day)`

// exactQuery builds the exact search: distances of what may serve, each
// passage's best unit, and only then the limit. OFFSET 0 keeps the planner from
// sorting whole vectors for the groups, which took 33 ms instead of 13 over
// 10 000 vectors (docs/decisions/0004).
func exactQuery(n nearest, collections []numbered) (sql string, args pgx.NamedArgs) {
	numbers, names := columns(collections)
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
			"collections": numbers, "names": names, "day": toDate(n.day), "vector": pgvector.NewVector(n.vector),
			"model": n.model, "limit": n.limit,
		}
}

// columns returns the numbers and the names of collections.
func columns(collections []numbered) (numbers []int32, names []string) {
	for _, c := range collections {
		numbers, names = append(numbers, c.number), append(names, c.name)
	}
	return numbers, names
}

// known tells an index that has no vectors, or none of what is readable, from
// one that has only other models' vectors. The model's set need not be the
// active one: a question that was embedded just before a switch is answered by
// the set that it was embedded for.
func (s *Store) known(ctx context.Context, model retrieval.Model) error {
	sets, err := readSets(ctx, s.pool, "")
	if err != nil {
		return fmt.Errorf("read embedding sets: %w", err)
	}
	ofModel := func(set storedModel) bool { return set.Model == model }
	if len(sets) > 0 && !slices.ContainsFunc(sets, ofModel) {
		return unknownSet(sets, model)
	}
	return nil
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
