package database_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

const (
	first  = "-- +goose Up\nCREATE TABLE one (a int);\n-- +goose Down\nDROP TABLE one;\n"
	second = "-- +goose Up\nCREATE TABLE two (a int);\n-- +goose Down\nDROP TABLE two;\n"
	third  = "-- +goose Up\nCREATE TABLE three (a int);\n-- +goose Down\nDROP TABLE three;\n"
	form   = "CREATE TABLE house.one (\n);\nCREATE TABLE house.two (\n);\n"
)

func lineOf(migrations ...string) database.Line {
	files := fstest.MapFS{}
	for i, sql := range migrations {
		files["0000"+string(rune('1'+i))+"_step.sql"] = &fstest.MapFile{Data: []byte(sql)}
	}
	return database.Line{Schema: "house", Files: files}
}

func open(t *testing.T, o database.Options) *pgxpool.Pool {
	t.Helper()
	pool, err := database.Open(t.Context(), pglocal.TestDSN(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func do(t *testing.T, pool *pgxpool.Pool, sql string) {
	t.Helper()
	if _, err := pool.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// A request's limit ends no migration, nor the wait for its turn.
func TestMigrationsOutlastARequestsLimit(t *testing.T) {
	t.Parallel()
	const limit = 2 * time.Second
	pool := open(t, database.Options{Statement: limit, Idle: limit})
	up(t, pool, lineOf(first))
	var steps []string
	applied, err := lineOf(first, "-- +goose Up\nSELECT pg_sleep(3);\n").Up(t.Context(), pool, func(_, step string) { steps = append(steps, step) })
	if err != nil || !slices.Equal(applied, []string{"00002_step.sql"}) || !slices.Equal(steps, applied) {
		t.Errorf("applied %v, told %v, %v", applied, steps, err)
	}
	if _, err := pool.Exec(t.Context(), "SELECT pg_sleep(10)"); err == nil {
		t.Error("a request has no limit")
	}
}

func TestWorkLiftsTheLimitForItself(t *testing.T) {
	t.Parallel()
	pool := open(t, database.Options{Statement: time.Second, MaxConns: 1})
	err := database.Unhurried(t.Context(), pool, func(conn *pgxpool.Conn) error {
		_, err := conn.Exec(t.Context(), "SELECT pg_sleep(2)")
		return err
	})
	if err != nil {
		t.Error(err)
	}
	err = pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		if err := database.UnhurriedTx(t.Context(), tx); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), "SELECT pg_sleep(2)")
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := pool.Exec(t.Context(), "SELECT pg_sleep(10)"); err == nil {
		t.Error("the limit does not come back")
	}
}

// Each waits until the one before it is done, and says so.
func TestSeveralMigrateAtOnce(t *testing.T) {
	t.Parallel()
	pool := open(t, database.Options{})
	const gate = 4711 // an advisory lock that holds a migration up until another one waits for it
	holder, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Release()
	if _, err := holder.Exec(t.Context(), "SELECT pg_advisory_lock($1)", gate); err != nil {
		t.Fatal(err)
	}
	line := lineOf(first, fmt.Sprintf("-- +goose Up\nSELECT pg_advisory_xact_lock(%d);\n-- +goose Down\n", gate), second)
	var mu sync.Mutex
	var applied []string
	waits := make(chan struct{}, 100)
	var migrating sync.WaitGroup
	for range 3 {
		migrating.Go(func() {
			names, err := line.Up(t.Context(), pool, func(_, step string) {
				if strings.Contains(step, "waiting") {
					waits <- struct{}{}
				}
			})
			mu.Lock()
			defer mu.Unlock()
			if applied = append(applied, names...); err != nil {
				t.Error(err)
			}
		})
	}
	<-waits
	if _, err := holder.Exec(t.Context(), "SELECT pg_advisory_unlock($1)", gate); err != nil {
		t.Fatal(err)
	}
	migrating.Wait()
	if slices.Sort(applied); !slices.Equal(applied, []string{"00001_step.sql", "00002_step.sql", "00003_step.sql"}) {
		t.Errorf("applied %v", applied)
	}
}

// What cannot be migrated is refused with its reason, and nothing is written.
func TestWhatCannotBeMigratedIsLeftAlone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before func(*testing.T, *pgxpool.Pool)
		want   error
	}{
		"migrated by a newer program": {func(t *testing.T, pool *pgxpool.Pool) { up(t, pool, lineOf(first, second, third)) }, database.ErrNewer},
		"lacks a version before its newest": {func(t *testing.T, pool *pgxpool.Pool) {
			up(t, pool, lineOf(first, second))
			do(t, pool, "DELETE FROM house.goose_db_version WHERE version_id = 1")
		}, database.ErrTorn},
		"lacks a table": {func(t *testing.T, pool *pgxpool.Pool) {
			up(t, pool, lineOf(first, second))
			do(t, pool, "DROP TABLE house.two")
		}, database.ErrTorn},
		"has tables that its record does not know": {func(t *testing.T, pool *pgxpool.Pool) {
			up(t, pool, lineOf(first, second))
			do(t, pool, "DELETE FROM house.goose_db_version WHERE version_id > 0")
		}, database.ErrTorn},
		"belongs to another program": {func(t *testing.T, pool *pgxpool.Pool) {
			do(t, pool, "CREATE SCHEMA house; CREATE TABLE house.person (a int)")
		}, database.ErrForeign},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := open(t, database.Options{})
			test.before(t, pool)
			line := lineOf(first, second)
			line.Form = form
			before := content(t, pool)
			if err := line.Check(t.Context(), pool); !errors.Is(err, test.want) {
				t.Errorf("checked: %v", err)
			}
			applied, err := line.Up(t.Context(), pool, nil)
			if !errors.Is(err, test.want) || len(applied) > 0 || !strings.Contains(err.Error(), "schema house") {
				t.Errorf("applied %v, %v", applied, err)
			}
			if after := content(t, pool); !slices.Equal(before, after) {
				t.Errorf("changed from %v to %v", before, after)
			}
		})
	}
}

