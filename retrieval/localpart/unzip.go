package localpart

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// unzip unpacks the files that keep admits below dir.
func unzip(archive, dir string, keep func(name string) bool) error {
	r, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer r.Close()
	for _, f := range r.File {
		if strings.HasSuffix(f.Name, "/") || keep != nil && !keep(f.Name) {
			continue
		}
		if !filepath.IsLocal(f.Name) || !f.Mode().IsRegular() {
			return fmt.Errorf("refused entry %q", f.Name)
		}
		if err := unzipFile(f, filepath.Join(dir, filepath.FromSlash(f.Name))); err != nil {
			return fmt.Errorf("entry %q: %w", f.Name, err)
		}
	}
	return nil
}

func unzipFile(f *zip.File, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644|f.Mode().Perm()&0o100)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// open makes the tree readable for everybody, whatever the umask says, because a
// server may run as another user, and gives it to the owner of the folder above.
func open(tree string) error {
	uid, gid, err := Owner(filepath.Dir(filepath.Dir(tree)))
	if err != nil {
		return err
	}
	return filepath.WalkDir(tree, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o755)
		if !entry.IsDir() {
			mode = 0o644 | info.Mode().Perm()&0o100/0o100*0o111
		}
		if os.Geteuid() == 0 {
			if err := os.Lchown(path, uid, gid); err != nil {
				return err
			}
		}
		return os.Chmod(path, mode)
	})
}
