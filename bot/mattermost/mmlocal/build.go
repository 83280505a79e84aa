package mmlocal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"lvr.example/sprechstunde/retrieval/localpart"
)

const (
	name         = "Mattermost server"
	serverModule = "github.com/mattermost/mattermost/server/v8"
)

// assets are the folders of the server's module that it needs when it runs.
var assets = []string{"i18n", "templates", "fonts"}

// Prepare builds the server without starting it, unless it has been built.
func Prepare(ctx context.Context, o Options) error {
	dataDir, err := localpart.Resolve(o.DataDir)
	if err != nil {
		return err
	}
	_, err = build(ctx, dataDir, o.Progress)
	return err
}

// build returns the folder with the program and its assets. It is named after the
// pinned versions, so another version is built beside it.
func build(ctx context.Context, dataDir string, progress io.Writer) (string, error) {
	source, err := newSource()
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	programs := filepath.Join(dataDir, "mattermost", "programs")
	home := filepath.Join(programs, source.version)
	if exists(home) {
		return home, nil
	}
	if err := localpart.MakeDir(programs); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	lock, err := localpart.Acquire(ctx, filepath.Join(programs, "build.lock"))
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	defer lock.Release()
	if exists(home) {
		return home, nil
	}
	err = localpart.Step(progress, name, "fetching its source and building it, once, up to 5 minutes", func() error {
		return source.install(ctx, home)
	})
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return home, nil
}

// source is the server's module in this checkout.
type source struct {
	dir     string
	version string
	tool    string // the go command
}

func newSource() (source, error) {
	root := localpart.Checkout()
	if root == "" {
		return source{}, errors.New("it is built from a checkout of this program: run the command inside one")
	}
	s := source{dir: filepath.Join(root, "bot", "mattermost", "mmlocal", "server")}
	sum := sha256.New()
	for _, file := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(s.dir, file))
		if err != nil {
			return source{}, err
		}
		sum.Write(content)
	}
	s.version = hex.EncodeToString(sum.Sum(nil)[:6]) + "-" + runtime.GOARCH
	return s, nil
}

// install builds everything beside its place and moves it there last.
func (s source) install(ctx context.Context, home string) error {
	tool, err := exec.LookPath("go")
	if err != nil {
		return errors.New("go is missing (1.26 or newer): install it as https://go.dev/doc/install says, or with: apt-get install golang-go")
	}
	s.tool = tool
	work := filepath.Join(filepath.Dir(home), "unfinished")
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.Mkdir(work, 0o755); err != nil {
		return err
	}
	_, err = s.run(ctx, "build", "-mod=readonly", "-trimpath", "-ldflags=-s -w",
		"-o", filepath.Join(work, "mattermost"), serverModule+"/cmd/mattermost")
	if err != nil {
		return err
	}
	module, err := s.run(ctx, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", serverModule)
	if err != nil {
		return err
	}
	for _, asset := range assets {
		if err := os.CopyFS(filepath.Join(work, asset), os.DirFS(filepath.Join(module, asset))); err != nil {
			return err
		}
	}
	return os.Rename(work, home)
}

// run runs the go command in the server's module. The committed go.sum holds every
// hash, so what the environment says about other modes is set aside.
func (s source) run(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, s.tool, args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, lastLines(said.String(), 15))
	}
	return strings.TrimSpace(out.String()), nil
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
