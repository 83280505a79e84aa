package postgres

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Purses keep what questions to the model have spent of a day's tokens, for all
// replicas. Whose a purse is, is kept as a hash whose key goes with the day.
type Purses struct {
	pool *pgxpool.Pool
}

// NewPurses makes the store.
func NewPurses(pool *pgxpool.Pool) *Purses { return &Purses{pool: pool} }

// Spent is what each name has spent on a day (2006-01-02), in tokens.
func (s *Purses) Spent(ctx context.Context, day string, names []string) (map[string]int, error) {
	spent := map[string]int{}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		hashes, err := hashed(ctx, tx, day, names)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, "SELECT name, tokens FROM bot.purse WHERE day = $1::date AND name = ANY($2)", day, hashes)
		if err != nil {
			return err
		}
		var hash []byte
		var tokens int
		_, err = pgx.ForEachRow(rows, []any{&hash, &tokens}, func() error {
			i := slices.IndexFunc(hashes, func(other []byte) bool { return slices.Equal(hash, other) })
			spent[names[i]] = tokens
			return nil
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read purses (%s): %w", day, err)
	}
	return spent, nil
}

// Spend adds tokens to each of the names.
func (s *Purses) Spend(ctx context.Context, day string, names []string, tokens int) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		hashes, err := hashed(ctx, tx, day, names)
		if err != nil {
			return err
		}
		slices.SortFunc(hashes, slices.Compare) // two that spend from the same purses take them in one order
		const query = `
			INSERT INTO bot.purse (day, name, tokens) SELECT $1::date, name, $3 FROM unnest($2::bytea[]) AS name
			ON CONFLICT (day, name) DO UPDATE SET tokens = bot.purse.tokens + excluded.tokens`
		_, err = tx.Exec(ctx, query, day, hashes, tokens)
		return err
	})
	if err != nil {
		return fmt.Errorf("spend from purses (%s): %w", day, err)
	}
	return nil
}

// hashed are the names as they are kept on a day.
func hashed(ctx context.Context, tx pgx.Tx, day string, names []string) (hashes [][]byte, err error) {
	fresh := make([]byte, sha256.Size)
	rand.Read(fresh) // never fails
	var key []byte
	err = tx.QueryRow(ctx, "SELECT key FROM bot.purse_day WHERE day = $1::date", day).Scan(&key)
	if errors.Is(err, pgx.ErrNoRows) {
		// The update of nothing makes the row come back also when another was quicker.
		const query = "INSERT INTO bot.purse_day (day, key) VALUES ($1::date, $2) ON CONFLICT (day) DO UPDATE SET day = excluded.day RETURNING key"
		err = tx.QueryRow(ctx, query, day, fresh).Scan(&key)
	}
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(name))
		hashes = append(hashes, mac.Sum(nil))
	}
	return hashes, nil
}
