package postgres

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

var nextModel = retrieval.Model{Name: "next", Dimensions: 2}

// states returns the sets as "name state documents/pending vectors".
func states(t *testing.T, s *Store) []string {
	t.Helper()
	sets, err := s.EmbeddingSets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, set := range sets {
		all = append(all, fmt.Sprintf("%s %s %d/%d %d", set.Model.Name, set.State, set.Documents, set.Pending, set.Vectors))
	}
	return all
}

func wantStates(t *testing.T, s *Store, want ...string) {
	t.Helper()
	if got := states(t, s); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// fill gives each document that waits for them vectors of a model.
func fill(t *testing.T, s *Store, model retrieval.Model) {
	t.Helper()
	pending, err := s.Pending(t.Context(), "", model, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pending {
		for i := range p.Units {
			p.Units[i].Values = []float32{1, 2, 3}[:model.Dimensions]
		}
		if err := s.SaveVectors(t.Context(), model, p); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSetsServeOneAfterTheOther(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	collection(t, s, "a")
	save(t, s, revision("x", "a", []float32{1, 0, 0}), revision("y", "a", []float32{0, 1, 0}))
	wantStates(t, s, "test active 2/0 2")
	if err := s.AdmitModel(ctx, nextModel); !isModelError(err) {
		t.Errorf("vectors of a second model are admitted: %v", err)
	}
	if err := s.BeginSet(ctx, nextModel); err != nil {
		t.Fatal(err)
	}
	wantStates(t, s, "test active 2/0 2", "next building 0/2 0")
	if err := s.BeginSet(ctx, retrieval.Model{Name: "third", Dimensions: 3}); err == nil || !strings.Contains(err.Error(), "next is being built") {
		t.Errorf("two are built at once: %v", err)
	}
	if err := s.BeginSet(ctx, retrieval.Model{Name: "next", Dimensions: 3}); !isModelError(err) {
		t.Errorf("two lengths under one name: %v", err)
	}
	pending, ok := errors.AsType[*retrieval.PendingError](s.SwitchSet(ctx, nextModel))
	if !ok || pending.Count != 2 {
		t.Errorf("an incomplete set: %+v", pending)
	}
	fill(t, s, nextModel)
	wantStates(t, s, "test active 2/0 2", "next complete 2/0 2")
	if got := nearestPaths(t, s, []float32{1, 0, 0}, retrieval.ReadersOf("a"), 1); !slices.Equal(got, []string{"x"}) {
		t.Errorf("while the next set is there the active one finds %v", got)
	}
	if err := s.RemoveSet(ctx, testModel, nil); !errors.Is(err, ErrActiveSet) {
		t.Errorf("the active set is removed: %v", err)
	}
	for _, model := range []retrieval.Model{nextModel, testModel, nextModel} { // and back, and again
		if err := s.SwitchSet(ctx, model); err != nil {
			t.Fatal(err)
		}
		if active, _, err := s.SetsInUse(ctx); err != nil || active != model {
			t.Errorf("%v serves, %v", active, err)
		}
	}
	wantStates(t, s, "next active 2/0 2", "test complete 2/0 2")
	if err := s.RemoveSet(ctx, testModel, nil); err != nil {
		t.Fatal(err)
	}
	wantStates(t, s, "next active 2/0 2")
	if err := s.RemoveSet(ctx, testModel, nil); !isModelError(err) {
		t.Errorf("removed twice: %v", err)
	}
}

func isModelError(err error) bool {
	_, is := errors.AsType[*retrieval.ModelError](err)
	return is
}

// Two replicas with two models start on an empty index at once: one of the
// models makes the active set, and nothing fails.
func TestFirstSetIsFoundOnce(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	group, ctx := errgroup.WithContext(t.Context())
	for i := range 8 {
		rev := revision(fmt.Sprint("d", i), "a", []float32{1, 0, 0})
		if i%2 == 1 {
			rev.Model, rev.Units[0].Values = nextModel, []float32{1, 0}
		}
		group.Go(func() error { return s.Replace(ctx, rev) })
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	sets, err := s.EmbeddingSets(t.Context())
	if err != nil || len(sets) != 1 || sets[0].State != retrieval.SetActive || sets[0].Documents != 4 || sets[0].Pending != 4 {
		t.Errorf("%+v, %v", sets, err)
	}
}

func TestChangedDocumentIsRightInBothSets(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	rev := revision("x", "a", []float32{1, 0, 0})
	save(t, s, rev)
	if err := s.BeginSet(t.Context(), nextModel); err != nil {
		t.Fatal(err)
	}
	before, err := s.Pending(t.Context(), "", nextModel, 0, 1)
	if err != nil || len(before) != 1 {
		t.Fatalf("%v, %v", before, err)
	}
	rev.Units[0].Hash = retrieval.HashUnit("anders")
	rev.Next = &retrieval.SetVectors{Model: nextModel, Values: [][]float32{{0, 1}}}
	save(t, s, rev)
	before[0].Units[0].Values = []float32{1, 0} // a builder that read the old version is late
	if err := s.SaveVectors(t.Context(), nextModel, before[0]); err != nil {
		t.Fatal(err)
	}
	wantStates(t, s, "test active 1/0 1", "next complete 1/0 1")
	got, err := s.Embedded(t.Context(), nextModel, []retrieval.UnitHash{retrieval.HashUnit("anders")})
	if err != nil || !slices.Equal(got[retrieval.HashUnit("anders")], []float32{0, 1}) {
		t.Errorf("%v, %v", got, err)
	}
	rev.Next = nil // the next embedder is away
	save(t, s, rev)
	wantStates(t, s, "test active 1/0 1", "next building 0/1 0")
}

// Documents change, sets are switched, removed and begun again, all at once:
// nothing fails, and in the end each document is whole in the set that serves.
func TestSetsChangeUnderLoad(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	const documents = 20
	revisions := make([]retrieval.Revision, documents)
	for i := range revisions {
		revisions[i] = revision(fmt.Sprint("d", i), "a", []float32{1, 0, 0}, []float32{0, 1, 0})
		revisions[i].Next = &retrieval.SetVectors{Model: nextModel, Values: [][]float32{{0, 1}, {1, 0}}}
	}
	save(t, s, revisions...)
	group, ctx := errgroup.WithContext(t.Context())
	for worker := range 3 {
		group.Go(func() error {
			for round := range 60 {
				if err := s.Replace(ctx, revisions[(worker*7+round)%documents]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	group.Go(func() error {
		for range 15 {
			if err := s.BeginSet(ctx, nextModel); err != nil {
				return err
			}
			for _, model := range []retrieval.Model{nextModel, testModel} {
				if err := s.SwitchSet(ctx, model); err != nil {
					// Pending, or removed while the other one served.
					if _, pending := errors.AsType[*retrieval.PendingError](err); !pending && !isModelError(err) {
						return err
					}
				}
			}
			for _, model := range []retrieval.Model{nextModel, testModel} {
				if err := s.RemoveSet(ctx, model, nil); err != nil && !errors.Is(err, ErrActiveSet) && !isModelError(err) {
					return err
				}
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	active, _, err := s.SetsInUse(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, active)
	sets, err := s.EmbeddingSets(t.Context())
	if err != nil || sets[0].Documents != documents || sets[0].Vectors != 2*documents {
		t.Errorf("%+v, %v", sets, err)
	}
}

func TestRemovedSetFreesItsSpaceAndItsIndexes(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	collection(t, s, "a")
	wide := retrieval.Model{Name: "wide", Dimensions: 600}
	values := make([]float32, wide.Dimensions)
	values[0] = 1
	var units []retrieval.Unit
	for i := range 200 {
		units = append(units, retrieval.Unit{Ordinal: i, Hash: retrieval.HashUnit(fmt.Sprint(i)), Values: []float32{1, 0, 0}})
	}
	rev := revision("x", "a")
	rev.Units = units
	size := func() (bytes int64) {
		t.Helper()
		if err := s.Pool().QueryRow(ctx, `SELECT pg_relation_size('embedding')`).Scan(&bytes); err != nil {
			t.Fatal(err)
		}
		return bytes
	}
	rev.Next = &retrieval.SetVectors{Model: wide, Values: slices.Repeat([][]float32{values}, len(units))}
	save(t, s, revision("first", "a", []float32{1, 0, 0}))
	build := func() {
		t.Helper()
		if err := s.BeginSet(ctx, wide); err != nil {
			t.Fatal(err)
		}
		save(t, s, rev)
	}
	build()
	var id int16
	if err := s.Pool().QueryRow(ctx, `SELECT id FROM model WHERE name = 'wide'`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Pool().Exec(ctx, fmt.Sprintf(`CREATE INDEX wide_nearest ON embedding USING hnsw ((vector::vector(600)) vector_cosine_ops) WHERE model = %d AND ordinal >= 0`, id)); err != nil {
		t.Fatal(err)
	}
	before := size()
	if err := s.RemoveSet(ctx, wide, nil); err != nil {
		t.Fatal(err)
	}
	var index *string
	if err := s.Pool().QueryRow(ctx, `SELECT to_regclass('wide_nearest')::text`).Scan(&index); err != nil || index != nil {
		t.Errorf("the set's index is still there: %v", err)
	}
	build()
	if after := size(); after > before+before/10 {
		t.Errorf("the table grew from %d to %d bytes, so the space was not freed", before, after)
	}
}

func TestSetLockIsHeldByOne(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	_, release, err := s.LockSet(t.Context(), testModel)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if err := s.RemoveSet(t.Context(), testModel, nil); !errors.Is(err, retrieval.ErrBusy) {
		t.Errorf("removed while it is built: %v", err)
	}
}

// An index of the version before keeps its vectors, up and down.
func TestMigrateOneModelToSets(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s, err := Open(ctx, pglocal.TestDSN(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	up := func(version int64) {
		t.Helper()
		if _, err := line(s.Schema()).UpTo(ctx, s.Pool(), version, nil); err != nil {
			t.Fatal(err)
		}
	}
	up(1)
	_, err = s.Pool().Exec(ctx, `
		INSERT INTO collection VALUES ('a', 'src', 1, true, false, '{}', '');
		INSERT INTO model (name, dimensions) VALUES ('old', 2), ('test', 3);
		INSERT INTO document (source, path, state, hash, collection, embedded, version) VALUES
			('src', 'x', 'indexed', 'h', 'a', 2, 1), ('src', 'y', 'indexed', 'h', 'a', 2, 1), ('src', 'z', 'indexed', 'h', 'a', 1, 1), ('src', 'w', 'indexed', 'h', 'a', NULL, 1);
		INSERT INTO passage (document_id, ordinal, headings, place, anchor, body) SELECT id, 0, '{}', '', '', path FROM document;
		INSERT INTO embedding SELECT p.id, 0, d.embedded, d.id, '\x00', CASE d.embedded WHEN 1 THEN '[1,0]'::vector ELSE '[1,0,0]'::vector END
			FROM passage p JOIN document d ON d.id = p.document_id WHERE d.embedded IS NOT NULL`)
	if err != nil {
		t.Fatal(err)
	}
	up(5)
	s.Pool().Reset()
	wantStates(t, s, "test active 2/2 2", "old retired 1/3 1")
	if _, err := line(s.Schema()).DownTo(ctx, s.Pool(), 1); err != nil {
		t.Fatal(err)
	}
	var embedded, vectors int
	err = s.Pool().QueryRow(ctx, `SELECT (SELECT count(*) FROM document WHERE embedded = 2), (SELECT count(*) FROM embedding)`).Scan(&embedded, &vectors)
	if err != nil || embedded != 2 || vectors != 2 {
		t.Errorf("%d documents, %d vectors, %v", embedded, vectors, err)
	}
}

func TestSynonymsAreSharedAndChangeAsAWhole(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	set := func(lines ...string) error {
		return s.ChangeSynonyms(ctx, func(*german.Synonyms) ([]string, error) { return lines, nil })
	}
	if err := set("DA = Dienstanweisung", "PR = Personalrat"); err != nil {
		t.Fatal(err)
	}
	for _, lines := range [][]string{{"a1 = b1", "b1 = c1"}, {"nur eins"}} {
		if err := set(lines...); err == nil {
			t.Errorf("%q is saved", lines)
		}
	}
	refused := errors.New("no")
	if err := s.ChangeSynonyms(ctx, func(*german.Synonyms) ([]string, error) { return nil, refused }); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	list, version, err := s.Synonyms(ctx)
	if err != nil || version != 1 || len(list.Groups()) != 2 || list.Groups()[0].Members[1] != "Dienstanweisung" {
		t.Errorf("version %d, %v, %v", version, list.Groups(), err)
	}
	group, groupCtx := errgroup.WithContext(ctx)
	for i := range 8 { // added at once, none is lost
		group.Go(func() error {
			return s.ChangeSynonyms(groupCtx, func(list *german.Synonyms) ([]string, error) {
				lines := []string{fmt.Sprintf("Wort%d = Begriff%d", i, i)}
				for _, g := range list.Groups() {
					lines = append(lines, g.String())
				}
				return lines, nil
			})
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if list, version, err := s.Synonyms(ctx); err != nil || version != 9 || len(list.Groups()) != 10 {
		t.Errorf("version %d, %d groups, %v", version, len(list.Groups()), err)
	}
}
