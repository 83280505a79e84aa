package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/mattermost"
	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval/pacing"
)

// Service is the bot with all its neighbours: it hears Mattermost, works on
// questions and serves health and buttons until its context ends.
type Service struct {
	base      *Base
	lib       *Library
	house     House
	pool      *pgxpool.Pool
	questions *botpostgres.Questions
	tickets   *botpostgres.Desk
	chat      *mattermost.Client
	listener  net.Listener
	texts     *prompts.Catalogue
	intake    atomic.Pointer[chat.Intake] // set when the bot is at work
}

// How often background work looks again.
const (
	refreshEvery = 2 * time.Second // the library, so that a new document, embedding set or synonym serves at once
	tidyEvery    = time.Minute     // previews nobody answered, texts past their time

	// What owners of documents should know, except of sources that are just being
	// synced: no whole seconds, so as not to meet the same sync each time.
	tellEvery = 29700 * time.Millisecond
)

// Time for an orderly end; the container's grace period must be longer.
const (
	drainTime    = 25 * time.Second
	httpStopTime = 5 * time.Second
)

// Service builds the bot on an opened library. It listens on http.listen at
// once, so that health can be asked while the rest starts.
func (b *Base) Service(ctx context.Context, lib *Library, house House) (*Service, error) {
	if err := b.Config.RequireMattermost(); err != nil {
		return nil, err
	}
	dsn, err := b.DSN(ctx)
	if err != nil {
		return nil, err
	}
	s := &Service{base: b, lib: lib, house: house}
	if s.pool, err = botpostgres.Open(ctx, dsn, 0); err != nil {
		return nil, err
	}
	b.closeLater(func() error { s.pool.Close(); return nil })
	if _, err := b.migrateBot(ctx, s.pool); err != nil {
		return nil, err
	}
	if s.questions, err = botpostgres.NewQuestions(botpostgres.QuestionsConfig{Pool: s.pool}); err != nil {
		return nil, err
	}
	s.tickets = botpostgres.NewDesk(s.pool, 0)
	if s.texts, err = b.Texts(); err != nil {
		return nil, err
	}
	if s.chat, err = b.mattermost(botpostgres.NewCursors(s.pool), s.recent, s.texts); err != nil {
		return nil, err
	}
	s.listener, err = (&net.ListenConfig{}).Listen(ctx, "tcp", b.Config.HTTP.Listen)
	if err != nil {
		return nil, fmt.Errorf("http.listen: %w", err)
	}
	return s, nil
}

// recent names the posts whose edits and deletions matter.
func (s *Service) recent(ctx context.Context) ([]string, error) {
	const enough = 500
	return s.questions.Recent(ctx, enough)
}

// Address is where health and buttons are served.
func (s *Service) Address() string { return s.listener.Addr().String() }

// Ready reports why questions are not being answered, or nil.
func (s *Service) Ready(ctx context.Context) error {
	for _, c := range s.checks() {
		if err := c.ask(ctx); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}

// checks are what /readyz asks.
func (s *Service) checks() []check {
	return []check{
		{name: "bot", ask: func(context.Context) error {
			if s.intake.Load() == nil {
				return errors.New("still starting")
			}
			return nil
		}},
		{name: "database", ask: func(ctx context.Context) error { return botpostgres.Ready(ctx, s.pool) }},
		{name: "index", ask: func(ctx context.Context) error { return s.lib.Store.Ready(ctx) }},
		{name: "mattermost", ask: func(context.Context) error { return s.chat.Ready() }},
	}
}

// Run works until ctx ends, then stops taking in, lets running work end and
// returns. An error means that the bot cannot work as it is configured.
func (s *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	server := &http.Server{Handler: s.routes(), ReadHeaderTimeout: checkTimeout, ReadTimeout: headerTimeout, IdleTimeout: time.Minute}
	group.Go(func() error {
		if err := server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve http: %w", err)
		}
		return nil
	})
	group.Go(func() error { return s.work(ctx) })
	group.Go(func() error { return s.base.WatchParts(ctx) })
	group.Go(func() error {
		s.every(ctx, refreshEvery, "follow the index", s.lib.Refresh)
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), httpStopTime)
		defer cancel()
		return server.Shutdown(stopping)
	})
	return group.Wait()
}

