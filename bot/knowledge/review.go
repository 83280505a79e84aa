package knowledge

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Inbox stores what is to be said, once each.
type Inbox interface {
	Receive(ctx context.Context, a inbox.Arrival) error
}

const (
	endsSoon   = 14                 // days before an answer's end its hosts hear of it
	draftWaits = 7 * 24 * time.Hour // for another host, until they are reminded
)

// The beginnings of keys: what the house has to say of a version.
const (
	keyReview = "review"
	keyEnds   = "ends"
	keyWaits  = "draft waits"
)

// Tick looks where all answers stand and has said what is new: the basis of one does
// not stand any more, one ends soon, a draft waits. It is to be called every few
// minutes, in each replica; what is due is said once. That an answer without its basis
// serves nobody does not depend on it.
func (k *Knowledge) Tick(ctx context.Context, in Inbox) error {
	versions, err := k.cfg.Versions.Current(ctx, 0, "")
	if err != nil || len(versions) == 0 {
		return err
	}
	all, err := k.everything(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, v := range versions {
		errs = append(errs, k.due(ctx, in, v, all))
	}
	return errors.Join(errs...)
}

// everything is what an operator may read: whether a basis stands is no matter of
// who looks.
func (k *Knowledge) everything(ctx context.Context) (retrieval.Readers, error) {
	collections, err := k.cfg.Collections.Collections(ctx)
	if err != nil {
		return retrieval.Readers{}, fmt.Errorf("list collections: %w", err)
	}
	var names []string
	for _, c := range collections {
		names = append(names, c.Name)
	}
	return retrieval.ReadersOf(names...), nil
}

func (k *Knowledge) due(ctx context.Context, in Inbox, v approved.Version, all retrieval.Readers) error {
	now, today := k.cfg.Now(), k.cfg.Shelf.Today()
	receive := func(kind string, moment any) error {
		return in.Receive(ctx, inbox.Arrival{
			Origin: inbox.FromHouse, Key: fmt.Sprintf("%s:%d:%v", kind, v.ID, moment), Action: inbox.Review, Subject: inbox.Subject{Version: v.ID}, At: now,
		})
	}
	if v.Stage != approved.StageApproved {
		if v.Stage != approved.StageDraft || now.Sub(v.Since) < draftWaits {
			return nil
		}
		return receive(keyWaits, "")
	}
	if v.Until.Compare(today.AddDays(endsSoon)) <= 0 {
		if err := receive(keyEnds, ""); err != nil || v.Until.Compare(today) < 0 {
			return err
		}
	}
	_, stands, err := k.cfg.Shelf.Basis(ctx, v.Answer, all)
	if err != nil || stands && v.ReviewSince.IsZero() {
		return err
	}
	since, err := k.cfg.Versions.Reviewed(ctx, v.ID, stands, now)
	if errors.Is(err, approved.ErrUnknown) || err == nil && since.IsZero() {
		return nil
	}
	if err != nil {
		return err
	}
	return receive(keyReview, since.Unix())
}

// Review says to hosts, to who looks after an answer and to all who asked that it
// needs people, if it still does.
func (k *Knowledge) Review(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	v, err := k.cfg.Versions.Version(ctx, act.Subject.Version)
	if errors.Is(err, approved.ErrUnknown) {
		return settledMeanwhile, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	t, err := k.cfg.Tickets.TicketByNumber(ctx, v.Number)
	if err != nil {
		return inbox.Reply{}, err
	}
	kind, _, _ := strings.Cut(m.Key, ":")
	switch {
	case kind == keyWaits && v.Stage == approved.StageDraft:
		return k.raised(ctx, v, t, "waits", false)
	case kind == keyEnds && v.Stage == approved.StageApproved:
		return k.raised(ctx, v, t, "ends", false)
	case kind == keyReview && v.Stage == approved.StageApproved && !v.ReviewSince.IsZero():
		return k.raised(ctx, v, t, "review", true)
	}
	return settledMeanwhile, nil
}

var settledMeanwhile = inbox.Reply{Drop: true, Reason: "settled meanwhile"}

// raised says something of a version below its card, and to who looks after it.
func (k *Knowledge) raised(ctx context.Context, v approved.Version, t officehours.Ticket, name string, askers bool) (inbox.Reply, error) {
	text, err := k.text(ctx, v, "")
	if err != nil {
		return inbox.Reply{}, err
	}
	text.Host = k.cfg.Desk.OnDuty()
	below, err := k.cfg.Desk.UnderCard(ctx, t, k.cfg.Texts.Knowledge(name, text))
	if err != nil {
		return inbox.Reply{}, err
	}
	reply := inbox.Reply{Outcome: name, Lasting: true, Drafts: []inbox.Draft{below}}
	if text.Contact != "" && v.Stage == approved.StageApproved {
		reply.Drafts = append(reply.Drafts, inbox.Draft{ToUserID: v.ContactID, Text: k.cfg.Texts.Knowledge(name+"_contact", text)})
	}
	if !askers {
		return reply, nil
	}
	told, err := k.cfg.Desk.TellAskers(ctx, t, "review", func(*prompts.Step) {})
	reply.Drafts = append(reply.Drafts, told...)
	return reply, err
}
