package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

func (c *cli) newSources() *cobra.Command {
	var asJSON bool
	cmd := group("sources", "Look after the sources that the index holds",
		"  sprechstunde sources list\n  sprechstunde sources rename akten intranet",
		c.newSourcesList(&asJSON), c.newSourcesRemove(&asJSON), c.newSourcesRename(&asJSON), c.newSourcesMoved(&asJSON))
	cmd.Long = `Look after the sources that the index holds. A source that leaves the
configuration answers on until it is removed here: only a person knows whether it
is to be forgotten, has another name now, or was left out by mistake.`
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// listedSource is the JSON form of a source; its fields are a contract.
type listedSource struct {
	Source      string   `json:"source"`
	State       string   `json:"state"`           // configured, not configured, other place, empty
	Place       string   `json:"place"`           // where its documents lie, as it was last ingested; "": not known
	Named       string   `json:"named,omitempty"` // where the configuration says they do, if it names it
	Documents   int      `json:"documents"`
	Blocked     int      `json:"blocked"`
	Collections []string `json:"collections"`
}

func toListed(s sources.Standing) listedSource {
	out := listedSource{Source: s.Name, State: "configured", Place: s.Place, Named: s.Configured, Documents: s.Documents, Blocked: s.Blocked,
		Collections: append([]string{}, s.Collections...)}
	switch {
	case s.Forgotten():
		out.State = "not configured"
	case s.Elsewhere():
		out.State = "other place"
	case s.Documents == 0:
		out.State = "empty"
	}
	return out
}

func (c *cli) newSourcesList(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the sources of the index and of the configuration",
		Long: `List the sources of the index and of the configuration with their documents. State:
configured; not configured, which answers on; other place: the name stands for
documents that lie elsewhere than the configuration says; empty: nothing is known
of it yet. Exit code 3 when there is none.`,
		Example: "  sprechstunde sources list --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withIndex(cmd, func(n *neighbours.Set, index *postgres.Store) error {
				all, err := sources.Standings(cmd.Context(), n.Config, index)
				if err != nil {
					return err
				}
				listed := []listedSource{}
				for _, s := range all {
					listed = append(listed, toListed(s))
				}
				if err := c.writeSources(listed, *asJSON); err != nil {
					return err
				}
				if len(listed) == 0 {
					return &silentError{exitNothing}
				}
				return nil
			})
		},
	}
}

func (c *cli) writeSources(all []listedSource, asJSON bool) error {
	if asJSON {
		return encode(c.stdout, map[string]any{"sources": all})
	}
	for _, s := range all {
		fmt.Fprintf(c.stdout, "%s: %s, %d documents", s.Source, s.State, s.Documents)
		if s.Blocked > 0 {
			fmt.Fprintf(c.stdout, ", %d of them blocked", s.Blocked)
		}
		fmt.Fprintln(c.stdout)
		if s.Place != "" {
			fmt.Fprintf(c.stdout, "  from %s\n", s.Place)
		}
		if s.State == "other place" {
			fmt.Fprintf(c.stdout, "  the configuration says %s\n", s.Named)
		}
		if len(s.Collections) > 0 {
			fmt.Fprintf(c.stdout, "  in %s\n", strings.Join(s.Collections, ", "))
		}
	}
	return nil
}

