package localpart

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Lock is a lock on a file that the kernel gives back when its holder ends,
// however it ends.
type Lock struct{ file *os.File }

// Acquire waits until it holds the file's lock alone.
func Acquire(ctx context.Context, path string) (*Lock, error) {
	return acquire(ctx, path, unix.LOCK_EX)
}

// Share waits until it holds the file's lock together with others.
func Share(ctx context.Context, path string) (*Lock, error) { return acquire(ctx, path, unix.LOCK_SH) }

func acquire(ctx context.Context, path string, how int) (*Lock, error) {
	for {
		lock, err := tryLock(path, how)
		if lock != nil || err != nil {
			return lock, err
		}
		if err := wait(ctx, 20*time.Millisecond); err != nil {
			return nil, fmt.Errorf("lock %s: %w", path, err)
		}
	}
}

// Release gives the lock back. Closing the file alone would not: a process that is
// just being started has a copy of it for a moment.
func (l *Lock) Release() {
	_ = unix.Flock(int(l.file.Fd()), unix.LOCK_UN)
	l.file.Close()
}

// hand passes the lock on to a process that was started with a copy of the file: it
// is given back when that one has ended.
func (l *Lock) hand() { l.file.Close() }

// Held reports whether somebody holds the file's lock, alone or with others. Without
// the file nobody does.
func Held(path string) bool {
	if !exists(path) {
		return false
	}
	lock, err := tryLock(path, unix.LOCK_EX)
	if lock != nil {
		lock.Release()
	}
	return err == nil && lock == nil
}

// tryLock takes the lock, or returns nil when others hold it.
func tryLock(path string, how int) (*Lock, error) {
	f, err := openLock(path)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	for {
		switch err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB); {
		case err == nil:
			return &Lock{file: f}, nil
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EWOULDBLOCK):
			f.Close()
			return nil, nil
		default:
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", path, err)
		}
	}
}

func openLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return os.OpenFile(path, os.O_RDWR, 0)
	}
	if err != nil {
		return nil, err
	}
	if err := ownLikeParent(path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
