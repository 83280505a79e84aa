// Package kreuzberglocal runs the embedded second reader of a single machine:
// Kreuzberg's library out of a pinned wheel, behind the HTTP interface of its
// server, shared by all processes that use one data directory.
//
// It reads one file at a time, each in a process of its own with limits on memory and
// time; where the system allows it, that process has no network. It listens on
// 127.0.0.1 without a password and keeps and logs no text. For pictures of text it
// needs tesseract with its German letters on the system, see [OCR].
package kreuzberglocal

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"lvr.example/sprechstunde/retrieval/localpart"
)

const name = "Second reader Kreuzberg"

//go:embed requirements.txt
var requirements string

//go:embed server.py
var program string

// Options say where the reader lies and who is told what it does.
type Options struct {
	DataDir  string    // "" means what localpart.Resolve finds
	Progress io.Writer // nil is told nothing
}

// Server is one user's hold on the shared reader. Close gives it up.
type Server struct{ use *localpart.Use }

// Start starts the reader of the data directory, or joins the one that runs. On
// first use it fetches it (39 MB).
func Start(ctx context.Context, o Options) (*Server, error) { return start(ctx, o, "main", 0) }

func start(ctx context.Context, o Options, room string, linger time.Duration) (*Server, error) {
	root, wheels, err := fetch(ctx, o)
	if err != nil {
		return nil, err
	}
	python, err := localpart.Python(ctx)
	if err != nil {
		return nil, err
	}
	use, err := localpart.Join(ctx, localpart.Service{
		Name: name, Dir: filepath.Join(root, room),
		Command: func(port int) (*exec.Cmd, error) { return serve(python, wheels, port), nil },
		Healthy: healthy, Stop: syscall.SIGTERM, Linger: linger,
	})
	if err != nil {
		return nil, err
	}
	return &Server{use: use}, nil
}

// URL is what a client of Kreuzberg's server takes as address.
func (s *Server) URL() string { return address(s.use.Port()) }

// Watch keeps the reader running, as [localpart.Use.Watch] does.
func (s *Server) Watch(ctx context.Context, told func(name string)) error {
	return s.use.Watch(ctx, told)
}

// Close gives the reader up; the last user's Close stops it.
func (s *Server) Close() error { return s.use.Close() }

// OCR reports whether pictures of text can be read here: whether tesseract and its
// German letters are installed. The error says what to install.
func OCR(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "tesseract", "--list-langs").CombinedOutput()
	if err != nil || !slices.Contains(strings.Fields(string(out)), "deu") {
		return fmt.Errorf("OCR: tesseract with its German letters is not installed (Debian: apt-get install tesseract-ocr tesseract-ocr-deu)")
	}
	return nil
}

func fetch(ctx context.Context, o Options) (root, wheels string, err error) {
	dataDir, err := localpart.Resolve(o.DataDir)
	if err != nil {
		return "", "", err
	}
	root = filepath.Join(dataDir, "reader")
	wheels, err = localpart.Fetch(ctx, filepath.Join(root, "programs"), localpart.Wheels{
		Name: name, Requirements: requirements, MB: 39,
	}, o.Progress)
	return root, wheels, err
}

func serve(python, wheels string, port int) *exec.Cmd {
	cmd := exec.Command(python, "-c", program, strconv.Itoa(port)) //nolint:noctx // it outlives the call that starts it
	cmd.Dir = "/"                                                  // the working directory is searched for modules first
	cmd.Env = append(os.Environ(), "PYTHONPATH="+wheels, "PYTHONNOUSERSITE=1", "OMP_THREAD_LIMIT=1")
	return cmd
}

// healthy asks for the status, so that another program on the port is noticed.
func healthy(ctx context.Context, port int) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address(port)+"/health", nil)
	if err != nil {
		return err
	}
	resp, err := direct.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var health struct {
		Status string `json:"status"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<16)).Decode(&health); err != nil {
		return fmt.Errorf("answer on port %d: %w", port, err)
	}
	if health.Status != "healthy" {
		return fmt.Errorf("something else answers on port %d", port)
	}
	return nil
}

// direct keeps no connection open: it only asks now and then.
var direct = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func address(port int) string { return "http://127.0.0.1:" + strconv.Itoa(port) }
