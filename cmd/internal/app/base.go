package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/embed"
	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
	"lvr.example/sprechstunde/retrieval/localpart"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// Base is what every command stands on: the database and the embedder that the
// configuration names, or the embedded ones. Close it.
type Base struct {
	Config   config.Config
	Log      *slog.Logger
	Progress io.Writer // where people read what takes long
	Now      func() time.Time
	DataDir  string // of the embedded parts; made on first use
	// Impatient: a person waits for one answer, so an embedder that does not
	// answer soon is done without.
	Impatient bool
	// Measuring: a slow embedder is waited for, so that a busy machine does not
	// change what is measured.
	Measuring bool

	out     wayOut
	http    *http.Client
	dsn     string
	local   *pglocal.Server
	parts   []Part // embedded ones that run
	model   *embed.Client
	next    *embed.Client
	reading sync.Mutex // guards reader: sources are synced side by side
	reader  *sandbox.Pool
	files   ingest.Reader // nil: none yet
	closers []func() error

	guessing sync.Once // said that no weights fit the embedding model
}

// New prepares a base; nothing is started before it is needed.
func New(conf config.Config, log *slog.Logger, progress io.Writer) (*Base, error) {
	out, err := newWayOut(conf.HTTP)
	if err != nil {
		return nil, err
	}
	client, err := out.client()
	if err != nil {
		return nil, err
	}
	dir, err := localpart.Resolve(conf.Data)
	if err != nil {
		return nil, err
	}
	return &Base{Config: conf, Log: log, Progress: progress, Now: time.Now, DataDir: dir, out: out, http: client}, nil
}

// Close stops what was started for this base, the newest first.
func (b *Base) Close() error {
	var errs []error
	for i := len(b.closers) - 1; i >= 0; i-- {
		errs = append(errs, b.closers[i]())
	}
	b.closers = nil
	return errors.Join(errs...)
}

func (b *Base) closeLater(f func() error) { b.closers = append(b.closers, f) }

// databaseName is the product's own on the embedded server.
const databaseName = "sprechstunde"

// DSN returns the address of the product's database, starting the embedded
// server where none is configured.
func (b *Base) DSN(ctx context.Context) (string, error) {
	if b.dsn != "" {
		return b.dsn, nil
	}
	if url := b.Config.Database.URL.Reveal(); url != "" {
		if err := checkDSN(url); err != nil {
			return "", err
		}
		b.dsn = url
		return url, nil
	}
	server, err := b.localPostgres(ctx)
	if err != nil {
		return "", err
	}
	if err := server.CreateDatabase(ctx, databaseName); err != nil {
		return "", err
	}
	b.dsn = server.DSN(databaseName)
	return b.dsn, nil
}

// checkDSN refuses an address that cannot be read, without repeating it: it may
// hold a password where none is expected.
func checkDSN(dsn string) error {
	_, err := pgx.ParseConfig(dsn)
	if err == nil {
		return nil
	}
	var unreadable *pgconn.ParseConfigError
	if errors.As(err, &unreadable) {
		err = unreadable.Unwrap()
	}
	return fmt.Errorf("database.url cannot be read (%w); write it as postgres://user:password@host:5432/database", err)
}

// LocalDatabase returns the address of a database of its own on the embedded
// server, for a neighbour of the demo.
func (b *Base) LocalDatabase(ctx context.Context, name string) (string, error) {
	server, err := b.localPostgres(ctx)
	if err != nil {
		return "", err
	}
	if err := server.CreateDatabase(ctx, name); err != nil {
		return "", err
	}
	return server.DSN(name), nil
}

func (b *Base) localPostgres(ctx context.Context) (*pglocal.Server, error) {
	if b.local != nil {
		return b.local, nil
	}
	server, err := pglocal.Start(ctx, pglocal.Options{DataDir: b.DataDir, Progress: b.Progress})
	if err != nil {
		return nil, fmt.Errorf("embedded PostgreSQL: %w", err)
	}
	b.local = server
	b.addPart(server)
	return server, nil
}

// measuringTimeout bounds the wait for one question's vector while measuring.
const measuringTimeout = 2 * time.Minute

// Embedder returns the embedder, starting the embedded one where none is
// configured.
func (b *Base) Embedder(ctx context.Context) (*embed.Client, error) {
	if b.model != nil {
		return b.model, nil
	}
	conf, err := b.embedConfig(ctx)
	if err != nil {
		return nil, err
	}
	if b.Measuring {
		conf.QueryTimeout = measuringTimeout
	}
	b.model, err = embed.New(conf)
	if err != nil {
		return nil, fmt.Errorf("embedder: %w", err)
	}
	return b.model, nil
}

// NextEmbedder returns the embedder of the set that is to serve next, or nil
// where none is configured.
func (b *Base) NextEmbedder() (*embed.Client, error) {
	if b.next != nil || b.Config.Next.URL == "" {
		return b.next, nil
	}
	client, err := embed.New(b.endpoint(b.Config.Next))
	if err != nil {
		return nil, fmt.Errorf("next embedder: %w", err)
	}
	b.next = client
	return client, nil
}

func (b *Base) embedConfig(ctx context.Context) (embed.Config, error) {
	if b.Config.Embedder.URL != "" {
		return b.endpoint(b.Config.Embedder), nil
	}
	server, err := embedlocal.Start(ctx, embedlocal.Options{DataDir: b.DataDir, Progress: b.Progress})
	if err != nil {
		return embed.Config{}, fmt.Errorf("embedded embedder: %w", err)
	}
	b.addPart(server)
	return embed.Config{
		BaseURL: server.BaseURL(), Name: embedlocal.Model, Dimensions: embedlocal.Dimensions,
		QueryModel: embedlocal.ModelQuery, PassageModel: embedlocal.ModelPassage,
	}, nil
}

func (b *Base) endpoint(e config.Embedder) embed.Config {
	return embed.Config{
		BaseURL: e.URL, Token: e.Key.Reveal(), Name: e.Model, Dimensions: e.Dimensions,
		QueryModel: orElse(e.QueryModel, e.Model), PassageModel: orElse(e.PassageModel, e.Model),
		QueryPrefix: e.QueryPrefix, PassagePrefix: e.PassagePrefix, HTTPClient: b.http,
	}
}

func orElse(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

var _ retrieval.Embedder = (*embed.Client)(nil)

// ExampleFiles returns the documents of the example house in the checkout that
// the command runs in.
func ExampleFiles() (string, error) {
	checkout := localpart.Checkout()
	dir := checkout + "/examples/musterland/files"
	if _, err := os.Stat(dir); checkout == "" || err != nil {
		return "", errors.New("the example house is not here; name a folder of documents with --docs DIR, or run the command in a checkout")
	}
	return dir, nil
}
