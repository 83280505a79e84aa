package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// Which embedding set serves is state in the database, so that all replicas
// agree. Transitions are serialized (lockSets).

// EmbeddingSets returns all sets, the active one first. It counts the vectors.
func (s *Store) EmbeddingSets(ctx context.Context) ([]retrieval.EmbeddingSet, error) {
	rows, _ := s.pool.Query(ctx, `
		SELECT m.name, m.dimensions, m.state,
			(SELECT count(*) FROM embedded e WHERE e.model = m.id),
			(SELECT count(*) FROM document d WHERE `+lacking("m.id")+`),
			coalesce(v.vectors, 0)
		FROM model m LEFT JOIN (SELECT model, count(*) AS vectors FROM embedding GROUP BY model) v ON v.model = m.id
		ORDER BY m.state = 'active' DESC, m.id`)
	sets, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (set retrieval.EmbeddingSet, err error) {
		err = row.Scan(&set.Model.Name, &set.Model.Dimensions, &set.State, &set.Documents, &set.Pending, &set.Vectors)
		if set.State != retrieval.SetActive && set.Pending == 0 {
			set.State = retrieval.SetComplete
		}
		return set, err
	})
	if err != nil {
		return nil, fmt.Errorf("read embedding sets: %w", err)
	}
	return sets, nil
}

// lacking is the condition on a document d that it waits for its vectors in the
// set whose id the expression gives.
func lacking(set string) string {
	return `d.hash <> '' AND EXISTS (SELECT 1 FROM passage p WHERE p.document_id = d.id)
		AND NOT EXISTS (SELECT 1 FROM embedded e WHERE e.document_id = d.id AND e.model = ` + set + `)`
}

// SetsInUse returns the models of the active set and of the one that is being
// built; zero: there is none.
func (s *Store) SetsInUse(ctx context.Context) (active, building retrieval.Model, err error) {
	sets, err := readSets(ctx, s.pool, "")
	if err != nil {
		return active, building, fmt.Errorf("read embedding sets: %w", err)
	}
	for _, set := range sets {
		switch set.state {
		case retrieval.SetActive:
			active = set.Model
		case retrieval.SetBuilding:
			building = set.Model
		}
	}
	return active, building, nil
}

// AdmitModel asks whether a sync may make vectors with a model: it must be that
// of the active set, or of the one being built. The first model ever admitted
// makes the active set. Another one is a [retrieval.ModelError].
func (s *Store) AdmitModel(ctx context.Context, model retrieval.Model) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		_, err := s.admit(ctx, tx, model)
		return err
	})
}

// admit returns the id of a set that may be written to, which stays one until
// the transaction ends.
func (s *Store) admit(ctx context.Context, tx pgx.Tx, model retrieval.Model) (int16, error) {
	sets, err := readSets(ctx, tx, "")
	if err == nil && active(sets) == nil {
		return s.found(ctx, tx, model) // before anything is locked
	}
	if err == nil {
		sets, err = readSets(ctx, tx, "FOR SHARE")
	}
	if err != nil {
		return 0, fmt.Errorf("read embedding sets: %w", err)
	}
	set, err := pick(sets, model)
	switch {
	case err != nil:
		return 0, err
	case set == nil || set.state == retrieval.SetRetired:
		return 0, unknownSet(sets, model)
	}
	return set.ID, nil
}

// found makes the first set of an index, which is active at once.
func (s *Store) found(ctx context.Context, tx pgx.Tx, model retrieval.Model) (int16, error) {
	if err := s.lockSets(ctx, tx); err != nil {
		return 0, err
	}
	sets, err := readSets(ctx, tx, "")
	if err != nil {
		return 0, fmt.Errorf("read embedding sets: %w", err)
	}
	if active(sets) != nil { // made meanwhile
		return s.admit(ctx, tx, model)
	}
	return s.enter(ctx, tx, sets, model, retrieval.SetActive)
}

// BeginSet prepares the set of a model for being built. The active one stays
// active and in an index without sets it becomes so; any other one is being
// built from now on, of which there is one at a time.
func (s *Store) BeginSet(ctx context.Context, model retrieval.Model) error {
	err := s.changeSets(ctx, func(tx pgx.Tx, sets []storedModel) error {
		set, err := pick(sets, model)
		if err != nil {
			return err
		}
		if set != nil && set.state != retrieval.SetRetired {
			return nil
		}
		state := retrieval.SetActive
		for _, other := range sets {
			switch other.state {
			case retrieval.SetActive:
				state = retrieval.SetBuilding
			case retrieval.SetBuilding:
				return fmt.Errorf("the set of %s is being built already: switch to it, or remove it first", other.Model.Name)
			}
		}
		_, err = s.enter(ctx, tx, sets, model, state)
		return err
	})
	if err != nil {
		return fmt.Errorf("begin embedding set of %s: %w", model.Name, err)
	}
	return nil
}

