package postgres

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/retrieval"
)

// access returns who may read a collection now.
func access(t *testing.T, s *Store, name string) retrieval.Access {
	t.Helper()
	all, err := s.Collections(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(c retrieval.Collection) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("no collection %q", name)
	}
	return all[i].Access
}

func said(name string, rank int, access retrieval.Access) []retrieval.Collection {
	return []retrieval.Collection{{Name: name, Rank: rank, Access: access}}
}

var (
	staff   = retrieval.Access{Staff: true}
	channel = retrieval.Access{Channels: []string{"team/kanal"}}
	nobody  = retrieval.Access{Channels: []string{}}
)

// TestNarrowingReadersAlwaysWins has two sources say different things of one
// collection, in both orders: only those may read whom both allow, whoever says
// what last.
func TestNarrowingReadersAlwaysWins(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	say := func(source string, access retrieval.Access) []retrieval.Disagreement {
		t.Helper()
		differ, err := s.SaveCollections(t.Context(), source, said("a", 1, access))
		if err != nil {
			t.Fatal(err)
		}
		return differ
	}
	for _, source := range []string{"one", "two"} {
		if differ := say(source, staff); len(differ) != 0 {
			t.Errorf("the same settings: %v", differ)
		}
		save(t, s, func() retrieval.Revision { r := revision("d.md", "a"); r.Document.Source = source; return r }())
	}
	for _, step := range []struct {
		source string
		says   retrieval.Access
		want   retrieval.Access
		differ int
	}{
		{"two", channel, channel, 1}, // not the one that made it
		{"one", staff, channel, 1},   // which does not open it again
		{"one", retrieval.Access{Channels: []string{"team/anderer"}}, nobody, 1},
		{"two", staff, retrieval.Access{Channels: []string{"team/anderer"}}, 1},
		{"one", staff, staff, 0}, // both opened it
	} {
		differ := say(step.source, step.says)
		if got := access(t, s, "a"); !got.Equal(step.want) || len(differ) != step.differ {
			t.Errorf("%s says %+v: %+v may read, want %+v; %v", step.source, step.says, got, step.want, differ)
		}
	}
	differ, err := s.SaveCollections(t.Context(), "two", said("a", 7, staff))
	if err != nil || len(differ) != 1 || differ[0].Readers || differ[0].Source != "one" {
		t.Errorf("another rank: %v, %v", differ, err)
	}
	if err := s.Remove(t.Context(), "one", []string{"d.md"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveCollections(t.Context(), "one", nil); err != nil { // it lists nothing there any more
		t.Fatal(err)
	}
	if differ, err := s.SaveCollections(t.Context(), "two", said("a", 7, channel)); err != nil || len(differ) != 0 || !access(t, s, "a").Equal(channel) {
		t.Errorf("the only source left: %v, %v, %+v", differ, err, access(t, s, "a"))
	}
}

// TestNarrowCollectionsOnlyNarrows is what a sync does first.
func TestNarrowCollectionsOnlyNarrows(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	narrow := func(source string, access retrieval.Access) {
		t.Helper()
		if err := s.NarrowCollections(t.Context(), source, said("a", 1, access)); err != nil {
			t.Fatal(err)
		}
	}
	narrow("src", staff) // there is none yet
	if all, err := s.Collections(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
	collection(t, s, "a")
	for _, step := range []struct {
		source     string
		says, want retrieval.Access
	}{{"src", staff, staff}, {"src", channel, channel}, {"src", staff, channel}, {"other", nobody, nobody}} {
		narrow(step.source, step.says)
		if got := access(t, s, "a"); !got.Equal(step.want) {
			t.Errorf("%s narrows to %+v: %+v, want %+v", step.source, step.says, got, step.want)
		}
	}
}

func TestANameStandsForOnePlace(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	claim := func(place string) error { return s.ClaimPlace(t.Context(), "src", place) }
	if err := errors.Join(claim("folder /a"), claim("folder /b")); err != nil {
		t.Errorf("a source without documents: %v", err)
	}
	save(t, s, revision("d.md", "a"))
	var other *retrieval.PlaceError
	if err := claim("folder /c"); !errors.As(err, &other) || other.Known != "folder /b" || other.Documents != 1 {
		t.Errorf("another place: %v", err)
	}
	if err := s.CheckPlace(t.Context(), "src", "folder /c"); !errors.As(err, &other) {
		t.Errorf("asked only: %v", err)
	}
	if err := claim("folder /b"); err != nil {
		t.Errorf("the same place: %v", err)
	}
	if err := errors.Join(s.MoveSource(t.Context(), "src", "folder /c"), claim("folder /c")); err != nil {
		t.Errorf("moved: %v", err)
	}
}

// sourceStates returns all documents of a source by path.
func sourceStates(t *testing.T, s *Store, source string) map[string]string {
	t.Helper()
	rows, err := s.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]string{}
	for _, row := range rows {
		if row.Document.Source == source {
			states[row.Document.Path] = string(row.State)
		}
	}
	return states
}

func of(source, path string) retrieval.Revision {
	rev := revision(path, "a", []float32{1, 2, 3})
	rev.Document.Source = source
	return rev
}

func TestARemovedSourceAnswersNoMore(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	save(t, s, of("src", "d.md"), of("andere", "d.md"))
	if n, err := s.RemoveSource(t.Context(), "src"); err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	if got := nearestPaths(t, s, []float32{1, 2, 3}, retrieval.ReadersOf("a"), 10); len(got) != 1 {
		t.Errorf("found %v", got)
	}
	sources, err := s.Sources(t.Context())
	if err != nil || len(sources) != 1 || sources[0].Name != "andere" || sources[0].Documents != 1 {
		t.Errorf("%+v, %v", sources, err)
	}
	if _, err := s.RemoveSource(t.Context(), "src"); !errors.Is(err, ErrNoSource) {
		t.Errorf("twice: %v", err)
	}
	if err := s.ClaimPlace(t.Context(), "src", "folder /anderswo"); err != nil {
		t.Errorf("its name is not free: %v", err)
	}
}

// TestRenamingKeepsDocumentsVectorsAndBlocks renames a source before and after it
// was ingested under its new name.
func TestRenamingKeepsDocumentsVectorsAndBlocks(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	save(t, s, of("alt", "d.md"), of("alt", "mail.eml"), of("alt", "mail.eml/anlage.pdf"), of("alt", "e.md"))
	before := one(t, s, "d.md").Document.ID
	block := func(id int64) {
		t.Helper()
		if err := s.Block(t.Context(), id, retrieval.Block{At: noon, By: retrieval.ByOwner, Reason: "veraltet"}); err != nil {
			t.Fatal(err)
		}
	}
	block(one(t, s, "mail.eml").Document.ID)
	if err := s.ClaimPlace(t.Context(), "alt", "folder /a"); err != nil {
		t.Fatal(err)
	}
	if n, err := s.RenameSource(t.Context(), "alt", "neu", false); err != nil || n != 4 {
		t.Fatalf("%d, %v", n, err)
	}
	want := map[string]string{"d.md": "indexed", "e.md": "indexed", "mail.eml": "blocked", "mail.eml/anlage.pdf": "blocked"}
	if diff := cmp.Diff(want, sourceStates(t, s, "neu")); diff != "" || len(sourceStates(t, s, "alt")) != 0 {
		t.Errorf("renamed (-want +got):\n%s", diff)
	}
	if after := one(t, s, "d.md"); after.Document.ID != before || after.Model != testModel.Name {
		t.Errorf("not the same document: %+v", after)
	}
	if err := s.CheckPlace(t.Context(), "neu", "folder /b"); err == nil {
		t.Error("its place was forgotten")
	}

	// Ingested under another name as well: both hold d.md, and e.md is blocked there.
	save(t, s, of("doppelt", "d.md"), of("doppelt", "e.md"), of("doppelt", "nur hier.md"))
	rows, err := s.FindDocument(t.Context(), "e.md")
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v, %v", rows, err)
	}
	block(rows[0].Document.ID)
	var taken *retrieval.TakenError
	if _, err := s.RenameSource(t.Context(), "neu", "doppelt", false); !errors.As(err, &taken) || taken.Documents != 3 || taken.Same != 2 {
		t.Errorf("a name that is taken: %v", err)
	}
	version, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.RenameSource(t.Context(), "neu", "doppelt", true); err != nil || n != 4 {
		t.Errorf("merged: %d, %v", n, err)
	}
	want["e.md"], want["nur hier.md"] = "blocked", "indexed"
	if diff := cmp.Diff(want, sourceStates(t, s, "doppelt")); diff != "" || len(sourceStates(t, s, "neu")) != 0 {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	if one(t, s, "d.md").Document.ID != before {
		t.Error("the renamed document is not the one that stays")
	}
	gone := 0
	if err := s.pool.QueryRow(t.Context(), `SELECT count(*) FROM document WHERE state = 'gone' AND version > $1`, version).Scan(&gone); err != nil || gone != 2 {
		t.Errorf("followers of the index learn of %d that went, %v", gone, err)
	}
	if _, err := s.RenameSource(t.Context(), "neu", "x", false); !errors.Is(err, ErrNoSource) {
		t.Errorf("a source that is not there: %v", err)
	}
}

func TestASourceInUseIsNotTouched(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	_, release, err := s.Lock(t.Context(), "src")
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	for name, err := range map[string]error{
		"remove": onlyError(s.RemoveSource(t.Context(), "src")),
		"rename": onlyError(s.RenameSource(t.Context(), "src", "b", false)),
		"onto":   onlyError(s.RenameSource(t.Context(), "b", "src", false)),
		"move":   s.MoveSource(t.Context(), "src", "folder /b"),
	} {
		if !errors.Is(err, retrieval.ErrBusy) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// downAndUp takes the schema back to a version, and makes it current again.
func downAndUp(t *testing.T, s *Store, version int64) {
	t.Helper()
	if _, err := line(s.Schema()).DownTo(t.Context(), s.Pool(), version); err != nil {
		t.Fatal(err)
	}
	if _, err := Migrate(t.Context(), s.Pool(), s.Schema()); err != nil {
		t.Fatal(err)
	}
}

// TestMigrationKeepsWhoMayRead carries an index over that was made before each
// source's word was kept.
func TestMigrationKeepsWhoMayRead(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	save(t, s, of("src", "d.md"), of("andere", "e.md"))
	downAndUp(t, s, 10)
	sources, err := s.Sources(t.Context())
	if err != nil || len(sources) != 2 || sources[0].Name != "andere" || sources[0].Documents != 1 || sources[0].Place != "" {
		t.Errorf("%+v, %v", sources, err)
	}
	if err := s.ClaimPlace(t.Context(), "andere", "folder /b"); err != nil {
		t.Errorf("a place that was not known: %v", err)
	}
	if _, err := s.SaveCollections(t.Context(), "src", said("a", 1, staff)); err != nil || !access(t, s, "a").Staff {
		t.Errorf("%v, %+v", err, access(t, s, "a"))
	}
	if differ, err := s.SaveCollections(t.Context(), "src", said("a", 1, channel)); err != nil || len(differ) != 1 || differ[0].Source != "andere" {
		t.Errorf("the other source's word was lost: %v, %v", differ, err)
	}
}
