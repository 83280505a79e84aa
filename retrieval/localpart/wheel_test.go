package localpart

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// packages stands in for a registry: a folder with one small wheel, and the
// requirements that pin it.
func packages(t *testing.T) (folder string, w Wheels) {
	t.Helper()
	folder = t.TempDir()
	t.Setenv("PIP_NO_INDEX", "1")
	t.Setenv("PIP_FIND_LINKS", folder)
	return folder, Wheels{Name: "Small part", MB: 1, Python: "3.11", Requirements: offer(t, folder, "smallpart")}
}

// offer puts a small wheel into a folder and returns the requirement that pins it.
func offer(t *testing.T, folder, name string) string {
	t.Helper()
	file := filepath.Join(folder, name+"-1.0-py3-none-any.whl")
	pack(t, file, map[string]string{
		name + "/program":                "does something",
		name + "-1.0.dist-info/WHEEL":    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
		name + "-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0\n",
		name + "-1.0.dist-info/RECORD":   "",
	})
	sum, err := FileSum(file)
	if err != nil {
		t.Fatal(err)
	}
	return name + "==1.0 \\\n    --hash=sha256:" + sum + "\n"
}

// TestFetchGoesOn: what came whole before a download broke off is not fetched again.
func TestFetchGoesOn(t *testing.T) {
	folder, w := packages(t)
	aside := filepath.Join(t.TempDir(), "second.whl")
	w.Requirements = "# two\n" + w.Requirements + offer(t, folder, "second")
	w.Finish = func(dir string) error { return os.Rename(filepath.Join(dir, "second"), filepath.Join(dir, "whole")) }
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	inStore := filepath.Join(folder, "second-1.0-py3-none-any.whl")
	move(inStore, aside)
	dir := t.TempDir()
	if _, err := Fetch(t.Context(), dir, w, nil); err == nil {
		t.Fatal("a part without its second wheel is none")
	}
	move(aside, inStore)
	move(filepath.Join(folder, "smallpart-1.0-py3-none-any.whl"), aside) // it cannot be fetched again
	home, err := Fetch(t.Context(), dir, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !exists(filepath.Join(home, "smallpart", "program")) || !exists(filepath.Join(home, "whole", "program")) {
		t.Error("the part is not whole")
	}
	assertOnly(t, dir, filepath.Base(home), "fetch.lock")
}

func TestFetchOnce(t *testing.T) {
	_, w := packages(t)
	dir := t.TempDir()
	var told bytes.Buffer
	first, err := Fetch(t.Context(), dir, w, &told)
	if err != nil {
		t.Fatal(err)
	}
	if !exists(filepath.Join(first, "smallpart", "program")) {
		t.Error("the part is not there")
	}
	if !regexp.MustCompile(`^Small part: fetching \(1 MB\) …\n(Small part: .* s\n)*Small part: ready \(`).MatchString(told.String()) {
		t.Errorf("progress:\n%s", told.String())
	}
	told.Reset()
	t.Setenv("PATH", "") // nothing can be fetched any more
	second, err := Fetch(t.Context(), dir, w, &told)
	if err != nil {
		t.Fatal(err)
	}
	if second != first || told.Len() > 0 {
		t.Errorf("fetched again: %s, then %s; said %q", first, second, told.String())
	}
	assertOnly(t, dir, filepath.Base(first), "fetch.lock")
}

func TestFetchTogether(t *testing.T) {
	_, w := packages(t)
	dir := t.TempDir()
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if _, err := Fetch(t.Context(), dir, w, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestFetchRefusesAnotherWheel(t *testing.T) {
	folder, w := packages(t)
	pack(t, filepath.Join(folder, "smallpart-1.0-py3-none-any.whl"), map[string]string{"smallpart/program": "does something else"})
	dir := t.TempDir()
	_, err := Fetch(t.Context(), dir, w, nil)
	if err == nil || !strings.Contains(err.Error(), "HASHES") {
		t.Fatalf("error = %v, want one about hashes", err)
	}
	assertOnly(t, dir, "fetch.lock")
}

func TestFetchSweepsWhatWasKilled(t *testing.T) {
	_, w := packages(t)
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, unfinished+"1"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, started+"1"), 0o700); err != nil {
		t.Fatal(err)
	}
	home, err := Fetch(t.Context(), dir, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	assertOnly(t, dir, filepath.Base(home), "fetch.lock")
}

func TestMissingPythonIsNamed(t *testing.T) {
	_, w := packages(t)
	t.Setenv("PATH", t.TempDir())
	_, err := Fetch(t.Context(), t.TempDir(), w, nil)
	if err == nil || !strings.Contains(err.Error(), "apt-get install python3") {
		t.Errorf("error = %v, want one that names the command that installs Python", err)
	}
}

func TestMissingPipIsNamed(t *testing.T) {
	_, w := packages(t)
	python, err := Python(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	script := "#!/bin/sh\n[ \"$1\" = -c ] && { echo 3 11; echo $0; exit; }\necho \"$0: No module named pip\" >&2\nexit 1\n"
	if err := os.WriteFile(filepath.Join(bin, "python3"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":"+filepath.Dir(python)+":/bin")
	_, err = Fetch(t.Context(), t.TempDir(), w, nil)
	if err == nil || !strings.Contains(err.Error(), "apt-get install python3-pip") {
		t.Errorf("error = %v, want one that names the command that installs pip", err)
	}
}

func assertOnly(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	slices.Sort(want) // the folder of a part is named by its digest
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%s holds %v, want %v", dir, got, want)
	}
}
