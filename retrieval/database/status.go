package database

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Why a schema cannot be used as it is.
var (
	// ErrOld: migrations are missing; migrating mends it.
	ErrOld = errors.New("the schema is not up to date: run `sprechstunde migrate`")
	// ErrNewer: a newer program has migrated it.
	ErrNewer = errors.New("a newer sprechstunde has migrated this database: run that version or a newer one, or restore the backup from before")
	// ErrTorn: it is no whole schema of any version, as after a restore of parts.
	ErrTorn = errors.New("the schema is incomplete, nothing was changed: restore the whole database from a backup")
	// ErrForeign: a schema of this name holds what no migration has made.
	ErrForeign = errors.New("the schema is not sprechstunde's, nothing was changed: name another database in database.url")
)

// Status is how far a schema's migrations are.
type Status struct {
	Schema  string
	Version int64   // the newest applied; 0: none, or no schema
	Newest  int64   // that this program knows
	Pending []int64 // to be applied, in order
	Fault   error   // nil, or one of the reasons above, with details
}

// Known is what this program knows of a schema.
type Known struct {
	Record   string   // the table that says which migrations were applied
	Versions []int64  // of its migrations, in rising order
	Tables   []string // of the newest version; nil: not compared

	// Applied reads the record; called where it is there.
	Applied func(context.Context, pgx.Tx) ([]int64, error)
}

// Look compares the schema with what is known of it, on one state of the database:
// another process may be migrating it. It changes nothing.
func Look(ctx context.Context, pool *pgxpool.Pool, schema string, known Known) (s Status, err error) {
	err = pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		s, err = look(ctx, tx, schema, known)
		return err
	})
	if err != nil {
		return s, fmt.Errorf("look at schema %s: %w", schema, err)
	}
	return s, nil
}

func look(ctx context.Context, tx pgx.Tx, schema string, known Known) (Status, error) {
	s := Status{Schema: schema, Newest: known.Versions[len(known.Versions)-1]}
	rows, _ := tx.Query(ctx, "SELECT tablename::text FROM pg_tables WHERE schemaname = $1 ORDER BY 1", schema)
	there, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return s, err
	}
	recorded := slices.Contains(there, known.Record)
	if !recorded && len(there) > 0 {
		s.Fault = fmt.Errorf("schema %s holds %s without a record of migrations: %w", schema, list(there), ErrForeign)
		return s, nil
	}
	var applied []int64
	if recorded {
		if applied, err = known.Applied(ctx, tx); err != nil {
			return s, err
		}
	}
	s.judge(known.Versions, applied)
	switch {
	case s.Version == 0 && len(there) > 1:
		s.Fault = fmt.Errorf("schema %s holds %s, of which its record of migrations knows nothing: %w", schema, list(there), ErrTorn)
	case s.Fault == nil:
		s.compare(there, known.Tables)
	}
	return s, nil
}

// judge compares versions.
func (s *Status) judge(known, applied []int64) {
	if len(applied) > 0 {
		s.Version = slices.Max(applied)
	}
	for _, version := range known {
		switch {
		case slices.Contains(applied, version):
		case version < s.Version:
			s.Fault = fmt.Errorf("schema %s is at version %d but lacks version %d: %w", s.Schema, s.Version, version, ErrTorn)
			return
		default:
			s.Pending = append(s.Pending, version)
		}
	}
	switch {
	case s.Version > s.Newest:
		s.Fault = fmt.Errorf("schema %s is at version %d, this program knows %d: %w", s.Schema, s.Version, s.Newest, ErrNewer)
	case len(s.Pending) > 0:
		s.Fault = fmt.Errorf("schema %s is at version %d, this program needs %d: %w", s.Schema, s.Version, s.Newest, ErrOld)
	}
}

// compare says which tables are missing from a schema whose record is complete.
func (s *Status) compare(there, wanted []string) {
	var missing []string
	for _, table := range wanted {
		if !slices.Contains(there, table) {
			missing = append(missing, table)
		}
	}
	if len(missing) > 0 {
		s.Fault = fmt.Errorf("schema %s is at version %d but lacks %s: %w", s.Schema, s.Version, list(missing), ErrTorn)
	}
}

// list names a few of many.
func list(names []string) string {
	const few = 3
	if len(names) > few {
		return fmt.Sprintf("%s and %d more tables", strings.Join(names[:few], ", "), len(names)-few)
	}
	return strings.Join(names, ", ")
}
