package knowledge

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Approve brings a draft into force at the word of another host than who wrote it,
// and tells all who asked.
func (k *Knowledge) Approve(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	v, t, reply, ok, err := k.meant(ctx, m, act, approved.StageDraft)
	if err != nil || !ok {
		return reply, err
	}
	if v.DecidedBy != m.ID { // else it was done, and is told
		if reason, err := k.unfit(ctx, m, v); err != nil || reason != "" {
			return k.says(m, "not approved", reason, prompts.Knowledge{Number: v.Number}), err
		}
	}
	v, err = k.cfg.Versions.Decide(ctx, v.ID, approved.Decision{To: approved.StageApproved, By: m.ID, UserID: m.UserID, At: k.cfg.Now()})
	if err != nil {
		return k.cannot(m, v, err)
	}
	k.refresh(ctx)
	return k.told(ctx, m, v, t, "approved", "", false)
}

// unfit is the text that says why a draft cannot be approved as things stand; empty:
// it can.
func (k *Knowledge) unfit(ctx context.Context, m chat.Message, v approved.Version) (reason string, err error) {
	hosts, err := k.cfg.Desk.Hosts(ctx)
	if err != nil {
		return "", err
	}
	if member, err := k.cfg.Directory.Member(ctx, hosts.ID, m.UserID, true); err != nil {
		return "", chat.Unreachable(err)
	} else if !member {
		return "no_host", nil
	}
	r, err := k.hostsMay(ctx, m.UserID)
	if err != nil {
		return "", err
	}
	if _, stands, err := k.cfg.Shelf.Basis(ctx, v.Answer, r); err != nil || !stands {
		return "basis_gone", err
	}
	if staff, err := k.cfg.Directory.Staff(ctx, v.ContactID, true); err != nil && !errors.Is(err, inbox.ErrGone) {
		return "", chat.Unreachable(err)
	} else if !staff {
		return "fault_contact", nil
	}
	v.Approved = true
	instead, faults := k.cfg.Shelf.Among(v.Answer)
	if len(faults) > 0 || instead != v.Supersedes {
		return "rival", nil
	}
	return "", nil
}

// SendBack returns a draft to who wrote it, with a word why.
func (k *Knowledge) SendBack(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if m.Origin == inbox.FromDialog {
		act.Text = m.Fields[fieldReason]
	}
	v, t, reply, ok, err := k.meant(ctx, m, act, approved.StageDraft)
	if err != nil || !ok {
		return reply, err
	}
	reason := strings.TrimSpace(act.Text)
	if reason == "" {
		return k.says(m, "send back how", "send_back_how", prompts.Knowledge{Number: v.Number}), nil
	}
	v, err = k.cfg.Versions.Decide(ctx, v.ID, approved.Decision{To: approved.StageReturned, By: m.ID, UserID: m.UserID, At: k.cfg.Now()})
	if err != nil {
		return k.cannot(m, v, err)
	}
	text := prompts.Knowledge{Number: t.Number, Reason: answer.SafeBlock(cut(reason, longestQuestion))}
	if text.Host, err = k.username(ctx, v.AuthorID); err != nil {
		return inbox.Reply{}, err
	}
	reply = k.says(m, "sent back", "returned", text)
	reply.Drafts[0].Moot = decided(v)
	return reply, nil
}

const fieldReason = "reason"

// SendBackForm asks why.
func (k *Knowledge) SendBackForm(ctx context.Context, c chat.Click) (chat.Dialog, error) {
	v, err := k.cfg.Versions.Version(ctx, c.Subject.Version)
	if errors.Is(err, approved.ErrUnknown) || err == nil && v.Stage != approved.StageDraft {
		return chat.Dialog{}, nil
	}
	if err != nil {
		return chat.Dialog{}, err
	}
	return chat.Dialog{Title: k.word("word_send_back"), Submit: k.word("word_send_back"), Fields: []chat.Field{
		{Name: fieldReason, Label: k.word("field_reason"), Kind: chat.Text, Longest: longestQuestion},
	}}, nil
}

