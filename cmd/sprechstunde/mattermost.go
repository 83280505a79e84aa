package main

import "github.com/spf13/cobra"

func (c *cli) newMattermost() *cobra.Command {
	return &cobra.Command{
		Use:     "mattermost",
		Short:   "Set up the bot's account, team and channels on a Mattermost server",
		Example: "  sprechstunde mattermost setup",
		Args:    cobra.ArbitraryArgs,
		RunE:    notBuilt,
	}
}
