package bench

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// A database of a killed run goes with the next one; one that is held stays, also
// before its owner has connected to it.
func TestLeftoversGoAndOthersStay(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	connect := func() *pgx.Conn {
		t.Helper()
		conn, err := pgx.Connect(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		return conn
	}
	admin := connect()
	defer admin.Close(t.Context())
	there := func(name string) (is bool) {
		t.Helper()
		if err := admin.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&is); err != nil {
			t.Fatal(err)
		}
		return is
	}
	held, killed := databasePrefix+"held", databasePrefix+"killed"
	owner, dead := connect(), connect()
	for name, conn := range map[string]*pgx.Conn{held: owner, killed: dead} {
		if err := makeDatabase(t.Context(), conn, name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := admin.Exec(t.Context(), "SELECT pg_terminate_backend($1, 10000)", dead.PgConn().PID()); err != nil {
		t.Fatal(err)
	}
	if err := dropLeftovers(t.Context(), admin); err != nil {
		t.Fatal(err)
	}
	if !there(held) || there(killed) {
		t.Errorf("held is there: %v; left behind is there: %v", there(held), there(killed))
	}
	if _, err := admin.Exec(t.Context(), "SELECT pg_terminate_backend($1, 10000)", owner.PgConn().PID()); err != nil { // waits, unlike Close
		t.Fatal(err)
	}
	if err := dropLeftovers(t.Context(), admin); err != nil || there(held) {
		t.Errorf("after its end: %v, %v", there(held), err)
	}
}
