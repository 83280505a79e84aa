package main

import "github.com/spf13/cobra"

func (c *cli) newBench() *cobra.Command {
	return &cobra.Command{Use: "bench", Short: "bench", Example: "  sprechstunde bench", Args: cobra.ArbitraryArgs, RunE: notBuilt}
}