// work runs intake and queue.
func (s *Service) work(ctx context.Context) error {
	self, err := s.self(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	rooms, err := s.rooms(self)
	if err != nil {
		return err
	}
	pipeline, err := inbox.New(inbox.Config{
		Store: s.questions, Chat: s.chat, Handler: rooms.bot, Now: s.base.Now, Log: s.base.Log, HandleTimeout: handleTime(s.base.Config.Model),
	})
	if err != nil {
		return err
	}
	queue, err := botpostgres.NewQueue(botpostgres.QueueConfig{
		Pool: s.pool, Work: pipeline.Work, Reconcile: pipeline.Reconcile, Log: s.base.Log, JobTimeout: pipeline.Timeout() + jobRest,
	})
	if err != nil {
		return err
	}
	if err := queue.Start(ctx); err != nil {
		return err
	}
	intake := rooms.bot.Intake(pipeline)
	s.intake.Store(&intake)
	group, hearing := errgroup.WithContext(ctx)
	group.Go(func() error { return s.chat.Run(hearing, intake) })
	group.Go(func() error { s.every(hearing, tidyEvery, "tidy up", s.tidy(rooms.desk)); return nil })
	group.Go(func() error { s.keepDocuments(hearing); return nil })
	group.Go(func() error {
		s.every(hearing, tellEvery, "tell owners of documents", func(ctx context.Context) error { return rooms.care.Tell(ctx, pipeline) })
		return nil
	})
	heard := group.Wait()
	draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	return errors.Join(heard, queue.Stop(draining))
}

// What a question takes besides the model: search, rights, the chat; and a job
// besides its question.
const (
	questionRest = 20 * time.Second
	jobRest      = 30 * time.Second
)

// handleTime is how long a question may be worked on before that counts as a
// failure: the model may take its time in each call. 0: the inbox's own.
func handleTime(m config.Model) time.Duration {
	if m.URL == "" {
		return 0
	}
	return ask.ModelCalls*m.Timeout + questionRest
}

// self waits for the server to say who the bot is there.
func (s *Service) self(ctx context.Context) (chat.User, error) {
	const pause = 2 * time.Second
	for {
		id, err := s.chat.UserID(ctx)
		if err == nil {
			var name string
			if name, err = s.chat.Username(ctx); err == nil {
				return chat.User{ID: id, Username: name, Bot: true}, nil
			}
		}
		var refused *mattermost.AuthError
		if errors.As(err, &refused) {
			return chat.User{}, fmt.Errorf("%w; make a new access token for the bot's account and set mattermost.token", refused)
		}
		s.base.Log.Warn("mattermost not reached, will try again", "error", err)
		if pacing.Wait(ctx, pause) != nil {
			return chat.User{}, nil
		}
	}
}

func (s *Service) tidy(previews *desk.Desk) func(context.Context) error {
	return func(ctx context.Context) error {
		expired, err := botpostgres.Expire(ctx, s.pool, s.base.Now())
		if expired.Texts > 0 || expired.Persons > 0 {
			s.base.Log.InfoContext(ctx, "expired", "texts", expired.Texts, "persons", expired.Persons)
		}
		return errors.Join(err, previews.Lapse(ctx))
	}
}

// every calls do now and then at each interval until ctx ends. Faults are
// logged; the next turn tries again.
func (s *Service) every(ctx context.Context, interval time.Duration, what string, do func(context.Context) error) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			s.base.Log.WarnContext(ctx, "background work failed, will try again", "work", what, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (s *Service) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", health(s.checks()))
	mux.HandleFunc("POST "+actionsPath, func(w http.ResponseWriter, r *http.Request) {
		intake := s.intake.Load()
		if intake == nil {
			http.Error(w, "still starting", http.StatusServiceUnavailable)
			return
		}
		s.chat.Handler(*intake).ServeHTTP(w, r)
	})
	return mux
}
