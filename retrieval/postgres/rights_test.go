package postgres

import (
	"reflect"
	"testing"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// shelf is an index with a document that few may read, and one that replaces a
// document everybody may read.
type shelf struct {
	*Store
	open, secret int64   // documents offen.md and geheim.md
	passages     []int64 // of both
}

func newShelf(t *testing.T) shelf {
	t.Helper()
	s := newStore(t)
	both := append(said("open", 1, staff), said("secret", 1, channel)...) // at once: what a source no longer says is forgotten
	if _, err := s.SaveCollections(t.Context(), "src", both); err != nil {
		t.Fatal(err)
	}
	save(t, s, revision("offen.md", "open", []float32{1, 0, 0}), revision("geheim.md", "secret", []float32{1, 0, 0}))
	sh := shelf{Store: s, open: one(t, s, "offen.md").Document.ID, secret: one(t, s, "geheim.md").Document.ID}
	for _, id := range []int64{sh.open, sh.secret} {
		passages, err := s.DocumentPassages(t.Context(), id)
		if err != nil || len(passages) != 1 {
			t.Fatalf("%v, %v", passages, err)
		}
		sh.passages = append(sh.passages, passages[0].ID)
	}
	return sh
}

// The audiences that each method is asked for.
var (
	insiders  = retrieval.ReadersOf("open", "secret")
	strangers = retrieval.ReadersOf("open", "other")
	nobodies  = retrieval.Readers{}
)

// seenBy returns which of the two documents an audience sees by any reading method.
func (sh shelf) seenBy(t *testing.T, r retrieval.Readers) (seen map[string]bool) {
	t.Helper()
	seen = map[string]bool{}
	rows, err := sh.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for _, row := range rows {
		passages, err := sh.DocumentPassages(t.Context(), row.Document.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range passages {
			ids = append(ids, p.ID)
		}
	}
	hits, err := sh.Passages(t.Context(), ids, today, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		seen[h.Document.Path] = true
	}
	if !r.Empty() {
		for _, path := range nearestPaths(t, sh.Store, []float32{1, 0, 0}, r, 100) {
			seen[path] = true
		}
	}
	return seen
}

// guard is what is tested of one method.
type guard struct {
	needsNone string // why no rights are to be asked
	reads     func(*testing.T, shelf, retrieval.Readers) (secrets int, err error)
	changes   func(*testing.T, shelf) error // after it nobody sees what they did not before
	hides     bool                          // after it nobody sees geheim.md
}

const (
	forOperators = "for operators at a terminal and syncs, never for what is said to people"
	ofNoDocument = "gives and changes nothing of documents"
	countsOnly   = "gives numbers or states, no text and no path"
)

// guards has an entry for every exported method of the store.
var guards = map[string]guard{
	"Passages": {reads: func(t *testing.T, s shelf, r retrieval.Readers) (int, error) {
		hits, err := s.Passages(t.Context(), s.passages, today, r)
		return countSecret(hits, func(h retrieval.Hit) bool { return h.Document.Collection == "secret" }), err
	}},
	"PassagesOf": {reads: func(t *testing.T, s shelf, r retrieval.Readers) (int, error) {
		hits, err := s.PassagesOf(t.Context(), "geheim.md", today, r)
		return countSecret(hits, func(h retrieval.Hit) bool { return h.Document.Collection == "secret" }), err
	}},
	"Around": {reads: func(t *testing.T, s shelf, r retrieval.Readers) (int, error) {
		near, err := s.Around(t.Context(), s.passages, 3, today, r)
		return countSecret(near, func(n retrieval.Neighbour) bool { return n.Collection == "secret" }), err
	}},
	"Vectors": {reads: func(t *testing.T, s shelf, r retrieval.Readers) (int, error) {
		found, err := s.Vectors(t.Context(), retrieval.Vector{Model: testModel, Values: []float32{1, 0, 0}}, r, noon, 10)
		return countSecret(found, func(f retrieval.Scored) bool { return f.PassageID == s.passages[1] }), err
	}},
	"Similar": {reads: func(t *testing.T, s shelf, r retrieval.Readers) (int, error) {
		found, err := s.Similar(t.Context(), retrieval.Vector{Model: testModel, Values: []float32{1, 0, 0}}, s.passages, r)
		return len(found[s.passages[1]]), err
	}},
	"Replacements": {reads: func(t *testing.T, s shelf, r retrieval.Readers) (int, error) {
		if _, err := s.pool.Exec(t.Context(), `UPDATE document SET superseded_by = $2, superseded_from = '2020-01-01' WHERE id = $1`, s.open, s.secret); err != nil {
			return 0, err
		}
		found, err := s.Replacements(t.Context(), []int64{s.open}, today, r)
		return len(found), err
	}},

	"Block": {hides: true, changes: func(t *testing.T, s shelf) error {
		return s.Block(t.Context(), s.secret, retrieval.Block{At: noon, By: retrieval.ByOwner})
	}},
	"Release": {changes: func(t *testing.T, s shelf) error { return s.Release(t.Context(), s.secret) }},
	"Reread":  {changes: func(t *testing.T, s shelf) error { return s.Reread(t.Context(), s.secret) }},
	"Remove":  {hides: true, changes: func(t *testing.T, s shelf) error { return s.Remove(t.Context(), "src", []string{"geheim.md"}) }},
	"Replace": {changes: func(t *testing.T, s shelf) error {
		return s.Replace(t.Context(), revision("geheim.md", "secret", []float32{1, 0, 0}))
	}},
	"MoveSource": {changes: func(t *testing.T, s shelf) error { return s.MoveSource(t.Context(), "src", "folder /b") }},
	"ClaimPlace": {changes: func(t *testing.T, s shelf) error { return s.ClaimPlace(t.Context(), "src", "folder /b") }},
	"Refuse": {hides: true, changes: func(t *testing.T, s shelf) error {
		return s.Refuse(t.Context(), retrieval.Refusal{
			Source: "src", Path: "geheim.md", Listed: "open", Collection: "open", Verdict: retrieval.Again, Withdraw: true,
			Reason: retrieval.Reason{Code: retrieval.ReasonReaders, Words: "gate channel is public"},
		})
	}},
	"RemoveSource": {hides: true, changes: func(t *testing.T, s shelf) error { return onlyError(s.RemoveSource(t.Context(), "src")) }},
	"RenameSource": {changes: func(t *testing.T, s shelf) error { return onlyError(s.RenameSource(t.Context(), "src", "neu", false)) }},
	"SaveCollections": {changes: func(t *testing.T, s shelf) error {
		_, err := s.SaveCollections(t.Context(), "fremd", said("secret", 1, staff))
		if err == nil && access(t, s.Store, "secret").Staff {
			t.Error("another source opened the collection")
		}
		return err
	}},
	"NarrowCollections": {changes: func(t *testing.T, s shelf) error {
		err := s.NarrowCollections(t.Context(), "src", said("secret", 1, staff))
		if err == nil && access(t, s.Store, "secret").Staff {
			t.Error("narrowing opened the collection")
		}
		return err
	}},
	"SaveVectors": {changes: func(t *testing.T, s shelf) error {
		return s.SaveVectors(t.Context(), testModel, retrieval.PendingUnits{Document: s.secret})
	}},
	"Supersede": {changes: func(t *testing.T, s shelf) error {
		replaces := revision("geheim2.md", "secret")
		replaces.Document.Supersedes, replaces.Document.ValidFrom = "offen.md", today
		save(t, s.Store, replaces)
		unresolved, err := s.Supersede(t.Context(), "src", today)
		if err == nil && (len(unresolved) != 1 || !s.seenBy(t, strangers)["offen.md"]) {
			t.Error("a stranger lost a document for one that the stranger may not read")
		}
		return err
	}},
	"Touch": {changes: func(t *testing.T, s shelf) error {
		return s.Touch(t.Context(), "src", map[string]retrieval.Version{"geheim.md": {Mark: "2"}})
	}},
	"SwitchSet": {changes: func(t *testing.T, s shelf) error { return s.SwitchSet(t.Context(), testModel) }},
	"TendGraphs": {changes: func(t *testing.T, s shelf) error {
		return onlyError(s.TendGraphs(t.Context(), testModel, noon, func(string, int) {}))
	}},
	"DropGraphs": {changes: func(t *testing.T, s shelf) error { return s.DropGraphs(t.Context(), testModel) }},
	"ChangeSynonyms": {changes: func(t *testing.T, s shelf) error {
		return s.ChangeSynonyms(t.Context(), func(*german.Synonyms) ([]string, error) { return []string{"DA = Dienstanweisung"}, nil })
	}},

	"Changes":          {needsNone: "fills the keyword index, which asks for rights itself: lexical.TestRightsAgainstOracle"},
	"Cared":            {needsNone: "gives a document to whoever names its number: bot/care says a word of it only to its contact"},
	"Gather":           {needsNone: "gives the number and contact of what owners are told, nothing of documents"},
	"Notices":          {needsNone: "of documents of the bundle's own contact alone, which it compares with the document's now"},
	"HandOver":         {needsNone: ofNoDocument},
	"Documents":        {needsNone: forOperators},
	"DocumentPassages": {needsNone: forOperators},
	"FindDocument":     {needsNone: forOperators},
	"Known":            {needsNone: forOperators},
	"Pending":          {needsNone: forOperators},
	"Embedded":         {needsNone: forOperators},
	"Sources":          {needsNone: forOperators},
	"CheckPlace":       {needsNone: forOperators},
	"Position":         {needsNone: forOperators},
	"SavePosition":     {needsNone: ofNoDocument},
	"Collections":      {needsNone: "says who may read what; rights are worked out from it"},
	"Synonyms":         {needsNone: ofNoDocument},
	"SynonymVersion":   {needsNone: countsOnly},
	"CountPending":     {needsNone: countsOnly},
	"EmbeddingSets":    {needsNone: countsOnly},
	"Graphs":           {needsNone: countsOnly},
	"Size":             {needsNone: countsOnly},
	"Version":          {needsNone: countsOnly},
	"AdmitModel":       {needsNone: ofNoDocument},
	"BeginSet":         {needsNone: ofNoDocument},
	"Check":            {needsNone: ofNoDocument},
	"SetsInUse":        {needsNone: ofNoDocument},
	"RemoveSet":        {needsNone: "takes vectors out, which can only show less"},
	"Lock":             {needsNone: ofNoDocument},
	"LockSet":          {needsNone: ofNoDocument},
	"Exists":           {needsNone: ofNoDocument},
	"Ready":            {needsNone: ofNoDocument},
	"Pool":             {needsNone: "the connections themselves, for migrations and doctor"},
	"Schema":           {needsNone: ofNoDocument},
	"Close":            {needsNone: ofNoDocument},
}

func countSecret[T any](list []T, secret func(T) bool) (n int) {
	for _, x := range list {
		if secret(x) {
			n++
		}
	}
	return n
}

// TestEveryMethodKeepsRights lists the methods of the store: a new one fails until
// it has a test of rights here, or a reason why it needs none.
func TestEveryMethodKeepsRights(t *testing.T) {
	t.Parallel()
	store := reflect.TypeFor[*Store]()
	for i := range store.NumMethod() {
		method := store.Method(i)
		g, known := guards[method.Name]
		tests := 0
		for _, is := range []bool{g.needsNone != "", g.reads != nil, g.changes != nil} {
			if is {
				tests++
			}
		}
		if !known || tests != 1 {
			t.Errorf("%s has no entry in guards: test its rights, or say why it needs none", method.Name)
			continue
		}
		if takesReaders(method.Type) && g.reads == nil {
			t.Errorf("%s takes readers: test that it keeps to them", method.Name)
		}
		switch {
		case g.reads != nil:
			t.Run(method.Name, func(t *testing.T) { t.Parallel(); g.testReading(t) })
		case g.changes != nil:
			t.Run(method.Name, func(t *testing.T) { t.Parallel(); g.testChanging(t) })
		}
	}
	for name := range guards {
		if _, found := store.MethodByName(name); !found {
			t.Errorf("the store has no method %s any more", name)
		}
	}
}

func takesReaders(method reflect.Type) bool {
	for i := range method.NumIn() {
		if method.In(i) == reflect.TypeFor[retrieval.Readers]() {
			return true
		}
	}
	return false
}

func (g guard) testReading(t *testing.T) {
	s := newShelf(t)
	for name, c := range map[string]struct {
		readers retrieval.Readers
		want    int
	}{"insiders": {insiders, 1}, "strangers": {strangers, 0}, "nobody": {nobodies, 0}} {
		if got, err := g.reads(t, s, c.readers); err != nil || got != c.want {
			t.Errorf("%s get %d of what is secret, %v; want %d", name, got, err, c.want)
		}
	}
}

func (g guard) testChanging(t *testing.T) {
	s := newShelf(t)
	if seen := s.seenBy(t, strangers); !seen["offen.md"] || seen["geheim.md"] {
		t.Fatalf("at first strangers see %v", seen)
	}
	if err := g.changes(t, s); err != nil {
		t.Fatal(err)
	}
	for path := range s.seenBy(t, strangers) {
		if path != "offen.md" {
			t.Errorf("afterwards strangers see %s", path)
		}
	}
	if seen := s.seenBy(t, nobodies); len(seen) != 0 {
		t.Errorf("afterwards nobody sees %v", seen)
	}
	if seen := s.seenBy(t, insiders); seen["geheim.md"] == g.hides {
		t.Errorf("afterwards insiders see %v", seen)
	}
}
