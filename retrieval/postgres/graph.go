package postgres

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"lvr.example/sprechstunde/retrieval"
)

// Settings of a search by graph. How each was found: docs/decisions/0004.
const (
	// minEffort and maxEffort bound hnsw.ef_search; the upper one is pgvector's.
	minEffort, maxEffort = 250, 1000
	// maxFetch bounds how many units are taken from a graph before the exact
	// search is the cheaper one.
	maxFetch = 4000
)

// walkSettings say how a transaction's searches walk the graphs. Relaxed order,
// because scores are computed from the full vectors and sorted here; no sorting
// in the plan, because a sort would mean that the graph is not used.
const walkSettings = `
	SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true),
		set_config('hnsw.ef_search', $1, true), set_config('enable_sort', 'off', true),
		set_config('plan_cache_mode', 'force_custom_plan', true)`

// effort is hnsw.ef_search for so many passages.
func effort(limit int) string { return strconv.Itoa(min(max(firstFetch(limit), minEffort), maxEffort)) }

// firstFetch is how many units are asked for to find so many passages: several
// units of one passage come close together.
func firstFetch(limit int) int { return limit + limit/2 }

// byGraph walks a collection's graph until it has the wanted number of
// passages. enough is false where the graph does not give as many: then only an
// exact search can tell whether there are.
func byGraph(ctx context.Context, db batcher, n nearest, collection numbered) (found []retrieval.Scored, enough bool, err error) {
	for fetch := firstFetch(n.limit); fetch <= maxFetch; fetch *= 2 {
		units, err := walk(ctx, db, n, collection, fetch)
		if err != nil {
			return nil, false, err
		}
		if found := bestUnits(units); len(found) >= n.limit {
			return found[:n.limit], true, nil
		}
		if len(units) < fetch {
			return nil, false, nil
		}
	}
	return nil, false, nil
}

// walk takes so many units from a collection's graph.
func walk(ctx context.Context, db batcher, n nearest, collection numbered, fetch int) ([]retrieval.Scored, error) {
	sql, args := graphQuery(n, collection, fetch)
	return search(ctx, db, sql, args, walkSettings, effort(n.limit))
}

// bestUnits keeps each passage's most similar unit, most similar first.
func bestUnits(units []retrieval.Scored) []retrieval.Scored {
	slices.SortFunc(units, bySimilarity)
	seen := make(map[int64]bool, len(units))
	return slices.DeleteFunc(units, func(u retrieval.Scored) bool {
		again := seen[u.PassageID]
		seen[u.PassageID] = true
		return again
	})
}

// graphQuery builds the search by graph for the most similar units. Model,
// collection and dimension are numbers of ours and stand in the statement, or
// the planner could not tell that the partial index fits. What may not serve is
// left out while the graph is walked: a scalar subquery stays a filter of the
// scan, where a join could come to be planned around it.
func graphQuery(n nearest, collection numbered, fetch int) (sql string, args pgx.NamedArgs) {
	return fmt.Sprintf(`
SELECT e.passage_id, 1 - (e.vector <=> @vector) AS score
FROM embedding e
WHERE e.model = %d AND e.collection = %d
  AND (SELECT `+mayServe+` FROM document d WHERE d.id = e.document_id)
ORDER BY e.vector::halfvec(%[3]d) <=> @vector::vector::halfvec(%[3]d)
LIMIT @fetch`, n.model, collection.number, n.dimensions), pgx.NamedArgs{
			"names": []string{collection.name}, "day": toDate(n.day), "vector": pgvector.NewVector(n.vector), "fetch": fetch,
		}
}

// graphName is the name of a graph's index.
func graphName(model int16, collection int32) string {
	return fmt.Sprintf("embedding_graph_%d_%d", model, collection)
}
