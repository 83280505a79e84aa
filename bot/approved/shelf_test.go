package approved

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// documents are passages by path, of one collection.
type documents struct {
	passages map[string]string
	err      error
}

func (d *documents) PassagesOf(_ context.Context, path string, _ retrieval.Date, r retrieval.Readers) ([]retrieval.Hit, error) {
	text, there := d.passages[path]
	if !there || !r.May("Regeln") {
		return nil, d.err
	}
	return []retrieval.Hit{{Document: retrieval.Document{Path: path, Title: "DA", Collection: "Regeln"}, Passage: retrieval.Passage{ID: 7, Text: text}}}, d.err
}

const (
	path     = "da.md"
	question = "Darf ich KIM in der Prüfung benutzen?"
)

var staff = retrieval.ReadersOf("Regeln")

func newShelf(t *testing.T) (*Shelf, *documents, *time.Time) {
	t.Helper()
	now := time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)
	d := &documents{passages: map[string]string{path: "Grundsatz. In Prüfungen ist die Nutzung untersagt. Ausnahmen gibt es keine."}}
	a := Answer{Name: "a.yaml", Questions: []string{question}, Text: "Nein.\n- auch @all nicht", Owner: "Ethik", Approved: true,
		Basis: Basis{Document: path, Quote: "In Prüfungen ist die Nutzung untersagt"}, Until: retrieval.Date{Year: 2026, Month: time.June, Day: 30}}
	s, err := NewShelf(Config{
		Documents: d, Texts: prompts.Default(), Now: func() time.Time { return now }, Load: func(context.Context) ([]Answer, error) { return []Answer{a}, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s, d, &now
}

func (s *Shelf) gives(t *testing.T, r retrieval.Readers) bool {
	t.Helper()
	_, ok, err := s.Approved(t.Context(), question, r)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func (s *Shelf) stands(t *testing.T) State {
	t.Helper()
	all, err := s.Standings(t.Context(), staff)
	if err != nil || len(all) != 1 {
		t.Fatalf("%v, %v", all, err)
	}
	return all[0].State
}

func TestAnAnswerSaysWhoAnswersForItAndUntilWhen(t *testing.T) {
	t.Parallel()
	s, _, _ := newShelf(t)
	a, ok, err := s.Approved(t.Context(), "ist kim in der prüfung erlaubt", staff)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	for _, want := range []string{"Nein.\n- auch `@all` nicht", "Von Menschen geprüft:** Ethik", "30.06.2026", "DA"} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("%q lacks %q", a.Body, want)
		}
	}
	if !a.People || len(a.Sources) != 1 || a.Sources[0].Passage != 7 || a.Sources[0].Collection != "Regeln" {
		t.Errorf("%+v", a)
	}
}

func TestAnAnswerGoesBackWhenItsBasisIsGone(t *testing.T) {
	t.Parallel()
	s, d, _ := newShelf(t)
	was := d.passages[path]
	for name, change := range map[string]func(){
		"changed": func() { d.passages[path] = strings.Replace(was, "ist", "war", 1) },
		"gone":    func() { delete(d.passages, path) }, // blocked or ended
	} {
		d.passages[path] = was
		if !s.gives(t, staff) || s.stands(t) != Approved {
			t.Fatalf("%s: it does not serve before", name)
		}
		change()
		if s.gives(t, staff) || s.stands(t) != Review {
			t.Errorf("%s: it serves, or is %s", name, s.stands(t))
		}
	}
	d.passages[path] = was
	if s.stands(t) != Approved {
		t.Error("it does not come back with its basis")
	}
	all, err := s.Standings(t.Context(), staff)
	if err != nil {
		t.Fatal(err)
	}
	versioned := all[0].Answer
	versioned.Basis.Version = all[0].Version
	s.cfg.Load = func(context.Context) ([]Answer, error) { return []Answer{versioned}, nil }
	if err := s.Refresh(t.Context()); err != nil || s.stands(t) != Approved {
		t.Errorf("%v, %s", err, s.stands(t))
	}
	d.passages[path] = strings.Replace(was, "Ausnahmen gibt es keine.", "Ausnahmen erlaubt die Leitung.", 1)
	if s.gives(t, staff) || s.stands(t) != Review {
		t.Error("what stands beside the quote has changed, and it serves all the same")
	}
}

func TestWhoMayNotReadTheBasisGetsNoAnswer(t *testing.T) {
	t.Parallel()
	s, _, _ := newShelf(t)
	if s.gives(t, retrieval.ReadersOf("Andere")) || s.gives(t, retrieval.Readers{}) {
		t.Error("a stranger gets it")
	}
}

func TestOnlyApprovedAnswersServe(t *testing.T) {
	t.Parallel()
	s, d, now := newShelf(t)
	one := (*s.all.Load())[0]
	for name, change := range map[string]func(*Answer){
		"draft": func(a *Answer) { a.Approved = false }, "withdrawn": func(a *Answer) { a.Withdrawn = true },
	} {
		other := one
		change(&other)
		s.all.Store(&[]Answer{other})
		if s.gives(t, staff) {
			t.Errorf("a %s one serves", name)
		}
	}
	s.all.Store(&[]Answer{one})
	*now = now.AddDate(1, 0, 0)
	if s.gives(t, staff) {
		t.Error("an expired one serves")
	}
	*now = now.AddDate(-1, 0, 0)
	d.err = errors.New("down")
	if _, _, err := s.Approved(t.Context(), question, staff); !errors.Is(err, d.err) {
		t.Errorf("a database that is down: %v", err)
	}
	s.cfg.Load = func(context.Context) ([]Answer, error) { return nil, d.err }
	if err := s.Refresh(t.Context()); !errors.Is(err, d.err) || len(*s.all.Load()) != 1 {
		t.Errorf("what cannot be read now is lost: %v", err)
	}
}
