package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
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
source failed, else 3 when documents were quarantined or there are none; 0 after
--watch.`,
		Example: "  sprechstunde ingest\n  sprechstunde ingest --dry-run\n  sprechstunde ingest --source intranet --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.dryRun && o.watch {
				return usage("--dry-run and --watch exclude each other")
			}
			return c.withBase(func(b *app.Base) error { return c.ingest(cmd.Context(), b, o) })
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

func (c *cli) ingest(ctx context.Context, b *app.Base, o ingestOptions) error {
	sources, err := chosen(b, o.only)
	if err != nil {
		return err
	}
	gate, err := b.Gate(ctx)
	if err != nil {
		return err
	}
	if o.dryRun {
		return c.rehearse(ctx, b, sources, gate, o.asJSON)
	}
	lib, err := b.Library(ctx, "")
	if err != nil {
		return err
	}
	if o.watch {
		others, err := b.Standings(ctx, lib.Store)
		if err != nil {
			return err
		}
		news := newNews(c.stdout, o.asJSON, others, b.Now)
		return b.Watch(ctx, lib, sources, gate, news.tell)
	}
	attempts, err := c.each(ctx, sources, func(s config.Source) (ingest.Report, error) { return b.Ingest(ctx, lib, s, nil, gate) })
	if err != nil {
		return err
	}
	others, err := b.Standings(ctx, lib.Store)
	if err != nil {
		return err
	}
	return c.showAttempts(attempts, others, o.asJSON)
}

func (c *cli) rehearse(ctx context.Context, b *app.Base, sources []config.Source, gate app.Gate, asJSON bool) error {
	index, err := b.IndexToRead(ctx)
	if err != nil {
		return err
	}
	attempts, err := c.each(ctx, sources, func(s config.Source) (ingest.Report, error) { return b.Rehearse(ctx, index, s, gate) })
	if err != nil {
		return err
	}
	if !asJSON {
		fmt.Fprintln(c.stdout, "dry run: nothing was written")
	}
	var others []app.Standing
	if store, ok := index.(*postgres.Store); ok {
		if others, err = b.Standings(ctx, store); err != nil {
			return err
		}
	}
	return c.showAttempts(attempts, others, asJSON)
}

// each does one source after the other: one that fails holds up no other. An
// error is that of ctx.
func (c *cli) each(ctx context.Context, sources []config.Source, do func(config.Source) (ingest.Report, error)) ([]attempt, error) {
	var attempts []attempt
	for _, s := range sources {
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
func chosen(b *app.Base, only string) ([]config.Source, error) {
	sources, err := b.Sources()
	if err != nil || only == "" {
		return sources, err
	}
	for _, s := range sources {
		if s.Name == only {
			return []config.Source{s}, nil
		}
	}
	return nil, usage("--source: there is no source %q", only)
}
