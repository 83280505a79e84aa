package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval/german"
)

// SynonymVersion counts the changes of the house's list of synonyms. It is what
// a replica asks for to learn of one.
func (s *Store) SynonymVersion(ctx context.Context) (version int64, err error) {
	if err := s.pool.QueryRow(ctx, `SELECT version FROM synonym_version`).Scan(&version); err != nil {
		return 0, fmt.Errorf("read version of the synonyms: %w", err)
	}
	return version, nil
}

// Synonyms returns the house's list and its version.
func (s *Store) Synonyms(ctx context.Context) (list *german.Synonyms, version int64, err error) {
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, `SELECT version FROM synonym_version`).Scan(&version); err != nil {
			return err
		}
		list, err = readSynonyms(ctx, tx)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("read synonyms: %w", err)
	}
	return list, version, nil
}

// ChangeSynonyms puts the groups that change makes of the stored ones in their
// place. Changes are serialized. An error of change is returned as it is and rolls
// back, as does a list that cannot be.
func (s *Store) ChangeSynonyms(ctx context.Context, change func(*german.Synonyms) (lines []string, err error)) error {
	var refused error
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE synonym_version SET version = version + 1`); err != nil {
			return err
		}
		list, err := readSynonyms(ctx, tx)
		if err != nil {
			return err
		}
		lines, err := change(list)
		if err == nil {
			_, err = german.ParseSynonyms("synonyms", strings.NewReader(strings.Join(lines, "\n")))
		}
		if err != nil {
			refused = err
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM synonym_group`); err != nil {
			return err
		}
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"synonym_group"}, []string{"line"},
			pgx.CopyFromSlice(len(lines), func(i int) ([]any, error) { return []any{lines[i]}, nil }))
		return err
	})
	if refused != nil {
		return refused
	}
	if err != nil {
		return fmt.Errorf("save synonyms: %w", err)
	}
	return nil
}

func readSynonyms(ctx context.Context, tx pgx.Tx) (*german.Synonyms, error) {
	rows, _ := tx.Query(ctx, `SELECT line FROM synonym_group ORDER BY id`)
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	return german.ParseSynonyms("stored synonyms", strings.NewReader(strings.Join(lines, "\n")))
}
