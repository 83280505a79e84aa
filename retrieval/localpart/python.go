package localpart

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// python is an interpreter that can be used to fetch and to run parts.
type python struct {
	path  string // of the interpreter itself, not of a shim
	major int
	minor int
}

// findPython finds Python 3.9 or newer, and says how to install one.
func findPython(ctx context.Context) (python, error) {
	path, err := exec.LookPath("python3")
	if err != nil {
		return python{}, errors.New("python3 is missing (3.9 or newer): install it, for example with: apt-get install python3 python3-pip")
	}
	out, err := exec.CommandContext(ctx, path, "-c", "import sys; print(sys.version_info[0], sys.version_info[1]); print(sys.executable)").Output()
	if err != nil {
		return python{}, fmt.Errorf("run %s: %w", path, err)
	}
	version, executable, _ := strings.Cut(string(out), "\n")
	p := python{path: strings.TrimSpace(executable)}
	if _, err := fmt.Sscanf(version, "%d %d", &p.major, &p.minor); err != nil {
		return python{}, fmt.Errorf("version of %s: %w", path, err)
	}
	if p.major != 3 || p.minor < 9 {
		return python{}, fmt.Errorf("%s is Python %d.%d, 3.9 or newer is needed: install it, for example with: apt-get install python3 python3-pip", path, p.major, p.minor)
	}
	return p, nil
}

// Python returns the path of a usable Python interpreter.
func Python(ctx context.Context) (string, error) {
	p, err := findPython(ctx)
	return p.path, err
}

// pip runs pip's download command; which index it asks is pip's own configuration.
func (p python) pip(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, p.path, append([]string{"-m", "pip"}, args...)...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if strings.Contains(said.String(), "No module named pip") {
		return errors.New("pip for python3 is missing: install it, for example with: apt-get install python3-pip")
	}
	return fmt.Errorf("pip download: %w\n%s", err, tail(said.String(), 15))
}

// tail returns the last n lines of text.
func tail(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
