package pglocal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// runner is the user that the server runs as. PostgreSQL refuses to run as root.
type runner struct {
	uid, gid int
	other    bool // another user than this process's
}

// runnerFor is this process's user; for root the owner of the data directory or,
// where that is root too, nobody.
func runnerFor(dataDir string) (runner, error) {
	if os.Geteuid() != 0 {
		return runner{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	uid, gid, err := localpart.Owner(dataDir)
	if err != nil {
		return runner{}, err
	}
	// initdb refuses to work for a user whom the system does not know.
	if _, err := user.LookupId(strconv.Itoa(uid)); err == nil && uid != 0 {
		return runner{uid: uid, gid: gid, other: true}, nil
	}
	for _, name := range []string{"nobody", "daemon"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(account.Uid)
		gid, gidErr := strconv.Atoi(account.Gid)
		return runner{uid: uid, gid: gid, other: true}, errors.Join(uidErr, gidErr)
	}
	return runner{}, errors.New("PostgreSQL does not run as root and there is no user nobody: run as another user")
}

// own gives a file to the runner.
func (r runner) own(path string) error {
	if !r.other {
		return nil
	}
	return os.Lchown(path, r.uid, r.gid)
}

// ownTree gives the runner a folder that root has copied. What belongs to others is
// left to them.
func (r runner) ownTree(dir string) error {
	if !r.other {
		return nil
	}
	if uid, _, err := localpart.Owner(dir); err != nil || uid != 0 {
		return err
	}
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return r.own(path)
	})
}

// become makes the command run as the runner, with an environment that says
// nothing about databases and in a directory that every user may enter.
func (r runner) become(cmd *exec.Cmd) {
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "HOME=/"}
	if r.other {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(r.uid), Gid: uint32(r.gid)}}
	}
}

// reaches says whether the runner may pass through dir and all directories above.
func (r runner) reaches(dir string) (bool, error) {
	for {
		info, err := os.Stat(dir)
		if err != nil {
			return false, fmt.Errorf("rights of %s: %w", dir, err)
		}
		uid, _, err := localpart.Owner(dir)
		if err != nil {
			return false, err
		}
		if !passable(info.Mode(), uid == r.uid) {
			return false, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return true, nil
		}
		dir = parent
	}
}

func passable(mode fs.FileMode, own bool) bool {
	if own {
		return mode&0o100 != 0
	}
	return mode&0o001 != 0
}
