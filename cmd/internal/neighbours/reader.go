package neighbours

import (
	"path/filepath"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// OpenReader returns the children that read files, which start when files come.
// Close it.
func (s *Site) OpenReader() (*sandbox.Pool, error) {
	return sandbox.New(sandbox.Options{
		Cache: filepath.Join(s.DataDir, "cache", "pdf"), Insist: s.Config.Reader.Sandbox == config.SandboxRequired, Log: s.Log,
		Compiling: func(compile func() error) error {
			return localpart.Step(s.Progress, "PDF engine", "compiling it, once", compile)
		},
	})
}
