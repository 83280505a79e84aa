package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"lvr.example/sprechstunde/bot/approved"
	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/prompts"
)

// Approvals are what a shelf of answers that people have approved is filled from.
type Approvals struct {
	Site     *neighbours.Site
	Library  *library.Library
	Texts    *prompts.Catalogue
	Versions approved.Versions // what hosts have written; nil: the house's folder is all
}

// NewShelf builds the shelf of answers that people have approved, out of the house's
// folder and what hosts have written. It is empty until it is refreshed.
func NewShelf(a Approvals) (*approved.Shelf, error) {
	return approved.NewShelf(approved.Config{
		Documents: a.Library.Store, Texts: a.Texts, Synonyms: a.Library.Synonyms.InForce, Zone: house.Zone(), Now: a.Site.Now, Load: a.load,
	})
}

// load reads both. What is wrong with files comes beside all that could be read.
func (a Approvals) load(ctx context.Context) ([]approved.Answer, error) {
	files, broken := a.files()
	if a.Versions == nil {
		return files, broken
	}
	versions, err := a.Versions.Current(ctx, 0, "")
	if err != nil {
		return nil, err
	}
	return approved.Joined(files, versions), broken
}

func (a Approvals) files() ([]approved.Answer, error) {
	folder := house.Approved(a.Site.Config)
	if folder == nil {
		return nil, nil
	}
	if _, err := fs.Stat(folder, "."); err != nil {
		if a.Site.Config.Approved != "" {
			return nil, fmt.Errorf("approved: %s cannot be read: %w", a.Site.Config.Approved, err)
		}
		return nil, nil // the example house may have none
	}
	return approved.Read(folder)
}

// Versions are what hosts of a house have written; nil where no bot has worked on its
// database yet.
func Versions(ctx context.Context, n *neighbours.Set) approved.Versions {
	pool, err := n.Database.BotAsItIs(ctx)
	if err != nil {
		return nil
	}
	return botpostgres.NewApproved(pool, 0)
}

// shelved fills a shelf. What is wrong with single answers is logged, and holds up
// none of the others.
func shelved(ctx context.Context, site *neighbours.Site, shelf *approved.Shelf) error {
	err := shelf.Refresh(ctx)
	var fault approved.Fault
	if errors.As(err, &fault) {
		site.Log.WarnContext(ctx, "approved answers are broken and left out; `sprechstunde approved check` says which", "error", fault.Name)
		return nil
	}
	return err
}

// FilledShelf is NewShelf, filled once.
func FilledShelf(ctx context.Context, a Approvals) (*approved.Shelf, error) {
	shelf, err := NewShelf(a)
	if err != nil {
		return nil, err
	}
	return shelf, shelved(ctx, a.Site, shelf)
}
