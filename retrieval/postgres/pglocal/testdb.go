package pglocal

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// Test returns a pool on a new, empty database, which is dropped when the test
// ends. All test binaries of a run share one server, which keeps nothing safe and
// stops some seconds after the last of them.
func Test(t localpart.TB) *pgxpool.Pool {
	t.Helper()
	return open(t, TestDSN(t))
}

// TestDSN is Test for code that connects by itself.
func TestDSN(t localpart.TB) string {
	t.Helper()
	return copyOf(t, "template1")
}

// TestDatabase creates an empty database that outlives the test, for a server that
// all tests of a binary share. It is dropped when the server for tests starts anew.
func TestDatabase(ctx context.Context) (dsn string, err error) {
	s, err := sharedTestServer()
	if err != nil {
		return "", fmt.Errorf("test database: %w", err)
	}
	database, err := s.create(ctx, "template1")
	if err != nil {
		return "", fmt.Errorf("test database: %w", err)
	}
	return s.server.DSN(database), nil
}

// TestFrom is Test with a database that build has filled before, for example with
// migrations. It is built once in a test binary for each name and then copied.
func TestFrom(t localpart.TB, name string, build func(context.Context, *pgxpool.Pool) error) *pgxpool.Pool {
	t.Helper()
	s, err := sharedTestServer()
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	entry, _ := s.templates.LoadOrStore(name, &template{})
	tmpl, ok := entry.(*template)
	if !ok {
		t.Fatalf("test database: template %s is a %T", name, entry)
	}
	tmpl.once.Do(func() { tmpl.database, tmpl.err = s.buildTemplate(build) })
	if tmpl.err != nil {
		t.Fatalf("test database: build template %s: %v", name, tmpl.err)
	}
	return open(t, copyOf(t, tmpl.database))
}

var testSettings = []string{
	"max_connections=400", "shared_buffers=128MB", "autovacuum=off",
	"fsync=off", "synchronous_commit=off", "full_page_writes=off",
}

// testServer is this process's hold on the shared server for tests. It is never
// closed: the process's end gives it up.
type testServer struct {
	server    *Server
	admin     *pgxpool.Pool
	templates sync.Map // name to *template
}

type template struct {
	once     sync.Once
	database string
	err      error
}

var sharedTestServer = sync.OnceValues(startTestServer)

func startTestServer() (*testServer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	s, err := start(ctx, Options{Progress: os.Stderr}, cluster{
		name: "test", settings: testSettings, linger: localpart.TestLinger, volatile: true,
	})
	if err != nil {
		return nil, err
	}
	admin, err := pgxpool.New(ctx, s.DSN("postgres"))
	if err != nil {
		return nil, err
	}
	ts := &testServer{server: s, admin: admin}
	if s.use.Fresh() {
		return ts, ts.dropLeftovers(ctx)
	}
	return ts, nil
}

// dropLeftovers removes the databases that were made while an earlier server ran:
// those of killed test binaries, and templates.
func (s *testServer) dropLeftovers(ctx context.Context) error {
	rows, err := s.admin.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, 'test_') AND NOT starts_with(datname, $1)", s.prefix())
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := s.admin.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()); err != nil {
			return err
		}
	}
	return nil
}

func copyOf(t localpart.TB, template string) string {
	t.Helper()
	s, err := sharedTestServer()
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	database, err := s.create(t.Context(), template)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.drop(database); err != nil {
			t.Errorf("test database: %v", err)
		}
	})
	return s.server.DSN(database)
}

func open(t localpart.TB, dsn string) *pgxpool.Pool {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), dsn)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func (s *testServer) buildTemplate(build func(context.Context, *pgxpool.Pool) error) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	database, err := s.create(ctx, "template1")
	if err != nil {
		return "", err
	}
	pool, err := pgxpool.New(ctx, s.server.DSN(database))
	if err != nil {
		return "", err
	}
	defer pool.Close() // an open connection would forbid copying
	return database, build(ctx, pool)
}

func (s *testServer) create(ctx context.Context, template string) (string, error) {
	database := s.prefix() + strings.ToLower(rand.Text())
	sql := fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", pgx.Identifier{database}.Sanitize(), pgx.Identifier{template}.Sanitize())
	_, err := s.admin.Exec(ctx, sql)
	return database, err
}

// prefix tells the databases of this run of the server from leftovers.
func (s *testServer) prefix() string { return fmt.Sprintf("test_%d_", s.server.use.PID()) }

func (s *testServer) drop(database string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	_, err := s.admin.Exec(ctx, "DROP DATABASE "+pgx.Identifier{database}.Sanitize()+" WITH (FORCE)")
	return err
}
