package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

func (c *cli) newMigrate() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database's three schemas to the newest form",
		Long: `Bring the database's three schemas (retrieval, bot, river) to the newest form and
print what was applied. Two at once wait for each other; a database that is up to
date is left as it is.`,
		Example: "  sprechstunde migrate\n  sprechstunde migrate --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withNeighbours(cmd.Context(), neighbours.Needs{Database: true}, func(n *neighbours.Set) error {
				lines, err := n.Database.Migrate(cmd.Context())
				if err != nil {
					return err
				}
				if asJSON {
					return encode(c.stdout, map[string]any{"schemas": lines})
				}
				for _, line := range lines {
					fmt.Fprintf(c.stdout, "%-10s %d applied\n", line.Schema, len(line.Applied))
					for _, step := range line.Applied {
						fmt.Fprintf(c.stdout, "           %s\n", step)
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
