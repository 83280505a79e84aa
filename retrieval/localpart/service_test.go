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

	"lvr.example/sprechstunde/retrieval/leaktest"
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
	assertGone(t, user.server, 5*time.Minute)
}

func TestKilledUsersAndGuardsServerIsAdopted(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	user := helper(t, s.Dir)
	guard, ok := readProcess(s.path("guard.json"))
	if !ok || !guard.alive() {
		t.Fatal("no guard")
	}
	if err := guard.stop(syscall.SIGKILL, time.Minute); err != nil {
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
	assertGone(t, use.PID(), 5*time.Minute)
	if err := use.Resume(t.Context()); err == nil || exists(s.Dir) {
		t.Errorf("the removed folder came back (%v)", err)
	}
	closeUse(t, use)
}

func TestHangingServerIsReplaced(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	s.Patience = 30 * time.Second // the new one has it, too
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

// A copy of the folder names the other one's server, and has none.
func TestCopyLeavesTheOthersServerAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	original := join(t, small(filepath.Join(dir, "server")))
	s := small(filepath.Join(dir, "copy"))
	if out, err := exec.Command("cp", "-r", filepath.Join(dir, "server"), s.Dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	use := join(t, s)
	if !use.Fresh() || use.PID() == original.PID() || use.Port() == original.Port() {
		t.Fatalf("took the server %d on %d of the other folder", original.PID(), original.Port())
	}
	closeUse(t, use)
	assertGone(t, use.PID(), 0)
	if err := original.service.Healthy(t.Context(), original.Port()); err != nil {
		t.Errorf("the other folder's server was stopped: %v", err)
	}
	closeUse(t, original)
	assertGone(t, original.PID(), 0)
}

// A server on another machine, or in another container, holds its lock and is no
// process here.
func TestServerOutOfSight(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	s.ending = time.Nanosecond
	if err := MakeDir(s.Dir); err != nil {
		t.Fatal(err)
	}
	there, err := Acquire(t.Context(), s.path(serverLock))
	if err != nil {
		t.Fatal(err)
	}
	defer there.Release()
	if err := writeProcess(s.path("process.json"), process{PID: os.Getpid(), Begun: "1", Boot: "another", Host: "rechner-7", Port: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := Join(t.Context(), s); err == nil || !strings.Contains(err.Error(), "rechner-7") || !strings.Contains(err.Error(), EnvData) {
		t.Errorf("error = %v, want one that says where it runs and what to do", err)
	}
}

func TestLastUserStopsTheServerThatTookOver(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	first := join(t, s)
	if err := first.Halt(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	second := join(t, s)
	closeUse(t, second)
	closeUse(t, first)
	assertGone(t, second.PID(), 0)
}

func TestWatchedServerIsStartedAgain(t *testing.T) {
	t.Parallel()
	s := small(filepath.Join(t.TempDir(), "server"))
	use := join(t, s)
	other := join(t, s) // watches, too
	ctx, stop := context.WithCancel(t.Context())
	told := make(chan string, 2*(maxRestarts+1))
	ended := make(chan error, 2)
	for _, u := range []*Use{use, other} {
		go func() { ended <- u.Watch(ctx, func(name string) { told <- name }) }()
	}
	pid := use.PID()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if name := <-told; name != s.Name {
		t.Errorf("told of %q", name)
	}
	<-told // both saw it, and join one new server
	for use.PID() == pid || other.PID() == pid {
		if wait(t.Context(), 10*time.Millisecond) != nil {
			t.Fatal("not started again")
		}
	}
	if use.PID() != other.PID() {
		t.Errorf("two servers: %d and %d", use.PID(), other.PID())
	}
	if err := s.Healthy(t.Context(), other.Port()); err != nil {
		t.Error(err)
	}
	stop()
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	closeUse(t, use)
	closeUse(t, other)
	assertGone(t, use.PID(), 0)
}

func TestWatchSaysWhyItGivesUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := small(filepath.Join(dir, "server"))
	s.Port = freePort(t)
	s.steady = time.Hour // each start may take a minute here
	serve := s.Command
	broken := filepath.Join(dir, "broken")
	s.Command = func(port int) (*exec.Cmd, error) {
		if exists(broken) {
			return exec.Command("sh", "-c", "echo 'the disk is full' >&2; exit 1"), nil
		}
		return serve(port)
	}
	use := join(t, s)
	told := func(string) {}
	write(t, broken, "")
	if err := use.Halt(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := use.Watch(t.Context(), told); err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("error = %v, want the server's own words", err)
	}
	if err := os.Remove(broken); err != nil {
		t.Fatal(err)
	}
	if err := use.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	restarted := make(chan struct{})
	go func() { ended <- use.Watch(t.Context(), func(string) { restarted <- struct{}{} }) }()
	for range maxRestarts {
		pid := use.PID()
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		<-restarted
		for use.PID() == pid {
			if wait(t.Context(), 10*time.Millisecond) != nil {
				t.Fatal("not started again")
			}
		}
	}
	if err := syscall.Kill(use.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "in a row") {
		t.Errorf("error = %v, want that it ended again and again", err)
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	port, err := Service{}.choosePort(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return port
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
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
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

// What a second process is asked to do with a directory.
const (
	helperDir  = "LOCALPART_TEST_DIR"
	resolveDir = "LOCALPART_TEST_RESOLVE"
)

// TestMain lets the test binary be a second process that uses a service.
func TestMain(m *testing.M) {
	if dir := os.Getenv(helperDir); dir != "" {
		os.Exit(useUntilEnd(dir))
	}
	if dir := os.Getenv(resolveDir); dir != "" {
		if _, err := Resolve(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(leaktest.Main(m))
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

// helperUser is another process that uses a service.
type helperUser struct {
	cmd    *exec.Cmd
	stdin  io.Closer
	server int
}

func helper(t *testing.T, dir string) *helperUser {
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
	return &helperUser{cmd: cmd, stdin: stdin, server: server}
}

func (u *helperUser) kill(t *testing.T) {
	t.Helper()
	if err := u.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = u.cmd.Wait() // killed, as wanted
}

func (u *helperUser) end(t *testing.T) {
	t.Helper()
	u.stdin.Close()
	if err := u.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}
