// Package owndata is where a person asks, in the chat, for what is kept of them: it
// sends it as a file, and has it forgotten after a yes.
//
// Limits: what is kept and how it goes is known to privacy, behind Store. Posts in
// the chat platform belong to its own retention.
package owndata

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/privacy"
	"lvr.example/sprechstunde/prompts"
)

// Store is what is kept of one person.
type Store interface {
	Export(ctx context.Context, userID string) (privacy.Export, error)
	Forget(ctx context.Context, userID string) (privacy.Forgotten, error)
}

// Config sets up OwnData. Texts is required.
type Config struct {
	Store   Store // defaults to none: people are told that it does not go here
	Texts   *prompts.Catalogue
	Buttons bool // put a button under what is asked; defaults to none
}

// OwnData shows and forgets.
type OwnData struct{ cfg Config }

// New returns OwnData, or what the configuration lacks.
func New(cfg Config) (*OwnData, error) {
	if cfg.Texts == nil {
		return nil, errors.New("owndata: Texts must be set")
	}
	return &OwnData{cfg: cfg}, nil
}

// Forgotten is the outcome of a report after which what is kept goes.
const Forgotten = "forgotten"

// Show sends a person what is kept of them, as a file.
func (o *OwnData) Show(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	if o.cfg.Store == nil {
		return m.Says("own data off", o.cfg.Texts.OwnDataOff()), nil
	}
	export, err := o.cfg.Store.Export(ctx, m.UserID)
	if err != nil {
		return inbox.Reply{}, err
	}
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("write a person's export: %w", err)
	}
	d := m.Aside(o.cfg.Texts.OwnData(ownText(export)))
	d.Files = []inbox.File{{Name: "meine-daten.json", Content: content}}
	return inbox.Reply{Outcome: "own data", Lasting: true, Drafts: []inbox.Draft{d}}, nil
}

func ownText(e privacy.Export) prompts.Own {
	own := prompts.Own{
		Questions: len(e.Questions), Handovers: len(e.Handovers), Tickets: len(e.Tickets), Answers: len(e.Answers), Votes: len(e.Votes),
		Approved: len(e.Approved), Coffee: len(e.Coffees) > 0, Channels: len(e.Channels), Reminders: len(e.Reminders),
	}
	for _, q := range e.Questions {
		own.Replies += len(q.Replies)
	}
	return own
}

// asked is what the bot asks before it forgets somebody.
var asked = []inbox.Choice{{Action: inbox.Forget}}

// Ask asks once.
func (o *OwnData) Ask(_ context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	if o.cfg.Store == nil {
		return m.Says("own data off", o.cfg.Texts.OwnDataOff()), nil
	}
	d := m.Aside(o.cfg.Texts.ForgetAsk())
	d.Moot = asked
	if o.cfg.Buttons {
		d.Buttons = []inbox.Button{{Label: o.cfg.Texts.WordForget(), Action: inbox.Forget, Spends: inbox.SpendsAll}}
	}
	return inbox.Reply{Outcome: dialogue.AskedToForget, Lasting: true, Drafts: []inbox.Draft{d}}, nil
}

// Report says what goes and what stays. What is kept goes once that is posted:
// with it goes the question that this answers.
func (o *OwnData) Report(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	if o.cfg.Store == nil {
		return m.Says("own data off", o.cfg.Texts.OwnDataOff()), nil
	}
	export, err := o.cfg.Store.Export(ctx, m.UserID)
	if err != nil {
		return inbox.Reply{}, err
	}
	d := m.Aside(o.cfg.Texts.Forgotten(ownText(export)))
	d.Moot = asked
	return inbox.Reply{Outcome: Forgotten, Lasting: true, Drafts: []inbox.Draft{d}}, nil
}

// Forget forgets whoever the report that was just posted is for.
func (o *OwnData) Forget(ctx context.Context, q inbox.Question) error {
	if o.cfg.Store == nil || q.UserID == "" {
		return nil
	}
	_, err := o.cfg.Store.Forget(ctx, q.UserID)
	return err
}
