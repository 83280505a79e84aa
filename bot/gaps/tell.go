package gaps

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Tell tells hosts of a month's gaps, and who looks after a document of those that it
// comes nearest to.
func (g *Gaps) Tell(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	month, err := time.Parse("2006-01", strings.TrimPrefix(m.Key, keyPrefix))
	if err != nil {
		return inbox.Reply{Drop: true, Reason: "no month"}, nil //nolint:nilerr // a key of another version says nothing
	}
	report, err := g.cfg.Store.Report(ctx, month)
	if errors.Is(err, ErrUnknown) || err == nil && len(report.Gaps) == 0 {
		return inbox.Reply{Drop: true, Reason: "no gaps"}, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	text := g.text(report)
	hosts, err := g.cfg.Desk.InHosts(ctx, g.cfg.Texts.Gaps(text))
	if err != nil {
		return inbox.Reply{}, err
	}
	reply := inbox.Reply{Outcome: "gaps", Lasting: true, Drafts: []inbox.Draft{hosts}}
	owners, err := g.owners(ctx, report)
	if err != nil {
		return inbox.Reply{}, err
	}
	for _, o := range owners {
		text.Gaps = shown(o.gaps)
		reply.Drafts = append(reply.Drafts, inbox.Draft{ToUserID: o.userID, Text: g.cfg.Texts.GapsOwner(text)})
	}
	return reply, nil
}

// text is a report as hosts read it, with the session that its topics are proposed
// for.
func (g *Gaps) text(r Report) prompts.Gaps {
	text := prompts.Gaps{Month: r.Month, Gaps: shown(r.Gaps)}
	if s, ok := g.cfg.Calendar.Propose(officehours.Many, g.cfg.Now()); ok {
		text.Format = answer.Link(s.Format.Name, s.Format.Link)
		if !s.At.IsZero() {
			text.At = s.At.In(g.cfg.Calendar.Zone())
		}
	}
	return text
}

func shown(gaps []Gap) (all []prompts.InVain) {
	for _, gap := range gaps {
		one := prompts.InVain{People: gap.People, Missing: gap.Missing, Title: answer.Safe(gap.Title)}
		for _, w := range gap.Words {
			one.Words = append(one.Words, answer.Safe(w))
		}
		all = append(all, one)
	}
	return all
}

// owner looks after documents that gaps come nearest to.
type owner struct {
	userID string
	gaps   []Gap
}

func (g *Gaps) owners(ctx context.Context, r Report) (owners []owner, err error) {
	for _, gap := range r.Gaps {
		if gap.Title == "" {
			continue
		}
		id, reached, err := g.owner(ctx, gap.Document)
		if err != nil {
			return nil, fmt.Errorf("find who looks after a document (%d): %w", gap.Document, err)
		}
		if !reached {
			continue
		}
		i := slices.IndexFunc(owners, func(o owner) bool { return o.userID == id })
		if i < 0 {
			i = len(owners)
			owners = append(owners, owner{userID: id})
		}
		owners[i].gaps = append(owners[i].gaps, gap)
	}
	return owners, nil
}

// owner is the account of whoever looks after a document, one of the staff.
func (g *Gaps) owner(ctx context.Context, document int64) (id string, reached bool, err error) {
	cared, err := g.cfg.Owners.Cared(ctx, document)
	if errors.Is(err, retrieval.ErrNoDocument) || err == nil && (cared.Contact == "" || cared.Blocked) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	return chat.StaffNamed(ctx, g.cfg.Directory, cared.Contact)
}
