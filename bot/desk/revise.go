package desk

import (
	"context"
	"fmt"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Change replaces the text of the open preview, or adds to it, or takes another of
// the ways that it leaves open, and shows it again. Anything else that is to be
// changed the asker writes anew.
func (d *Desk) Change(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	h, open, err := d.openPreview(ctx, m, act)
	if err != nil {
		return inbox.Reply{}, err
	}
	if act.How {
		text, understood := dialogue.Revise(said(h), act.Text)
		if open && !understood {
			return m.Says(dialogue.AskedHow, d.cfg.Texts.HandoverChangeHow()), nil
		}
		act.Text = text
	}
	switch {
	case !open && h.ID == "" && act.Added:
		return d.addsToLast(ctx, m, act)
	case !open:
		return d.noneOpen(m, h), nil
	case act.Choice == dialogue.Join:
		return d.join(ctx, m, h)
	case act.Choice != "":
		err = d.choose(ctx, m, &h, act)
	default:
		reply, unfit, err := d.rewrite(ctx, m, &h, act)
		if err != nil || unfit {
			return reply, err
		}
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	return d.revise(ctx, m, h)
}

// addsToLast shows what would go over of the last question with an addition to it, where
// no preview waits. Without such a question nothing does.
func (d *Desk) addsToLast(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	talk, err := chat.Before(ctx, d.cfg.Posts, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	last, found, err := d.wishedFor(ctx, m, talk)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !found || d.Refuses(last.Text) {
		return d.noneOpen(m, officehours.Handover{}), nil
	}
	if last.Text = strings.TrimSpace(last.Text); !strings.HasSuffix(last.Text, "?") {
		last.Text = strings.TrimRight(last.Text, ".!") + "."
	}
	last.Text += " " + act.Text
	return d.previewWith(ctx, m, last)
}

// revise keeps a changed preview and shows it.
func (d *Desk) revise(ctx context.Context, m chat.Message, h officehours.Handover) (inbox.Reply, error) {
	h, err := d.cfg.Store.Revise(ctx, h, d.cfg.Now())
	if over(err) {
		return d.noneOpen(m, officehours.Handover{}), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	return d.shows(ctx, m, h)
}

// rewrite takes the new text of a preview, or what comes in addition.
func (d *Desk) rewrite(ctx context.Context, m chat.Message, h *officehours.Handover, act dialogue.Act) (inbox.Reply, bool, error) {
	clean, problem := answer.Clean(act.Text, 0)
	said := said(*h)
	if act.Added && clean != "" {
		if added := "\n" + clean; !strings.HasSuffix(said, added) { // else: the same message again
			clean = said + added
		} else {
			clean = said
		}
	}
	if refused, hit := d.refused(m, clean+act.Text); hit {
		return refused, true, nil
	}
	switch {
	case problem.Kind == answer.TooLong, runes(clean) > answer.QuestionRunes:
		length := prompts.Length{Length: max(problem.Length, runes(clean)), Limit: answer.QuestionRunes}
		return m.Says(dialogue.AskedHow, d.cfg.Texts.HandoverTooLong(length)), true, nil
	case clean == "":
		return m.Says(dialogue.AskedHow, d.cfg.Texts.HandoverChangeEmpty()), true, nil
	case h.Ticket == 0 && d.nothingLeft(clean):
		return m.Says(dialogue.AskedHow, d.cfg.Texts.HandoverOnlyMasked()), true, nil
	}
	d.words(h, clean)
	if h.Ticket != 0 {
		return inbox.Reply{}, false, nil
	}
	joins, err := d.alike(ctx, *h)
	h.Joins = joins
	return inbox.Reply{}, false, err
}

// choose takes what an asker picks.
func (d *Desk) choose(ctx context.Context, m chat.Message, h *officehours.Handover, act dialogue.Act) error {
	switch act.Choice {
	case dialogue.Written:
		h.Format, h.Session = "", officehours.Handover{}.Session
	case dialogue.Later:
		d.later(m, h)
	case dialogue.Format:
		if f, known := d.cfg.Calendar.Named(act.Text); known {
			next, _ := d.cfg.Calendar.Next(f.ID, d.cfg.Now())
			h.Format, h.Session = f.ID, next.At
		}
	case dialogue.WithName:
		user, err := d.cfg.Directory.User(ctx, m.UserID, false)
		if err != nil {
			return chat.Unreachable(fmt.Errorf("find name: %w", err))
		}
		h.Name = user.Username
	case dialogue.WithoutName:
		h.Name = ""
	case dialogue.Original, dialogue.Masked:
		h.Unmasked = act.Choice == dialogue.Original
		d.words(h, said(*h))
	case dialogue.NoFiles:
		h.Files = nil
	case dialogue.NoAnswer:
		h.Answer = ""
	case dialogue.WithAnswer:
		said, err := d.botAnswer(ctx, *h)
		if err != nil {
			return err
		}
		h.Answer = said.Marker
	case dialogue.Own:
		h.Joins = 0
	}
	return nil
}

// later takes the session after the one that is shown. A message that is worked on
// again takes no other one.
func (d *Desk) later(m chat.Message, h *officehours.Handover) {
	if !h.ShownAt.Before(d.wordTime(m)) {
		return
	}
	if s, ok := d.cfg.Calendar.Next(h.Format, h.Session); ok && !h.Session.IsZero() {
		h.Session = s.At
	} else if s, ok := d.cfg.Calendar.Propose(officehours.KindOf(h.Text), d.cfg.Now()); ok && h.Session.IsZero() {
		h.Format, h.Session = s.Format.ID, s.At
	}
}
