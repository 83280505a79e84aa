package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/mattermost"
	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/bot/privacy"
)

// ErrNobody says that no person has the name or id that was asked for.
var ErrNobody = errors.New("no such person")

// Persons is what the house keeps of people, named as their chat platform does.
type Persons struct {
	*botpostgres.Persons
	base *Base
}

// Registry forgets people. It needs privacy.key.
func (p *Persons) Registry() (*privacy.Registry, error) {
	return privacy.New(p.Persons, []byte(p.base.Config.Privacy.Key.Reveal()), p.base.Now, p.base.Log)
}

// Persons opens what the house keeps of people.
func (b *Base) Persons(ctx context.Context) (*Persons, error) {
	dsn, err := b.DSN(ctx)
	if err != nil {
		return nil, err
	}
	pool, err := botpostgres.Open(ctx, dsn, 0)
	if err != nil {
		return nil, err
	}
	b.closeLater(func() error { pool.Close(); return nil })
	if err := botpostgres.Ready(ctx, pool); err != nil {
		return nil, err
	}
	return &Persons{Persons: botpostgres.NewPersons(pool), base: b}, nil
}

// UserID finds the user id of a person by user name (with or without @) or id. An
// id of whom something is kept needs no server: the account may be gone there.
func (p *Persons) UserID(ctx context.Context, person string) (string, error) {
	known, err := p.Users(ctx)
	if err != nil {
		return "", fmt.Errorf("list persons: %w", err)
	}
	if slices.Contains(known, person) {
		return person, nil
	}
	id := mattermost.IsID(person)
	name := strings.TrimPrefix(person, "@")
	if p.base.Config.RequireMattermost() != nil {
		if id {
			return person, nil
		}
		return "", errors.New("mattermost.url and mattermost.token are not set, so that no user name can be looked up; set them, or name the person by the id of the account")
	}
	chat, err := p.base.mattermost(nil, nil, nil)
	if err != nil {
		return "", err
	}
	user, err := chat.UserByName(ctx, name)
	switch {
	case err == nil:
		return user.ID, nil
	case id:
		return person, nil
	case errors.Is(err, inbox.ErrGone):
		return "", fmt.Errorf("%w: the server knows no user name %q; is the account deleted, name the person by its id", ErrNobody, name)
	}
	return "", err
}
