package main

import (
	"context"
	"errors"
	"io"
	"log/slog"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

// withSite gives a command's body what neighbours are opened with, as the
// configuration says.
func (c *cli) withSite(body func(*neighbours.Site) error) error {
	conf, err := c.load()
	if err != nil {
		return err
	}
	site, err := neighbours.NewSite(conf, c.logger(conf), c.stderr)
	if err != nil {
		return err
	}
	return body(site)
}

// with opens what a command's body needs and closes it in the end.
func with(ctx context.Context, site *neighbours.Site, needs neighbours.Needs, body func(*neighbours.Set) error) (err error) {
	n, err := neighbours.Open(ctx, site, needs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.Close()) }()
	return body(n)
}

// withNeighbours is both.
func (c *cli) withNeighbours(ctx context.Context, needs neighbours.Needs, body func(*neighbours.Set) error) error {
	return c.withSite(func(site *neighbours.Site) error { return with(ctx, site, needs, body) })
}

// logger writes to stderr, so that stdout holds a command's result alone. A
// command for one question is not a service: it speaks up from warnings on.
func (c *cli) logger(conf config.Config) *slog.Logger {
	if conf.Log == config.Defaults().Log {
		conf.Log.Level = "warn"
	}
	return conf.Log.Logger(c.stderr)
}

// encode writes one JSON value.
func encode(w io.Writer, value any) error {
	return jsonEncoder(w).Encode(value)
}
