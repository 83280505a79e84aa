package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

func (c *cli) newRun() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run the bot on the configured Mattermost server",
		Long: `Run the bot on the configured Mattermost server until it is told to stop (Ctrl-C,
SIGTERM): it then takes nothing new in, lets running answers end and leaves the
rest to a later start or another replica. Serves /healthz and /readyz.`,
		Example: "  sprechstunde run --config house/sprechstunde.yaml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			conf, err := c.load()
			if err != nil {
				return err
			}
			if err := conf.RequireMattermost(); err != nil {
				return &codedError{exitUsage, err}
			}
			site, err := neighbours.NewSite(conf, conf.Log.Logger(c.stderr), c.stderr)
			if err != nil {
				return err
			}
			own, err := house.Of(conf)
			if err != nil {
				return err
			}
			return with(cmd.Context(), site, app.Needs, func(n *neighbours.Set) error { return serve(cmd.Context(), n, own) })
		},
	}
	c.modelFlag(cmd)
	return cmd
}

func serve(ctx context.Context, n *neighbours.Set, own house.House) (err error) {
	lib, err := library.Open(ctx, n, "")
	if err != nil {
		return err
	}
	if err := lib.Ready(ctx); err != nil {
		return err
	}
	service, err := app.New(ctx, n, lib, own)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, service.Close()) }()
	n.Log.Info("serving", "address", service.Address())
	return service.Run(ctx)
}
