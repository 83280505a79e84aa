package app

import (
	"errors"
	"io"
	"log/slog"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// house is a base over the database, configured as that of a Mattermost server.
func houseOf(t *testing.T, dsn, mattermost string) *Base {
	t.Helper()
	conf := config.Defaults()
	conf.Data, conf.Database.URL, conf.Mattermost.URL = t.TempDir(), config.Secret(dsn), mattermost
	conf.Embedder, _ = endpoint(t, "m", 4)
	base, err := New(conf, slog.New(slog.DiscardHandler), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := base.Close(); err != nil {
			t.Error(err)
		}
	})
	return base
}

func poolOf(t *testing.T, dsn string) *pgxpool.Pool {
	t.Helper()
	pool, err := database.Open(t.Context(), dsn, database.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// relations lists what stands in the database's schemas.
func relations(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	rows, _ := pool.Query(t.Context(), `
		SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1`)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// One line that this program cannot use keeps it from writing to any, whichever
// command comes to it first.
func TestNothingIsWrittenToADatabaseThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		sql  string // after both lines were migrated and the index taken back
		want error
	}{
		"of a newer version":      {"INSERT INTO bot.goose_db_version (version_id, is_applied) VALUES (99999, true)", database.ErrNewer},
		"queue of a newer one":    {"INSERT INTO river.river_migration (line, version) VALUES ('main', 99999)", database.ErrNewer},
		"restored in part":        {"DROP TABLE bot.ticket CASCADE", database.ErrTorn},
		"of another program":      {"DROP TABLE bot.goose_db_version", database.ErrForeign},
		"queue of another system": {"DROP TABLE river.river_migration", database.ErrForeign},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := pglocal.TestDSN(t)
			pool := poolOf(t, dsn)
			base := houseOf(t, dsn, "")
			if _, err := base.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := postgres.Down(t.Context(), pool, postgres.DefaultSchema); err != nil {
				t.Fatal(err)
			}
			if _, err := pool.Exec(t.Context(), test.sql); err != nil {
				t.Fatal(err)
			}
			before := relations(t, pool)
			_, migrated := base.Migrate(t.Context())
			_, opened := base.Library(t.Context(), "")
			_, read := base.IndexToRead(t.Context())
			_, asked := base.Questions(t.Context())
			for command, err := range map[string]error{"migrate": migrated, "library": opened, "rehearse": read, "questions": asked} {
				if !errors.Is(err, test.want) {
					t.Errorf("%s: %v, want %v", command, err, test.want)
				}
			}
			if found := base.examineDatabase(t.Context()); found[0].State != StateBroken {
				t.Errorf("the doctor says %+v", found)
			}
			if after := relations(t, pool); !slices.Equal(before, after) {
				t.Errorf("written: before %v, after %v", before, after)
			}
		})
	}
}

func TestTheDatabaseOfAnotherHouseIsLeftAlone(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	ours := houseOf(t, dsn, "https://chat.eins.example")
	if _, err := ours.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	theirs := houseOf(t, dsn, "https://chat.zwei.example")
	var other *postgres.OtherHouseError
	_, migrated := theirs.Migrate(t.Context())
	_, opened := theirs.Library(t.Context(), "")
	_, read := theirs.IndexToRead(t.Context())
	_, asked := theirs.Questions(t.Context())
	for command, err := range map[string]error{"migrate": migrated, "library": opened, "rehearse": read, "questions": asked} {
		if !errors.As(err, &other) || other.Owner != "chat.eins.example" {
			t.Errorf("%s: %v", command, err)
		}
	}
	if found := theirs.examineDatabase(t.Context()); found[0].State != StateBroken {
		t.Errorf("the doctor says %+v", found)
	}

	// The house itself goes on, under a new address too if it says so; a person at a
	// terminal without a chat server may ask.
	moved := houseOf(t, dsn, "https://neu.eins.example")
	moved.Config.Database.House = "chat.eins.example"
	for name, base := range map[string]*Base{"the same": ours, "moved": moved, "a terminal": houseOf(t, dsn, ""), "this machine": houseOf(t, dsn, "http://127.0.0.1:8065")} {
		if _, err := base.Library(t.Context(), ""); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Ready means that both lines are in the form that this program knows.
func TestReadyLooksAtBothLines(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	pool := poolOf(t, dsn)
	base := houseOf(t, dsn, "")
	if _, err := base.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	lib, err := base.Library(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{base: base, lib: lib, pool: pool}
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

// The doctor changes nothing, on a new database neither.
func TestTheDoctorMakesNoTables(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	pool := poolOf(t, dsn)
	base := houseOf(t, dsn, "http://127.0.0.1:1")
	base.Config.Mattermost.Token, base.Config.Mattermost.Teams = "token", []string{"haus"}
	base.Examine(t.Context(), func(Finding) {})
	if made := relations(t, pool); len(made) > 0 {
		t.Errorf("the doctor has made %v", made)
	}
}

// What only reads says that the schema is old; it does not migrate it.
func TestReadingAnOldSchemaSaysWhatToDo(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	restore(t, dsn, firstRelease)
	base := houseOf(t, dsn, "")
	before := relations(t, poolOf(t, dsn))
	if _, err := base.IndexToRead(t.Context()); !errors.Is(err, database.ErrOld) {
		t.Errorf("rehearse: %v", err)
	}
	if found := base.examineDatabase(t.Context()); found[0].State != StateWarning || found[0].Do != "run: sprechstunde migrate" {
		t.Errorf("the doctor says %+v", found)
	}
	if after := relations(t, poolOf(t, dsn)); !slices.Equal(before, after) {
		t.Errorf("written: before %v, after %v", before, after)
	}
}
