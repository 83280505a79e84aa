package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

const root = "../../.."

// TestTableApplies keeps the table in line with the code, without building anything.
func TestTableApplies(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	quick := 0
	for _, m := range table {
		if names[m.name] || m.name == "" || m.why == "" || m.old == m.new {
			t.Errorf("%q: needs a name of its own, a change and a reason", m.name)
		}
		names[m.name] = true
		if m.quick {
			quick++
		}
		if _, err := m.change(root); err != nil {
			t.Errorf("%s: %v", m.name, err)
		}
		if !hasTest(t, m) {
			t.Errorf("%s: %s has no %s", m.name, m.pkg, m.test)
		}
	}
	if len(table) < 15 || quick < 3 {
		t.Errorf("%d mutants, %d of them quick", len(table), quick)
	}
}

// hasTest reports whether a mutant's test function stands in its package.
func hasTest(t *testing.T, m mutant) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, m.pkg, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(m.test, "/")
	function := regexp.MustCompile(`(?m)^func ` + name + `\(`)
	return slices.ContainsFunc(files, func(file string) bool {
		text, err := os.ReadFile(file)
		return err == nil && function.Match(text)
	})
}

// TestVerdicts tries changes on a module of a few lines.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module small\n\ngo 1.26\n",
		"a.go":   "package small\n\nfunc sum(a, b int) int { return a + b }\n\nfunc idle() {}\n",
		"a_test.go": `package small
import "testing"
func TestSum(t *testing.T) {
	t.Run("of two", func(t *testing.T) { if sum(1, 2) != 3 { t.Error("sum") } })
}
func TestBroken(t *testing.T) { t.Error("always") }
func TestAway(t *testing.T) { t.Skip("not here") }
func TestHangs(t *testing.T) { for sum(1, 2) != 3 {} }
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l := &lab{root: dir, timeout: time.Minute, passes: map[string]trial{}}
	for _, c := range []struct {
		old, new, test string
		want           verdict
	}{
		{"a + b", "a - b", "TestSum", killed},
		{"a + b", "a - b", "TestSum/of two", killed},
		{"{}", "{ _ = 1 }", "TestSum", survived},
		{"a * b", "a - b", "TestSum", noFit},
		{"func", "func ", "TestSum", noFit},
		{"a + b", "a + c", "TestSum", noBuild},
		{"a + b", "a - b", "TestGone", noTest},
		{"a + b", "a - b", "TestSum/of three", noTest},
		{"a + b", "a - b", "TestBroken", unhealthy},
		{"a + b", "a - b", "TestAway", skipped},
		{"return a + b", "go func() { panic(a) }(); select {}", "TestSum", crashed},
	} {
		m := mutant{name: c.test, file: "a.go", old: c.old, new: c.new, pkg: ".", test: c.test}
		if got := l.try(t.Context(), m); got.verdict != c.want {
			t.Errorf("%s, %q for %q: %s, want %s\n%s", c.test, c.new, c.old, got.verdict, c.want, got.detail)
		}
	}
	l.timeout = 2 * time.Second
	m := mutant{name: "hangs", file: "a.go", old: "a + b", new: "a - b", pkg: ".", test: "TestHangs"}
	if got := l.try(t.Context(), m); got.verdict != hung {
		t.Errorf("a test without an end: %s\n%s", got.verdict, got.detail)
	}
	text, err := os.ReadFile(filepath.Join(dir, "a.go"))
	if err != nil || !strings.Contains(string(text), "a + b") {
		t.Errorf("the file itself was changed: %s, %v", text, err)
	}
}

func TestCalls(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"-list"}, allKilled, "grounding-skipped (quick)"},
		{[]string{"-only", "nobody"}, misused, `there is no mutant "nobody"`},
		{[]string{"-often"}, misused, "-quick"},
		{[]string{"grounding-skipped"}, misused, "behind -only"},
		{[]string{"-h"}, allKilled, "Exit code"},
	} {
		var out, errs strings.Builder
		code := run(t.Context(), c.args, &out, &errs)
		if code != c.code || !strings.Contains(out.String()+errs.String(), c.says) {
			t.Errorf("%v: %d, want %d\n%s%s", c.args, code, c.code, out.String(), errs.String())
		}
	}
}
