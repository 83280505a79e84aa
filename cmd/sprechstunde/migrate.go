package main

import "github.com/spf13/cobra"

func (c *cli) newMigrate() *cobra.Command {
	return &cobra.Command{Use: "migrate", Short: "migrate", Example: "  sprechstunde migrate", Args: cobra.ArbitraryArgs, RunE: notBuilt}
}
