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
	pool, err := Open(t.Context(), dsn, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	up := func() string {
		t.Helper()
		if _, err := Migrate(t.Context(), pool); err != nil {
			t.Fatal(err)
		}
		return pglocal.DumpSchema(t, dsn, Schema)
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
	if _, err := MigrateDown(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{Schema: "CREATE SCHEMA bot;\n", QueueSchema: "CREATE SCHEMA river;\n"} {
		if diff := cmp.Diff(want, pglocal.DumpSchema(t, dsn, name)); diff != "" {
			t.Errorf("left of %s after all migrations were taken back:\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(first, up()); diff != "" {
		t.Errorf("up, down and up again makes another schema:\n%s", diff)
	}
}
