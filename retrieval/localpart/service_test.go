package localpart

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// small is a service whose server is a file server.
func small(dir string) Service {
	return Service{
		Name: "Small server",
		Dir:  dir,
		Command: func(port int) (*exec.Cmd, error) {
			return exec.Command("python3", "-m", "http.server", strconv.Itoa(port), "--bind", "127.0.0.1", "--directory", dir), nil
		},
		Healthy: func(ctx context.Context, port int) error {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:"+strconv.Itoa(port)+"/start.lock", nil)
			if err != nil {
				return err
			}
			resp, err := direct.Do(req)
			if err != nil {
				return err
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				return errors.New(resp.Status)
			}
			return nil
		},
		Stop: syscall.SIGTERM,
	}
}

var direct = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func TestSharedInOneProcess(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	first, second := join(t, s), join(t, s)
	if !first.Fresh() || second.Fresh() {
		t.Errorf("fresh = %v, %v, want true, false", first.Fresh(), second.Fresh())
	}
	if first.PID() != second.PID() || first.Port() != second.Port() {
		t.Errorf("two servers: %d on %d, %d on %d", first.PID(), first.Port(), second.PID(), second.Port())
	}
	closeUse(t, first)
	if err := s.Healthy(t.Context(), second.Port()); err != nil {
		t.Errorf("stopped under its second user: %v", err)
	}
	closeUse(t, second)
	assertGone(t, second.PID(), 0)
	third := join(t, s)
	if third.Port() != second.Port() {
		t.Errorf("port = %d, want the last one's %d", third.Port(), second.Port())
	}
	closeUse(t, third)
}

func TestSharedBetweenProcesses(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	starter := helper(t, s.Dir)
	use := join(t, s)
	if use.PID() != starter.server {
		t.Fatalf("server = %d, the other process's is %d", use.PID(), starter.server)
	}
	starter.kill(t)
	if err := s.Healthy(t.Context(), use.Port()); err != nil {
		t.Errorf("the server went with its starter: %v", err)
	}
	closeUse(t, use)
	assertGone(t, use.PID(), 0)
}

func TestLastOfTwoProcessesStops(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	other := helper(t, s.Dir)
	use := join(t, s)
	closeUse(t, use)
	if err := s.Healthy(t.Context(), use.Port()); err != nil {
		t.Errorf("stopped under its user: %v", err)
	}
	other.end(t)
	assertGone(t, use.PID(), 0)
}

func TestKilledUsersServerIsStopped(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "server")
	user := helper(t, dir)
	user.kill(t)
	assertGone(t, user.server, 10*time.Second)
}

func TestKilledUsersAndGuardsServerIsAdopted(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	user := helper(t, s.Dir)
	guard, ok := readProcess(s.path("guard.json"))
	if !ok || !guard.alive() {
		t.Fatal("no guard")
	}
	if err := guard.stop(syscall.SIGKILL, time.Second); err != nil {
		t.Fatal(err)
	}
	user.kill(t)
	use := join(t, s)
	if use.PID() != user.server || use.Fresh() {
		t.Errorf("server = %d, want the one left, %d", use.PID(), user.server)
	}
	if guard, ok := readProcess(s.path("guard.json")); !ok || !guard.alive() {
		t.Error("no new guard")
	}
	closeUse(t, use)
	assertGone(t, use.PID(), 0)
}

func TestStaleStateIsNoServer(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	if err := MakeDir(s.Dir); err != nil {
		t.Fatal(err)
	}
	// The id is alive, but is another process than the one written down.
	if err := writeProcess(s.path("process.json"), process{PID: os.Getpid(), Begun: "1", Port: 1}); err != nil {
		t.Fatal(err)
	}
	use := join(t, s)
	if !use.Fresh() {
		t.Error("adopted a stranger")
	}
	closeUse(t, use)
}

func TestServerOfRemovedFolderIsStopped(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	use := join(t, s)
	awaitGuard(t, s)
	if err := os.RemoveAll(s.Dir); err != nil {
		t.Fatal(err)
	}
	assertGone(t, use.PID(), 10*time.Second)
	closeUse(t, use)
}

