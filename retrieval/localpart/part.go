package localpart

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// Part is a neighbour that comes as wheels and runs as one server of a Python
// program, shared by all processes that use one data directory.
type Part struct {
	Folder string // below the data directory
	Wheels Wheels // their name is the part's
	// Arguments of Python that serve on a port of 127.0.0.1, with the folder that the
	// wheels lie in.
	Arguments func(wheels string, port int) []string
	Env       []string // besides this process's own
	// Healthy says whether the part's server, and no other, answers at the address.
	Healthy  func(ctx context.Context, address string) error
	Patience time.Duration // until it is healthy; 0: see Service
}

// Options say where a part lies and who is told what it does.
type Options struct {
	DataDir  string    // "" means what Resolve finds
	Progress io.Writer // nil is told nothing
}

// Prepare fetches the part without starting it.
func (p Part) Prepare(ctx context.Context, o Options) error {
	_, _, err := p.fetch(ctx, o)
	return err
}

// Start starts the part of the data directory, or joins the one that runs. On first
// use it is fetched.
func (p Part) Start(ctx context.Context, o Options) (*Use, error) { return p.start(ctx, o, "main", 0) }

// ForTests returns how tests get the part: all test binaries of a run share it; it
// stops some seconds after the last of them.
func (p Part) ForTests() func(t TB) *Use {
	shared := sync.OnceValues(func() (*Use, error) {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
		defer cancel()
		return p.start(ctx, Options{Progress: os.Stderr}, "test", TestLinger)
	})
	return func(t TB) *Use {
		t.Helper()
		use, err := shared()
		if err != nil {
			t.Fatalf("%v", err)
		}
		return use
	}
}

func (p Part) start(ctx context.Context, o Options, room string, linger time.Duration) (*Use, error) {
	root, wheels, err := p.fetch(ctx, o)
	if err != nil {
		return nil, err
	}
	python, err := Python(ctx)
	if err != nil {
		return nil, err
	}
	return Join(ctx, Service{
		Name: p.Wheels.Name, Dir: filepath.Join(root, room), Stop: syscall.SIGTERM, Linger: linger, Patience: p.Patience,
		Command: func(port int) (*exec.Cmd, error) { return p.command(python, wheels, port), nil },
		Healthy: func(ctx context.Context, port int) error { return p.Healthy(ctx, address(port)) },
	})
}

func (p Part) fetch(ctx context.Context, o Options) (root, wheels string, err error) {
	dataDir, err := Resolve(o.DataDir)
	if err != nil {
		return "", "", err
	}
	root = filepath.Join(dataDir, p.Folder)
	wheels, err = Fetch(ctx, filepath.Join(root, "programs"), p.Wheels, o.Progress)
	return root, wheels, err
}

func (p Part) command(python, wheels string, port int) *exec.Cmd {
	cmd := exec.Command(python, p.Arguments(wheels, port)...) //nolint:noctx // it outlives the call that starts it
	cmd.Dir = "/"                                             // the working directory is searched for modules first
	cmd.Env = append(append(os.Environ(), "PYTHONPATH="+wheels, "PYTHONNOUSERSITE=1"), p.Env...)
	return cmd
}

// Address is where the server answers, for example "http://127.0.0.1:8000".
func (u *Use) Address() string { return address(u.Port()) }

func address(port int) string { return "http://127.0.0.1:" + strconv.Itoa(port) }

// GetJSON reads a small JSON value from a part's server, for Healthy.
func GetJSON(ctx context.Context, url string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := plainly.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<16)).Decode(into); err != nil {
		return fmt.Errorf("answer of %s: %w", url, err)
	}
	return nil
}

// plainly keeps no connection open: it only asks now and then.
var plainly = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
