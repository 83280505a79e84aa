package pglocal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// home is where the server's programs and clusters lie, and who runs it.
type home struct {
	root   string // clusters and wheels lie below
	wheels string
	runner runner
}

// openHome finds the home of the data directory and fetches the programs.
func openHome(ctx context.Context, o Options) (home, error) {
	dataDir, err := localpart.Resolve(o.DataDir)
	if err != nil {
		return home{}, err
	}
	h, err := locate(dataDir)
	if err != nil {
		return home{}, fmt.Errorf("%s: %w", name, err)
	}
	h.wheels, err = localpart.Fetch(ctx, filepath.Join(h.root, "programs"), localpart.Wheels{
		Name: name, Requirements: requirements, MB: 25, Python: "3.11", Keep: kept,
	}, o.Progress)
	return h, err
}

// locate finds the folder: below the data directory or, where the server's user
// cannot get there, outside; a link in the data directory leads to it then.
func locate(dataDir string) (home, error) {
	r, err := runnerFor(dataDir)
	if err != nil {
		return home{}, err
	}
	root := filepath.Join(dataDir, "postgres")
	if target, err := os.Readlink(root); err == nil {
		if err := makeOutside(target); err != nil {
			return home{}, err
		}
		return home{root: target, runner: r}, claim(dataDir, target)
	}
	reachable, err := r.reaches(dataDir)
	if err != nil {
		return home{}, err
	}
	if !reachable {
		root, err = outside(dataDir, root)
		return home{root: root, runner: r}, err
	}
	if err := localpart.MakeDir(root); err != nil {
		return home{}, err
	}
	return home{root: root, runner: r}, nil
}

// outside makes the folder that stands in for one below a closed directory. Only
// root comes here, because everybody else runs the server as themselves.
func outside(dataDir, link string) (string, error) {
	var failures []error
	for _, parent := range []string{"/var/lib", "/var/tmp"} {
		target := filepath.Join(parent, nameOutside(dataDir))
		err := makeOutside(target)
		if err == nil {
			err = claim(dataDir, target)
		}
		if err == nil {
			err = os.Symlink(target, link)
		}
		if err == nil || errors.Is(err, os.ErrExist) { // another process was faster
			return target, nil
		}
		failures = append(failures, err)
	}
	return "", errors.Join(failures...)
}

func nameOutside(dataDir string) string {
	sum := sha256.Sum256([]byte(dataDir))
	return "sprechstunde-" + hex.EncodeToString(sum[:6])
}

// makeOutside creates the folder. In a directory open to all, somebody else may
// have put something else there.
func makeOutside(target string) error {
	err := os.Mkdir(target, 0o755)
	if err == nil {
		return os.Chmod(target, 0o755)
	}
	if !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(target)
	if err != nil {
		return err
	}
	uid, _, err := localpart.Owner(target)
	if err != nil {
		return err
	}
	if !info.IsDir() || uid != os.Geteuid() {
		return fmt.Errorf("%s belongs to somebody else: remove it or choose another data directory", target)
	}
	return nil
}