// Retire takes an answer out of force at once; one host is enough for that.
func (k *Knowledge) Retire(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	v, t, reply, ok, err := k.meant(ctx, m, act, approved.StageApproved)
	if err != nil || !ok {
		return reply, err
	}
	v, err = k.cfg.Versions.Decide(ctx, v.ID, approved.Decision{To: approved.StageWithdrawn, By: m.ID, UserID: m.UserID, At: k.cfg.Now()})
	if err != nil {
		return k.cannot(m, v, err)
	}
	k.refresh(ctx)
	return k.told(ctx, m, v, t, "withdrawn", "review", true)
}

// meant finds the version that a word or button is about: the one that was shown, or
// below a card the ticket's in that stage. Not ok: reply says why there is none.
func (k *Knowledge) meant(ctx context.Context, m chat.Message, act dialogue.Act, in approved.Stage) (v approved.Version, t officehours.Ticket, reply inbox.Reply, ok bool, err error) {
	if act.Subject.Version != 0 {
		v, err = k.cfg.Versions.Version(ctx, act.Subject.Version)
		if err != nil {
			reply, err = k.cannot(m, v, err)
			return v, t, reply, false, err
		}
		if v.Stage != in && v.DecidedBy != m.ID {
			return v, t, k.says(m, "decided", "decided", prompts.Knowledge{Number: v.Number}), false, nil
		}
		act.Subject.Ticket = v.Number
	}
	if t, reply, ok, err = k.cfg.Desk.AtCard(ctx, m, act); err != nil || !ok || v.ID != 0 {
		return v, t, reply, ok, err
	}
	current, err := k.cfg.Versions.Current(ctx, t.Number, m.ID)
	if err != nil {
		return v, t, reply, false, err
	}
	i := slices.IndexFunc(current, func(v approved.Version) bool { return v.DecidedBy == m.ID })
	if i < 0 {
		i = slices.IndexFunc(current, func(v approved.Version) bool { return v.Stage == in })
	}
	switch {
	case i < 0:
		return v, t, k.says(m, "no version", "none_"+string(in), prompts.Knowledge{Number: t.Number}), false, nil
	case current[i].Stage == approved.StageDraft && !m.Post.CreatedAt.IsZero() && m.Post.CreatedAt.Before(current[i].Since):
		// It was written while the word was on its way: nobody has seen it.
		return v, t, k.says(m, "newer", "decided", prompts.Knowledge{Number: t.Number}), false, nil
	}
	return current[i], t, reply, true, nil
}

// cannot says why a decision cannot be; an error that is no such reason comes back.
func (k *Knowledge) cannot(m chat.Message, v approved.Version, err error) (inbox.Reply, error) {
	switch {
	case errors.Is(err, approved.ErrOwn):
		return k.says(m, "own", "own", prompts.Knowledge{Number: v.Number}), nil
	case errors.Is(err, approved.ErrDecided), errors.Is(err, approved.ErrUnknown):
		return k.says(m, "decided", "decided", prompts.Knowledge{Number: v.Number}), nil
	}
	return inbox.Reply{}, err
}

// told says below the card what was decided, and tells who looks after the answer and
// all who asked: a text of texts/wayback, by default the one of the same name.
func (k *Knowledge) told(ctx context.Context, m chat.Message, v approved.Version, t officehours.Ticket, name, asker string, withdrawn bool) (inbox.Reply, error) {
	if asker == "" {
		asker = name
	}
	text, err := k.text(ctx, v, m.UserID)
	if err != nil {
		return inbox.Reply{}, err
	}
	reply := k.says(m, name, name, text)
	reply.Drafts[0].Moot = decided(v)
	askers, err := k.cfg.Desk.TellAskers(ctx, t, asker, func(s *prompts.Step) { s.Cancelled = withdrawn })
	if err != nil {
		return inbox.Reply{}, err
	}
	reply.Drafts = append(reply.Drafts, askers...)
	if text.Contact != "" && v.ContactID != m.UserID {
		reply.Drafts = append(reply.Drafts, inbox.Draft{ToUserID: v.ContactID, Text: k.cfg.Texts.Knowledge(name+"_contact", text)})
	}
	return reply, nil
}

// refresh has this replica serve what was decided at once; the others follow in
// seconds.
func (k *Knowledge) refresh(ctx context.Context) {
	if err := k.cfg.Shelf.Refresh(ctx); err != nil {
		k.cfg.Log.WarnContext(ctx, "approved answers not read anew, will try again", inbox.KeyError, err)
	}
}
