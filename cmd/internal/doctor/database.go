package doctor

import (
	"context"
	"errors"

	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/postgres"
)

func (r *round) examineDatabase(ctx context.Context) []Finding {
	if r.database, r.unopened = r.site.OpenDatabase(ctx); r.unopened != nil {
		return broken("database", r.unopened, "set database.url to a PostgreSQL server with pgvector, or install what the message names")
	}
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	store, err := postgres.Open(ctx, r.database.DSN, postgres.Options{})
	if err != nil {
		return broken("database", err, "check address, user and password in database.url, and that the server runs")
	}
	defer store.Close()
	var version, vector string
	err = store.Pool().QueryRow(ctx, `SELECT current_setting('server_version'),
		coalesce((SELECT default_version FROM pg_available_extensions WHERE name = 'vector'), '')`).Scan(&version, &vector)
	switch {
	case err != nil:
		return broken("database", err, "the user must be allowed to read and write its database")
	case vector == "":
		return broken("database", errors.New("PostgreSQL "+version+" without pgvector"), "install pgvector on the server (Debian: postgresql-16-pgvector)")
	}
	if err := r.database.Check(ctx, store.Pool()); err != nil {
		return broken("database", err, "see to it before anything is written: the message says how")
	}
	if err := database.Writable(ctx, store.Pool()); err != nil {
		return broken("database", err, "set database.url to the primary server, with a user who may write")
	}
	if errors.Join(postgres.Check(ctx, store.Pool(), store.Schema()), botpostgres.Check(ctx, store.Pool())) != nil {
		return []Finding{{"database", StateWarning, "PostgreSQL " + version + ", pgvector " + vector + ", the schema is not up to date", "run: sprechstunde migrate"}}
	}
	return ok("database", "PostgreSQL "+version+", pgvector "+vector+", schema up to date")
}
