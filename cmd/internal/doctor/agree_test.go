package doctor

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// start reads what a bot reads when it starts.
func start(t *testing.T, site *neighbours.Site) error {
	t.Helper()
	_, noHouse := house.Of(site.Config)
	_, noTexts := house.Texts(site.Config)
	_, noLibrary := library.Open(t.Context(), apptest.Open(t, site, all), "")
	return errors.Join(noHouse, noTexts, noLibrary)
}

// What keeps a bot from starting is broken for the doctor, too, and only that.
func TestTheDoctorAndAStartAgreeOnTheHousesFiles(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad")
	if err := os.WriteFile(bad, []byte("a = b\nb = c\n}"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := filepath.Join(dir, "good")
	if err := os.WriteFile(good, []byte("DA = Dienstanweisung\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		change func(*config.Config)
		what   string // is broken; empty: nothing
	}{
		"nothing named":     {func(*config.Config) {}, ""},
		"good synonyms":     {func(c *config.Config) { c.Synonyms = good }, ""},
		"bad synonyms":      {func(c *config.Config) { c.Synonyms = bad }, "synonyms"},
		"bad formats":       {func(c *config.Config) { c.Formats = bad }, "calendar"},
		"no folder":         {func(c *config.Config) { c.Texts = filepath.Join(dir, "fort") }, "texts"},
		"bad sufficiency":   {func(c *config.Config) { c.Sufficiency = bad }, "sufficiency"},
		"no file of theirs": {func(c *config.Config) { c.Sufficiency = filepath.Join(dir, "fort") }, "sufficiency"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := apptest.On(t, dsn, "")
			test.change(&site.Config)
			if err := start(t, site); (err != nil) != (test.what != "") {
				t.Errorf("a start ends with %v", err)
			}
			broken := map[string]bool{}
			if err := Examine(t.Context(), site, func(f Finding) {
				if f.State == StateBroken {
					broken[f.What] = true
					if f.Do == "" {
						t.Errorf("what is to be done? %+v", f)
					}
				}
			}); err != nil {
				t.Error(err)
			}
			if broken[test.what] != (test.what != "") || len(broken) > 1 || test.what == "" && len(broken) > 0 {
				t.Errorf("broken: %v", broken)
			}
		})
	}
}

// A database that nobody may write to keeps a bot from being ready.
func TestAReadOnlyDatabaseIsBroken(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	pool := apptest.Pool(t, dsn)
	site := apptest.On(t, dsn, "")
	if _, err := apptest.Open(t, site, all).Database.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found := look(t, site); found[0].State != StateOK {
		t.Fatalf("%+v", found)
	}
	if _, err := pool.Exec(t.Context(), "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$"); err != nil {
		t.Fatal(err)
	}
	if found := look(t, site); found[0].State != StateBroken {
		t.Errorf("%+v", found)
	}
}
