package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// mutant is one change that must not go unnoticed.
type mutant struct {
	name     string
	file     string // from the root of the module
	old, new string // old stands exactly once in the file
	pkg      string // of the test, from the root
	test     string // that must fail; a case of it is Test/case
	why      string // what people would suffer
	quick    bool   // needs nothing but Go and is tried before each change lands
}

// verdict says what a test did about a change.
type verdict string

const (
	killed    verdict = "killed by"
	survived  verdict = "SURVIVED"
	noFit     verdict = "DOES NOT APPLY"
	noBuild   verdict = "DOES NOT BUILD"
	noTest    verdict = "NO SUCH TEST"
	skipped   verdict = "SKIPPED"
	hung      verdict = "HANGS"
	crashed   verdict = "CRASHES"
	unhealthy verdict = "FAILS WITHOUT THE CHANGE"
)

// trial is one run of a test.
type trial struct {
	verdict verdict
	detail  string // for people, where it was not killed
	took    time.Duration
}

// lab tries mutants in copies of their files.
type lab struct {
	root    string
	timeout time.Duration
	passes  map[string]trial // tests as they are without any change
}

// try makes one change and runs its test, which must pass without it.
func (l *lab) try(ctx context.Context, m mutant) (t trial) {
	started := time.Now()
	defer func() { t.took = time.Since(started) }()
	changed, err := m.change(l.root)
	if err != nil {
		return trial{verdict: noFit, detail: err.Error()}
	}
	if t := l.healthy(ctx, m); t.verdict != survived {
		return t
	}
	overlay, clean, err := overlayOf(filepath.Join(l.root, m.file), changed)
	if err != nil {
		return trial{verdict: noFit, detail: err.Error()}
	}
	defer clean()
	t = l.test(ctx, m, "-overlay="+overlay)
	if t.verdict == survived {
		t.detail = "the test passes although " + m.file + " is changed: it must notice, or another one must"
	}
	return t
}

// change returns the file with the change made.
func (m mutant) change(root string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		return nil, fmt.Errorf("read what is to be changed: %w", err)
	}
	if n := bytes.Count(text, []byte(m.old)); n != 1 {
		return nil, fmt.Errorf("%s holds %d times, not once: %q; say in the table what stands there now", m.file, n, m.old)
	}
	return bytes.Replace(text, []byte(m.old), []byte(m.new), 1), nil
}

// healthy runs a mutant's test without the change, once for all who name it.
func (l *lab) healthy(ctx context.Context, m mutant) trial {
	key := m.pkg + " " + m.test
	if t, known := l.passes[key]; known {
		return t
	}
	t := l.test(ctx, m)
	if t.verdict == killed {
		t.verdict = unhealthy
	}
	l.passes[key] = t
	return t
}

// overlayOf writes what go reads in the place of a file.
func overlayOf(file string, text []byte) (overlay string, clean func(), err error) {
	dir, err := os.MkdirTemp("", "mutant-")
	if err != nil {
		return "", nil, err
	}
	clean = func() { _ = os.RemoveAll(dir) }
	changed := filepath.Join(dir, filepath.Base(file))
	overlay = filepath.Join(dir, "overlay.json")
	list, err := json.Marshal(map[string]map[string]string{"Replace": {file: changed}})
	err = errors.Join(err, os.WriteFile(changed, text, 0o600), os.WriteFile(overlay, list, 0o600))
	if err != nil {
		clean()
		return "", nil, err
	}
	return overlay, clean, nil
}

// test runs a mutant's test.
func (l *lab) test(ctx context.Context, m mutant, flags ...string) trial {
	args := append([]string{"test", "-json", "-count=1", "-vet=off", "-timeout=" + l.timeout.String(), "-run", pattern(m.test)}, flags...)
	cmd := exec.CommandContext(ctx, "go", append(args, "./"+m.pkg)...)
	cmd.Dir = l.root
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.CombinedOutput()
	t := judge(out, m.test)
	if t.verdict == noTest && err != nil {
		t.verdict = noBuild
	}
	return t
}

// pattern matches a test and its case, and no other.
func pattern(test string) string {
	parts := strings.Split(test, "/")
	for i, part := range parts {
		parts[i] = "^" + regexp.QuoteMeta(part) + "$"
	}
	return strings.Join(parts, "/")
}

// judge reads what go test -json said of one test.
func judge(out []byte, test string) trial {
	outcomes := map[string]verdict{"run": crashed, "fail": killed, "pass": survived, "skip": skipped} // run: unless an end follows
	name := strings.ReplaceAll(test, " ", "_")
	t := trial{verdict: noTest}
	var said strings.Builder
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, len(out)+1)
	for lines.Scan() {
		var event struct{ Action, Test, Output string }
		if json.Unmarshal(lines.Bytes(), &event) != nil {
			event.Output = lines.Text() + "\n" // of go itself
		}
		said.WriteString(event.Output)
		if v, known := outcomes[event.Action]; known && event.Test == name {
			t.verdict = v
		}
	}
	if t.verdict == crashed && strings.Contains(said.String(), "panic: test timed out") {
		t.verdict = hung
	}
	t.detail = tail(said.String(), 12)
	return t
}

// tail returns the last lines of a text.
func tail(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
