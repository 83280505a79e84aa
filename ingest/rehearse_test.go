package ingest_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// TestRehearsalWritesNothing rehearses on a connection that cannot write and
// compares what it says with what the sync then does.
func TestRehearsalWritesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, name := range []string{"bleibt.md", "anders.md", "weg.md", "berührt.md", "zieht um.md"} {
		h.write(name, "# "+name+"\n\nText.\n")
	}
	h.write("kaputt.md", "---\ncollection: [\n---\nText\n")
	h.sync()
	h.write("anders.md", "# anders\n\nAnderer Text.\n")
	h.write("neu.md", "# Neu\n\nText.\n")
	h.write("leer.md", "")
	h.write("kaputt.md", "# Heil\n\nText.\n")
	h.remove("weg.md")
	h.remove("zieht um.md")
	h.write("intern/collection.yaml", "name: intern\nreaders: [haus/intern]\n")
	h.write("intern/zieht um.md", "# zieht um.md\n\nText.\n")
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(h.dir, "berührt.md"), later, later); err != nil {
		t.Fatal(err)
	}

	before, made := content(t, h), h.embedder.texts
	index, err := postgres.Open(t.Context(), h.dsn, postgres.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	_, release, err := h.store.Lock(t.Context(), "akten") // a sync at work does not keep it from looking
	if err != nil {
		t.Fatal(err)
	}
	said, err := ingest.Rehearse(t.Context(), index, h.options())
	release()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, content(t, h)); diff != "" || h.embedder.texts != made {
		t.Errorf("%d texts embedded; index (-before +after):\n%s", h.embedder.texts-made, diff)
	}
	want := []ingest.Change{
		{Path: "anders.md", Kind: ingest.ChangeContent, Reason: "the content is another"},
		{Path: "intern/zieht um.md", Kind: ingest.ChangeNew, Reason: "not in the index"},
		{Path: "neu.md", Kind: ingest.ChangeNew, Reason: "not in the index"},
		{Path: "weg.md", Kind: ingest.ChangeGone, Reason: "the source does not list it any more"},
		{Path: "zieht um.md", Kind: ingest.ChangeGone, Reason: "the source does not list it any more"},
	}
	changes := said.Changes
	for i, c := range changes {
		if c.Path == "kaputt.md" { // its reason is the parser's wording
			if c.Kind != ingest.ChangeNew {
				t.Errorf("%+v", c)
			}
			changes = append(changes[:i:i], changes[i+1:]...)
			break
		}
	}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}

	did := h.sync()
	said.Changes, said.Took = nil, 0
	if diff := cmp.Diff(did, said); diff != "" {
		t.Errorf("rehearsed otherwise than done (-done +said):\n%s", diff)
	}
}

func TestRehearsalWithoutAnIndex(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "Text.")
	report, err := ingest.Rehearse(t.Context(), nil, h.options())
	if err != nil || report.New != 1 || len(report.Changes) != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}
