package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/prompts"
)

// NewShelf builds the shelf of answers that people have approved, out of the house's
// folder. It is empty until it is refreshed.
func NewShelf(site *neighbours.Site, lib *library.Library, texts *prompts.Catalogue) (*approved.Shelf, error) {
	folder := house.Approved(site.Config)
	return approved.NewShelf(approved.Config{
		Documents: lib.Store, Texts: texts, Synonyms: lib.Synonyms.InForce, Zone: house.Zone(), Now: site.Now,
		Load: func(context.Context) ([]approved.Answer, error) {
			if folder == nil {
				return nil, nil
			}
			if _, err := fs.Stat(folder, "."); err != nil {
				if site.Config.Approved != "" {
					return nil, fmt.Errorf("approved: %s cannot be read: %w", site.Config.Approved, err)
				}
				return nil, nil // the example house may have none
			}
			return approved.Read(folder)
		},
	})
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
func FilledShelf(ctx context.Context, site *neighbours.Site, lib *library.Library, texts *prompts.Catalogue) (*approved.Shelf, error) {
	shelf, err := NewShelf(site, lib, texts)
	if err != nil {
		return nil, err
	}
	return shelf, shelved(ctx, site, shelf)
}
