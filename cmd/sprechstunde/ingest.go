package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/cmd/internal/supervise"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

func (c *cli) newIngest() *cobra.Command {
	var o ingestOptions
	cmd := &cobra.Command{
		Use:   "ingest",
		Short: "Bring the index in line with the configured sources",
		Long: `Bring the index in line with the configured sources: only what changed is read,
what is gone leaves the index, what fails is reported and stops nothing else.
Killed at any moment, it goes on where it was.

--dry-run says what would happen and why, and writes nothing: sources are listed,
and what is new or has another mark is read as an ingest would read it, because
only reading tells what would be quarantined. Nothing is embedded. What only
writing finds out is not said: which document supersedes which.

--watch stays, and takes in what changes until Ctrl-C. Folders tell of changes at
once; on network mounts, which do not, they are looked at every 30 seconds. With
--json, each sync is one line.

A source that fails, such as a server that does not answer, is reported with its
reason and stops no other; nothing of it is taken as gone. --watch tries it again.
A source that the index holds and the configuration does not name is said; so is a
name that stands for another place now, of which nothing is read: sprechstunde
sources --help.

Where Mattermost is configured, gate channels are checked: documents of a
collection whose gate channel is public or unknown are refused. Exit code 1 when a
source failed, else 3 when a document was quarantined that should have been read, or
there are none; 0 after --watch. Pictures and files of kinds that no reader is for
are counted and named, and leave the exit code 0.`,
		Example: "  sprechstunde ingest\n  sprechstunde ingest --dry-run\n  sprechstunde ingest --source intranet --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.dryRun && o.watch {
				return usage("--dry-run and --watch exclude each other")
			}
			return c.withSite(func(site *neighbours.Site) error { return c.ingest(cmd.Context(), site, o) })
		},
	}
	cmd.Flags().StringVar(&o.only, "source", "", "only this source")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "say what would happen, write nothing")
	cmd.Flags().BoolVar(&o.watch, "watch", false, "stay and take in what changes")
	return cmd
}

type ingestOptions struct {
	only                  string
	asJSON, dryRun, watch bool
}

func (c *cli) ingest(ctx context.Context, site *neighbours.Site, o ingestOptions) error {
	chosen, err := chosen(site.Config, o.only)
	if err != nil {
		return err
	}
	needs := neighbours.Needs{Database: true, Embedders: !o.dryRun, Reader: true, Directory: true}
	return with(ctx, site, needs, func(n *neighbours.Set) error {
		in := &sources.Ingester{Neighbours: n, Gate: sources.GateOf(n.Directory)}
		if o.dryRun {
			return c.rehearse(ctx, in, chosen, o.asJSON)
		}
		if in.Library, err = library.Open(ctx, n, ""); err != nil {
			return err
		}
		if o.watch {
			return c.watch(ctx, in, chosen, o.asJSON)
		}
		return c.ingestOnce(ctx, in, chosen, o.asJSON)
	})
}

func (c *cli) ingestOnce(ctx context.Context, in *sources.Ingester, chosen []config.Source, asJSON bool) error {
	attempts, err := c.each(ctx, chosen, func(s config.Source) (ingest.Report, error) { return in.Ingest(ctx, s) })
	if err != nil {
		return err
	}
	others, err := sources.Standings(ctx, in.Neighbours.Config, in.Library.Store)
	if err != nil {
		return err
	}
	return c.showAttempts(attempts, others, asJSON)
}

// watch ends with ctx, or when an embedded part cannot be kept running.
func (c *cli) watch(ctx context.Context, in *sources.Ingester, chosen []config.Source, asJSON bool) error {
	n := in.Neighbours
	others, err := sources.Standings(ctx, n.Config, in.Library.Store)
	if err != nil {
		return err
	}
	news := newNews(c.stdout, asJSON, others, n.Now)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return n.Watch(ctx) })
	group.Go(func() error { return supervise.Watch(ctx, n.Config, in, chosen, n.Progress, news.tell) })
	return group.Wait()
}

func (c *cli) rehearse(ctx context.Context, in *sources.Ingester, chosen []config.Source, asJSON bool) error {
	n := in.Neighbours
	store, err := n.Database.IndexToRead(ctx)
	if err != nil {
		return err
	}
	var index ingest.Index // nil: nothing has been ingested yet
	var others []sources.Standing
	if store != nil {
		index = store
	}
	attempts, err := c.each(ctx, chosen, func(s config.Source) (ingest.Report, error) { return in.Rehearse(ctx, index, s) })
	if err != nil {
		return err
	}
	if !asJSON {
		fmt.Fprintln(c.stdout, "dry run: nothing was written")
	}
	if store != nil {
		if others, err = sources.Standings(ctx, n.Config, store); err != nil {
			return err
		}
	}
	return c.showAttempts(attempts, others, asJSON)
}

// each does one source after the other: one that fails holds up no other. An
// error is that of ctx.
func (c *cli) each(ctx context.Context, chosen []config.Source, do func(config.Source) (ingest.Report, error)) ([]attempt, error) {
	var attempts []attempt
	for _, s := range chosen {
		report, err := do(s)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("source %s: %w", s.Name, ctx.Err())
		}
		if errors.Is(err, retrieval.ErrBusy) {
			fmt.Fprintf(c.stderr, "%s: another ingest is at work on it\n", s.Name)
			continue
		}
		attempts = append(attempts, attempt{report, err})
	}
	return attempts, nil
}

// chosen returns the source of that name, or all.
func chosen(conf config.Config, only string) ([]config.Source, error) {
	all, err := sources.Configured(conf)
	if err != nil || only == "" {
		return all, err
	}
	for _, s := range all {
		if s.Name == only {
			return []config.Source{s}, nil
		}
	}
	return nil, usage("--source: there is no source %q", only)
}
