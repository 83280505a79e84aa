package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/database"
)

// When a collection has a graph, and when it is looked after. How each was
// found: docs/decisions/0004.
const (
	// Crossing is the number of vectors of a collection from which its graph
	// answers sooner than comparing with each of them.
	Crossing = 5000
	// remeasureShare is the share of changed vectors after which the recall is
	// measured anew, rebuildShare the one after which the graph is built anew.
	remeasureShare, rebuildShare = 0.1, 0.5
	// maxGraphDimensions is pgvector's limit for half-precision vectors.
	maxGraphDimensions = 4000
	// Links of a node, and candidates looked at when it is linked: with 100 of
	// them some graphs of 90 000 vectors found .925 in their worst part, with 200
	// none of four less than 1.
	graphLinks, graphCandidates = 16, 200
)

// Graph is the approximate index (HNSW) over one collection's vectors of one model.
type Graph struct {
	Model      retrieval.Model
	Collection string
	Units      int     // vectors when the recall was measured
	Recall     float64 // share of exact search's best ten that the graph finds, in its worst part
	MeasuredAt time.Time
}

// Serves reports whether searches use the graph; otherwise they compare with
// every vector.
func (g Graph) Serves() bool { return g.Recall >= MinRecall }

// Graphs returns all graphs, by model and collection.
func (s *Store) Graphs(ctx context.Context) ([]Graph, error) {
	rows, _ := s.pool.Query(ctx, `
		SELECT m.name, m.dimensions, c.name, g.units, g.recall, g.measured_at
		FROM vector_graph g JOIN model m ON m.id = g.model JOIN collection c ON c.number = g.collection
		ORDER BY m.name, c.name`)
	graphs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g Graph, err error) {
		err = row.Scan(&g.Model.Name, &g.Model.Dimensions, &g.Collection, &g.Units, &g.Recall, &g.MeasuredAt)
		return g, err
	})
	if err != nil {
		return nil, fmt.Errorf("read graphs of vectors: %w", err)
	}
	return graphs, nil
}

// TendGraphs brings the model's graphs in line with its vectors: builds those
// of collections that grew past [Crossing], drops those of collections that
// shrank well below it, clears away what a crash left half built, and measures
// the recall where much changed. It returns the graphs that it measured. Before
// a graph is built, building is told of it; it may be nil.
//
// Searches and changes go on meanwhile. It can be killed at any moment and run
// again; while another process tends the same schema it does nothing. The
// recall is that of searches at the given moment.
func (s *Store) TendGraphs(ctx context.Context, model retrieval.Model, at time.Time, building func(collection string, units int)) ([]Graph, error) {
	var measured []Graph
	err := s.tending(ctx, func(t *tender) (err error) {
		t.at = at
		if building != nil {
			t.building = building
		}
		measured, err = t.tend(ctx, model)
		return err
	})
	if err != nil {
		return measured, fmt.Errorf("tend graphs of %s: %w", model.Name, err)
	}
	return measured, nil
}

