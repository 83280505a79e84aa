package postgres

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"lvr.example/sprechstunde/retrieval"
)

// How a graph's recall is measured.
const (
	// MinRecall is the share of exact search's best ten below which a graph is
	// not searched.
	MinRecall = 0.95
	// recallDepth is how many of the most similar passages are compared,
	// recallSample for how many questions of each part of a graph.
	recallDepth, recallSample = 10, 16
	// firstPart is the size of a graph's first part by order of loading; each
	// next one reaches four times as far. What was loaded first can be cut off by
	// what came after (docs/decisions/0004), and an average would not show it.
	firstPart, partGrowth = 256, 4
)

// measure finds out how much of what exact search finds the graph finds, part
// by part, and remembers the worst. The questions are made of the vectors that
// stand there: no question of a person is kept for it.
func (t *tender) measure(ctx context.Context, c graphed, built bool) (recall float64, err error) {
	version, err := t.store.Version(ctx)
	if err != nil {
		return 0, err
	}
	recall = 1
	for from, to := 0, firstPart; from < c.units; from, to = to, to*partGrowth {
		questions, err := t.questions(ctx, c, from, min(to, c.units))
		if err != nil {
			return 0, fmt.Errorf("measure recall: %w", err)
		}
		share, err := t.agreement(ctx, c, questions)
		if err != nil {
			return 0, fmt.Errorf("measure recall: %w", err)
		}
		recall = min(recall, share)
	}
	_, err = t.conn.Exec(ctx, `
		INSERT INTO vector_graph AS old (model, collection, built, measured, units, recall, measured_at)
		VALUES ($1, $2, $3, $3, $4, $5, $7)
		ON CONFLICT (model, collection) DO UPDATE SET
			built = CASE WHEN $6 THEN excluded.built ELSE old.built END,
			measured = excluded.measured, units = excluded.units, recall = excluded.recall, measured_at = excluded.measured_at`,
		c.model, c.number, version, c.units, recall, built, t.at)
	if err != nil {
		return 0, fmt.Errorf("remember recall: %w", err)
	}
	return recall, nil
}

// questions returns vectors like those of questions to the units in a range of
// the order of loading: each lies between a unit and another one of the range,
// nearer to the first. The same index gives the same questions.
func (t *tender) questions(ctx context.Context, c graphed, from, to int) ([][]float32, error) {
	rng := rand.New(rand.NewPCG(uint64(from), uint64(to)))
	places := make([]int, 2*recallSample)
	for i := range places {
		places[i] = from + 1 + rng.IntN(to-from)
	}
	rows, _ := t.conn.Query(ctx, `
		SELECT e.vector FROM (
			SELECT passage_id, ordinal, row_number() OVER (ORDER BY passage_id, ordinal) AS place
			FROM embedding WHERE model = $1 AND collection = $2
		) o JOIN embedding e ON (e.passage_id, e.ordinal, e.model) = (o.passage_id, o.ordinal, $1)
		WHERE o.place = ANY ($3) ORDER BY o.place`, c.model, c.number, places)
	units, err := pgx.CollectRows(rows, pgx.RowTo[pgvector.Vector])
	if err != nil {
		return nil, err
	}
	questions := make([][]float32, 0, recallSample)
	for i := 0; i+1 < len(units); i += 2 {
		questions = append(questions, between(units[i].Slice(), units[len(units)-1-i].Slice()))
	}
	return questions, nil
}

// between returns a vector between two, nearer to the first.
func between(a, b []float32) []float32 {
	const nearer = 0.75
	mixed := make([]float32, len(a))
	for i := range a {
		mixed[i] = nearer*a[i] + (1-nearer)*b[i]
	}
	return mixed
}

// agreement returns the mean share of exact search's best that the graph finds
// as well. A passage as similar as the last of them counts as found.
func (t *tender) agreement(ctx context.Context, c graphed, questions [][]float32) (share float64, err error) {
	const same = 1e-6 // similarities that differ by less are one
	found, wanted := 0, 0
	for _, q := range questions {
		n := nearest{
			model: c.model, dimensions: c.dimensions, vector: q, limit: recallDepth, day: retrieval.DateOf(t.at),
		}
		var exact, graph []retrieval.Scored
		var enough bool
		err := t.store.snapshot(ctx, func(tx pgx.Tx) (err error) {
			if exact, err = exactly(ctx, tx, n, []numbered{c.numbered}); err != nil {
				return err
			}
			graph, enough, err = byGraph(ctx, tx, n, c.numbered)
			return err
		})
		if err != nil {
			return 0, err
		}
		if !enough && len(exact) < recallDepth {
			continue // there are no more: such a search is exact in the end
		}
		wanted += len(exact)
		for _, g := range graph {
			if g.Score >= exact[len(exact)-1].Score-same {
				found++
			}
		}
	}
	if wanted == 0 {
		return 1, nil
	}
	return float64(found) / float64(wanted), nil
}
