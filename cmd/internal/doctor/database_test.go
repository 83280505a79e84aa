package doctor

import (
	"errors"
	"slices"
	"testing"

	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// all is what opens the index.
var all = neighbours.Needs{Database: true, Embedders: true}

// look is what the doctor says of a site's database.
func look(t *testing.T, site *neighbours.Site) []Finding {
	t.Helper()
	r := &round{site: site}
	defer func() {
		if err := r.close(); err != nil {
			t.Error(err)
		}
	}()
	return r.examineDatabase(t.Context())
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
			pool := apptest.Pool(t, dsn)
			n := apptest.Open(t, apptest.On(t, dsn, ""), all)
			if _, err := n.Database.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := postgres.Down(t.Context(), pool, postgres.DefaultSchema); err != nil {
				t.Fatal(err)
			}
			if _, err := pool.Exec(t.Context(), test.sql); err != nil {
				t.Fatal(err)
			}
			before := apptest.Relations(t, pool)
			_, migrated := n.Database.Migrate(t.Context())
			_, opened := library.Open(t.Context(), n, "")
			_, read := n.Database.IndexToRead(t.Context())
			_, asked := n.Database.BotAsItIs(t.Context())
			for command, err := range map[string]error{"migrate": migrated, "library": opened, "rehearse": read, "questions": asked} {
				if !errors.Is(err, test.want) {
					t.Errorf("%s: %v, want %v", command, err, test.want)
				}
			}
			if found := look(t, n.Site); found[0].State != StateBroken {
				t.Errorf("the doctor says %+v", found)
			}
			if after := apptest.Relations(t, pool); !slices.Equal(before, after) {
				t.Errorf("written: before %v, after %v", before, after)
			}
		})
	}
}

func TestTheDatabaseOfAnotherHouseIsLeftAlone(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	ours := apptest.Open(t, apptest.On(t, dsn, "https://chat.eins.example"), all)
	if _, err := ours.Database.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	theirs := apptest.Open(t, apptest.On(t, dsn, "https://chat.zwei.example"), all)
	var other *postgres.OtherHouseError
	_, migrated := theirs.Database.Migrate(t.Context())
	_, opened := library.Open(t.Context(), theirs, "")
	_, read := theirs.Database.IndexToRead(t.Context())
	_, asked := theirs.Database.BotAsItIs(t.Context())
	for command, err := range map[string]error{"migrate": migrated, "library": opened, "rehearse": read, "questions": asked} {
		if !errors.As(err, &other) || other.Owner != "chat.eins.example" {
			t.Errorf("%s: %v", command, err)
		}
	}
	if found := look(t, theirs.Site); found[0].State != StateBroken {
		t.Errorf("the doctor says %+v", found)
	}

	// The house itself goes on, under a new address too if it says so; a person at a
	// terminal without a chat server may ask.
	moved := apptest.On(t, dsn, "https://neu.eins.example")
	moved.Config.Database.House = "chat.eins.example"
	for name, site := range map[string]*neighbours.Site{
		"the same": ours.Site, "moved": moved, "a terminal": apptest.On(t, dsn, ""), "this machine": apptest.On(t, dsn, "http://127.0.0.1:8065"),
	} {
		if _, err := library.Open(t.Context(), apptest.Open(t, site, all), ""); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The doctor changes nothing, on a new database neither.
func TestTheDoctorMakesNoTables(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	pool := apptest.Pool(t, dsn)
	site := apptest.On(t, dsn, "http://127.0.0.1:1")
	site.Config.Mattermost.Token, site.Config.Mattermost.Teams = "token", []string{"haus"}
	if err := Examine(t.Context(), site, func(Finding) {}); err != nil {
		t.Error(err)
	}
	if made := apptest.Relations(t, pool); len(made) > 0 {
		t.Errorf("the doctor has made %v", made)
	}
}

// What only reads says that the schema is old; it does not migrate it.
func TestReadingAnOldSchemaSaysWhatToDo(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	apptest.Restore(t, dsn, apptest.FirstRelease)
	n := apptest.Open(t, apptest.On(t, dsn, ""), neighbours.Needs{Database: true})
	before := apptest.Relations(t, apptest.Pool(t, dsn))
	if _, err := n.Database.IndexToRead(t.Context()); !errors.Is(err, database.ErrOld) {
		t.Errorf("rehearse: %v", err)
	}
	if found := look(t, n.Site); found[0].State != StateWarning || found[0].Do != "run: sprechstunde migrate" {
		t.Errorf("the doctor says %+v", found)
	}
	if after := apptest.Relations(t, apptest.Pool(t, dsn)); !slices.Equal(before, after) {
		t.Errorf("written: before %v, after %v", before, after)
	}
}
