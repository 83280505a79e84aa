package doctor

import (
	"context"
	"strings"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
	"lvr.example/sprechstunde/ingest/extract/second/kreuzberglocal"
)

// examineReader says whether files can be read in processes closed off from network and
// files.
func (r *round) examineReader(ctx context.Context) []Finding {
	const what = "reading files"
	pool, err := r.site.OpenReader()
	if err != nil {
		return broken(what, err, "start the program itself, not a part of it")
	}
	defer pool.Close()
	missing, err := pool.Check(ctx)
	if err != nil {
		return broken(what, err, "let this user start processes of this program")
	}
	const kernel = "use a Linux kernel with seccomp, and a container profile that allows it"
	switch {
	case len(missing) > 0 && r.site.Config.Reader.Sandbox == config.SandboxRequired:
		return broken(what, &sandbox.OpenError{Missing: missing}, kernel+"; or set reader.sandbox to best")
	case len(missing) > 0:
		return []Finding{{what, StateWarning, "a damaged or hostile file is not closed off here: " + strings.Join(missing, "; "),
			kernel + "; set reader.sandbox to required to read nothing without"}}
	}
	return ok(what, "in processes without network, files and secrets")
}

// examineSecond says whether files can be read that the house cannot read itself.
func (r *round) examineSecond(ctx context.Context) []Finding {
	const what = "second reader"
	if r.site.Config.Reader.URL == "" {
		return ok(what, "none: DOC, PPT, RTF, MSG and scans stay out (reader.url)")
	}
	reader, server, err := r.site.OpenSecond(ctx, nil)
	if server != nil {
		defer server.Close()
	}
	if err == nil {
		err = reader.Check(ctx)
	}
	if err != nil {
		return broken(what, err, "see to it that the Kreuzberg server of reader.url runs; until then files wait for it")
	}
	if r.site.Config.Reader.URL == config.SecondLocal {
		if err := kreuzberglocal.OCR(ctx); err != nil {
			return []Finding{{what, StateWarning, err.Error(), "install it; until then scans wait"}}
		}
	}
	return ok(what, "it answers")
}
