package postgres

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// TestThePeriodInGoIsThatOfTheDatabase compares the function serves with
// [retrieval.Document.Validity] on documents of every kind and days around theirs.
func TestThePeriodInGoIsThatOfTheDatabase(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "c")
	save(t, s, revision("neu.md", "c"))
	rng := rand.New(rand.NewPCG(5, 6))
	start := retrieval.Date{Year: 2025, Month: time.December, Day: 28}
	maybe := func() retrieval.Date {
		if rng.IntN(2) == 0 {
			return retrieval.Date{}
		}
		return start.AddDays(rng.IntN(8))
	}
	served := 0
	for range 300 {
		d := retrieval.Document{ValidFrom: maybe(), ReplacesFrom: maybe(), ValidUntil: maybe()}
		if rng.IntN(2) == 0 {
			d.SupersededBy, d.SupersededFrom = "neu.md", maybe()
		}
		state := []retrieval.State{retrieval.Indexed, retrieval.Indexed, retrieval.Quarantined, retrieval.Gone}[rng.IntN(4)]
		at := start.AddDays(rng.IntN(8))
		var serves bool
		err := s.pool.QueryRow(t.Context(), `
			SELECT serves(d, $7) FROM (
				SELECT (jsonb_populate_record(n, jsonb_build_object('state', $1::text, 'valid_from', $2::date, 'replaces_from', $3::date,
					'valid_until', $4::date, 'superseded_by', CASE WHEN $5 THEN n.id END, 'superseded_from', $6::date))).*
				FROM document n WHERE path = 'neu.md'
			) d`, state, toDate(d.ValidFrom), toDate(d.ReplacesFrom), toDate(d.ValidUntil), d.SupersededBy != "", toDate(d.SupersededFrom), toDate(at)).
			Scan(&serves)
		if err != nil {
			t.Fatal(err)
		}
		if want := state == retrieval.Indexed && d.Validity().Holds(at); serves != want {
			t.Fatalf("%s %+v on %s: the database says %v, Go %v", state, d, at, serves, want)
		}
		if serves {
			served++
		}
	}
	if served < 30 {
		t.Errorf("only %d served", served)
	}
}

// TestThePlannerSeesThroughServes wants the rule's conditions themselves in the
// plan: a function called for each row would hide them from the planner.
func TestThePlannerSeesThroughServes(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	sql, args := exactQuery(nearest{model: 1, dimensions: 3, vector: []float32{1, 0, 0}, day: today, limit: 3}, []numbered{{1, "c"}})
	rows, _ := s.pool.Query(t.Context(), "EXPLAIN (VERBOSE) "+sql, args)
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	plan := strings.Join(lines, "\n")
	if !strings.Contains(plan, "superseded_from") || strings.Contains(plan, "serves(") {
		t.Errorf("the function stands in the plan:\n%s", plan)
	}
}
