package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/progress"
	"lvr.example/sprechstunde/retrieval"
)

func (c *cli) newEmbeddings() *cobra.Command {
	var asJSON bool
	cmd := group("embeddings", "Change the embedding model while searches run",
		"  sprechstunde embeddings list\n  sprechstunde embeddings build --switch\n  sprechstunde embeddings remove multilingual-e5-small-q4",
		c.newEmbeddingsList(&asJSON), c.newEmbeddingsBuild(&asJSON), c.newEmbeddingsSwitch(&asJSON), c.newEmbeddingsRemove(&asJSON))
	cmd.Long = `Change the embedding model while searches run.

An embedding set is all vectors of one model; one set serves. To change the
model: set next_embedder beside embedder and start the replicas again with it,
build its set, switch, and remove the old set once nobody wants to go back.
Until the switch questions are answered by the old set; replicas notice it
within seconds. Which of the two embedders is asked follows the set that serves,
so that the old one may be taken out of the configuration at any time after.`
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (c *cli) newEmbeddingsList(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the embedding sets, with state and progress",
		Long: `List the embedding sets. States: active (serves), building (documents wait for
their vectors), complete (may serve), retired (out of use, and some documents
lack it). Exit code 3 when there is none.`,
		Example: "  sprechstunde embeddings list --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withLibrary(cmd, func(lib *library.Library) error {
				sets, err := lib.Store.EmbeddingSets(cmd.Context())
				if err != nil {
					return err
				}
				return c.showSets(sets, lib.Embedders(), *asJSON)
			})
		},
	}
}

func (c *cli) newEmbeddingsBuild(asJSON *bool) *cobra.Command {
	var andSwitch bool
	cmd := &cobra.Command{
		Use: "build [MODEL]", Short: "Make the vectors that documents lack in a set",
		Long: `Make the vectors that documents lack in a set, without MODEL in that of the
configured embedder which does not serve. Stopped at any moment, it goes on
where it was when run again; a second build of the same set is refused.`,
		Example: "  sprechstunde embeddings build --switch",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withLibrary(cmd, func(lib *library.Library) error {
				model, err := modelToBuild(cmd.Context(), lib, args)
				if err != nil {
					return err
				}
				documents, err := lib.BuildSet(cmd.Context(), model)
				if err == nil && andSwitch {
					err = lib.SwitchSet(cmd.Context(), model)
				}
				if err != nil {
					return err
				}
				return c.showSet(cmd.Context(), lib, model, *asJSON, fmt.Sprintf("%d documents embedded", documents))
			})
		},
	}
	cmd.Flags().BoolVar(&andSwitch, "switch", false, "let the set serve as soon as it is complete")
	return cmd
}

func (c *cli) newEmbeddingsSwitch(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "switch MODEL", Short: "Let another set serve, also one that served before",
		Long: `Let another set serve, also one that served before. Refused while documents lack
it, or when no embedder is configured for it. The set that served is kept.`,
		Example: "  sprechstunde embeddings switch bge-m3",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withLibrary(cmd, func(lib *library.Library) error {
				model, err := storedSet(cmd.Context(), lib, args[0])
				if err != nil {
					return err
				}
				if err := lib.SwitchSet(cmd.Context(), model); err != nil {
					return err
				}
				return c.showSet(cmd.Context(), lib, model, *asJSON, "serves now")
			})
		},
	}
}

func (c *cli) newEmbeddingsRemove(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "remove MODEL", Short: "Remove a set that does not serve, and free its space",
		Long: `Remove a set that does not serve. Its space is free for new vectors at once; to
give it back to the file system run VACUUM FULL on the table at a quiet hour.`,
		Example: "  sprechstunde embeddings remove multilingual-e5-small-q4",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withLibrary(cmd, func(lib *library.Library) error {
				model, err := storedSet(cmd.Context(), lib, args[0])
				if err != nil {
					return err
				}
				meter := progress.NewMeter(c.stderr, "remove "+model.Name, time.Now)
				defer meter.End()
				if err := lib.Store.RemoveSet(cmd.Context(), model, meter.Show); err != nil {
					return err
				}
				sets, err := lib.Store.EmbeddingSets(cmd.Context())
				if err != nil || !*asJSON {
					return err
				}
				return c.writeSets(sets, lib.Embedders(), true)
			})
		},
	}
}

