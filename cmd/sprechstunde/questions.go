package main

import "github.com/spf13/cobra"

func (c *cli) newQuestions() *cobra.Command {
	return &cobra.Command{Use: "questions", Short: "questions", Example: "  sprechstunde questions", Args: cobra.ArbitraryArgs, RunE: notBuilt}
}
