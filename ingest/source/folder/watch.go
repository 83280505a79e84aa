package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/fsnotify/fsnotify"

	"lvr.example/sprechstunde/ingest/source/tree"
)

// ErrNoEvents says that the system does not tell of changes below a folder: it
// lies on a network mount, where others change it unseen, or has more folders
// than the system watches for one user. It has to be listed again and again.
var ErrNoEvents = errors.New("changes are not told")

// Changes sends when something that [Source.List] may list has changed below
// dir, until ctx ends. Several changes may be one signal. The channel is closed
// when the system stops telling; then listing again is what is left.
func Changes(ctx context.Context, dir string) (<-chan struct{}, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, fmt.Errorf("watch folder %s: %w", dir, withoutPath(err))
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoEvents, err)
	}
	if err := watchTree(watcher, dir); err != nil {
		return nil, errors.Join(err, watcher.Close())
	}
	changed := make(chan struct{}, 1)
	go func() {
		defer close(changed)
		defer watcher.Close()
		pass(ctx, watcher, dir, changed)
	}()
	return changed, nil
}

// pass turns events into signals until ctx ends, a folder cannot be watched, or
// the whole tree is moved away or unmounted.
func pass(ctx context.Context, watcher *fsnotify.Watcher, top string, changed chan<- struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-watcher.Events:
			if event.Name == top && event.Has(fsnotify.Remove|fsnotify.Rename) {
				return
			}
			if tree.IsHidden(filepath.Base(event.Name)) {
				continue
			}
			if event.Has(fsnotify.Create) && watchTree(watcher, event.Name) != nil {
				return
			}
		case _, told := <-watcher.Errors: // more events than are kept: something changed
			if !told {
				return
			}
		}
		select {
		case changed <- struct{}{}:
		default: // one is waiting already
		}
	}
}

// watchTree watches a folder and those below it that are listed. What is no
// folder, or has gone meanwhile, needs no watching.
func watchTree(watcher *fsnotify.Watcher, top string) error {
	return filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // the listing says what cannot be looked at
		case !entry.IsDir():
			return nil
		case path != top && tree.IsHidden(entry.Name()):
			return filepath.SkipDir
		}
		if kind, remote := networkMount(path); remote {
			return fmt.Errorf("%w on a %s mount", ErrNoEvents, kind)
		}
		if err := watcher.Add(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%w: %w", ErrNoEvents, err)
		}
		return nil
	})
}
