package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/ics"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/masking"
	"lvr.example/sprechstunde/bot/mattermost"
	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/cmd/internal/supervise"
	"lvr.example/sprechstunde/retrieval/pacing"
)

// How often background work looks again.
const (
	refreshEvery  = 2 * time.Second // the library, so that a new document, embedding set or synonym serves at once
	clockEvery    = 5 * time.Second // of LeanCoffees
	approvedEvery = 2 * time.Second // a file changed, a draft approved by another replica
	membersEvery  = time.Hour       // who belongs to the house
	tidyEvery     = time.Minute     // previews nobody answered, texts past their time

	// What owners of documents should know, except of sources that are just being
	// synced: no whole seconds, so as not to meet the same sync each time.
	tellEvery = 29700 * time.Millisecond
)

// certainRest is how much longer than a reading of the calendar it takes until all replicas
// know that a session is not held: those of a new version among them.
const certainRest = 5 * time.Minute

// Time for an orderly end; the container's grace period must be longer.
const (
	drainTime    = 25 * time.Second
	httpStopTime = 5 * time.Second
)

// readTimeout bounds how long a request may take to come in.
const readTimeout = 30 * time.Second

// Run works until ctx ends, then stops taking in, lets running work end and
// returns. An error means that the bot cannot work as it is configured.
func (s *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	server := &http.Server{Handler: s.routes(), ReadHeaderTimeout: checkTimeout, ReadTimeout: readTimeout, IdleTimeout: time.Minute}
	group.Go(func() error {
		if err := server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve http: %w", err)
		}
		return nil
	})
	group.Go(func() error { return s.work(ctx) })
	group.Go(func() error { return s.opened.Watch(ctx) })
	group.Go(func() error {
		s.every(ctx, refreshEvery, "follow the index", s.lib.Refresh)
		return nil
	})
	group.Go(func() error {
		s.every(ctx, approvedEvery, "read approved answers", func(ctx context.Context) error { return shelved(ctx, s.opened.Site, s.shelf) })
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
		Store: s.questions, Chat: s.chat, Handler: rooms.bot, Now: s.opened.Now, Log: s.opened.Log, HandleTimeout: handleTime(s.opened.Config.Model),
	})
	if err != nil {
		return err
	}
	queue, err := botpostgres.NewQueue(botpostgres.QueueConfig{
		Pool: s.pool, Work: pipeline.Work, Reconcile: pipeline.Reconcile, Log: s.opened.Log,
		Rarely:     func(ctx context.Context) error { return rooms.gaps.LastMonth(ctx, pipeline) },
		JobTimeout: pipeline.Timeout() + jobRest,
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
	group.Go(func() error { s.every(hearing, tidyEvery, "tidy up", s.tidy(rooms.desk, pipeline)); return nil })
	group.Go(func() error { s.keepDocuments(hearing); return nil })
	group.Go(func() error { s.keepDates(hearing); return nil })
	group.Go(func() error {
		s.every(hearing, membersEvery, "read who belongs to the house", s.readMembers)
		return nil
	})
	group.Go(func() error {
		s.every(hearing, tellEvery, "tell owners of documents", func(ctx context.Context) error { return rooms.care.Tell(ctx, pipeline) })
		return nil
	})
	group.Go(func() error {
		s.every(hearing, clockEvery, "look at the clock of leancoffees", func(ctx context.Context) error { return rooms.coffee.Tick(ctx, pipeline) })
		return nil
	})
	group.Go(func() error {
		s.every(hearing, tellEvery, "say what is due", func(ctx context.Context) error { return rooms.desk.Tick(ctx, pipeline) })
		return nil
	})
	group.Go(func() error {
		s.every(hearing, tellEvery, "remind of sessions", func(ctx context.Context) error { return rooms.remind.Tick(ctx, pipeline) })
		return nil
	})
	group.Go(func() error {
		s.every(hearing, tellEvery, "look whether approved answers stand", func(ctx context.Context) error { return rooms.known.Tick(ctx, pipeline) })
		return nil
	})
	heard := group.Wait()
	draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	return errors.Join(heard, queue.Stop(draining))
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
		s.opened.Log.Warn("mattermost not reached, will try again", "error", err)
		if pacing.Wait(ctx, pause) != nil {
			return chat.User{}, nil //nolint:nilerr // the end was asked for: nothing is wrong
		}
	}
}

// keepDocuments keeps the configured sources in line with the index.
func (s *Service) keepDocuments(ctx context.Context) {
	in := &sources.Ingester{Neighbours: s.opened, Library: s.lib, Gate: sources.GateOf(s.chat)}
	supervise.Keep(ctx, s.opened.Config, in, s.opened.Log)
}

// readMembers learns the names that are masked in what goes to people. They are kept in
// memory alone.
func (s *Service) readMembers(ctx context.Context) error {
	people, err := s.chat.People(ctx)
	if err != nil {
		return err
	}
	known := make([]masking.Person, 0, len(people))
	for _, p := range people {
		known = append(known, masking.Person(p))
	}
	s.members.Know(known)
	return nil
}

func (s *Service) tidy(previews *desk.Desk, in desk.Inbox) func(context.Context) error {
	return func(ctx context.Context) error {
		expired, err := botpostgres.Expire(ctx, s.pool, s.opened.Now())
		if expired.Texts > 0 || expired.Persons > 0 {
			s.opened.Log.InfoContext(ctx, "expired", "texts", expired.Texts, "persons", expired.Persons)
		}
		return errors.Join(err, previews.Lapse(ctx, in))
	}
}

// every calls do now and then at each interval until ctx ends. Faults are
// logged; the next turn tries again.
func (s *Service) every(ctx context.Context, interval time.Duration, what string, do func(context.Context) error) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			s.opened.Log.WarnContext(ctx, "background work failed, will try again", "work", what, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// What a question takes besides the model: search, rights, the chat; and a job
// besides its question.
const (
	questionRest = 20 * time.Second
	jobRest      = 30 * time.Second
)

// handleTime is how long a question may be worked on before that counts as a
// failure: the model may take its time once. Where it is asked twice, for what all
// there may read and for what the asker may read besides, the second call has what is
// left. 0: the inbox's own.
func handleTime(m config.Model) time.Duration {
	if m.URL == "" {
		return 0
	}
	return m.Timeout + questionRest
}

// keepDates looks at the calendar that the house's dates come from.
func (s *Service) keepDates(ctx context.Context) {
	if s.house.Feed.URL == "" {
		return
	}
	feed := ics.NewFeed(ics.FeedConfig{URL: s.house.Feed.URL, HTTP: s.opened.HTTP, Calendar: s.house.Calendar, Now: s.opened.Now})
	s.every(ctx, s.house.Feed.Every, "read the calendar", feed.Refresh)
}