// withLibrary gives a command's body the house's index.
func (c *cli) withLibrary(cmd *cobra.Command, body func(*library.Library) error) error {
	return c.withNeighbours(cmd.Context(), neighbours.Needs{Database: true, Embedders: true}, func(n *neighbours.Set) error {
		lib, err := library.Open(cmd.Context(), n, "")
		if err != nil {
			return err
		}
		return body(lib)
	})
}

// modelToBuild returns the model that is named, or that of the only embedder
// whose set does not serve.
func modelToBuild(ctx context.Context, lib *library.Library, args []string) (retrieval.Model, error) {
	configured := lib.Embedders()
	if len(args) > 0 {
		for _, model := range configured {
			if model.Name == args[0] {
				return model, nil
			}
		}
		return retrieval.Model{}, usage("no embedder is configured for %q; set next_embedder to it", args[0])
	}
	active, _, err := lib.Store.SetsInUse(ctx)
	if err != nil {
		return retrieval.Model{}, err
	}
	others := slices.DeleteFunc(configured, func(m retrieval.Model) bool { return m == active })
	switch len(others) {
	case 0:
		return retrieval.Model{}, usage("the only embedder configured serves already; set next_embedder, or name the model to complete its set")
	case 1:
		return others[0], nil
	}
	return retrieval.Model{}, usage("name the model: %s or %s", others[0].Name, others[1].Name)
}

// storedSet returns the model of the set with a name.
func storedSet(ctx context.Context, lib *library.Library, name string) (retrieval.Model, error) {
	sets, err := lib.Store.EmbeddingSets(ctx)
	if err != nil {
		return retrieval.Model{}, err
	}
	for _, set := range sets {
		if set.Model.Name == name {
			return set.Model, nil
		}
	}
	return retrieval.Model{}, &codedError{exitNothing, fmt.Errorf("no embedding set of %q; `sprechstunde embeddings list` shows what there is", name)}
}

// listedSet is the JSON form of an embedding set; its fields are a contract.
type listedSet struct {
	Model      string             `json:"model"`
	Dimensions int                `json:"dimensions"`
	State      retrieval.SetState `json:"state"`
	Documents  int                `json:"documents"`
	Pending    int                `json:"without_vectors"`
	Vectors    int                `json:"vectors"`
	Configured bool               `json:"configured"` // an embedder of this configuration makes it
}

func (c *cli) showSets(sets []retrieval.EmbeddingSet, configured []retrieval.Model, asJSON bool) error {
	if err := c.writeSets(sets, configured, asJSON); err != nil {
		return err
	}
	if len(sets) == 0 {
		return &silentError{exitNothing}
	}
	return nil
}

func (c *cli) writeSets(sets []retrieval.EmbeddingSet, configured []retrieval.Model, asJSON bool) error {
	all := []listedSet{}
	for _, set := range sets {
		row := listedSet{
			Model: set.Model.Name, Dimensions: set.Model.Dimensions, State: set.State, Documents: set.Documents,
			Pending: set.Pending, Vectors: set.Vectors, Configured: slices.Contains(configured, set.Model),
		}
		all = append(all, row)
		if !asJSON {
			note := ""
			if !row.Configured {
				note = "  no embedder is configured for it"
			}
			fmt.Fprintf(c.stdout, "%-9s %-32s %5d dimensions  %7d documents  %7d wait  %9d vectors%s\n",
				row.State, row.Model, row.Dimensions, row.Documents, row.Pending, row.Vectors, note)
		}
	}
	if asJSON {
		return encode(c.stdout, map[string]any{"sets": all})
	}
	return nil
}

// showSet says what was done with a set and how it stands.
func (c *cli) showSet(ctx context.Context, lib *library.Library, model retrieval.Model, asJSON bool, done string) error {
	sets, err := lib.Store.EmbeddingSets(ctx)
	if err != nil {
		return err
	}
	if !asJSON {
		fmt.Fprintf(c.stdout, "%s: %s\n", model.Name, done)
	}
	return c.writeSets(sets, lib.Embedders(), asJSON)
}
