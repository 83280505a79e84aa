// Package demo plays one day of the example house on a real Mattermost server:
// it starts everything on this machine, has colleagues ask, and shows the
// threads as others read them.
package demo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/bot/llm/llmlocal"
	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/bot/mattermost/mmlocal"
	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
	"lvr.example/sprechstunde/retrieval/localpart"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// Demo is a running example house.
type Demo struct {
	State State

	out      io.Writer
	site     *neighbours.Site
	opened   *neighbours.Set
	lib      *library.Library
	house    house.House
	server   *mmlocal.Server
	service  *app.Service
	stop     context.CancelFunc
	finished chan error
	began    time.Time
	lock     *localpart.Lock // of the state
}

// Prepare fetches and builds every part without starting any; the embedded model
// where the configuration names it.
func Prepare(ctx context.Context, site *neighbours.Site, progress io.Writer) error {
	dataDir := site.DataDir
	if site.Config.Model.URL == config.ModelLocal {
		if err := llmlocal.Prepare(ctx, localpart.Options{DataDir: dataDir, Progress: progress}); err != nil {
			return err
		}
	}
	if err := pglocal.Prepare(ctx, pglocal.Options{DataDir: dataDir, Progress: progress}); err != nil {
		return err
	}
	if err := embedlocal.Prepare(ctx, localpart.Options{DataDir: dataDir, Progress: progress}); err != nil {
		return err
	}
	return mmlocal.Prepare(ctx, mmlocal.Options{DataDir: dataDir, Progress: progress})
}

// Start opens the house: database, embedder, Mattermost with its people, the
// documents in the index, the bot connected. Close it.
func Start(ctx context.Context, site *neighbours.Site, out io.Writer) (_ *Demo, err error) {
	d := &Demo{out: out, site: site, began: site.Now()}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
		}
	}()
	exampleOnly(&site.Config)
	if d.house, err = house.Of(site.Config); err != nil {
		return nil, err
	}
	if d.opened, err = neighbours.Open(ctx, site, neighbours.Needs{Database: true}); err != nil {
		return nil, err
	}
	dsn, err := d.opened.Database.Beside(ctx, "mattermost")
	if err != nil {
		return nil, err
	}
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	group, starting := errgroup.WithContext(ctx)
	var known keys
	group.Go(func() error {
		d.server, err = mmlocal.Start(starting, mmlocal.Options{DataDir: site.DataDir, DSN: dsn, Progress: site.Progress})
		if err != nil {
			return err
		}
		d.State, known, err = setStage(starting, d.server, "http://"+address+neighbours.CommandsPath)
		return err
	})
	group.Go(func() error {
		if err := d.opened.Add(starting, neighbours.Needs{Embedders: true, Reader: true, Model: true}); err != nil {
			return err
		}
		var err error
		d.lib, err = app.Documents(starting, d.opened)
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return d, d.connect(ctx, address, known)
}

// exampleOnly leaves of a configuration what the example house can use: the
// model, the texts and the log.
func exampleOnly(c *config.Config) {
	c.Sources, c.Formats, c.Synonyms = nil, "", ""
	c.Database, c.Embedder, c.Pilot = config.Database{}, config.Embedder{}, config.Pilot{}
	c.Mattermost = config.Mattermost{Rate: c.Mattermost.Rate} // the house's own server knows nothing of the example's channels
}

// freeAddress returns an address that buttons can be sent to.
func freeAddress(ctx context.Context) (string, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return listener.Addr().String(), listener.Close()
}

// connect starts the bot and waits until it hears the server.
func (d *Demo) connect(ctx context.Context, address string, known keys) error {
	conf := &d.site.Config
	conf.Mattermost = config.Mattermost{
		URL: d.State.URL, Token: config.Secret(known.bot), Teams: []string{team}, Rate: conf.Mattermost.Rate,
		CallbackURL: "http://" + address, CallbackKey: config.Secret(rand.Text() + rand.Text()), CommandTokens: config.Secret(known.command),
	}
	conf.Hosts = config.Hosts{Channel: team + "/" + hostsChannel, Duty: []string{mika}}
	conf.HTTP.Listen = address
	conf.Privacy.Key = config.Secret(rand.Text() + rand.Text()) // of nobody: a demo's log of deletions is read by no later one
	service, err := app.New(ctx, d.opened, d.lib, d.house)
	if err != nil {
		return err
	}
	d.service = service
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	d.stop, d.finished = stop, make(chan error, 1)
	go func() { d.finished <- d.serve(running) }()
	err = colleague.Await(ctx, func(ctx context.Context) (bool, error) {
		select {
		case err := <-d.finished:
			d.finished <- err
			return false, errors.Join(errors.New("the bot ended at once"), err)
		default:
			return service.Ready(ctx) == nil, nil
		}
	})
	if err != nil {
		return err
	}
	d.State.ServerID, d.State.Model = os.Getpid(), conf.Model.URL
	d.lock, err = d.State.save(ctx, d.site.DataDir)
	return err
}

// serve runs the bot, and keeps the server running beside it.
func (d *Demo) serve(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return d.service.Run(ctx) })
	group.Go(func() error { return d.site.WatchParts(ctx, d.server) })
	return group.Wait()
}

// Play has the colleagues ask and shows the threads, then goes the longest way of a
// question and says each step. Its error says which thread did not end as it should, or
// which step did not happen.
func (d *Demo) Play(ctx context.Context) error {
	first := true
	err := play(ctx, d.State, func(s Scene) {
		if first {
			fmt.Fprintf(d.site.Progress, "first answer after %s\n", d.site.Now().Sub(d.began).Round(100*time.Millisecond))
			first = false
		}
		show(d.out, s)
	})
	if err != nil {
		return err
	}
	return d.secondAct(ctx)
}

// GoOn says how to go on with the house while it stays open.
func (d *Demo) GoOn() { goOn(d.out, d.State) }

// Wait returns when ctx ends, or when the bot ends by itself.
func (d *Demo) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-d.finished:
		d.finished <- err
		return fmt.Errorf("the bot ended: %w", err)
	}
}

// Close stops the bot, the server and all that was opened for them.
func (d *Demo) Close() error {
	var errs []error
	if d.stop != nil {
		d.stop()
		errs = append(errs, <-d.finished)
	}
	if d.service != nil {
		errs = append(errs, d.service.Close())
	}
	if d.server != nil {
		errs = append(errs, d.server.Close())
	}
	if err := os.Remove(filepath.Join(d.site.DataDir, stateFile)); !errors.Is(err, os.ErrNotExist) {
		errs = append(errs, err)
	}
	if d.lock != nil {
		d.lock.Release()
	}
	if d.opened != nil {
		errs = append(errs, d.opened.Close())
	}
	return errors.Join(errs...)
}
