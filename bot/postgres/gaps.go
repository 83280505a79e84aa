package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/gaps"
	"lvr.example/sprechstunde/bot/inbox"
)

// Gaps keeps what a month's questions in vain were about.
type Gaps struct {
	pool *pgxpool.Pool
}

var _ gaps.Store = (*Gaps)(nil)

// NewGaps makes the store.
func NewGaps(pool *pgxpool.Pool) *Gaps { return &Gaps{pool: pool} }

// reportMonths is how long a report is kept.
const reportMonths = 13

// InVain returns the newest questions that found no answer, or whose answer did not
// help whoever asked.
func (s *Gaps) InVain(ctx context.Context, from, to time.Time, limit int) ([]gaps.Question, error) {
	const query = `
		SELECT CASE q.origin WHEN 'post' THEN q.origin_key ELSE '' END, coalesce(f.value, ''), q.person_id::text, v.helpful IS NOT NULL
		FROM bot.question q
			LEFT JOIN bot.field f ON f.question_id = q.id AND f.name = $4
			LEFT JOIN bot.vote v ON v.question_id = q.id AND NOT v.helpful AND v.person_id = q.person_id
		WHERE q.asked_at >= $1 AND q.asked_at < $2 AND q.person_id IS NOT NULL AND NOT q.gone
			AND (q.origin = 'post' OR q.origin = 'command' AND f.value <> '')
			AND (q.outcome IN ('not_found', 'nearest') OR v.helpful IS NOT NULL)
		ORDER BY q.asked_at DESC LIMIT $3`
	rows, err := s.pool.Query(ctx, query, from, to, limit, inbox.CommandText)
	if err == nil {
		var all []gaps.Question
		if all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[gaps.Question]); err == nil {
			return all, nil
		}
	}
	return nil, fmt.Errorf("list questions in vain: %w", err)
}

// Report returns that of a month.
func (s *Gaps) Report(ctx context.Context, month time.Time) (gaps.Report, error) {
	r := gaps.Report{Month: month}
	var raw []byte
	err := s.pool.QueryRow(ctx, "SELECT gaps FROM bot.gap_report WHERE month = $1", month).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		err = gaps.ErrUnknown
	}
	if err == nil {
		err = json.Unmarshal(raw, &r.Gaps)
	}
	if err != nil {
		return r, fmt.Errorf("read report of gaps (%s): %w", month.Format("2006-01"), err)
	}
	return r, nil
}

// SaveReport keeps one; the first of a month stays.
func (s *Gaps) SaveReport(ctx context.Context, r gaps.Report, at time.Time) error {
	raw, err := json.Marshal(r.Gaps)
	if err == nil {
		const query = "INSERT INTO bot.gap_report (month, gaps, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
		_, err = s.pool.Exec(ctx, query, r.Month, raw, at.AddDate(0, reportMonths, 0))
	}
	if err != nil {
		return fmt.Errorf("save report of gaps (%s): %w", r.Month.Format("2006-01"), err)
	}
	return nil
}
