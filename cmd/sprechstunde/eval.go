package main

import "github.com/spf13/cobra"

func (c *cli) newEval() *cobra.Command {
	return &cobra.Command{Use: "eval", Short: "eval", Example: "  sprechstunde eval", Args: cobra.ArbitraryArgs, RunE: notBuilt}
}
