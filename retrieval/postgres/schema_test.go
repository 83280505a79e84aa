package postgres

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

var update = flag.Bool("update", false, "write schema.sql anew")

// A migration is reviewed as what it does: the schema that all of them together
// make stands in schema.sql. All of them back and forth make the same.
func TestSchema(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	s, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	up := func() string {
		t.Helper()
		if _, err := Migrate(t.Context(), s.Pool(), s.Schema()); err != nil {
			t.Fatal(err)
		}
		return pglocal.DumpSchema(t, dsn, s.Schema())
	}
	first := up()
	if *update {
		if err := os.WriteFile("schema.sql", []byte(first), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(schema, first); diff != "" && !*update {
		t.Errorf("schema.sql is not what the migrations make (-file +made); go test -run Schema -update writes it:\n%s", diff)
	}
	if _, err := Down(t.Context(), s.Pool(), s.Schema()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("CREATE SCHEMA retrieval;\n", pglocal.DumpSchema(t, dsn, s.Schema())); diff != "" {
		t.Errorf("left after all migrations were taken back:\n%s", diff)
	}
	if diff := cmp.Diff(first, up()); diff != "" {
		t.Errorf("up, down and up again makes another schema:\n%s", diff)
	}
}
