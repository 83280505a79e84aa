package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/masking"
	"lvr.example/sprechstunde/bot/mattermost"
	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/prompts"
)

// Service is the bot with all its neighbours: it hears Mattermost, works on
// questions and serves health and buttons until its context ends.
type Service struct {
	opened    *neighbours.Set
	lib       *library.Library
	house     house.House
	pool      *pgxpool.Pool
	questions *botpostgres.Questions
	tickets   *botpostgres.Desk
	chat      *mattermost.Client
	listener  net.Listener
	texts     *prompts.Catalogue
	shelf     *approved.Shelf // answers that people have approved
	versions  *botpostgres.Approved
	members   *masking.Members            // the house's people, whose names are masked
	intake    atomic.Pointer[chat.Intake] // set when the bot is at work
}

// Needs are the neighbours that a service works with. It hears the chat server
// itself.
var Needs = neighbours.Needs{Database: true, Embedders: true, Reader: true, Model: true}

// New builds the bot on an opened library. It listens on http.listen at once, so
// that health can be asked while the rest starts. Close it.
func New(ctx context.Context, n *neighbours.Set, lib *library.Library, own house.House) (_ *Service, err error) {
	if err := n.Config.RequireMattermost(); err != nil {
		return nil, err
	}
	s := &Service{opened: n, lib: lib, house: own, members: masking.NewMembers()}
	if s.pool, err = n.Database.Bot(ctx); err != nil {
		return nil, err
	}
	if n.Model != nil {
		n.Model = n.Model.Sharing(botpostgres.NewPurses(s.pool))
	}
	if s.questions, err = botpostgres.NewQuestions(botpostgres.QuestionsConfig{Pool: s.pool}); err != nil {
		return nil, err
	}
	s.tickets = botpostgres.NewDesk(s.pool, 0)
	if s.texts, err = house.Texts(n.Config); err != nil {
		return nil, err
	}
	s.versions = botpostgres.NewApproved(s.pool, 0)
	if s.shelf, err = NewShelf(Approvals{Site: n.Site, Library: lib, Texts: s.texts, Versions: s.versions}); err != nil {
		return nil, err
	}
	s.chat, err = n.OpenChat(neighbours.Chat{Cursors: botpostgres.NewCursors(s.pool), Recent: s.recent, Answers: s.answers, Texts: s.texts})
	if err != nil {
		return nil, err
	}
	s.listener, err = (&net.ListenConfig{}).Listen(ctx, "tcp", n.Config.HTTP.Listen)
	if err != nil {
		s.chat.Close()
		return nil, fmt.Errorf("http.listen: %w", err)
	}
	return s, nil
}

// recent names the posts whose edits and deletions matter.
func (s *Service) recent(ctx context.Context) ([]string, error) {
	const enough = 500
	return s.questions.Recent(ctx, enough)
}

// answers names the posts of answers whose reactions are read again.
func (s *Service) answers(ctx context.Context) ([]string, error) {
	const enough = 1000
	return s.questions.RecentAnswers(ctx, enough)
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

// Idle reports whether nothing that people said is under way.
func (s *Service) Idle(ctx context.Context) (bool, error) {
	open, err := s.questions.List(ctx, botpostgres.ListFilter{Open: true, Limit: 1})
	return len(open) == 0, err
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

// Close lets the chat server go. Run must have ended.
func (s *Service) Close() error {
	s.chat.Close()
	return nil
}
