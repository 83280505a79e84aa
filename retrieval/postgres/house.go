package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// OtherHouseError says that the database belongs to another house than the one
// configured.
type OtherHouseError struct{ Owner, Configured string }

// Error implements error.
func (e *OtherHouseError) Error() string {
	return fmt.Sprintf("the database belongs to the house %q, the configuration is that of %q, nothing was changed: correct database.url; "+
		"if it is the same house under another name, set database.house to %[1]q", e.Owner, e.Configured)
}

// CheckHouse returns an [OtherHouseError] if the schema is recorded as another
// house's. It changes nothing; a schema that is not there, or that says nothing,
// is anybody's.
func CheckHouse(ctx context.Context, pool *pgxpool.Pool, schema, house string) error {
	table := pgx.Identifier{schema, "house"}.Sanitize()
	var recorded bool
	if err := pool.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", table).Scan(&recorded); err != nil {
		return fmt.Errorf("ask whose database it is: %w", err)
	}
	if !recorded {
		return nil
	}
	var owner string
	err := pool.QueryRow(ctx, "SELECT name FROM "+table).Scan(&owner)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("ask whose database it is: %w", err)
	case owner != house:
		return &OtherHouseError{Owner: owner, Configured: house}
	}
	return nil
}

// ClaimHouse records the schema as the house's, unless it is another's: then it
// returns an [OtherHouseError].
func ClaimHouse(ctx context.Context, pool *pgxpool.Pool, schema, house string) error {
	_, err := pool.Exec(ctx, "INSERT INTO "+pgx.Identifier{schema, "house"}.Sanitize()+" (name) VALUES ($1) ON CONFLICT DO NOTHING", house)
	if err != nil {
		return fmt.Errorf("record whose database it is: %w", err)
	}
	return CheckHouse(ctx, pool, schema, house)
}
