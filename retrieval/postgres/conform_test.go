package postgres

import (
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

func TestStoreConforms(t *testing.T) {
	t.Parallel()
	retrievaltest.Conform(t, func(t *testing.T, documents ...retrievaltest.Given) retrievaltest.Holder {
		t.Helper()
		s := newStore(t)
		collection(t, s, "open", "secret")
		embedder := retrievaltest.Embedder{}
		for _, d := range documents {
			rev := retrieval.Revision{Document: d.Document, Listed: d.Collection, Version: retrieval.Version{Mark: "m"}, Model: embedder.Model()}
			for i, text := range d.Texts {
				vectors, err := embedder.EmbedPassages(t.Context(), []string{text})
				if err != nil {
					t.Fatal(err)
				}
				rev.Passages = append(rev.Passages, retrieval.Passage{Ordinal: i, Text: text})
				rev.Units = append(rev.Units, retrieval.Unit{Passage: i, Hash: retrieval.HashUnit(text), Values: vectors[0].Values})
			}
			save(t, s, rev)
		}
		for _, d := range documents { // as Supersede would, without its day
			_, err := s.pool.Exec(t.Context(), `
				UPDATE document d SET superseded_by = n.id, superseded_from = $3, replaces_from = $4
				FROM (SELECT 1) one LEFT JOIN document n ON n.path = $2 WHERE d.path = $1`,
				d.Path, d.SupersededBy, toDate(d.SupersededFrom), toDate(d.ReplacesFrom))
			if err != nil {
				t.Fatal(err)
			}
		}
		return s
	})
}

// TestStandsAsksTheDatabase asks the last look before a post of the real index,
// after each thing that can happen to a document meanwhile.
func TestStandsAsksTheDatabase(t *testing.T) {
	t.Parallel()
	block := func(s *Store, id int64) error {
		return s.Block(t.Context(), id, retrieval.Block{At: noon, By: retrieval.ByOwner})
	}
	for name, c := range map[string]struct {
		happens func(s *Store, id int64) error
		readers []string
		stands  bool
	}{
		"nothing": {func(*Store, int64) error { return nil }, []string{"a"}, true},
		"another rank": {func(s *Store, _ int64) error {
			return onlyError(s.SaveCollections(t.Context(), "src", []retrieval.Collection{{Name: "a", Rank: 3, Access: retrieval.Access{Staff: true}}}))
		}, []string{"a"}, true},
		"readers narrowed": {func(*Store, int64) error { return nil }, []string{"b"}, false},
		"blocked":          {block, []string{"a"}, false},
		"gone":             {func(s *Store, _ int64) error { return s.Remove(t.Context(), "src", []string{"ki.md"}) }, []string{"a"}, false},
		"a new version":    {func(s *Store, _ int64) error { return s.Replace(t.Context(), revision("ki.md", "a")) }, []string{"a"}, false},
		"moved": {func(s *Store, _ int64) error {
			return s.Replace(t.Context(), revision("ki.md", "b"))
		}, []string{"a"}, false},
		"withdrawn": {func(s *Store, _ int64) error {
			return s.Refuse(t.Context(), retrieval.Refusal{Verdict: retrieval.Again, Source: "src", Path: "ki.md", Listed: "a", Collection: "a", Reason: retrieval.Reason{Code: retrieval.ReasonReaders, Words: "no readers"}, Withdraw: true})
		}, []string{"a"}, false},
		"a bad new version": {func(s *Store, _ int64) error {
			return s.Refuse(t.Context(), retrieval.Refusal{Verdict: retrieval.Again, Source: "src", Path: "ki.md", Listed: "a", Collection: "a", Reason: retrieval.Reason{Code: retrieval.ReasonDamaged, Words: "damaged"}})
		}, []string{"a"}, true},
		"replaced": {func(s *Store, _ int64) error {
			next := revision("neu.md", "a")
			next.Document.Supersedes, next.Document.ValidFrom = "ki.md", today
			if err := s.Replace(t.Context(), next); err != nil {
				return err
			}
			_, err := s.Supersede(t.Context(), "src", today)
			return err
		}, []string{"a"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			collection(t, s, "a", "b")
			save(t, s, revision("ki.md", "a"), revision("anderes.md", "a"))
			e := engineOver(t, s)
			document := one(t, s, "ki.md").Document.ID
			passages, err := s.DocumentPassages(t.Context(), document)
			if err != nil {
				t.Fatal(err)
			}
			others, err := s.DocumentPassages(t.Context(), one(t, s, "anderes.md").Document.ID)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.happens(s, document); err != nil {
				t.Fatal(err)
			}
			quoted := []int64{passages[0].ID, others[0].ID, passages[0].ID}
			stands, err := e.Stands(t.Context(), quoted, retrieval.Date{}, retrieval.ReadersOf(c.readers...))
			if err != nil || stands != c.stands {
				t.Errorf("stands %v, %v; want %v", stands, err, c.stands)
			}
		})
	}
}

// engineOver is an engine that reads the store; it cannot search.
func engineOver(t *testing.T, s *Store) *retrieval.Engine {
	t.Helper()
	e, err := retrieval.NewEngine(retrieval.EngineConfig{
		Vectors: s, Embedder: retrievaltest.Embedder{}, Passages: s, Params: retrieval.DefaultParams(), Now: func() time.Time { return noon },
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}