// SwitchSet makes the set of a model the active one; the one that was active is
// kept, retired. A set that a document lacks is a [retrieval.PendingError].
func (s *Store) SwitchSet(ctx context.Context, model retrieval.Model) error {
	err := s.changeSets(ctx, func(tx pgx.Tx, sets []storedModel) error {
		set, err := pick(sets, model)
		if err != nil {
			return err
		}
		if set == nil {
			return unknownSet(sets, model)
		}
		var pending int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM document d WHERE `+lacking("$1"), set.ID).Scan(&pending); err != nil {
			return err
		}
		if pending > 0 {
			return &retrieval.PendingError{Model: model, Count: pending}
		}
		if set.state == retrieval.SetActive {
			return nil
		}
		if _, err := tx.Exec(ctx, `UPDATE model SET state = 'retired' WHERE state = 'active'`); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE model SET state = 'active' WHERE id = $1`, set.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("switch to the embedding set of %s: %w", model.Name, err)
	}
	return nil
}

// changeSets runs a transition of states; transitions are serialized.
func (s *Store) changeSets(ctx context.Context, change func(pgx.Tx, []storedModel) error) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		if err := s.lockSets(ctx, tx); err != nil {
			return err
		}
		sets, err := readSets(ctx, tx, "FOR UPDATE")
		if err != nil {
			return err
		}
		return change(tx, sets)
	})
}

// lockSets serializes transitions of the sets' states.
func (s *Store) lockSets(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, lockOf("embedding sets "+s.schema))
	return err
}

// enter gives the set of a model a state, making it where it is new.
func (s *Store) enter(ctx context.Context, tx pgx.Tx, sets []storedModel, model retrieval.Model, state retrieval.SetState) (id int16, err error) {
	if _, err := pick(sets, model); err != nil {
		return 0, err
	}
	err = tx.QueryRow(ctx, `
		INSERT INTO model (name, dimensions, state) VALUES ($1, $2, $3)
		ON CONFLICT (name, dimensions) DO UPDATE SET state = excluded.state RETURNING id`,
		model.Name, model.Dimensions, state).Scan(&id)
	return id, err
}

// storedModel is a model with the state of its set.
type storedModel struct {
	ID    int16
	Model retrieval.Model
	state retrieval.SetState
}

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// readSets returns the sets, the active one first, locked in one order, so that
// writers and transitions of state do not deadlock.
func readSets(ctx context.Context, db querier, lock string) ([]storedModel, error) {
	rows, _ := db.Query(ctx, `SELECT id, name, dimensions, state FROM model ORDER BY id `+lock)
	sets, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (m storedModel, err error) {
		err = row.Scan(&m.ID, &m.Model.Name, &m.Model.Dimensions, &m.state)
		return m, err
	})
	if i := slices.IndexFunc(sets, func(m storedModel) bool { return m.state == retrieval.SetActive }); i > 0 {
		sets[0], sets[i] = sets[i], sets[0]
	}
	return sets, err
}

// active returns the active set of those that readSets returned, or nil.
func active(sets []storedModel) *storedModel {
	if len(sets) == 0 || sets[0].state != retrieval.SetActive {
		return nil
	}
	return &sets[0]
}

// pick returns the set of a model, or nil. One of the same name and another
// length is an error: the two would be mixed up.
func pick(sets []storedModel, model retrieval.Model) (*storedModel, error) {
	for i, set := range sets {
		if set.Model == model {
			return &sets[i], nil
		}
	}
	for _, set := range sets {
		if set.Model.Name == model.Name {
			return nil, &retrieval.ModelError{Have: model, Index: []retrieval.Model{set.Model}}
		}
	}
	return nil, nil
}

// unknownSet says that a model has no set that would do; the active one is named.
func unknownSet(sets []storedModel, model retrieval.Model) error {
	return &retrieval.ModelError{Have: model, Index: plainModels(sets)}
}

func plainModels(stored []storedModel) []retrieval.Model {
	models := make([]retrieval.Model, len(stored))
	for i, m := range stored {
		models[i] = m.Model
	}
	return models
}
