package postgres

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

var today = retrieval.DateOf(noon)

// one returns the row of a document.
func one(t *testing.T, s *Store, path string) DocumentRow {
	t.Helper()
	rows, err := s.FindDocument(t.Context(), path)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%s: %d rows, %v", path, len(rows), err)
	}
	return rows[0]
}

// serves reports whether a document is found by each way into an answer: the
// keyword index, the vectors, its passages and its neighbours.
func serves(t *testing.T, s *Store, index *lexical.Index, path string) bool {
	t.Helper()
	r := retrieval.ReadersOf("a")
	passages, err := s.DocumentPassages(t.Context(), one(t, s, path).Document.ID)
	if err != nil || len(passages) == 0 {
		t.Fatalf("passages of %s: %v, %v", path, passages, err)
	}
	id := passages[0].ID
	if err := index.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	keywords, err := index.Keywords(t.Context(), index.Spell(t.Context(), "Text von "+path, r), r, noon, 10)
	if err != nil {
		t.Fatal(err)
	}
	vectors, err := s.Vectors(t.Context(), retrieval.Vector{Model: testModel, Values: []float32{1, 0, 0}}, r, noon, 10)
	if err != nil {
		t.Fatal(err)
	}
	read, err := s.Passages(t.Context(), []int64{id}, today, r)
	if err != nil {
		t.Fatal(err)
	}
	around, err := s.Around(t.Context(), []int64{id}, 1, today, r)
	if err != nil {
		t.Fatal(err)
	}
	is := func(sc retrieval.Scored) bool { return sc.PassageID == id }
	ways := []bool{slices.ContainsFunc(keywords, is), slices.ContainsFunc(vectors, is), len(read) > 0, len(around) > 0}
	if slices.Contains(ways, true) == slices.Contains(ways, false) {
		t.Fatalf("%s is found by some ways only: %v", path, ways)
	}
	return ways[0]
}

func TestBlockTakesADocumentOutUntilItIsReleased(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	index := lexical.New(s, lexical.DefaultParams())
	save(t, s, revision("ki.md", "a", []float32{1, 0, 0}), revision("lob.md", "a", []float32{1, 0, 0}))
	id := one(t, s, "ki.md").Document.ID
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	want := func(path string, serving bool) {
		t.Helper()
		if got := serves(t, s, index, path); got != serving {
			t.Errorf("%s serves: %v, want %v", path, got, serving)
		}
	}
	want("ki.md", true)
	first := retrieval.Block{At: noon, By: retrieval.ByOwner, Reason: "Anlage fehlt"}
	check(s.Block(t.Context(), id, first))
	check(s.Block(t.Context(), id, retrieval.Block{At: noon.Add(time.Hour), By: retrieval.ByOperator}))
	want("ki.md", false)
	want("lob.md", true)
	row := one(t, s, "ki.md")
	if row.Block.By != first.By || row.Block.Reason != first.Reason || !row.Block.At.Equal(noon) || row.State != retrieval.Blocked {
		t.Errorf("blocked as %+v, %s", row.Block, row.State)
	}

	// A new version is taken in, but answers nothing; to a sync it is like any other.
	newer := revision("ki.md", "a", []float32{1, 0, 0})
	newer.Document.Hash, newer.Document.Title = "neu", "Neue Fassung"
	save(t, s, newer)
	want("ki.md", false)
	known, err := s.Known(t.Context(), "src")
	check(err)
	if k := known["ki.md"]; k.State != retrieval.Indexed || k.Hash != "neu" {
		t.Errorf("known as %+v", k)
	}
	// One that cannot be read leaves the one before below the block.
	check(s.Refuse(t.Context(), retrieval.Refusal{Source: "src", Path: "ki.md", Reason: retrieval.Reason{Code: retrieval.ReasonDamaged, Words: "damaged"}, Version: retrieval.Version{Mark: "m3"}, Verdict: retrieval.Refused, Listed: "a", Collection: "a"}))
	if row := one(t, s, "ki.md"); row.State != retrieval.Blocked || row.Reason.Code != retrieval.ReasonDamaged {
		t.Errorf("%s, %q", row.State, row.Reason.Words)
	}
	check(s.Release(t.Context(), id))
	check(s.Release(t.Context(), id))
	want("ki.md", true)
	if row := one(t, s, "ki.md"); row.Document.Title != "Neue Fassung" || row.Block != (retrieval.Block{}) {
		t.Errorf("released as %+v", row)
	}
}

