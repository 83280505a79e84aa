package main

import (
	"errors"
	"io"
	"log/slog"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/config"
)

// withBase loads the configuration and gives the base to a command's body;
// what the body started is stopped in the end.
func (c *cli) withBase(body func(*app.Base) error) (err error) {
	conf, err := c.load()
	if err != nil {
		return err
	}
	base, err := app.New(conf, c.logger(conf), c.stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	return body(base)
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
