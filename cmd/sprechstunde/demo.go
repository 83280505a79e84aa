package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/demo"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

func (c *cli) newDemo() *cobra.Command {
	var once, prepare bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the example house on this machine: a real Mattermost, people who ask, the bot",
		Long: `Open the example house on this machine: embedded PostgreSQL and embedder, a real
Mattermost server built from its module, people, documents, the bot. Colleagues
ask, the threads are shown as others read them, a second act takes an open
question to people and back, step by step, and the house stays open until Ctrl-C. The first time takes some minutes, later ones some seconds.`,
		Example: "  sprechstunde demo\n  sprechstunde demo --once\n  sprechstunde demo --model local",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withSite(func(site *neighbours.Site) error {
				if prepare {
					return errors.Join(demo.Prepare(cmd.Context(), site, c.stderr), warmReader(cmd.Context(), site))
				}
				return c.demo(cmd, site, once)
			})
		},
	}
	cmd.Flags().BoolVar(&once, "once", false, "check that all threads and steps end as they should, then stop; exit code 1 if not")
	cmd.Flags().BoolVar(&prepare, "prepare", false, "only fetch and build the parts")
	c.modelFlag(cmd)
	return cmd
}

func (c *cli) demo(cmd *cobra.Command, site *neighbours.Site, once bool) (err error) {
	house, err := demo.Start(cmd.Context(), site, c.stdout)
	if err != nil {
		if cmd.Context().Err() != nil {
			return nil // Ctrl-C while starting
		}
		return err
	}
	defer func() { err = errors.Join(err, house.Close()) }()
	if err := house.Play(cmd.Context()); err != nil {
		if cmd.Context().Err() != nil {
			return nil
		}
		return fmt.Errorf("demo: %w", err)
	}
	if once {
		fmt.Fprintln(c.stdout, "\nAlle Fäden endeten, wie sie sollen.")
		return nil
	}
	house.GoOn()
	return house.Wait(cmd.Context())
}

// warmReader has the PDF engine compiled and kept, so that the first PDF does not
// wait for it.
func warmReader(ctx context.Context, site *neighbours.Site) error {
	reader, err := site.OpenReader()
	if err != nil {
		return err
	}
	return errors.Join(reader.Warm(ctx), reader.Close())
}