func TestBlockOutlivesItsFile(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	index := lexical.New(s, lexical.DefaultParams())
	save(t, s, revision("ki.md", "a", []float32{1, 0, 0}))
	id := one(t, s, "ki.md").Document.ID
	if err := s.Block(t.Context(), id, retrieval.Block{At: noon, By: retrieval.ByOperator}); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(t.Context(), "src", []string{"ki.md"}); err != nil {
		t.Fatal(err)
	}
	if row := one(t, s, "ki.md"); row.State != retrieval.Gone || row.Block.By == "" {
		t.Errorf("%s, %+v", row.State, row.Block)
	}
	save(t, s, revision("ki.md", "a", []float32{1, 0, 0}))
	if serves(t, s, index, "ki.md") {
		t.Error("the file came back and answers")
	}
	// One whose readers are not known any more must not serve on after a release.
	if err := s.Refuse(t.Context(), retrieval.Refusal{Verdict: retrieval.Again, Source: "src", Path: "ki.md", Reason: retrieval.Reason{Code: retrieval.ReasonReaders, Words: "no readers"}, Withdraw: true}); err != nil {
		t.Fatal(err)
	}
	if err := s.Release(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if row := one(t, s, "ki.md"); row.State != retrieval.Quarantined {
		t.Errorf("released as %s", row.State)
	}
}

// standing returns for each document of a mail how it stands: its state, and what
// its block is with.
func standing(t *testing.T, s *Store) map[string]string {
	t.Helper()
	rows, err := s.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, row := range rows {
		got[row.Document.Path] = string(row.State)
		if row.Block.With != "" {
			got[row.Document.Path] += " with " + row.Block.With
		}
	}
	return got
}

func TestABlockCoversAttachments(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	index := lexical.New(s, lexical.DefaultParams())
	paths := []string{"r.eml", "r.eml/a.txt", "r.eml/b.txt", "r.eml/i.eml", "r.eml/i.eml/c.txt", "r.eml.txt"}
	for _, path := range paths {
		save(t, s, revision(path, "a", []float32{1, 0, 0}))
	}
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	id := func(path string) int64 { return one(t, s, path).Document.ID }
	block := func(path, reason string) {
		t.Helper()
		check(s.Block(t.Context(), id(path), retrieval.Block{At: noon, By: retrieval.ByOwner, Reason: reason}))
	}
	stands := func(what string, want map[string]string) {
		t.Helper()
		if diff := cmp.Diff(want, standing(t, s)); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	const indexed, blocked, withMail, withInner = "indexed", "blocked", "blocked with r.eml", "blocked with r.eml/i.eml"
	block("r.eml/b.txt", "einzeln")
	block("r.eml", "Absender unklar")
	stands("the mail blocked", map[string]string{"r.eml": blocked, "r.eml/a.txt": withMail, "r.eml/b.txt": blocked,
		"r.eml/i.eml": withMail, "r.eml/i.eml/c.txt": withMail, "r.eml.txt": indexed})
	if serves(t, s, index, "r.eml/a.txt") || !serves(t, s, index, "r.eml.txt") {
		t.Error("an attachment of a blocked mail serves, or another document does not")
	}
	if b := one(t, s, "r.eml/a.txt").Block; b.Reason != "Absender unklar" || !b.At.Equal(noon) || b.By != retrieval.ByOwner {
		t.Errorf("%+v", b)
	}

	// A later version has other attachments, one that cannot be read, and a former one again.
	check(s.Remove(t.Context(), "src", []string{"r.eml/a.txt", "r.eml/i.eml/c.txt"}))
	save(t, s, revision("r.eml/neu.txt", "a", []float32{1, 0, 0}), revision("r.eml/a.txt", "a", []float32{1, 0, 0}), revision("r.eml", "a", []float32{1, 0, 0}))
	check(s.Refuse(t.Context(), retrieval.Refusal{Source: "src", Path: "r.eml/scan.pdf", Reason: retrieval.Reason{Code: retrieval.ReasonNoTextLayer, Words: "no text layer"}, Version: retrieval.Version{Mark: "m"}, Verdict: retrieval.Refused, Listed: "a", Collection: "a"}))
	stands("a later version", map[string]string{"r.eml": blocked, "r.eml/a.txt": withMail, "r.eml/b.txt": blocked,
		"r.eml/i.eml": withMail, "r.eml/neu.txt": withMail, "r.eml/scan.pdf": withMail, "r.eml.txt": indexed})
	if serves(t, s, index, "r.eml/neu.txt") {
		t.Error("a new attachment of a blocked mail serves")
	}

	// An attachment is not released below its mail; a block of its own outlives that of the mail.
	for _, path := range []string{"r.eml/a.txt", "r.eml/b.txt"} {
		var covered *retrieval.CoveredError
		if err := s.Release(t.Context(), id(path)); !errors.As(err, &covered) || covered.Whole != id("r.eml") || covered.Path != "r.eml" {
			t.Errorf("%s: %v", path, err)
		}
	}
	stands("released below the mail", map[string]string{"r.eml": blocked, "r.eml/a.txt": withMail, "r.eml/b.txt": withMail,
		"r.eml/i.eml": withMail, "r.eml/neu.txt": withMail, "r.eml/scan.pdf": withMail, "r.eml.txt": indexed})
	block("r.eml/i.eml", "auch einzeln")
	check(s.Release(t.Context(), id("r.eml")))
	stands("the mail released", map[string]string{"r.eml": indexed, "r.eml/a.txt": indexed, "r.eml/b.txt": indexed,
		"r.eml/i.eml": blocked, "r.eml/neu.txt": indexed, "r.eml/scan.pdf": "quarantined", "r.eml.txt": indexed})
	for _, path := range []string{"r.eml/a.txt", "r.eml/neu.txt"} {
		if !serves(t, s, index, path) {
			t.Errorf("%s does not serve after the release", path)
		}
	}
	// What was away all the time comes back below the mail that is blocked by itself.
	save(t, s, revision("r.eml/i.eml/c.txt", "a"))
	if got := standing(t, s)["r.eml/i.eml/c.txt"]; got != withInner {
		t.Errorf("came back %s", got)
	}
}

// TestABlockMissesNoAttachmentThatComesMeanwhile blocks a mail while attachments of
// it are being taken in.
func TestABlockMissesNoAttachmentThatComesMeanwhile(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	for round := range 20 {
		mail := fmt.Sprintf("%d.eml", round)
		save(t, s, revision(mail, "a"))
		id := one(t, s, mail).Document.ID
		var group sync.WaitGroup
		for i := range 4 {
			group.Go(func() {
				if err := s.Replace(t.Context(), revision(fmt.Sprintf("%s/%d.txt", mail, i), "a")); err != nil {
					t.Error(err)
				}
			})
		}
		group.Go(func() {
			if err := s.Block(t.Context(), id, retrieval.Block{At: noon, By: retrieval.ByOwner}); err != nil {
				t.Error(err)
			}
		})
		group.Wait()
		for path, state := range standing(t, s) {
			if strings.HasPrefix(path, mail+"/") && state != "blocked with "+mail {
				t.Fatalf("%s: %s", path, state)
			}
		}
	}
}

// TestMigrationCoversAttachmentsOfBlockedMails goes back and forth between the
// schemas before and after blocks covered attachments.
func TestMigrationCoversAttachmentsOfBlockedMails(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	save(t, s, revision("r.eml", "a"), revision("r.eml/a.txt", "a"), revision("r.eml/i.eml", "a"), revision("r.eml/i.eml/b.txt", "a"), revision("frei.eml/a.txt", "a"))
	for _, path := range []string{"r.eml", "r.eml/i.eml"} {
		if err := s.Block(t.Context(), one(t, s, path).Document.ID, retrieval.Block{At: noon, By: retrieval.ByOwner}); err != nil {
			t.Fatal(err)
		}
	}
	migrated := func(serving int, steps []string, err error) {
		t.Helper()
		if err != nil || len(steps) == 0 {
			t.Fatal(steps, err)
		}
		var got int
		err = s.Pool().QueryRow(t.Context(), `
			SELECT count(*) FROM document, index_version v WHERE state = 'indexed' AND document.version <= v.version`).Scan(&got)
		if err != nil || got != serving {
			t.Errorf("%d documents serve, want %d, %v", got, serving, err)
		}
	}
	down, err := line(s.Schema()).DownTo(t.Context(), s.Pool(), 6)
	migrated(3, down, err)
	before, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	up, err := Migrate(t.Context(), s.Pool(), s.Schema())
	migrated(1, up, err)
	if change, err := retrievaltest.Changes(t.Context(), s, before); err != nil || len(change.Gone) != 2 {
		t.Errorf("indexes in memory learn of %v, %v", change.Gone, err)
	}
	want := map[string]string{"r.eml": "blocked", "r.eml/a.txt": "blocked with r.eml", "r.eml/i.eml": "blocked",
		"r.eml/i.eml/b.txt": "blocked with r.eml", "frei.eml/a.txt": "indexed"}
	if diff := cmp.Diff(want, standing(t, s)); diff != "" {
		t.Error(diff)
	}
}

func TestUnknownDocumentsAreSaid(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for name, err := range map[string]error{
		"block": s.Block(t.Context(), 99, retrieval.Block{At: noon, By: retrieval.ByOwner}), "release": s.Release(t.Context(), 99),
		"reread": s.Reread(t.Context(), 99),
	} {
		if !errors.Is(err, retrieval.ErrNoDocument) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Cared(t.Context(), 99); !errors.Is(err, retrieval.ErrNoDocument) {
		t.Errorf("cared: %v", err)
	}
}

func TestRereadForgetsMarksUpToTheFile(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	save(t, s, revision("mail.eml", "a"), revision("mail.eml/anlage.pdf", "a"), revision("mail.eml/anderes.pdf", "a"), revision("mail", "a"))
	if err := s.Reread(t.Context(), one(t, s, "mail.eml/anlage.pdf").Document.ID); err != nil {
		t.Fatal(err)
	}
	known, err := s.Known(t.Context(), "src")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for path, k := range known {
		got[path] = string(k.Verdict)
	}
	if diff := cmp.Diff(map[string]string{"mail.eml": "reread", "mail.eml/anlage.pdf": "reread", "mail.eml/anderes.pdf": "taken", "mail": "taken"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTextNamesWhatItReplaces(t *testing.T) {
	t.Parallel()
	march := retrieval.Date{Year: 2024, Month: time.March, Day: 1}
	for name, c := range map[string]struct {
		named retrieval.Named
		old   map[string]retrieval.Date // title to date of the others
		want  []string                  // titles replaced
	}{
		"whole title":           {retrieval.Named{Title: "Dienstanweisung KI"}, map[string]retrieval.Date{"Dienstanweisung KI": {}, "Anlage": {}}, []string{"Dienstanweisung KI"}},
		"part of a title":       {retrieval.Named{Title: "Dienstanweisung"}, map[string]retrieval.Date{"Dienstanweisung KI": {}}, nil},
		"part with its date":    {retrieval.Named{Title: "Dienstanweisung", Date: march}, map[string]retrieval.Date{"Dienstanweisung KI": march, "Dienstanweisung Post": {}}, []string{"Dienstanweisung KI"}},
		"date in the title":     {retrieval.Named{Title: "Dienstanweisung", Date: march}, map[string]retrieval.Date{"Dienstanweisung vom 01.03.2024": {}}, []string{"Dienstanweisung vom 01.03.2024"}},
		"title of another date": {retrieval.Named{Title: "Dienstanweisung KI", Date: march}, map[string]retrieval.Date{"Dienstanweisung KI": {Year: 2020, Month: time.May, Day: 1}}, nil},
		"two of that date":      {retrieval.Named{Title: "Dienstanweisung", Date: march}, map[string]retrieval.Date{"Dienstanweisung KI": march, "Dienstanweisung Post": march}, nil},
		"only the date":         {retrieval.Named{Date: march}, map[string]retrieval.Date{"Dienstanweisung KI": march}, nil},
		"none known":            {retrieval.Named{Title: "Rundschreiben 4"}, map[string]retrieval.Date{"Dienstanweisung KI": {}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			collection(t, s, "a")
			newer := revision("neu.md", "a")
			newer.Document.Title, newer.Named = "Neue Regeln", c.named
			save(t, s, newer)
			for title, date := range c.old {
				old := revision(title+".md", "a")
				old.Document.ValidFrom = date
				old.Document.Title = title
				save(t, s, old)
			}
			unresolved, err := s.Supersede(t.Context(), "src", today)
			if err != nil {
				t.Fatal(err)
			}
			if several := name == "two of that date"; several != (len(unresolved) > 0) {
				t.Errorf("unresolved: %v", unresolved)
			}
			rows, err := s.Documents(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var replaced []string
			for _, row := range rows {
				if row.Document.SupersededBy != "" {
					replaced = append(replaced, row.Document.Title)
				}
			}
			if diff := cmp.Diff(c.want, replaced); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestABlockedReplacementReplacesOn(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	newer := revision("neu.md", "a")
	newer.Document.Supersedes = "alt.md"
	save(t, s, newer, revision("alt.md", "a"))
	if err := s.Block(t.Context(), one(t, s, "neu.md").Document.ID, retrieval.Block{At: noon, By: retrieval.ByOwner}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Supersede(t.Context(), "src", today); err != nil {
		t.Fatal(err)
	}
	if by := one(t, s, "alt.md").Document.SupersededBy; by != "neu.md" {
		t.Errorf("alt.md is replaced by %q: an outdated rule would answer again", by)
	}
}

// told gathers and returns what each person is told, with the bundles handed over.
func told(t *testing.T, s *Store, day retrieval.Date) map[string][]string {
	t.Helper()
	bundles, err := s.Gather(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, b := range bundles {
		notices, err := s.Notices(t.Context(), b.ID, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range notices {
			got[b.Contact] = append(got[b.Contact], string(n.Kind)+" "+n.Path)
		}
		if err := s.HandOver(t.Context(), b.ID); err != nil {
			t.Fatal(err)
		}
	}
	return got
}

// cared is a document that somebody looks after.
func cared(path, contact string, change func(*retrieval.Document)) retrieval.Revision {
	rev := revision(path, "a")
	rev.Document.Contact = contact
	if change != nil {
		change(&rev.Document)
	}
	return rev
}

func days(n int) retrieval.Date { return retrieval.DateOf(noon.AddDate(0, 0, n)) }

func TestOwnersAreToldOnceInOneBundleEach(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	until := func(day retrieval.Date) func(*retrieval.Document) {
		return func(d *retrieval.Document) { d.ValidUntil = day }
	}
	save(t, s,
		cared("bald.md", "anna", until(days(30))), cared("spaeter.md", "anna", until(days(31))),
		cared("gerade.md", "anna", until(days(-30))), cared("archiv.md", "anna", until(days(-31))),
		cared("pruefen.md", "berta", func(d *retrieval.Document) { d.ReviewOn = today }),
		cared("nochnicht.md", "berta", func(d *retrieval.Document) { d.ReviewOn = days(1) }),
		cared("niemand.md", "", until(today)),
		cared("neu.md", "anna", func(d *retrieval.Document) { d.Supersedes = "alt.md" }), cared("alt.md", "berta", nil),
		cared("gesperrt.md", "anna", until(today)))
	if err := s.Refuse(t.Context(), retrieval.Refusal{Source: "src", Path: "kaputt.pdf", Reason: retrieval.Reason{Code: retrieval.ReasonDamaged, Words: "damaged"}, Version: retrieval.Version{Mark: "m"}, Verdict: retrieval.Refused, Contact: "anna"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Block(t.Context(), one(t, s, "gesperrt.md").Document.ID, retrieval.Block{At: noon, By: retrieval.ByOwner}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Supersede(t.Context(), "src", today); err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		"anna":  {"expiring bald.md", "expiring gerade.md", "failed kaputt.pdf"},
		"berta": {"review pruefen.md", "superseded alt.md"},
	}
	if diff := cmp.Diff(want, told(t, s, today)); diff != "" {
		t.Error(diff)
	}
	if got := told(t, s, today); len(got) != 0 {
		t.Errorf("told twice: %v", got)
	}
	if diff := cmp.Diff(map[string][]string{"anna": {"expiring spaeter.md"}, "berta": {"review nochnicht.md"}}, told(t, s, days(1))); diff != "" {
		t.Error(diff)
	}
}

func TestAFailureIsToldAgainAfterItWasMended(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	fail := func(code retrieval.ReasonCode, words string, verdict retrieval.Verdict) map[string][]string {
		t.Helper()
		err := s.Refuse(t.Context(), retrieval.Refusal{Source: "src", Path: "ki.pdf", Reason: retrieval.Reason{Code: code, Words: words}, Verdict: verdict, Listed: "a", Collection: "a"})
		if err != nil {
			t.Fatal(err)
		}
		return told(t, s, today)
	}
	save(t, s, cared("ki.pdf", "anna", nil))
	one := map[string][]string{"anna": {"failed ki.pdf"}}
	none := map[string][]string{}
	for i, step := range []struct{ got, want map[string][]string }{
		{fail(retrieval.ReasonDamaged, "damaged", retrieval.Refused), one},
		{fail(retrieval.ReasonDamaged, "damaged", retrieval.Refused), none},              // another broken version: nothing new to say
		{fail(retrieval.ReasonEncrypted, "encrypted", retrieval.Refused), one},           // another fault
		{fail(retrieval.ReasonUnreachable, "cannot be opened: 1", retrieval.Again), one}, // may pass by itself
		{fail(retrieval.ReasonUnreachable, "cannot be opened: 2", retrieval.Again), none},
	} {
		if diff := cmp.Diff(step.want, step.got); diff != "" {
			t.Errorf("step %d: %s", i, diff)
		}
	}
	save(t, s, cared("ki.pdf", "anna", nil))
	if diff := cmp.Diff(one, fail(retrieval.ReasonDamaged, "damaged", retrieval.Refused)); diff != "" {
		t.Errorf("after it was mended: %s", diff)
	}
}

func TestGatheringWaitsForASyncAndKeepsWhatWasNotHandedOver(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	save(t, s, cared("ki.md", "anna", func(d *retrieval.Document) { d.ReviewOn = today }))
	_, release, err := s.Lock(t.Context(), "src")
	if err != nil {
		t.Fatal(err)
	}
	if got := told(t, s, today); len(got) != 0 {
		t.Errorf("told during a sync: %v", got)
	}
	release()
	for range 2 { // a crash before it was handed over
		bundles, err := s.Gather(t.Context(), today)
		if err != nil || len(bundles) != 1 {
			t.Fatalf("%v, %v", bundles, err)
		}
	}
	if err := s.Block(t.Context(), one(t, s, "ki.md").Document.ID, retrieval.Block{At: noon, By: retrieval.ByOwner}); err != nil {
		t.Fatal(err)
	}
	if got := told(t, s, today); len(got) != 0 {
		t.Errorf("told although it is settled: %v", got)
	}
}

func TestTwoReplicasGatherOnce(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	for i := range 20 {
		save(t, s, cared(string(rune('a'+i))+".md", "anna", func(d *retrieval.Document) { d.ReviewOn = today }))
	}
	results := make(chan []retrieval.Bundle)
	for range 4 {
		go func() {
			bundles, err := s.Gather(t.Context(), today)
			if err != nil {
				t.Error(err)
			}
			results <- bundles
		}()
	}
	for range 4 {
		if bundles := <-results; len(bundles) != 1 {
			t.Errorf("%d bundles, want the one", len(bundles))
		}
	}
}