func TestHangingServerIsReplaced(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	s.Patience = 5 * time.Second
	first := join(t, s)
	if err := syscall.Kill(first.PID(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	s.Stop = syscall.SIGKILL // a stopped process does not hear others
	second := join(t, s)
	if second.PID() == first.PID() {
		t.Error("joined a server that hangs")
	}
	closeUse(t, first)
	closeUse(t, second)
}

func TestServerOutOfReachOfTheTerminal(t *testing.T) {
	t.Parallel()
	use := join(t, small(filepath.Join(t.TempDir(), "server")))
	group, err := syscall.Getpgid(use.PID())
	if err != nil {
		t.Fatal(err)
	}
	if group == syscall.Getpgrp() {
		t.Error("a Ctrl-C at the terminal reaches the server")
	}
	closeUse(t, use)
}

func TestServerThatEndsExplainsItself(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	s.Command = func(int) (*exec.Cmd, error) {
		return exec.Command("sh", "-c", "echo 'the disk is full' >&2; exit 1"), nil
	}
	_, err := Join(t.Context(), s)
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("error = %v, want the server's own words", err)
	}
}

func TestHaltAndResume(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	use := join(t, s)
	pid, port := use.PID(), use.Port()
	if err := use.Halt(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	assertGone(t, pid, 0)
	if err := use.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if use.PID() == pid || use.Port() != port {
		t.Errorf("server = %d on %d, want a new one on %d", use.PID(), use.Port(), port)
	}
	closeUse(t, use)
	assertGone(t, use.PID(), 0)
}

func TestRemoveUnused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	used := join(t, small(filepath.Join(dir, "used")))
	unused := join(t, small(filepath.Join(dir, "unused")))
	closeUse(t, unused)
	if err := RemoveUnused(dir); err != nil {
		t.Fatal(err)
	}
	assertOnly(t, dir, "used")
	closeUse(t, used)
}

func join(t *testing.T, s Service) *Use {
	t.Helper()
	use, err := Join(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeUse(t, use) })
	return use
}

func closeUse(t *testing.T, use *Use) {
	t.Helper()
	if err := use.Close(); err != nil {
		t.Error(err)
	}
}

// awaitGuard waits until the guard has opened what it watches.
func awaitGuard(t *testing.T, s Service) {
	t.Helper()
	guard, ok := readProcess(s.path("guard.json"))
	if !ok {
		t.Fatal("no guard")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for {
		files, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", guard.PID))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if target, err := os.Readlink(file); err == nil && target == s.path("users.lock") {
				return
			}
		}
		if wait(ctx, 10*time.Millisecond) != nil {
			t.Fatal("the guard does not start")
		}
	}
}

func assertGone(t *testing.T, pid int, within time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	for {
		if _, err := identify(pid); err != nil {
			return
		}
		if wait(ctx, 20*time.Millisecond) != nil {
			t.Errorf("server %d still runs", pid)
			return
		}
	}
}

const helperDir = "LOCALPART_TEST_DIR"

// TestMain lets the test binary be a second process that uses a service.
func TestMain(m *testing.M) {
	if dir := os.Getenv(helperDir); dir != "" {
		os.Exit(useUntilEnd(dir))
	}
	m.Run()
}

func useUntilEnd(dir string) int {
	use, err := Join(context.Background(), small(dir))
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(use.PID())
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return 1
	}
	if err := use.Close(); err != nil {
		return 1
	}
	return 0
}

// user is another process that uses a service.
type user struct {
	cmd    *exec.Cmd
	stdin  io.Closer
	server int
}

func helper(t *testing.T, dir string) *user {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), helperDir+"="+dir)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	server, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(line)
	}
	return &user{cmd: cmd, stdin: stdin, server: server}
}

func (u *user) kill(t *testing.T) {
	t.Helper()
	if err := u.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = u.cmd.Wait() // killed, as wanted
}

func (u *user) end(t *testing.T) {
	t.Helper()
	u.stdin.Close()
	if err := u.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}
