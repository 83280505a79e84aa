package localpart

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// Owner returns the ids of the user and group that own path.
func Owner(path string) (uid, gid int, err error) {
	info, err := os.Lstat(path)
	if err != nil {
		return 0, 0, err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, fmt.Errorf("owner of %s: unknown on this system", path)
	}
	return int(stat.Uid), int(stat.Gid), nil
}

// ownLikeParent gives what root created to the owner of the directory it lies in.
func ownLikeParent(path string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	uid, gid, err := Owner(filepath.Dir(path))
	if err != nil {
		return err
	}
	return os.Lchown(path, uid, gid)
}

// WriteFile writes a file so that readers see the old or the new content, never
// a half.
func WriteFile(path string, content []byte, mode os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := f.Write(content); err != nil {
		return err
	}
	if err := f.Chmod(mode); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := ownLikeParent(f.Name()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
