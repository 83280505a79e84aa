package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// exampleSource is the name of the example house's source.
const exampleSource = "musterland"

// ErrNoDocuments says that a folder holds nothing that can be read.
var ErrNoDocuments = errors.New("no document that can be read; `sprechstunde extract FILE` shows what would be seen of one")

// Gate says whether a collection's readers can be told; nil: not checked.
type Gate func(context.Context, retrieval.Collection) error

// openToStaff takes documents of a folder that says nothing of collections,
// where the person at the terminal has them anyway.
func openToStaff() *retrieval.Collection {
	return &retrieval.Collection{Name: "Dokumente", Rank: 1, Access: retrieval.Access{Staff: true}}
}

// Sources returns the configured sources, or the example house's where none is.
func (b *Base) Sources() ([]config.Source, error) {
	if len(b.Config.Sources) > 0 {
		return b.Config.Sources, nil
	}
	dir, err := ExampleFiles()
	if err != nil {
		return nil, err
	}
	return []config.Source{{Name: exampleSource, Folder: dir}}, nil
}

// House returns what the configuration says of the house, or the example
// house where neither it nor any source is configured.
func (b *Base) House() (House, error) {
	if b.Config.Formats == "" && len(b.Config.Sources) == 0 {
		if files, err := ExampleFiles(); err == nil {
			return LoadHouse(filepath.Join(filepath.Dir(files), "formats.yaml"))
		}
	}
	return LoadHouse(b.Config.Formats)
}

// Documents opens what `ask` searches: the given folder in an index of its
// own, or else the house's index. What has not been ingested yet is; servers of
// which something is known are left to `ingest` and the running bot.
func (b *Base) Documents(ctx context.Context, dir string) (*Library, House, error) {
	if dir != "" {
		return b.folderDocuments(ctx, dir)
	}
	house, err := b.House()
	if err != nil {
		return nil, House{}, err
	}
	lib, err := b.Library(ctx, "")
	if err != nil {
		return nil, House{}, err
	}
	if err := lib.withoutSilentEmbedder(ctx, b); err != nil {
		return nil, House{}, err
	}
	if err := b.ingestNear(ctx, lib); err != nil {
		return nil, House{}, err
	}
	return lib, house, lib.Ready(ctx)
}

// ingestNear brings the house's index in line with the sources that are at hand,
// and with servers of which nothing is known yet. A source that fails is said and
// holds up no other, unless nothing at all can be searched.
func (b *Base) ingestNear(ctx context.Context, lib *Library) error {
	sources, err := b.Sources()
	if err != nil {
		return err
	}
	gate, err := b.Gate(ctx)
	if err != nil {
		return err
	}
	var failures []error
	for _, source := range sources {
		known, err := lib.Store.Known(ctx, source.Name)
		if err != nil {
			return err
		}
		if isFar(source) && len(known) > 0 {
			continue
		}
		_, err = b.Ingest(ctx, lib, source, nil, gate)
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
		fmt.Fprintf(b.Progress, "searching without what is new there: %v\n", failure)
	}
	return nil
}

// folderDocuments takes a folder into an index that nobody else searches, so that
// its gate channels are not asked for: whoever sits at the terminal has the files.
func (b *Base) folderDocuments(ctx context.Context, dir string) (*Library, House, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, House{}, fmt.Errorf("folder of documents: %w", err)
	}
	house, err := LoadHouse(b.Config.Formats)
	if err != nil {
		return nil, House{}, err
	}
	release, err := b.temporary(ctx, docsSchema(dir), docsKept)
	if err != nil {
		return nil, House{}, err
	}
	b.closeLater(func() error { release(); return nil })
	lib, err := b.Library(ctx, docsSchema(dir))
	if err != nil {
		return nil, House{}, err
	}
	if err := lib.withoutSilentEmbedder(ctx, b); err != nil {
		return nil, House{}, err
	}
	report, err := b.Ingest(ctx, lib, config.Source{Name: "docs", Folder: dir}, openToStaff(), nil)
	if err != nil && !errors.Is(err, retrieval.ErrBusy) {
		return nil, House{}, err
	}
	if err := b.adopt(ctx, lib); err != nil {
		return nil, House{}, err
	}
	for _, p := range report.Quarantined {
		fmt.Fprintf(b.Progress, "not read: %s: %s\n", p.Path, p.Reason)
	}
	if err == nil && report.New+report.Changed+report.Unchanged == 0 {
		return nil, House{}, fmt.Errorf("%s: %w", dir, ErrNoDocuments)
	}
	return lib, house, lib.Ready(ctx)
}

// Ingest brings the index in line with one source, showing how far it is, and
// then the graphs over its vectors. The report names the source also when an
// error ended it.
func (b *Base) Ingest(ctx context.Context, lib *Library, s config.Source, fallback *retrieval.Collection, gate Gate) (ingest.Report, error) {
	if err := b.narrow(ctx, lib.Store, s); err != nil {
		return ingest.Report{Source: s.Name}, err
	}
	serving, next, err := lib.setEmbedders(ctx)
	if err != nil {
		return ingest.Report{Source: s.Name}, err
	}
	report, err := b.read(ctx, s, fallback, gate, func(options ingest.Options) (ingest.Report, error) {
		options.Store, options.Embedder, options.Next = lib.Store, serving, next
		return ingest.Sync(ctx, options)
	})
	if err == nil {
		b.tendGraphs(ctx, lib)
	}
	return report, err
}

// Rehearse reports what Ingest would do, against an index opened with
// [Base.IndexToRead].
func (b *Base) Rehearse(ctx context.Context, index ingest.Index, s config.Source, gate Gate) (ingest.Report, error) {
	return b.read(ctx, s, nil, gate, func(options ingest.Options) (ingest.Report, error) {
		return ingest.Rehearse(ctx, index, options)
	})
}

// read opens a source with all that reads it and hands it to work.
func (b *Base) read(ctx context.Context, s config.Source, fallback *retrieval.Collection, gate Gate, work func(ingest.Options) (ingest.Report, error)) (ingest.Report, error) {
	source, defaults, err := b.openSource(s, fallback)
	if err != nil {
		return ingest.Report{Source: s.Name}, err
	}
	defer source.Close()
	reader, err := b.Files(ctx)
	if err != nil {
		return ingest.Report{Source: s.Name}, err
	}
	meter := phaseMeter{base: b, source: s.Name}
	defer meter.end()
	return work(ingest.Options{
		Source: source, Place: b.Place(s), Reader: reader, Defaults: defaults, CheckAccess: gate, Log: b.Log, Progress: meter.show,
		Now: func() time.Time { return b.Now().In(houseZone()) },
	})
}

// phaseMeter shows each phase of a sync with a meter of its own, so that rate
// and remaining time are those of the phase.
type phaseMeter struct {
	base   *Base
	source string
	phase  ingest.Phase
	meter  *Meter // nil: no phase has begun
}

func (p *phaseMeter) show(progress ingest.Progress) {
	if p.meter == nil || p.phase != progress.Phase {
		p.end()
		p.phase = progress.Phase
		p.meter = NewMeter(p.base.Progress, p.source+": "+string(p.phase), p.base.Now)
	}
	p.meter.Show(progress.Done, progress.Total)
}

func (p *phaseMeter) end() {
	if p.meter != nil {
		p.meter.End()
	}
}
