package bot

import (
	"context"
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// handler is how an act is handled.
type handler = func(context.Context, chat.Message, dialogue.Act) (inbox.Reply, error)

// notice is a short word to whoever wrote.
func (b *Bot) notice(outcome string, text func() string) handler {
	return func(_ context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
		return b.says(m, outcome, text()), nil
	}
}

// where is a short word that depends on whether there are people to ask.
func (b *Bot) where(outcome string, text func(prompts.Where) string) handler {
	return b.notice(outcome, func() string { return text(prompts.Where{People: b.cfg.Desk.Open()}) })
}

func (b *Bot) privacy() string {
	return b.cfg.Texts.Privacy(prompts.Kept{People: b.cfg.Desk.Open(), Days: b.cfg.KeepDays})
}

// offers answers that an answer did not help, and offers to bring the question
// to people: the last real one, not the word that was just said.
func (b *Bot) offers(text func() string) handler {
	return func(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
		last, found, err := b.cfg.Desk.LastQuestion(ctx, m)
		if err != nil {
			return inbox.Reply{}, err
		}
		offer := prompts.Offer{People: b.cfg.Desk.Open()}
		if found {
			offer.Question = answer.Safe(shortened(last.Text))
		}
		return b.says(m, outcomeOffer, text()+" "+b.cfg.Texts.Offer(offer)), nil
	}
}

// reportable is a text that says how what is wrong in a document reaches who looks
// after it.
func (b *Bot) reportable(text func() string) func() string {
	return func() string { return text() + " " + b.cfg.Texts.VoteOffer() }
}

// shownRunes is how much of a question is said again.
const shownRunes = 120

func shortened(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= shownRunes {
		return text
	}
	return string([]rune(text)[:shownRunes-1]) + "…"
}

// yes answers a yes by what it is an answer to: it helped, bring it to people,
// or a preview that has gone.
func (b *Bot) yes(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	switch act.Waits {
	case dialogue.Answered:
		return b.says(m, "glad", b.cfg.Texts.Glad()), nil
	case dialogue.Nearest:
		return b.cfg.Desk.Preview(ctx, m, dialogue.Act{Kind: dialogue.Person})
	}
	return b.cfg.Desk.Agree(ctx, m, act)
}

// no likewise.
func (b *Bot) no(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	switch act.Waits {
	case dialogue.Answered:
		return b.offers(b.cfg.Texts.NotMeant)(ctx, m, act)
	case dialogue.Nearest:
		return b.says(m, "fine", b.cfg.Texts.Fine()), nil
	}
	return b.cfg.Desk.Decline(ctx, m, act)
}

// ok answers who has only taken note. While a preview waits, that is no yes.
func (b *Bot) ok(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if act.Waits == dialogue.Preview {
		return b.notice("unclear", b.cfg.Texts.Unclear)(ctx, m, act)
	}
	return b.notice("ok", b.cfg.Texts.OK)(ctx, m, act)
}

// traced leaves a word in the channel where all of a reply goes to its author
// alone.
func (b *Bot) traced(m chat.Message, reply inbox.Reply) inbox.Reply {
	if m.Origin != inbox.FromPost || m.Direct() || len(reply.Drafts) == 0 {
		return reply
	}
	for _, d := range reply.Drafts {
		if d.ToUserID == "" && d.ChannelID == m.ChannelID {
			return reply
		}
	}
	if !toAuthor(m, reply.Drafts) {
		return reply
	}
	trace := m.Here(b.cfg.Texts.Trace())
	trace.Machine = true
	reply.Drafts = append(reply.Drafts, trace)
	return reply
}

func toAuthor(m chat.Message, drafts []inbox.Draft) bool {
	for _, d := range drafts {
		if d.ToUserID == m.UserID {
			return true
		}
	}
	return false
}