// A migration that fails leaves those before it; the next run goes on from there.
func TestMigratingGoesOnWhereItEnded(t *testing.T) {
	t.Parallel()
	pool := open(t, database.Options{})
	applied, err := lineOf(first, "-- +goose Up\nCREATE TABLE two (a int);\nSELECT 1/0;\n").Up(t.Context(), pool, nil)
	if err == nil || !slices.Equal(applied, []string{"00001_step.sql"}) {
		t.Errorf("applied %v, %v", applied, err)
	}
	line := lineOf(first, second)
	if err := line.Check(t.Context(), pool); !errors.Is(err, database.ErrOld) {
		t.Errorf("checked: %v", err)
	}
	up(t, pool, line)
	if err := line.Check(t.Context(), pool); err != nil {
		t.Error(err)
	}
}

func TestStatusMakesNothing(t *testing.T) {
	t.Parallel()
	pool := open(t, database.Options{ReadOnly: true})
	status, err := lineOf(first, second).Status(t.Context(), pool)
	if err != nil || status.Version != 0 || status.Newest != 2 || len(status.Pending) != 2 || !errors.Is(status.Fault, database.ErrOld) {
		t.Errorf("%+v, %v", status, err)
	}
	if err := database.Writable(t.Context(), pool); err == nil {
		t.Error("a pool that only reads is writable")
	}
}

func up(t *testing.T, pool *pgxpool.Pool, line database.Line) {
	t.Helper()
	if _, err := line.Up(t.Context(), pool, nil); err != nil {
		t.Fatal(err)
	}
}

// content lists what stands in the database.
func content(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	rows, _ := pool.Query(context.WithoutCancel(t.Context()), `
		SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' ORDER BY 1`)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return names
}
