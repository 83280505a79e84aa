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
	ownhouse "lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
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
	opened, service, err := build(ctx, conf, log)
	if err != nil {
		return err
	}
	defer opened.Close()
	defer service.Close()
	return service.Run(ctx)
}

// build opens the bot of a configuration.
func build(ctx context.Context, conf config.Config, log *slog.Logger) (*neighbours.Set, *app.Service, error) {
	site, err := neighbours.NewSite(conf, log, os.Stderr)
	if err != nil {
		return nil, nil, err
	}
	opened, err := neighbours.Open(ctx, site, app.Needs)
	if err != nil {
		return nil, nil, err
	}
	service, err := assemble(ctx, opened)
	if err != nil {
		opened.Close()
		return nil, nil, err
	}
	return opened, service, nil
}

func assemble(ctx context.Context, n *neighbours.Set) (*app.Service, error) {
	own, err := ownhouse.Of(n.Config)
	if err != nil {
		return nil, err
	}
	lib, err := library.Open(ctx, n, "")
	if err != nil {
		return nil, err
	}
	if err := lib.Ready(ctx); err != nil {
		return nil, err
	}
	return app.New(ctx, n, lib, own)
}

// open opens the neighbours of a configuration for a test.
func open(t *testing.T, conf config.Config, needs neighbours.Needs) *neighbours.Set {
	t.Helper()
	site, err := neighbours.NewSite(conf, discard, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	n, err := neighbours.Open(t.Context(), site, needs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}
