package retrievaltest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
)

// Holder is documents that can be searched: the house's index, or what stands for
// it in tests.
type Holder interface {
	retrieval.Passages
	retrieval.Vectors
	lexical.Loader
}

// Given is a document of a suite with one passage for each text. SupersededBy is
// the path of one in the same source.
type Given struct {
	retrieval.Document
	Texts []string
}

// Conform tests what every [Holder] keeps to: rights, days, replacements and order.
// fill makes a holder of just the documents, each with the vectors that
// [Embedder] makes of its texts.
func Conform(t *testing.T, fill func(t *testing.T, documents ...Given) Holder) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(*testing.T, func(*testing.T, ...Given) Holder)
	}{
		{"rights", conformRights}, {"days", conformDays}, {"order", conformOrder}, {"neighbours", conformNeighbours},
		{"replacements", conformReplacements},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, fill) })
	}
}

var suiteDay = retrieval.Date{Year: 2026, Month: time.March, Day: 10}

// given is a document of a path with as many passages as wanted.
func given(path string, passages int, change func(*retrieval.Document)) Given {
	g := Given{Document: retrieval.Document{Source: "src", Path: path, Title: path, Collection: "open", Rank: 1, Hash: "h" + path}}
	if change != nil {
		change(&g.Document)
	}
	for i := range passages {
		g.Texts = append(g.Texts, fmt.Sprintf("Die Regel %d von %s steht hier.", i, path))
	}
	return g
}

// idsOf returns the passages of a path by their order, as the loader has them.
func idsOf(t *testing.T, h Holder, path string) (ids []int64, document int64) {
	t.Helper()
	all, err := Changes(t.Context(), h, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all.Add {
		if e.Title == path {
			ids, document = append(ids, e.PassageID), e.DocumentID
		}
	}
	slices.Sort(ids)
	return ids, document
}

// seen returns the paths that r sees on a day by each way of reading, which must
// agree.
func seen(t *testing.T, h Holder, day retrieval.Date, r retrieval.Readers) []string {
	t.Helper()
	all, err := Changes(t.Context(), h, 0)
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	loaded := []string{}
	for _, e := range all.Add {
		ids = append(ids, e.PassageID)
		if r.May(e.Collection) && e.Validity.Holds(day) {
			loaded = append(loaded, e.Title)
		}
	}
	paths := func(hits []retrieval.Hit, err error) []string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		list := []string{}
		for _, hit := range hits {
			list = append(list, hit.Document.Path)
		}
		slices.Sort(list)
		return list
	}
	read := paths(h.Passages(t.Context(), ids, day, r))
	query, err := Embedder{}.EmbedQueries(t.Context(), "Welche Regel steht hier?")
	if err != nil {
		t.Fatal(err)
	}
	scored, err := h.Vectors(t.Context(), query[0], r, time.Date(day.Year, day.Month, day.Day, 12, 0, 0, 0, time.UTC), 1000)
	if err != nil {
		t.Fatal(err)
	}
	found := make([]int64, len(scored))
	for i, s := range scored {
		found[i] = s.PassageID
	}
	nearest := paths(h.Passages(t.Context(), found, day, r))
	near, err := h.Around(t.Context(), ids, 0, day, r)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(loaded)
	if !slices.Equal(loaded, read) || !slices.Equal(nearest, read) || len(found) != len(read) || len(near) != len(read) {
		t.Errorf("on %s %v see %v by id, %v loaded, %v of %d by vectors, %d neighbours", day, r.Collections(), read, loaded, nearest, len(found), len(near))
	}
	return read
}

func conformRights(t *testing.T, fill func(*testing.T, ...Given) Holder) {
	h := fill(t, given("offen", 1, nil), given("geheim", 1, func(d *retrieval.Document) { d.Collection = "secret" }))
	for _, c := range []struct {
		readers retrieval.Readers
		want    []string
	}{
		{retrieval.ReadersOf("open"), []string{"offen"}},
		{retrieval.ReadersOf("secret"), []string{"geheim"}},
		{retrieval.ReadersOf("open", "secret"), []string{"geheim", "offen"}},
		{retrieval.ReadersOf("other"), nil},
		{retrieval.Readers{}, nil},
	} {
		if got := seen(t, h, suiteDay, c.readers); !slices.Equal(got, c.want) {
			t.Errorf("%v see %v, want %v", c.readers.Collections(), got, c.want)
		}
	}
}

func conformDays(t *testing.T, fill func(*testing.T, ...Given) Holder) {
	h := fill(t,
		given("immer", 1, nil),
		given("noch nicht", 1, func(d *retrieval.Document) { d.ValidFrom = suiteDay.AddDays(1) }),
		given("vorbei", 1, func(d *retrieval.Document) { d.ValidUntil = suiteDay.AddDays(-1) }),
		given("nur heute", 1, func(d *retrieval.Document) { d.ValidFrom, d.ValidUntil = suiteDay, suiteDay }),
		given("ersetzt", 1, func(d *retrieval.Document) { d.SupersededBy, d.SupersededFrom = "immer", suiteDay }),
		given("ersetzt ab morgen", 1, func(d *retrieval.Document) { d.SupersededBy, d.SupersededFrom = "immer", suiteDay.AddDays(1) }),
		given("irgendwann ersetzt", 1, func(d *retrieval.Document) { d.SupersededBy = "immer" }),
		given("ersetzt seit heute", 1, func(d *retrieval.Document) { d.ReplacesFrom = suiteDay }),
	)
	r := retrieval.ReadersOf("open")
	for day, want := range map[retrieval.Date][]string{
		suiteDay.AddDays(-1): {"ersetzt", "ersetzt ab morgen", "immer", "vorbei"},
		suiteDay:             {"ersetzt ab morgen", "ersetzt seit heute", "immer", "nur heute"},
		suiteDay.AddDays(1):  {"ersetzt seit heute", "immer", "noch nicht"},
	} {
		if got := seen(t, h, day, r); !slices.Equal(got, want) {
			t.Errorf("on %s: %v, want %v", day, got, want)
		}
	}
}

