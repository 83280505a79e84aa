package app

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

func TestReadyNamesWhatIsDown(t *testing.T) {
	t.Parallel()
	up := func(context.Context) error { return nil }
	down := func(context.Context) error { return errors.New("dial secret-host:5432") }
	for name, test := range map[string]struct {
		checks []check
		code   int
		want   string
	}{
		"all well":      {[]check{{name: "database", ask: up}}, http.StatusOK, `"status":"ready"`},
		"database down": {[]check{{name: "database", ask: down}}, http.StatusServiceUnavailable, `"database":"down"`},
	} {
		w := httptest.NewRecorder()
		health(test.checks).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil))
		if w.Code != test.code || !strings.Contains(w.Body.String(), test.want) {
			t.Errorf("%s: %d %s, want %d and %s", name, w.Code, w.Body, test.code, test.want)
		}
		if strings.Contains(w.Body.String(), "secret-host") {
			t.Errorf("%s: a host's name is told", name)
		}
	}
}

// Ready means that both lines are in the form that this program knows.
func TestReadyLooksAtBothLines(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	pool := apptest.Pool(t, dsn)
	n := apptest.Open(t, apptest.On(t, dsn, ""), neighbours.Needs{Database: true, Embedders: true})
	if _, err := n.Database.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	lib, err := library.Open(t.Context(), n, "")
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{opened: n, lib: lib, pool: pool}
	ask := func(name string) error {
		for _, c := range s.checks() {
			if c.name == name {
				return c.ask(t.Context())
			}
		}
		return errors.New("not asked")
	}
	if err := errors.Join(ask("index"), ask("database")); err != nil {
		t.Error(err)
	}
	for check, schema := range map[string]string{"index": postgres.DefaultSchema, "database": botpostgres.Schema} {
		if _, err := pool.Exec(t.Context(), "INSERT INTO "+schema+".goose_db_version (version_id, is_applied) VALUES (99999, true)"); err != nil {
			t.Fatal(err)
		}
		if err := ask(check); !errors.Is(err, database.ErrNewer) {
			t.Errorf("%s: %v", check, err)
		}
	}
	if _, err := pool.Exec(t.Context(), "DELETE FROM retrieval.goose_db_version WHERE version_id = 99999"); err != nil {
		t.Fatal(err)
	}
	if _, err := postgres.Down(t.Context(), pool, postgres.DefaultSchema); err != nil {
		t.Fatal(err)
	}
	if err := ask("index"); err == nil {
		t.Error("ready without the index's tables")
	}
}
