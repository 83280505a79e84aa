// Package care is for those who look after documents: they are told what
// happened to theirs, and may block and release them.
//
// Limits: what happens to documents is gathered by the index, behind Documents;
// whoever is not the owner hears the same words, whether there is such a
// document or not.
package care

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Documents are the house's as those see them who look after them.
type Documents interface {
	// Gather puts what has happened since the last call into bundles, one for
	// each person, each event once, and returns all that are not handed over.
	Gather(ctx context.Context, day retrieval.Date) ([]retrieval.Bundle, error)
	// HandOver notes that a bundle will be told.
	HandOver(ctx context.Context, bundle int64) error
	// Notices returns what a bundle tells, as far as it still holds.
	Notices(ctx context.Context, bundle int64, day retrieval.Date) ([]retrieval.Notice, error)
	// Cared returns a document, or retrieval.ErrNoDocument.
	Cared(ctx context.Context, document int64) (retrieval.Cared, error)
	// Block takes a document and its attachments out of every answer; Release ends
	// it, or returns a *retrieval.CoveredError for an attachment that stays blocked
	// with its file. Repeating either changes nothing.
	Block(ctx context.Context, document int64, block retrieval.Block) error
	Release(ctx context.Context, document int64) error
}

// Inbox stores what is to be told, once each.
type Inbox interface {
	Receive(ctx context.Context, a inbox.Arrival) error
}

// Config sets up Care. Directory, Texts and Zone are required.
type Config struct {
	Documents Documents // defaults to none: owners are told nothing
	Directory chat.Directory
	Texts     *prompts.Catalogue
	Zone      *time.Location   // whose days count
	Buttons   bool             // put buttons under notices; defaults to none
	Now       func() time.Time // defaults to time.Now
	Log       *slog.Logger     // gets counts, no names; defaults to none
}

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

func (c Config) validate() error {
	if c.Directory == nil || c.Texts == nil || c.Zone == nil {
		return errors.New("care: Directory, Texts and Zone must be set")
	}
	return nil
}

// Care tells owners and does what they want of their documents.
type Care struct{ cfg Config }

// New returns Care, or what the configuration lacks.
func New(cfg Config) (*Care, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	return &Care{cfg: cfg}, nil
}

// Tell has owners told what happened to their documents: what was gathered
// reaches the inbox once, whatever crashes in between, and is worked on there
// like a question. It is to be called after each sync and every few minutes.
// What has nobody to reach stays gathered.
func (c *Care) Tell(ctx context.Context, in Inbox) error {
	if c.cfg.Documents == nil {
		return nil
	}
	bundles, err := c.cfg.Documents.Gather(ctx, c.today())
	if err != nil {
		return err
	}
	var errs []error
	unreached := 0
	for _, bundle := range bundles {
		reached, err := c.tell(ctx, in, bundle)
		if err != nil {
			errs = append(errs, fmt.Errorf("tell bundle %d: %w", bundle.ID, err))
		} else if !reached {
			unreached++
		}
	}
	if unreached > 0 {
		c.cfg.Log.WarnContext(ctx, "owners of documents cannot be reached: no such account, or not one of the staff", inbox.KeyCount, unreached)
	}
	return errors.Join(errs...)
}

func (c *Care) tell(ctx context.Context, in Inbox, bundle retrieval.Bundle) (reached bool, err error) {
	owner, reached, err := chat.StaffNamed(ctx, c.cfg.Directory, bundle.Contact)
	if err != nil || !reached {
		return false, err
	}
	err = in.Receive(ctx, inbox.Arrival{
		Origin: inbox.FromHouse, Key: fmt.Sprint("bundle:", bundle.ID), UserID: owner,
		Action: inbox.Tell, Subject: inbox.Subject{Bundle: bundle.ID}, At: c.cfg.Now(),
	})
	if err != nil {
		return false, err
	}
	return true, c.cfg.Documents.HandOver(ctx, bundle.ID)
}

// today is the day in the house.
func (c *Care) today() retrieval.Date { return retrieval.DateOf(c.cfg.Now().In(c.cfg.Zone)) }