func conformOrder(t *testing.T, fill func(*testing.T, ...Given) Holder) {
	h := fill(t, given("eins", 2, nil), given("zwei", 1, nil))
	ones, document := idsOf(t, h, "eins")
	twos, _ := idsOf(t, h, "zwei")
	asked := []int64{twos[0], 1 << 60, ones[1], ones[0]}
	hits, err := h.Passages(t.Context(), asked, suiteDay, retrieval.ReadersOf("open"))
	if err != nil || len(hits) != 3 {
		t.Fatalf("%d passages, %v", len(hits), err)
	}
	for i, want := range []int64{twos[0], ones[1], ones[0]} {
		if hits[i].Passage.ID != want {
			t.Errorf("place %d: passage %d, want %d", i, hits[i].Passage.ID, want)
		}
	}
	if d := hits[1].Document; d.ID != document || d.Source != "src" || d.Path != "eins" || d.Rank != 1 || hits[1].Passage.Ordinal != 1 {
		t.Errorf("passage of %+v", d)
	}
	query, err := Embedder{}.EmbedQueries(t.Context(), "Regel 0 von zwei")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC)
	nearest, err := h.Vectors(t.Context(), query[0], retrieval.ReadersOf("open"), at, 2)
	if err != nil || len(nearest) != 2 || nearest[0].PassageID != twos[0] || nearest[0].Score < nearest[1].Score {
		t.Errorf("nearest %+v, %v; want %d first", nearest, err, twos[0])
	}
}

func conformNeighbours(t *testing.T, fill func(*testing.T, ...Given) Holder) {
	h := fill(t, given("lang", 6, nil), given("kurz", 1, nil))
	long, _ := idsOf(t, h, "lang")
	near, err := h.Around(t.Context(), []int64{long[1], long[2], long[5]}, 1, suiteDay, retrieval.ReadersOf("open"))
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, n := range near {
		got = append(got, n.Passage.Ordinal)
	}
	if !slices.Equal(got, []int{0, 1, 2, 3, 4, 5}) {
		t.Errorf("neighbours %v", got)
	}
}

// conformReplacements follows chains: with a member that does not serve, one that
// must not be read, a circle, and one that leads nowhere.
func conformReplacements(t *testing.T, fill func(*testing.T, ...Given) Holder) {
	by := func(path string, change func(*retrieval.Document)) func(*retrieval.Document) {
		return func(d *retrieval.Document) {
			d.SupersededBy, d.SupersededFrom = path, suiteDay.AddDays(-20)
			if change != nil {
				change(d)
			}
		}
	}
	page := func(d *retrieval.Document) { d.Link = "https://haus.example/" + d.Path }
	for _, c := range []struct {
		name  string
		chain []Given
		want  string
	}{
		{"the first that serves, not the last", []Given{given("z alt", 1, by("b", nil)), given("b", 1, func(d *retrieval.Document) {
			page(d)
			d.SupersededBy, d.SupersededFrom = "a neu", suiteDay.AddDays(5)
		}), given("a neu", 1, page)}, "b"},
		{"past one that ended before", []Given{given("a alt", 1, by("b", nil)), given("b", 1, by("c neu", func(d *retrieval.Document) {
			d.ValidUntil = suiteDay.AddDays(-20)
		})), given("c neu", 1, page)}, "c neu"},
		{"past one that must not be read", []Given{given("alt", 1, by("m", nil)), given("m", 1, by("neu", func(d *retrieval.Document) {
			d.Collection, d.SupersededFrom = "secret", suiteDay.AddDays(5)
		})), given("neu", 1, page)}, "neu"},
		{"in a circle", []Given{given("alt", 1, by("m", nil)), given("m", 1, by("alt", nil))}, ""},
		{"in a circle behind it", []Given{given("alt", 1, by("m", nil)), given("m", 1, by("n", nil)), given("n", 1, by("m", nil))}, ""},
		{"to one that is not valid yet", []Given{given("alt", 1, by("neu", nil)), given("neu", 1, func(d *retrieval.Document) {
			d.ValidFrom = suiteDay.AddDays(1)
		})}, ""},
	} {
		h := fill(t, c.chain...)
		_, first := idsOf(t, h, c.chain[0].Path)
		for range 3 {
			got, err := h.Replacements(t.Context(), []int64{first}, suiteDay, retrieval.ReadersOf("open"))
			if err != nil {
				t.Fatal(err)
			}
			next, found := got[first]
			if next.Path != c.want || found != (c.want != "") {
				t.Errorf("%s: replaced by %q, want %q", c.name, next.Path, c.want)
			}
			if found && next.Link != "https://haus.example/"+next.Path {
				t.Errorf("%s: the page of %s has the link %q", c.name, next.Path, next.Link)
			}
		}
	}
}
