package main

import "github.com/spf13/cobra"

func (c *cli) newDocuments() *cobra.Command {
	return &cobra.Command{Use: "documents", Short: "documents", Example: "  sprechstunde documents", Args: cobra.ArbitraryArgs, RunE: notBuilt}
}
