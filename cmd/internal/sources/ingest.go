package sources

import (
	"context"
	"fmt"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// Ingester brings an index in line with sources.
type Ingester struct {
	Neighbours *neighbours.Set       // of which it needs the reader
	Library    *library.Library      // nil: only rehearsals
	Gate       Gate                  // nil: readers are not checked
	Fallback   *retrieval.Collection // of what says nothing of who may read it; nil: that is refused
}

// OpenToStaff takes documents of a folder that says nothing of collections,
// where the person at the terminal has them anyway.
func OpenToStaff() *retrieval.Collection {
	return &retrieval.Collection{Name: "Dokumente", Rank: 1, Access: retrieval.Access{Staff: true}}
}

// Ingest brings the index in line with one source, showing how far it is, and
// then the graphs over its vectors. The report names the source also when an
// error ended it.
func (i *Ingester) Ingest(ctx context.Context, s config.Source) (ingest.Report, error) {
	lib := i.Library
	if err := i.narrow(ctx, s); err != nil {
		return ingest.Report{Source: s.Name}, err
	}
	serving, next, err := lib.InUse(ctx)
	if err != nil {
		return ingest.Report{Source: s.Name}, err
	}
	report, err := i.read(s, func(options ingest.Options) (ingest.Report, error) {
		options.Store, options.Embedder, options.Next = lib.Store, serving, next
		return ingest.Sync(ctx, options)
	})
	if err == nil {
		lib.TendGraphs(ctx)
	}
	return report, err
}

// Rehearse reports what Ingest would do, against an index that is only read; nil:
// nothing has been ingested yet.
func (i *Ingester) Rehearse(ctx context.Context, index ingest.Index, s config.Source) (ingest.Report, error) {
	return i.read(s, func(options ingest.Options) (ingest.Report, error) {
		return ingest.Rehearse(ctx, index, options)
	})
}

// narrow has the readers that the configuration gives a source take effect where
// they are fewer, although the source itself may not answer.
func (i *Ingester) narrow(ctx context.Context, s config.Source) error {
	if s.Collection == nil {
		return nil
	}
	own, err := s.Collection.Settle()
	if err != nil {
		return fmt.Errorf("collection of source %s: %w", s.Name, err)
	}
	if err := i.Library.Store.CheckPlace(ctx, s.Name, Place(i.Neighbours.Config, s)); err != nil {
		return err
	}
	return i.Library.Store.NarrowCollections(ctx, s.Name, []retrieval.Collection{own.Collection})
}

// read opens a source with all that reads it and hands it to work.
func (i *Ingester) read(s config.Source, work func(ingest.Options) (ingest.Report, error)) (ingest.Report, error) {
	site := i.Neighbours.Site
	source, defaults, err := Open(site, s, i.Fallback)
	if err != nil {
		return ingest.Report{Source: s.Name}, err
	}
	defer source.Close()
	meter := phaseMeter{site: site, source: s.Name}
	defer meter.end()
	return work(ingest.Options{
		Source: source, Place: Place(site.Config, s), Reader: i.Neighbours.Reader, Defaults: defaults, CheckAccess: i.Gate, Log: site.Log, Progress: meter.show,
		Now: func() time.Time { return site.Now().In(house.Zone()) },
	})
}
