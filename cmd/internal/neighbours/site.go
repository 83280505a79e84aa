// Package neighbours opens what the program works with beside itself: database,
// embedders, the children that read files, the chat server, the model; those that
// the configuration names, or the embedded parts. A command says what it needs;
// each is opened once and closed in the opposite order. What is done with them is
// no business of this package.
package neighbours

import (
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// Site is what neighbours are opened with. Nothing of it runs or needs closing.
type Site struct {
	Config   config.Config
	Log      *slog.Logger
	Progress io.Writer // where people read what takes long
	Now      func() time.Time
	DataDir  string       // of the embedded parts; made on first use
	HTTP     *http.Client // for sources and embedders

	// Impatient: a person waits for one answer, so an embedder that does not
	// answer soon is done without.
	Impatient bool
	// Measuring: a slow embedder is waited for, so that a busy machine does not
	// change what is measured.
	Measuring bool

	out  wayOut
	said sync.Map // what was said once
}

// Once does what a command does once, however many houses it opens, such as saying
// something. The key tells it from others.
func (s *Site) Once(key string, do func()) {
	if _, before := s.said.LoadOrStore(key, true); !before {
		do()
	}
}

// NewSite prepares a site; nothing is started.
func NewSite(conf config.Config, log *slog.Logger, progress io.Writer) (*Site, error) {
	out, err := newWayOut(conf.HTTP)
	if err != nil {
		return nil, err
	}
	client, err := out.client(headerTimeout)
	if err != nil {
		return nil, err
	}
	dir, err := localpart.Resolve(conf.Data)
	if err != nil {
		return nil, err
	}
	return &Site{Config: conf, Log: log, Progress: progress, Now: time.Now, DataDir: dir, HTTP: client, out: out}, nil
}
