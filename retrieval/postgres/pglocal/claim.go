package pglocal

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// owner is the data directory that a folder outside belongs to.
type owner struct {
	Path   string `json:"path"`
	Device uint64 `json:"device"`
	Inode  uint64 `json:"inode"`
}

// claim notes in a folder outside which data directory it belongs to. A copy of that
// directory has the same link to it; both would write to one database, so the copy is
// refused as long as the original is there.
func claim(dataDir, outside string) error {
	me, err := ownerAt(dataDir)
	if err != nil {
		return err
	}
	noted, err := readOwner(outside)
	if err != nil {
		return err
	}
	switch {
	case noted == me:
		return nil
	case noted.Device == me.Device && noted.Inode == me.Inode: // moved
	case noted.Path == "" && filepath.Base(outside) == nameOutside(dataDir): // made before folders were noted
	case noted.Path == "":
		return fmt.Errorf("%s leads to %s, which belongs to the data directory of another path: was it moved or copied? "+
			"If it was moved, rename that folder to %s and renew the link; if it was copied, remove the link to begin with an empty database",
			filepath.Join(dataDir, "postgres"), outside, nameOutside(dataDir))
	default:
		if there, err := ownerAt(noted.Path); err == nil && there == noted {
			return fmt.Errorf("%s is a copy of the data directory %s, and its database is that one's: "+
				"remove the link %s to begin with an empty database, or work with the original",
				dataDir, noted.Path, filepath.Join(dataDir, "postgres"))
		}
	}
	content, err := json.Marshal(me)
	if err != nil {
		return err
	}
	return localpart.WriteFile(filepath.Join(outside, ownerFile), content, 0o644)
}

const ownerFile = "owner.json"

func ownerAt(dir string) (owner, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return owner{}, err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return owner{}, fmt.Errorf("identity of %s: unknown on this system", dir)
	}
	return owner{Path: dir, Device: uint64(stat.Dev), Inode: stat.Ino}, nil //nolint:unconvert // narrower on other systems
}

// readOwner returns the zero owner where none is noted.
func readOwner(outside string) (owner, error) {
	var o owner
	content, err := os.ReadFile(filepath.Join(outside, ownerFile))
	if errors.Is(err, os.ErrNotExist) {
		return o, nil
	}
	if err != nil {
		return o, err
	}
	if err := json.Unmarshal(content, &o); err != nil {
		return o, fmt.Errorf("%s: %w", filepath.Join(outside, ownerFile), err)
	}
	return o, nil
}
