package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/retrieval"
)

// ErrNoDocuments says that a folder holds nothing that can be read.
var ErrNoDocuments = errors.New("no document that can be read; `sprechstunde extract FILE` shows what would be seen of one")

// DocumentsNeeds are what Documents and FolderDocuments work with.
var DocumentsNeeds = neighbours.Needs{Database: true, Embedders: true, Reader: true, Directory: true}

// Documents opens the house's index to be asked. What has not been ingested yet is;
// servers of which something is known are left to `ingest` and the running bot.
func Documents(ctx context.Context, n *neighbours.Set) (*library.Library, error) {
	lib, err := library.Open(ctx, n, "")
	if err != nil {
		return nil, err
	}
	if err := lib.LeaveSilentEmbedder(ctx); err != nil {
		return nil, err
	}
	if err := ingestNear(ctx, n, lib); err != nil {
		return nil, err
	}
	return lib, lib.Ready(ctx)
}

// ingestNear brings the house's index in line with the sources that are at hand,
// and with servers of which nothing is known yet. A source that fails is said and
// holds up no other, unless nothing at all can be searched.
func ingestNear(ctx context.Context, n *neighbours.Set, lib *library.Library) error {
	configured, err := sources.Configured(n.Config)
	if err != nil {
		return err
	}
	in := &sources.Ingester{Neighbours: n, Library: lib, Gate: sources.GateOf(n.Directory)}
	var failures []error
	for _, source := range configured {
		known, err := lib.Store.Known(ctx, source.Name)
		if err != nil {
			return err
		}
		if sources.IsFar(source) && len(known) > 0 {
			continue
		}
		_, err = in.Ingest(ctx, source)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && !errors.Is(err, retrieval.ErrBusy):
			failures = append(failures, fmt.Errorf("source %s: %w", source.Name, err))
		}
	}
	if len(failures) == 0 {
		return nil
	}
	if size, err := lib.Store.Size(ctx); err != nil || size.Documents == 0 {
		return errors.Join(append(failures, err)...)
	}
	for _, failure := range failures {
		fmt.Fprintf(n.Progress, "searching without what is new there: %v\n", failure)
	}
	return nil
}

// FolderDocuments takes a folder into an index that nobody else searches, so that
// its gate channels are not asked for: whoever sits at the terminal has the files.
// Release lets others drop the index when nobody has asked it for some days.
func FolderDocuments(ctx context.Context, n *neighbours.Set, dir string) (_ *library.Library, release func(), err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, nil, fmt.Errorf("folder of documents: %w", err)
	}
	schema := library.DocsSchema(dir)
	if release, err = library.Hold(ctx, n, schema); err != nil {
		return nil, nil, err
	}
	lib, err := folderLibrary(ctx, n, schema, dir)
	if err != nil {
		release()
		return nil, nil, err
	}
	return lib, release, nil
}

func folderLibrary(ctx context.Context, n *neighbours.Set, schema, dir string) (*library.Library, error) {
	lib, err := library.Open(ctx, n, schema)
	if err != nil {
		return nil, err
	}
	if err := lib.LeaveSilentEmbedder(ctx); err != nil {
		return nil, err
	}
	in := &sources.Ingester{Neighbours: n, Library: lib, Fallback: sources.OpenToStaff()}
	report, err := in.Ingest(ctx, config.Source{Name: "docs", Folder: dir})
	if err != nil && !errors.Is(err, retrieval.ErrBusy) {
		return nil, err
	}
	if err := lib.Adopt(ctx); err != nil {
		return nil, err
	}
	for _, p := range report.Quarantined {
		fmt.Fprintf(n.Progress, "not read: %s: %s\n", p.Path, p.Reason)
	}
	if err == nil && report.New+report.Changed+report.Unchanged == 0 {
		return nil, fmt.Errorf("%s: %w", dir, ErrNoDocuments)
	}
	return lib, lib.Ready(ctx)
}
