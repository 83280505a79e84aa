package localpart

import (
	"context"
	_ "embed"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

//go:embed guard.py
var guardSource []byte

// watch sees to it that a guard watches the server. The guard is a process of its
// own, because no code of ours runs when the last user is killed.
func (s Service) watch(ctx context.Context, server process) error {
	guard, ok := readProcess(s.path("guard.json"))
	if ok && guard.alive() && guard.Watches == server.PID {
		return nil
	}
	python, err := Python(ctx)
	if err != nil {
		return err
	}
	script := s.path("guard.py") // a file, so that a list of processes stays readable
	if err := WriteFile(script, guardSource, 0o644); err != nil {
		return err
	}
	// It outlives this call and is not stopped with ctx.
	cmd := exec.Command(python, "-I", "-S", script, //nolint:noctx // see above
		s.Dir, strconv.Itoa(server.PID), server.Begun,
		strconv.FormatFloat(s.Linger.Seconds(), 'f', 3, 64),
		strconv.Itoa(int(s.Stop)), strconv.FormatFloat(grace.Seconds(), 'f', 0, 64))
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	guard, err = identify(cmd.Process.Pid)
	go collect(cmd)
	if err != nil {
		return err
	}
	guard.Watches = server.PID
	return writeProcess(s.path("guard.json"), guard)
}

// dismissGuard ends the guard of a server that has been stopped; it would see that
// by itself a moment later.
func (s Service) dismissGuard() {
	guard, ok := readProcess(s.path("guard.json"))
	if !ok {
		return
	}
	_ = guard.stop(syscall.SIGTERM, grace)
	os.Remove(s.path("guard.json"))
}
