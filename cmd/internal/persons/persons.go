// Package persons looks after what the house keeps of people, for commands: who is
// meant, what is kept, and forgetting it.
package persons

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
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

// ErrNobody says that no person has the name or id that was asked for.
var ErrNobody = errors.New("no such person")

// Persons is what the house keeps of people, named as their chat platform does.
type Persons struct {
	*botpostgres.Persons
	neighbours *neighbours.Set
}

// Needs are the neighbours that Open works with.
var Needs = neighbours.Needs{Database: true, Directory: true}

// Open opens what the house keeps of people.
func Open(ctx context.Context, n *neighbours.Set) (*Persons, error) {
	pool, err := n.Database.BotAsItIs(ctx)
	if err != nil {
		return nil, err
	}
	return &Persons{Persons: botpostgres.NewPersons(pool), neighbours: n}, nil
}

// Registry forgets people. It needs privacy.key.
func (p *Persons) Registry() (*privacy.Registry, error) {
	return privacy.New(p.Persons, []byte(p.neighbours.Config.Privacy.Key.Reveal()), p.neighbours.Now, p.neighbours.Log)
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
	if p.neighbours.Config.RequireMattermost() != nil {
		if id {
			return person, nil
		}
		return "", errors.New("mattermost.url and mattermost.token are not set, so that no user name can be looked up; set them, or name the person by the id of the account")
	}
	user, err := p.neighbours.Directory.UserByName(ctx, name)
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
