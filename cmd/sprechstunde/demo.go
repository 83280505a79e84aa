package main

import "github.com/spf13/cobra"

func (c *cli) newDemo() *cobra.Command {
	return &cobra.Command{Use: "demo", Short: "demo", Example: "  sprechstunde demo", Args: cobra.ArbitraryArgs, RunE: notBuilt}
}
