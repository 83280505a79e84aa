package pglocal

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval/localpart"
)

func TestDataOutliveTheServer(t *testing.T) {
	t.Parallel()
	o := Options{DataDir: dataDir(t)}
	s := startMain(t, o)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if err := s.CreateDatabase(t.Context(), "musterland"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	dsn := s.DSN("musterland")
	for _, sql := range []string{"CREATE TABLE note (body text)", "INSERT INTO note VALUES ('one')"} {
		if err := Exec(t.Context(), dsn, sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Exec(t.Context(), dsn, "SELECT 1"); err == nil {
		t.Error("the server still runs after its last user left")
	}
	s = startMain(t, o)
	if s.DSN("musterland") != dsn {
		t.Error("the address changed")
	}
	if err := Exec(t.Context(), dsn, "SELECT body FROM note"); err != nil {
		t.Error(err)
	}
}

func TestOnlyThePasswordOpens(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := startMain(t, Options{DataDir: dir})
	config, err := pgx.ParseConfig(s.DSN("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	config.Password = "guessed"
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err == nil {
		conn.Close(t.Context())
		t.Error("a guessed password opens")
	}
	for _, file := range []string{"password", "log", "data"} {
		info, err := os.Stat(filepath.Join(dir, "postgres", "main", file))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v", file, info.Mode())
		}
	}
}

func TestLogHoldsNoText(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := startMain(t, Options{DataDir: dir})
	dsn := s.DSN("postgres")
	if err := Exec(t.Context(), dsn, "CREATE TABLE note (body text PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second breaks the key
		if err := Exec(t.Context(), dsn, "INSERT INTO note VALUES ($1)", "Geheimnis"); err != nil {
			t.Log(err)
		}
	}
	log, err := os.ReadFile(filepath.Join(dir, "postgres", "main", "log"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(log), "duplicate key") {
		t.Error("the log does not tell of the error")
	}
	if strings.Contains(string(log), "Geheimnis") || strings.Contains(string(log), "INSERT") {
		t.Errorf("the log holds text:\n%s", log)
	}
}

// A copy of a data directory whose server runs is a database of its own: neither
// drives or stops the other's server.
func TestCopyHasItsOwnServer(t *testing.T) {
	t.Parallel()
	dir := openDataDir(t)
	original := startMain(t, Options{DataDir: dir})
	for _, sql := range []string{"CREATE TABLE note (body text)", "INSERT INTO note VALUES ('one')", "CHECKPOINT"} {
		if err := Exec(t.Context(), original.DSN("postgres"), sql); err != nil {
			t.Fatal(err)
		}
	}
	elsewhere := dir + "-copy"
	t.Cleanup(func() { os.RemoveAll(elsewhere) })
	if out, err := exec.Command("cp", "-r", dir, elsewhere).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	other := startMain(t, Options{DataDir: elsewhere})
	if other.DSN("postgres") == original.DSN("postgres") {
		t.Fatal("the copy uses the original's server")
	}
	if err := Exec(t.Context(), other.DSN("postgres"), "DELETE FROM note"); err != nil {
		t.Errorf("the copied data: %v", err)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
	if err := Exec(t.Context(), original.DSN("postgres"), "SELECT 1 / count(*) FROM note"); err != nil {
		t.Errorf("the original: %v", err)
	}
}

// A crash is over when the server answers again at the same address.
func TestWatchedServerComesBack(t *testing.T) {
	t.Parallel()
	s := startMain(t, Options{DataDir: dataDir(t)})
	if err := Exec(t.Context(), s.DSN("postgres"), "CREATE TABLE note (body text)"); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	told := make(chan string, 4)
	go func() { ended <- s.Watch(ctx, func(name string) { told <- name }) }()
	if err := syscall.Kill(s.use.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-told
	for Exec(t.Context(), s.DSN("postgres"), "SELECT count(*) FROM note") != nil {
		runtime.Gosched()
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Where root keeps the database outside, a copy of the data directory links to the
// original's, and is refused; a moved one is the same directory.
func TestRootsCopyIsRefused(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("not root")
	}
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	first, err := locate(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(first.root) })
	elsewhere := dir + "-copy"
	if out, err := exec.Command("cp", "-r", dir, elsewhere).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if _, err := locate(elsewhere); err == nil || !strings.Contains(err.Error(), "copy of the data directory "+dir) {
		t.Errorf("the copy: %v", err)
	}
	moved := dir + "-moved"
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	if h, err := locate(moved); err != nil || h.root != first.root {
		t.Errorf("moved: %s, %v", h.root, err)
	}
	if err := os.RemoveAll(moved); err != nil {
		t.Fatal(err)
	}
	if h, err := locate(elsewhere); err != nil || h.root != first.root { // brought back from a backup
		t.Errorf("the only one left: %s, %v", h.root, err)
	}
}

// A home of root is closed to others, and so is a folder for tests of root.
func TestRootBelowAClosedDirectory(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("not root")
	}
	dir := dataDir(t)
	s := startMain(t, Options{DataDir: dir})
	if err := Exec(t.Context(), s.DSN("postgres"), "SELECT 1"); err != nil {
		t.Error(err)
	}
	h, err := locate(dir)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(h.root, dir) {
		t.Errorf("its folder %s lies below a closed directory", h.root)
	}
	if uid, _, err := localpart.Owner(filepath.Join(h.root, "main", "data")); err != nil || uid == 0 {
		t.Errorf("runs as user %d (%v)", uid, err)
	}
}

// What root creates in another user's data directory stays that user's.
func TestRootInAnothersDirectory(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("not root")
	}
	dir, err := os.MkdirTemp("/var/tmp", "pglocal-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	account, err := user.Lookup("daemon")
	if err != nil {
		t.Skip("no other user")
	}
	uid, err := strconv.Atoi(account.Uid)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, uid, uid); err != nil {
		t.Fatal(err)
	}
	borrowPrograms(t, dir)
	s := startMain(t, Options{DataDir: dir})
	defer s.Close()
	err = filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		owner, _, err := localpart.Owner(path)
		if errors.Is(err, os.ErrNotExist) { // the server works there
			return nil
		}
		if owner != uid && filepath.Base(path) != "programs" {
			t.Errorf("%s belongs to %d", path, owner)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func startMain(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// dataDir is a data directory of the test's own with the programs of the shared one.
func dataDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	borrowPrograms(t, dir)
	return dir
}

// openDataDir is one that every user may enter.
func openDataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/var/tmp", "pglocal-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	borrowPrograms(t, dir)
	return dir
}

func borrowPrograms(t *testing.T, dir string) {
	t.Helper()
	shared, err := openHome(context.Background(), Options{Progress: os.Stderr})
	if err != nil {
		t.Fatal(err)
	}
	own, err := locate(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(own.root, dir) {
		t.Cleanup(func() { os.RemoveAll(own.root) })
	}
	if err := os.Symlink(filepath.Dir(shared.wheels), filepath.Join(own.root, "programs")); err != nil {
		t.Fatal(err)
	}
}
