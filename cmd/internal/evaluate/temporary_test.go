package evaluate

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/eval"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// ask --docs and eval drop what killed ones have left behind, and leave behind
// only what the next question of the same folder uses.
func TestTemporarySchemasDoNotStay(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte("Die Kantine ist im Erdgeschoss."), 0o600); err != nil {
		t.Fatal(err)
	}
	open := func() *neighbours.Set {
		n, err := neighbours.Open(t.Context(), apptest.On(t, dsn, ""), neighbours.Needs{Database: true, Embedders: true, Reader: true})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	n := open()
	pool := apptest.Pool(t, dsn)
	schemas := func() (names []string) {
		t.Helper()
		err := pool.QueryRow(t.Context(), "SELECT array_agg(nspname::text ORDER BY nspname) FROM pg_namespace WHERE nspname ~ '^(eval|docs)_'").Scan(&names)
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	left := func(schema, until string) {
		t.Helper()
		_, err := pool.Exec(t.Context(), "CREATE SCHEMA "+schema+"; COMMENT ON SCHEMA "+schema+" IS 'sprechstunde: temporary, kept until "+until+"'")
		if err != nil {
			t.Fatal(err)
		}
	}
	left("eval_killed", "2026-01-01T00:00:00Z")
	left("docs_0123456789abcde", "2026-01-01T00:00:00Z")
	_, release, err := app.FolderDocuments(t.Context(), n, dir)
	if err != nil {
		t.Fatal(err)
	}
	own := library.DocsSchema(dir)
	if names := schemas(); !slices.Equal(names, []string{own}) {
		t.Errorf("schemas %v, want only %s", names, own)
	}

	// While the folder is being asked, another command leaves it alone.
	if _, err := pool.Exec(t.Context(), "COMMENT ON SCHEMA "+own+" IS 'sprechstunde: temporary, kept until 2026-01-01T00:00:00Z'"); err != nil {
		t.Fatal(err)
	}
	left("eval_killed", "2026-01-01T00:00:00Z")
	_, closeHouse, err := Opener(n)(t.Context(), eval.Folder{Rows: []eval.Row{{ID: "1", Title: "Hof", Text: "Der Parkplatz ist im Hof."}}})
	if err != nil {
		t.Fatal(err)
	}
	if names := schemas(); len(names) != 2 || slices.Contains(names, "eval_killed") || !slices.Contains(names, own) {
		t.Errorf("schemas %v", names)
	}
	closeHouse()
	if names := schemas(); !slices.Equal(names, []string{own}) {
		t.Errorf("after the evaluation: %v, want only %s", names, own)
	}
	release()
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	after := open()
	defer after.Close()
	if library.Sweep(t.Context(), after); !slices.Equal(schemas(), []string(nil)) {
		t.Errorf("past its time: %v", schemas())
	}
}
