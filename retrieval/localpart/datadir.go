package localpart

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// EnvData names the environment variable that gives the data directory.
const EnvData = "SPRECHSTUNDE_DATA"

const module = "lvr.example/sprechstunde"

// Resolve returns the absolute path of the data directory and creates it: the
// given one, else the one in SPRECHSTUNDE_DATA, else .sprechstunde in the checkout
// that the command stands or lies in, else the user's own data directory.
func Resolve(given string) (string, error) {
	dir, err := dataDir(given)
	if err != nil {
		return "", err
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("data directory %s: %w", dir, err)
	}
	if err := MakeDir(dir); err != nil {
		return "", fmt.Errorf("data directory: %w; choose another one with --data or %s", err, EnvData)
	}
	if err := mine(dir); err != nil {
		return "", err
	}
	return dir, nil
}

// mine refuses a directory that this user cannot write to, before anything is tried
// there.
func mine(dir string) error {
	err := unix.Faccessat(unix.AT_FDCWD, dir, unix.W_OK|unix.X_OK, unix.AT_EACCESS)
	if err == nil {
		return nil
	}
	owner := "another user"
	if uid, _, err := Owner(dir); err == nil {
		owner = "user " + strconv.Itoa(uid)
		if account, err := user.LookupId(strconv.Itoa(uid)); err == nil {
			owner = account.Username
		}
	}
	return fmt.Errorf("data directory %s belongs to %s: %w; run this as that user, or choose another directory with --data or %s", dir, owner, err, EnvData)
}

func dataDir(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	if dir := os.Getenv(EnvData); dir != "" {
		return dir, nil
	}
	if root := Checkout(); root != "" {
		return filepath.Join(root, ".sprechstunde"), nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "sprechstunde"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no data directory (%w): give one with --data or %s", err, EnvData)
	}
	return filepath.Join(home, ".local", "share", "sprechstunde"), nil
}

// Checkout returns the root of the checkout of this module that the working
// directory or the running program lies in, or "".
func Checkout() string {
	if dir, err := os.Getwd(); err == nil {
		if root := moduleRoot(dir); root != "" {
			return root
		}
	}
	if exe, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(exe); err == nil {
			exe = real
		}
		return moduleRoot(filepath.Dir(exe))
	}
	return ""
}

func moduleRoot(dir string) string {
	for {
		if declares(filepath.Join(dir, "go.mod"), module) {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

func declares(goMod, module string) bool {
	f, err := os.Open(goMod)
	if err != nil {
		return false
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "module" {
			return strings.Trim(fields[1], `"`) == module
		}
	}
	return false
}

// MakeDir creates dir and its missing parents. A directory that root creates below
// another user's belongs to that user, so that both can work there.
func MakeDir(dir string) error {
	if info, err := os.Stat(dir); err == nil {
		if !info.IsDir() {
			return fmt.Errorf("%s is not a directory", dir)
		}
		return nil
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := MakeDir(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		if errors.Is(err, os.ErrExist) { // another process was faster
			return nil
		}
		return err
	}
	return ownLikeParent(dir)
}
