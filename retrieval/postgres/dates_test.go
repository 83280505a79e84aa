package postgres

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

// dated is a document as the oracle sees it.
type dated struct {
	path, collection string
	from, until      retrieval.Date
	wants            string // path of the document that it replaces
	replaced         bool
	replacedBy       string
	replacedOn       retrieval.Date // zero: at once
}

// serves is the rule in its plainest form.
func (d dated) serves(day retrieval.Date) bool {
	if !d.from.IsZero() && day.Compare(d.from) < 0 || !d.until.IsZero() && day.Compare(d.until) > 0 {
		return false
	}
	return !d.replaced || !d.replacedOn.IsZero() && day.Compare(d.replacedOn) < 0
}

// TestOracleOfDates compares both rankings and the engine, asked at random days
// by random readers, with a plain computation: what is superseded or expired is
// no basis, neither today nor on the day that a question asks about.
func TestOracleOfDates(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	rng := rand.New(rand.NewPCG(3, 4))
	names := []string{"c0", "c1", "c2", "c3"}
	collection(t, s, names...)
	start := retrieval.Date{Year: 2022, Month: time.January, Day: 1}
	someDay := func() retrieval.Date { return start.AddDays(rng.IntN(1700)) }
	maybe := func() retrieval.Date {
		if rng.IntN(2) == 0 {
			return retrieval.Date{}
		}
		return someDay()
	}
	var documents []dated
	for i := range 60 {
		d := dated{collection: names[rng.IntN(len(names))], from: maybe(), until: maybe(), path: fmt.Sprintf("d%02d", i)}
		if i%3 == 1 { // replaces the one before it
			old := &documents[i-1]
			d.collection, d.wants = old.collection, old.path
			old.replaced, old.replacedBy, old.replacedOn = true, d.path, d.from
		}
		documents = append(documents, d)
	}
	embedder := retrievaltest.Embedder{}
	for _, d := range documents {
		text := "Die Regel " + d.path + " steht hier."
		vectors, err := embedder.EmbedPassages(ctx, []string{text})
		if err != nil {
			t.Fatal(err)
		}
		rev := revision(d.path, d.collection, vectors[0].Values)
		rev.Model, rev.Passages[0].Text = embedder.Model(), text
		rev.Document.ValidFrom, rev.Document.ValidUntil, rev.Document.Supersedes = d.from, d.until, d.wants
		save(t, s, rev)
	}
	if unresolved, err := s.Supersede(ctx, "src", today); err != nil || len(unresolved) > 0 {
		t.Fatalf("%v, %v", unresolved, err)
	}
	index := lexical.New(s, lexical.DefaultParams())
	if err := index.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	params := retrieval.DefaultParams()
	params.NearDuplicate = 2 // never the same: every document shows
	engine, err := retrieval.NewEngine(retrieval.EngineConfig{
		Keywords: index, Vectors: s, Embedder: embedder, Passages: s, Params: params, Now: func() time.Time { return noon },
	})
	if err != nil {
		t.Fatal(err)
	}
	inPast, ended := 0, 0
	for range 400 {
		day := someDay()
		if rng.IntN(8) == 0 {
			day = retrieval.DateOf(noon)
		}
		readers := retrieval.ReadersOf(names[rng.IntN(4)], names[rng.IntN(4)])
		want := []string{}
		for _, d := range documents {
			if readers.May(d.collection) && d.serves(day) {
				want = append(want, d.path)
			}
		}
		at := time.Date(day.Year, day.Month, day.Day, 9, 0, 0, 0, time.UTC)
		question, err := embedder.EmbedQueries(ctx, "Welche Regel steht hier?")
		if err != nil {
			t.Fatal(err)
		}
		vectors, err := s.Vectors(ctx, question[0], readers, at, 1000)
		compare(t, "vectors", s, vectors, err, readers, day, want)
		keywords, err := index.Keywords(ctx, index.Spell(ctx, "Welche Regel steht hier?", readers), readers, at, 1000)
		compare(t, "keywords", s, keywords, err, readers, day, want)

		text := "Welche Regel steht hier?"
		if day.Compare(retrieval.DateOf(noon)) < 0 {
			text = fmt.Sprintf("Welche Regel galt am %d.%d.%d und steht hier?", day.Day, day.Month, day.Year)
			inPast++
		}
		result, err := engine.Search(ctx, retrieval.Query{Text: text, Limit: 1000}, readers)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, h := range result.Hits {
			got = append(got, h.Document.Path)
			if !h.Ended.IsZero() {
				ended++
			}
			d := documents[slices.IndexFunc(documents, func(d dated) bool { return d.path == h.Document.Path })]
			if d.serves(retrieval.DateOf(noon)) != h.Ended.IsZero() {
				t.Errorf("%+v: ended %s", d, h.Ended)
			}
			if next := h.Replacement.Path; next != "" && (next != d.replacedBy || !documents[slices.IndexFunc(documents, func(d dated) bool { return d.path == next })].serves(retrieval.DateOf(noon))) {
				t.Errorf("%+v: %q is said to serve now", d, next)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("%q, readers %v:\ngot  %v\nwant %v", text, readers.Collections(), got, want)
		}
	}
	if inPast < 100 || ended < 100 {
		t.Errorf("only %d questions of the past, %d ended documents", inPast, ended)
	}
}

func compare(t *testing.T, what string, s *Store, found []retrieval.Scored, err error, r retrieval.Readers, day retrieval.Date, want []string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]int64, len(found))
	for i, f := range found {
		ids[i] = f.PassageID
	}
	hits, err := s.Passages(t.Context(), ids, day, r)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, h := range hits {
		got = append(got, h.Document.Path)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Fatalf("%s on %s:\ngot  %v\nwant %v", what, day, got, want)
	}
}

