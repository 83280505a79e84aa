package localpart

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// RemoveUnused removes the services' directories below dir that nobody uses. A
// server that still runs there is stopped by its guard.
func RemoveUnused(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if err := removeUnused(filepath.Join(dir, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

func removeUnused(dir string) error {
	if !exists(filepath.Join(dir, "users.lock")) { // just being made
		return nil
	}
	for _, name := range []string{"start.lock", "users.lock"} {
		lock, err := tryLock(filepath.Join(dir, name), unix.LOCK_EX)
		if errors.Is(err, os.ErrNotExist) { // another process removes it
			return nil
		}
		if err != nil || lock == nil {
			return err
		}
		defer lock.Release()
	}
	return os.RemoveAll(dir)
}
