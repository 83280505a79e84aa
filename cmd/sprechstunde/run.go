package main

import (
	"errors"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/app"
)

func (c *cli) newRun() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Run the bot on the configured Mattermost server",
		Long: `Run the bot on the configured Mattermost server until it is told to stop (Ctrl-C,
SIGTERM): it then takes nothing new in, lets running answers end and leaves the
rest to a later start or another replica. Serves /healthz and /readyz.`,
		Example: "  sprechstunde run --config house/sprechstunde.yaml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			conf, err := c.load()
			if err != nil {
				return err
			}
			if err := conf.RequireMattermost(); err != nil {
				return &codedError{exitUsage, err}
			}
			base, err := app.New(conf, conf.Log.Logger(c.stderr), c.stderr)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, base.Close()) }()
			return c.serve(cmd, base)
		},
	}
}

func (c *cli) serve(cmd *cobra.Command, b *app.Base) error {
	house, err := b.House()
	if err != nil {
		return err
	}
	lib, err := b.Library(cmd.Context(), "")
	if err != nil {
		return err
	}
	if err := lib.Ready(cmd.Context()); err != nil {
		return err
	}
	service, err := b.Service(cmd.Context(), lib, house)
	if err != nil {
		return err
	}
	b.Log.Info("serving", "address", service.Address())
	return service.Run(cmd.Context())
}
