package ask

import (
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// answerDraft sets an answer with the way to people below it.
func (a *Asking) answerDraft(m chat.Message, found given) inbox.Draft {
	if found.overview {
		found.Body += "\n\n" + a.cfg.Texts.DatesAsFile()
	}
	d := m.Here(a.render(found))
	if m.Late {
		d.Text = a.cfg.Texts.Late() + "\n\n" + d.Text
	}
	d.Machine, d.About, d.Files = true, aboutAnswer(found.Answer), found.files
	if a.cfg.Buttons {
		d.Buttons = a.buttons(m, found, d.ToUserID != "" || m.Direct())
	}
	return d
}

// buttons are what can be done with an answer. An offer stands; a vote that was given
// is offered no more where nobody else can give it, and the other one is, so that it
// may be changed.
func (a *Asking) buttons(m chat.Message, found given, alone bool) (buttons []inbox.Button) {
	add := func(on bool, b inbox.Button) {
		if on {
			buttons = append(buttons, b)
		}
	}
	shown := found.question != "" && len(found.Sources) > 0
	vote := inbox.SpendsNothing
	if alone {
		vote = inbox.SpendsItself
	}
	add(shown, inbox.Button{Label: a.cfg.Texts.WordHelpful(), Action: inbox.Helpful, Spends: vote})
	add(shown, inbox.Button{Label: a.cfg.Texts.WordUnhelpful(), Action: inbox.Unhelpful, Spends: vote})
	add(a.offers(found), a.toPeople(m))
	add(shown, inbox.Button{Label: a.cfg.Texts.WordMore(), Action: inbox.More})
	words := shown && a.cfg.Answerer.cfg.Composer.Words() && found.answered()
	add(words, inbox.Button{Label: a.cfg.Texts.WordSimpler(), Action: inbox.Simpler})
	add(words, inbox.Button{Label: a.cfg.Texts.WordAgain(), Action: inbox.Again})
	add(shown && m.Origin == inbox.FromCommand, inbox.Button{Label: a.cfg.Texts.WordShare(), Action: inbox.Share})
	return buttons
}

// toPeople is the button that shows what would go to people.
func (a *Asking) toPeople(m chat.Message) inbox.Button {
	b := inbox.Button{Label: a.cfg.Texts.WordPreview(), Action: inbox.ShowPreview}
	if m.Origin == inbox.FromPost {
		b.Subject.PostID = m.Key
	}
	return b
}

// aloneDraft tells the author alone what nobody else in a channel should read.
func (a *Asking) aloneDraft(m chat.Message, d inbox.Draft) inbox.Draft {
	alone := m.Aside(d.Text + "\n\n" + a.cfg.Texts.Overheard())
	alone.Machine, alone.About = d.Machine, d.About
	return alone
}

func (a *Asking) render(found given) string {
	opt := a.renderOptions()
	opt.Handover = a.offers(found)
	if opt.Handover {
		opt.Next = answer.NextSession(a.cfg.Calendar, found.question, found.answered(), a.cfg.Now())
	}
	return answer.Render(found.Answer, opt)
}

func (a *Asking) renderOptions() answer.RenderOptions {
	return answer.RenderOptions{Texts: a.cfg.Texts, Now: a.cfg.Now().In(a.cfg.Calendar.Zone()), Limit: answer.MessageRunes - lateRoom}
}

// lateRoom is kept free for what may stand above an answer.
const lateRoom = 400

// offers reports whether people could take the question over: one that was
// searched and is of our field, in a house that has a place for it.
func (a *Asking) offers(found given) bool {
	return a.cfg.People.Open() && found.question != "" && found.Outcome != answer.Elsewhere
}

// aboutAnswer notes on a draft what it rests on, for the last look before it is
// posted.
func aboutAnswer(a answer.Answer) inbox.About {
	basis := inbox.Basis{}
	if day := a.AsOf; !day.IsZero() {
		basis.AsOf = time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC)
	}
	for _, s := range a.Sources {
		basis.Passages = append(append(basis.Passages, s.Passage), s.Beside...)
		for _, name := range []string{s.Collection, s.Now.Collection} {
			if name != "" {
				basis.Collections = withName(basis.Collections, name)
			}
		}
	}
	return inbox.About{Kind: inbox.AboutAnswer, Basis: basis}
}
