package e2e

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"testing"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
)

// childVariable makes the test binary a bot: a process of its own that a test
// can kill.
const childVariable = "E2E_BOT"

// atOnce is how many tests run side by side. They wait more than they compute.
const atOnce = "5"

func TestMain(m *testing.M) {
	if code, is := sandbox.Child(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); is {
		os.Exit(code)
	}
	if os.Getenv(childVariable) != "" {
		serveAsChild()
		return
	}
	flag.Parse()
	if f := flag.Lookup("test.parallel"); f != nil && f.Value.String() == f.DefValue {
		_ = f.Value.Set(atOnce) // a number: cannot fail
	}
	m.Run()
	if places.dir != "" {
		_ = os.RemoveAll(places.dir) // a folder for temporary files
	}
}

// serveAsChild does what `sprechstunde run` does.
func serveAsChild() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	if err := serve(ctx, log); err != nil {
		fmt.Fprintln(os.Stderr, "bot:", err)
	}
}

func serve(ctx context.Context, log *slog.Logger) error {
	conf, err := config.Load(config.Origin{Environ: os.Environ()})
	if err != nil {
		return err
	}
	base, service, err := build(ctx, conf, log)
	if err != nil {
		return err
	}
	defer base.Close()
	return service.Run(ctx)
}

// build opens the bot of a configuration.
func build(ctx context.Context, conf config.Config, log *slog.Logger) (*app.Base, *app.Service, error) {
	base, err := app.New(conf, log, os.Stderr)
	if err != nil {
		return nil, nil, err
	}
	service, err := assemble(ctx, base)
	if err != nil {
		base.Close()
		return nil, nil, err
	}
	return base, service, nil
}

func assemble(ctx context.Context, base *app.Base) (*app.Service, error) {
	house, err := base.House()
	if err != nil {
		return nil, err
	}
	lib, err := base.Library(ctx, "")
	if err != nil {
		return nil, err
	}
	if err := lib.Ready(ctx); err != nil {
		return nil, err
	}
	return base.Service(ctx, lib, house)
}
