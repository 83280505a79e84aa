// Package apptest gives the tests of the program's own packages a site over a
// database and an embedder of the test.
package apptest

import (
	"context"
	_ "embed"
	"io"
	"log/slog"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

// Site is one of the defaults, changed as the test likes.
func Site(t *testing.T, change func(*config.Config)) *neighbours.Site {
	t.Helper()
	conf := config.Defaults()
	conf.Data = t.TempDir()
	change(&conf)
	site, err := neighbours.NewSite(conf, slog.New(slog.DiscardHandler), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	site.Measuring = true // what a search finds does not depend on how busy the machine is
	return site
}

// On is a site over a database with an embedder, configured as that of a Mattermost
// server (which may be empty).
func On(t *testing.T, dsn, mattermost string) *neighbours.Site {
	t.Helper()
	return Site(t, func(c *config.Config) {
		c.Database.URL, c.Mattermost.URL = config.Secret(dsn), mattermost
		c.Embedder, _ = Endpoint(t, "m", 4)
	})
}

// Open opens neighbours for as long as the test runs.
func Open(t *testing.T, site *neighbours.Site, needs neighbours.Needs) *neighbours.Set {
	t.Helper()
	n, err := neighbours.Open(t.Context(), site, needs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// counted is an embedder that counts the texts it is asked.
type counted struct {
	retrievaltest.Embedder
	texts *atomic.Int64
}

func (c counted) EmbedPassages(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	c.texts.Add(int64(len(texts)))
	return c.Embedder.EmbedPassages(ctx, texts)
}

// Endpoint configures an embedder of its own model. It counts the texts that it is
// asked.
func Endpoint(t *testing.T, model string, dimensions int) (config.Embedder, *atomic.Int64) {
	t.Helper()
	var asked atomic.Int64
	url := retrievaltest.Endpoint(t, counted{retrievaltest.Embedder{Dimensions: dimensions}, &asked})
	return config.Embedder{URL: url, Model: model, Dimensions: dimensions}, &asked
}

// Pool opens a database past the program.
func Pool(t *testing.T, dsn string) *pgxpool.Pool {
	t.Helper()
	pool, err := database.Open(t.Context(), dsn, database.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// Relations lists what stands in the database's schemas.
func Relations(t *testing.T, pool *pgxpool.Pool) []string {
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

// FirstRelease is a database of v0.1.0; its head says what happened in it.
//
//go:embed testdata/v0.1.0.sql
var FirstRelease string

// Restore loads a dump as psql does.
func Restore(t *testing.T, dsn, dump string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.PgConn().Exec(t.Context(), dump).ReadAll(); err != nil {
		t.Fatal(err)
	}
}
