package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/demo"
	"lvr.example/sprechstunde/cmd/internal/terminal"
	"lvr.example/sprechstunde/retrieval/localpart"
)

func (c *cli) newChat() *cobra.Command {
	var as, channel string
	cmd := &cobra.Command{
		Use:   "chat",
		Short: "Write to the running demo's real Mattermost server as one of its people",
		Long: `Write to the running demo's real Mattermost server as one of its people. What the
bot posts is shown, buttons get numbers. Reads lines from standard input, so that
it can be scripted. Start the demo in another terminal first: make demo`,
		Example: "  sprechstunde chat\n  sprechstunde chat --as mika --channel gastgebende",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			conf, err := c.load()
			if err != nil {
				return err
			}
			dir, err := localpart.Resolve(conf.Data)
			if err != nil {
				return err
			}
			state, err := demo.LoadState(dir)
			if err != nil {
				return err
			}
			if conf.Model.URL == config.ModelLocal && state.Model != config.ModelLocal {
				return errors.New("the demo that is running words no answers by the embedded model; end it and start it with: make demo-model")
			}
			return c.chat(cmd, state, as, channel)
		},
	}
	cmd.Flags().StringVar(&as, "as", "robin", "person of the demo")
	cmd.Flags().StringVar(&channel, "channel", "", "channel of the team (default: a direct message to the bot)")
	c.modelFlag(cmd)
	return cmd
}

func (c *cli) chat(cmd *cobra.Command, state demo.State, as, channel string) error {
	person, err := state.Person(as)
	if err != nil {
		return &codedError{exitUsage, err}
	}
	me, err := colleague.Login(cmd.Context(), state.URL, person.Name, person.Password)
	if err != nil {
		return fmt.Errorf("%w (is the demo still running?)", err)
	}
	client := terminal.Client{Me: me, Bot: state.Bot, In: c.stdin, Out: c.stdout, Mention: channel != ""}
	if channel == "" {
		client.Channel, err = me.Direct(cmd.Context(), state.Bot)
	} else {
		client.Channel, err = me.Channel(cmd.Context(), state.Team, channel)
	}
	if err != nil {
		return err
	}
	return client.Run(cmd.Context())
}
