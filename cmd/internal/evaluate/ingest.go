package evaluate

import (
	"context"
	"maps"
	"slices"

	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/progress"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/ingest/source/rows"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
)

// ingest reads files/ as real files and lets rows stand in for the rest.
func (b bench) ingest(ctx context.Context, lib *library.Library, f eval.Folder) (house eval.House, err error) {
	indexed := map[string]bool{}
	if f.Files != "" {
		source, err := folder.Open(f.Files, folder.Options{Name: "files", DefaultCollection: sources.OpenToStaff()})
		if err != nil {
			return house, err
		}
		defer source.Close()
		if err := b.sync(ctx, lib, source); err != nil {
			return house, err
		}
		known, err := lib.Store.Known(ctx, source.Name())
		if err != nil {
			return house, err
		}
		for path, k := range known {
			indexed[path] = k.State == retrieval.Indexed
		}
	}
	waiting := map[string]bool{} // files that no row stands in for so far
	for _, id := range f.FileIDs {
		if indexed[id] {
			house.Documents++
		} else {
			waiting[id] = true
		}
	}
	var rest []rows.Row
	for _, r := range f.Rows {
		if indexed[r.ID] {
			continue
		}
		rest = append(rest, rows.Row{ID: r.ID, Title: r.Title, Text: r.Text})
		delete(waiting, r.ID)
	}
	if len(rest) > 0 {
		if err := b.sync(ctx, lib, rows.New("corpus", *sources.OpenToStaff(), rest)); err != nil {
			return house, err
		}
	}
	house.Documents += len(rest)
	house.NotRead = slices.Sorted(maps.Keys(waiting))
	if f.Files != "" {
		house.StoodIn = len(rest)
	}
	return house, nil
}

func (b bench) sync(ctx context.Context, lib *library.Library, source ingest.Source) error {
	meter := progress.NewMeter(b.Progress, "read "+source.Name(), b.Now)
	defer meter.End()
	_, err := ingest.Sync(ctx, ingest.Options{
		Source: source, Store: lib.Store, Embedder: lib.Embedder, Reader: b.Reader, Now: b.Now, Log: b.Log,
		Progress: func(p ingest.Progress) { meter.Show(p.Done, p.Total) },
	})
	return err
}
