package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/demo"
)

func (c *cli) newDemo() *cobra.Command {
	var once, prepare bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the example house on this machine: a real Mattermost, people who ask, the bot",
		Long: `Open the example house on this machine: embedded PostgreSQL and embedder, a real
Mattermost server built from its module, people, documents, the bot. Colleagues
ask, the threads are shown as others read them, and the house stays open until
Ctrl-C. The first time takes some minutes, later ones some seconds.`,
		Example: "  sprechstunde demo\n  sprechstunde demo --once",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withBase(func(b *app.Base) error {
				if prepare {
					return errors.Join(demo.Prepare(cmd.Context(), b.DataDir, c.stderr), b.WarmReader(cmd.Context()))
				}
				return c.demo(cmd, b, once)
			})
		},
	}
	cmd.Flags().BoolVar(&once, "once", false, "check that the threads end as they should, then stop; exit code 1 if not")
	cmd.Flags().BoolVar(&prepare, "prepare", false, "only fetch and build the parts")
	return cmd
}

func (c *cli) demo(cmd *cobra.Command, b *app.Base, once bool) (err error) {
	house, err := demo.Start(cmd.Context(), b, c.stdout)
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
