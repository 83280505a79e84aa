package localpart

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
)

// process names a running process beyond the reuse of its id.
type process struct {
	PID   int    `json:"pid"`
	Begun string `json:"begun"` // start mark of the kernel
	Boot  string `json:"boot"`  // of the machine, since ids and marks begin anew with it
	Host  string `json:"host"`  // for people
	Port  int    `json:"port,omitempty"`
	// Watches is the id of the server that this process guards.
	Watches int `json:"watches,omitempty"`
}

// identify returns the process that has the id now.
func identify(pid int) (process, error) {
	state, begun, err := processStat(pid)
	if err != nil {
		return process{}, err
	}
	if state == "Z" || state == "X" { // ended, and nobody has asked how
		return process{}, fmt.Errorf("process %d has ended", pid)
	}
	host, err := os.Hostname()
	if err != nil {
		return process{}, err
	}
	return process{PID: pid, Begun: begun, Boot: bootID(), Host: host}, nil
}

func (p process) alive() bool {
	now, err := identify(p.PID)
	return err == nil && now.Begun == p.Begun && now.Boot == p.Boot
}

// bootID names this run of the kernel.
func bootID() string {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(id))
}

// stop asks the process to end, and ends it after the grace.
func (p process) stop(signal syscall.Signal, grace time.Duration) error {
	if !p.alive() {
		return nil
	}
	if err := syscall.Kill(p.PID, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stop process %d: %w", p.PID, err)
	}
	if p.gone(grace) {
		return nil
	}
	if err := syscall.Kill(p.PID, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("kill process %d: %w", p.PID, err)
	}
	if !p.gone(10 * time.Second) {
		return fmt.Errorf("process %d does not end", p.PID)
	}
	return nil
}

func (p process) gone(within time.Duration) bool {
	deadline := time.NewTimer(within)
	defer deadline.Stop()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for p.alive() {
		select {
		case <-again.C:
		case <-deadline.C:
			return !p.alive()
		}
	}
	return true
}

// processStat reads the state letter and the start mark of a process.
func processStat(pid int) (state, begun string, err error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", "", err
	}
	// The name before the last parenthesis may hold anything.
	_, rest, ok := cutLast(string(content), ")")
	fields := strings.Fields(rest)
	if !ok || len(fields) < 20 {
		return "", "", fmt.Errorf("unreadable state of process %d", pid)
	}
	return fields[0], fields[19], nil
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func readProcess(path string) (process, bool) {
	content, err := os.ReadFile(path)
	if err != nil {
		return process{}, false
	}
	var p process
	if err := json.Unmarshal(content, &p); err != nil || p.PID <= 0 {
		return process{}, false
	}
	return p, true
}

func writeProcess(path string, p process) error {
	content, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return WriteFile(path, content, 0o644)
}
