package localpart

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestResolve(t *testing.T) {
	outside := t.TempDir()
	t.Setenv("HOME", filepath.Join(outside, "home"))
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv(EnvData, "")

	checkout := t.TempDir()
	write(t, filepath.Join(checkout, "go.mod"), "module lvr.example/sprechstunde\n")
	below := filepath.Join(checkout, "a", "b")
	if err := os.MkdirAll(below, 0o755); err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	write(t, filepath.Join(other, "go.mod"), "module lvr.example/sprechstunde/other\n")

	tests := []struct {
		name, given, env, xdg, cwd, want string
	}{
		{"given wins", filepath.Join(outside, "given"), filepath.Join(outside, "env"), "", below, filepath.Join(outside, "given")},
		{"environment", "", filepath.Join(outside, "env"), "", below, filepath.Join(outside, "env")},
		{"checkout", "", "", filepath.Join(outside, "xdg"), below, filepath.Join(checkout, ".sprechstunde")},
		{"user's data", "", "", filepath.Join(outside, "xdg"), outside, filepath.Join(outside, "xdg", "sprechstunde")},
		{"home", "", "", "", outside, filepath.Join(outside, "home", ".local", "share", "sprechstunde")},
		{"another module", "", "", "", other, filepath.Join(outside, "home", ".local", "share", "sprechstunde")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv(EnvData, tt.env)
			t.Setenv("XDG_DATA_HOME", tt.xdg)
			t.Chdir(tt.cwd)
			got, err := Resolve(tt.given)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("data directory = %s, want %s", got, tt.want)
			}
			if info, err := os.Stat(got); err != nil || !info.IsDir() {
				t.Errorf("not created: %v", err)
			}
		})
	}
}

func TestResolveSaysWhatToDo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "")
	_, err := Resolve(filepath.Join(file, "below"))
	if err == nil {
		t.Fatal("a folder below a file was accepted")
	}
	t.Log(err)
}

// A directory of somebody else is refused with who it belongs to, before anything
// is written there.
func TestResolveAnothersDirectory(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can become another user")
	}
	dir, err := os.MkdirTemp("/var/tmp", "localpart-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	program, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	self := filepath.Join(dir, "program")
	if err := errors.Join(os.WriteFile(self, program, 0o755), os.Chmod(dir, 0o755), os.Mkdir(filepath.Join(dir, "data"), 0o755)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Dir = "/"
	cmd.Env = []string{resolveDir + "=" + filepath.Join(dir, "data")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 1, Gid: 1}}
	said, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "belongs to root") || !strings.Contains(string(said), "--data") {
		t.Errorf("%v: %s", err, said)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