func TestReplacementsFollowTheChainAndRights(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a", "b")
	year := func(y int) retrieval.Date { return retrieval.Date{Year: y, Month: time.January, Day: 1} }
	chain := []retrieval.Revision{revision("eins", "a"), revision("zwei", "a"), revision("drei", "b"), revision("vier", "b")}
	for i := range chain {
		if i > 0 {
			chain[i].Document.Supersedes = chain[i-1].Document.Path
		}
		chain[i].Document.ValidFrom = year(2023 + i)
	}
	chain[3].Document.ValidFrom = year(2030) // not yet
	save(t, s, chain...)
	if unresolved, err := s.Supersede(t.Context(), "src", today); err != nil || len(unresolved) > 0 {
		t.Fatalf("%v, %v", unresolved, err)
	}
	for day, want := range map[retrieval.Date]string{year(2024): "zwei", year(2026): "drei", year(2031): "vier", year(2020): ""} {
		got, err := s.Replacements(t.Context(), []int64{1}, day, retrieval.ReadersOf("a", "b"))
		if err != nil || got[1].Path != want {
			t.Errorf("%s: %+v, %v, want %s", day, got, err, want)
		}
	}
	if got, err := s.Replacements(t.Context(), []int64{1}, year(2026), retrieval.ReadersOf("a")); err != nil || len(got) != 0 {
		t.Errorf("a replacement that must not be read is named: %+v, %v", got, err)
	}
}

// TestOneOfTwoHoldsOnEachDay asks about days before and after a replacement that
// does not say from when it is valid.
func TestOneOfTwoHoldsOnEachDay(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	supersede := func(day retrieval.Date) {
		t.Helper()
		if unresolved, err := s.Supersede(t.Context(), "src", day); err != nil || len(unresolved) > 0 {
			t.Fatalf("%v, %v", unresolved, err)
		}
	}
	save(t, s, revision("alt.md", "a", []float32{1, 0, 0}))
	supersede(days(-100))
	newer := revision("neu.md", "a", []float32{1, 0, 0})
	newer.Document.Supersedes = "alt.md"
	save(t, s, newer)
	supersede(days(-10))
	index := lexical.New(s, lexical.DefaultParams())
	if err := index.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	readers := retrieval.ReadersOf("a")
	for day, want := range map[int][]string{-50: {"alt.md"}, -11: {"alt.md"}, -10: {"neu.md"}, 0: {"neu.md"}} {
		at := noon.AddDate(0, 0, day)
		vectors, err := s.Vectors(t.Context(), retrieval.Vector{Model: testModel, Values: []float32{1, 0, 0}}, readers, at, 10)
		compare(t, "vectors", s, vectors, err, readers, retrieval.DateOf(at), want)
		keywords, err := index.Keywords(t.Context(), index.Spell(t.Context(), "Text", readers), readers, at, 10)
		compare(t, "keywords", s, keywords, err, readers, retrieval.DateOf(at), want)
	}
}