func (c *cli) newSourcesRemove(asJSON *bool) *cobra.Command {
	var confirm string
	cmd := &cobra.Command{
		Use: "remove NAME", Short: "Take all documents of a source out of the index",
		Long: `Take all documents of a source out of the index, at once and in all replicas. The
files themselves are not touched; blocks of documents stay, for the day when they
come back. A source that is still configured is taken in anew at the next ingest.
--confirm must repeat the name. Exit code 3 when the index knows no such source.`,
		Example: "  sprechstunde sources remove altes-intranet --confirm altes-intranet",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if confirm != args[0] {
				return usage("this takes all documents of %q out of every answer: repeat the name with --confirm %[1]s", args[0])
			}
			return c.withIndex(cmd, func(n *neighbours.Set, index *postgres.Store) error {
				gone, err := index.RemoveSource(cmd.Context(), args[0])
				if err != nil {
					return sourceFailure(err)
				}
				again := ""
				if _, configured := named(n.Config, args[0]); configured {
					again = "; it is still configured, so that the next ingest takes it in anew"
				}
				return c.sourceDone(*asJSON, map[string]any{"removed": args[0], "documents": gone}, "%s: %d documents removed%s\n", args[0], gone, again)
			})
		},
	}
	cmd.Flags().StringVar(&confirm, "confirm", "", "the source's name once more")
	return cmd
}

func (c *cli) newSourcesRename(asJSON *bool) *cobra.Command {
	var merge bool
	cmd := &cobra.Command{
		Use: "rename OLD NEW", Short: "Give a source's documents to the name that it has now",
		Long: `Give a source's documents to the name that it has in the configuration now, with
their vectors and blocks: nothing is read again. Where it was ingested under the
new name already, --merge keeps of two documents with the same path the renamed
one, blocked if either was. Exit code 3 when the index knows no such source.`,
		Example: "  sprechstunde sources rename akten intranet\n  sprechstunde sources rename akten intranet --merge",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == args[1] || args[1] == "" {
				return usage("the new name must be another one")
			}
			return c.withIndex(cmd, func(_ *neighbours.Set, index *postgres.Store) error {
				n, err := index.RenameSource(cmd.Context(), args[0], args[1], merge)
				var taken *retrieval.TakenError
				if errors.As(err, &taken) {
					return fmt.Errorf("%w: with --merge they become one source, else remove one of them first", err)
				}
				if err != nil {
					return sourceFailure(err)
				}
				return c.sourceDone(*asJSON, map[string]any{"renamed": args[0], "to": args[1], "documents": n}, "%s: %d documents are of %s now\n", args[0], n, args[1])
			})
		},
	}
	cmd.Flags().BoolVar(&merge, "merge", false, "also where documents are known under the new name already")
	return cmd
}

func (c *cli) newSourcesMoved(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "moved NAME", Short: "Say that a source's documents lie where the configuration says now",
		Long: `Say that the documents of a source lie where the configuration says now: its folder
or server has another path or address. The next ingest compares them there, so that
those which are not there leave the index. Exit code 3 when the configuration names
no such source.`,
		Example: "  sprechstunde sources moved akten && sprechstunde ingest --source akten",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withIndex(cmd, func(n *neighbours.Set, index *postgres.Store) error {
				source, configured := named(n.Config, args[0])
				if !configured {
					return &codedError{exitNothing, fmt.Errorf("the configuration names no source %q", args[0])}
				}
				place := sources.Place(n.Config, source)
				if err := index.MoveSource(cmd.Context(), args[0], place); err != nil {
					return sourceFailure(err)
				}
				return c.sourceDone(*asJSON, map[string]any{"moved": args[0], "place": place}, "%s: its documents lie at %s now\n", args[0], place)
			})
		},
	}
}

// named returns the source of that name in the configuration.
func named(conf config.Config, name string) (config.Source, bool) {
	all, err := sources.Configured(conf)
	if err != nil {
		return config.Source{}, false
	}
	for _, s := range all {
		if s.Name == name {
			return s, true
		}
	}
	return config.Source{}, false
}

func sourceFailure(err error) error {
	if errors.Is(err, postgres.ErrNoSource) {
		return &codedError{exitNothing, fmt.Errorf("%w; sprechstunde sources list shows them", err)}
	}
	return err
}

func (c *cli) sourceDone(asJSON bool, result map[string]any, words string, args ...any) error {
	if asJSON {
		return encode(c.stdout, result)
	}
	fmt.Fprintf(c.stdout, words, args...)
	return nil
}
