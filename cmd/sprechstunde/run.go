package main

import "github.com/spf13/cobra"

func (c *cli) newRun() *cobra.Command {
	return &cobra.Command{Use: "run", Short: "run", Example: "  sprechstunde run", Args: cobra.ArbitraryArgs, RunE: notBuilt}
}