// DropGraphs removes all graphs of the model; its vectors are searched exactly
// from then on. It fails with [retrieval.ErrBusy] while graphs are tended.
func (s *Store) DropGraphs(ctx context.Context, model retrieval.Model) error {
	done := false
	err := s.tending(ctx, func(t *tender) error {
		done = true
		collections, err := t.collections(ctx, model)
		if err != nil {
			return err
		}
		for _, c := range collections {
			if err := t.drop(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && !done {
		err = retrieval.ErrBusy
	}
	if err != nil {
		return fmt.Errorf("drop graphs of %s: %w", model.Name, err)
	}
	return nil
}

// tender looks after graphs on one connection, which holds the lock: indexes
// are built outside of transactions.
type tender struct {
	store    *Store
	conn     *pgxpool.Conn
	at       time.Time
	building func(collection string, units int)
}

// tending runs work unless another process tends this schema's graphs.
func (s *Store) tending(ctx context.Context, work func(*tender) error) (err error) {
	lock, err := database.TryLock(ctx, s.pool, lockName("graphs "+s.schema))
	if errors.Is(err, database.ErrBusy) {
		return nil
	}
	if err != nil {
		return err
	}
	defer lock.Release()
	return database.Lift(ctx, lock.Conn(), func() error {
		return work(&tender{store: s, conn: lock.Conn(), building: func(string, int) {}})
	})
}

// graphed is a collection as the tender sees it.
type graphed struct {
	numbered
	model      int16
	dimensions int
	units      int
	index      bool // there is a complete graph
	known      bool // and its recall was measured
	unmeasured int  // units that changed since it was measured
	unbuilt    int  // and since it was built
}

func (t *tender) tend(ctx context.Context, model retrieval.Model) (measured []Graph, err error) {
	if err := t.clear(ctx); err != nil {
		return nil, err
	}
	able, err := t.able(ctx)
	if err != nil || !able || model.Dimensions > maxGraphDimensions {
		return nil, err
	}
	collections, err := t.collections(ctx, model)
	if err != nil {
		return nil, err
	}
	for _, c := range collections {
		recall, changed, err := t.tendOne(ctx, c)
		if err != nil {
			return measured, fmt.Errorf("collection %q: %w", c.name, err)
		}
		if changed {
			measured = append(measured, Graph{
				Model: model, Collection: c.name, Units: c.units, Recall: recall, MeasuredAt: t.at,
			})
		}
	}
	return measured, nil
}

// tendOne does what one collection needs and returns the recall if it was
// measured. A graph that fell below the limit is built anew once.
func (t *tender) tendOne(ctx context.Context, c graphed) (recall float64, measured bool, err error) {
	switch {
	case c.units < Crossing/2 && (c.index || c.known):
		return 0, false, t.drop(ctx, c)
	case !c.index && c.units < Crossing:
		return 0, false, nil
	case !c.index || exceeds(c.unbuilt, rebuildShare, c.units):
		recall, err = t.build(ctx, c)
		return recall, true, err
	case c.known && !exceeds(c.unmeasured, remeasureShare, c.units):
		return 0, false, nil
	}
	if recall, err = t.measure(ctx, c, false); err == nil && recall < MinRecall {
		recall, err = t.build(ctx, c)
	}
	return recall, true, err
}

func exceeds(changed int, share float64, of int) bool { return float64(changed) > share*float64(of) }

// clear drops the graphs that a crash left half built.
func (t *tender) clear(ctx context.Context) error {
	rows, _ := t.conn.Query(ctx, `
		SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		WHERE NOT i.indisvalid AND i.indrelid = 'embedding'::regclass AND starts_with(c.relname, 'embedding_graph_')`)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := t.dropIndex(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// able reports whether the server's pgvector can go on behind a filter: older
// ones than 0.8 return too little.
func (t *tender) able(ctx context.Context) (able bool, err error) {
	err = t.conn.QueryRow(ctx, `
		SELECT string_to_array(extversion, '.')::int[] >= '{0,8}' FROM pg_extension WHERE extname = 'vector'`).Scan(&able)
	return able, err
}

// collections returns all collections with what they have of the model.
func (t *tender) collections(ctx context.Context, model retrieval.Model) ([]graphed, error) {
	rows, _ := t.conn.Query(ctx, `
		WITH m AS (SELECT id, dimensions FROM model WHERE name = $1 AND dimensions = $2),
		counted AS (
			SELECT collection, count(*) AS units FROM embedding WHERE model = (SELECT id FROM m) GROUP BY collection
		)
		SELECT m.id, m.dimensions, c.number, c.name, coalesce(n.units, 0),
			to_regclass(format('embedding_graph_%s_%s', m.id, c.number)) IS NOT NULL, g.model IS NOT NULL,
			greatest(coalesce(changed.unmeasured, 0), abs(coalesce(n.units, 0) - coalesce(g.units, 0))),
			coalesce(changed.unbuilt, 0)
		FROM m CROSS JOIN collection c
		LEFT JOIN counted n ON n.collection = c.number
		LEFT JOIN vector_graph g ON g.model = m.id AND g.collection = c.number
		LEFT JOIN LATERAL (
			SELECT count(*) FILTER (WHERE d.version > g.measured) AS unmeasured, count(*) AS unbuilt
			FROM document d JOIN embedding e ON e.document_id = d.id
			WHERE d.version > g.built AND e.model = m.id AND e.collection = c.number
		) changed ON g.model IS NOT NULL
		ORDER BY c.number`, model.Name, model.Dimensions)
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (c graphed, err error) {
		err = row.Scan(&c.model, &c.dimensions, &c.number, &c.name, &c.units, &c.index, &c.known, &c.unmeasured, &c.unbuilt)
		return c, err
	})
}

// build makes the collection's graph, in the place of an earlier one, and
// measures it. Until that is done searches are exact.
func (t *tender) build(ctx context.Context, c graphed) (recall float64, err error) {
	if err := t.drop(ctx, c); err != nil {
		return 0, err
	}
	t.building(c.name, c.units)
	if err := t.create(ctx, c); err != nil {
		return 0, fmt.Errorf("build graph: %w", err)
	}
	return t.measure(ctx, c, true)
}

// create builds the index beside running work. In memory it takes a fraction of
// the time, so that gets what the graph needs, up to a limit.
func (t *tender) create(ctx context.Context, c graphed) error {
	const mebibyte, most = 1 << 20, 2048
	node := 2*c.dimensions + 24*graphLinks + 256 // bytes: numbers, links, what pgvector keeps beside them
	memory := min(64+c.units*node/mebibyte, most)
	if _, err := t.conn.Exec(ctx, fmt.Sprintf(`SET maintenance_work_mem = '%dMB'`, memory)); err != nil {
		return err
	}
	sql := fmt.Sprintf(`CREATE INDEX CONCURRENTLY %s ON embedding
		USING hnsw ((vector::halfvec(%d)) halfvec_cosine_ops) WITH (m = %d, ef_construction = %d)
		WHERE model = %d AND collection = %d`,
		graphName(c.model, c.number), c.dimensions, graphLinks, graphCandidates, c.model, c.number)
	_, err := t.conn.Exec(ctx, sql)
	if noSharedMemory(err) { // a container's share of it is small: one process needs none
		if err = t.clear(ctx); err == nil {
			_, err = t.conn.Exec(ctx, `SET max_parallel_maintenance_workers = 0`)
		}
		if err == nil {
			_, err = t.conn.Exec(ctx, sql)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err() // the connection is closed, and its settings with it
	}
	_, resetErr := t.conn.Exec(ctx, `RESET maintenance_work_mem; RESET max_parallel_maintenance_workers`)
	return errors.Join(err, resetErr)
}

// noSharedMemory reports that the server could not get memory for several
// processes at one index.
func noSharedMemory(err error) bool {
	var refused *pgconn.PgError
	const diskFull, outOfMemory = "53100", "53200" // of /dev/shm, in the first case
	return errors.As(err, &refused) && (refused.Code == diskFull || refused.Code == outOfMemory)
}

// drop removes the collection's graph and what is known of it; searches are
// exact from the first statement on.
func (t *tender) drop(ctx context.Context, c graphed) error {
	_, err := t.conn.Exec(ctx, `DELETE FROM vector_graph WHERE model = $1 AND collection = $2`, c.model, c.number)
	if err != nil {
		return fmt.Errorf("forget graph: %w", err)
	}
	return t.dropIndex(ctx, graphName(c.model, c.number))
}

func (t *tender) dropIndex(ctx context.Context, name string) error {
	if _, err := t.conn.Exec(ctx, `DROP INDEX CONCURRENTLY IF EXISTS `+pgx.Identifier{t.store.schema, name}.Sanitize()); err != nil {
		return fmt.Errorf("drop graph: %w", err)
	}
	return nil
}
