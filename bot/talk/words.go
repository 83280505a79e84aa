package talk

import (
	"cmp"
	"context"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// Notice is a short word to whoever wrote.
func (t *Talk) Notice(outcome string, text func() string) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
		again, err := t.again(ctx, m, outcome)
		return t.says(m, outcome, cmp.Or(again, text())), err
	}
}

// again is what is said in the place of a short word that was the last to be said, so that
// nobody is told the same twice in a row; empty: it was not, or there is but one way.
func (t *Talk) again(ctx context.Context, m chat.Message, outcome string) (string, error) {
	other := t.cfg.Texts.OnceMore(prompts.OnceMore{Said: outcome, People: t.cfg.People.Open()})
	if other == "" || m.Origin == inbox.FromCommand {
		return "", nil
	}
	own, err := chat.OwnBefore(ctx, t.cfg.Posts, m, t.cfg.Self)
	if err != nil || len(own) == 0 || m.Post.CreatedAt.Sub(own[0].CreatedAt) > sameTalk || strings.HasPrefix(own[0].Text, other) {
		return "", err
	}
	if last, err := t.outcomeOf(ctx, own[0]); err != nil || last != outcome {
		return "", err
	}
	return other, nil
}

// Where is a short word that depends on whether there are people to ask.
func (t *Talk) Where(outcome string, text func(prompts.Where) string) dialogue.Handler {
	return t.Notice(outcome, func() string { return text(prompts.Where{People: t.cfg.People.Open()}) })
}

// Capabilities says what the bot can do; behind a command also which words there are.
func (t *Talk) Capabilities(_ context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	there := prompts.Where{People: t.cfg.People.Open()}
	text := t.cfg.Texts.Capabilities(there)
	if m.Origin == inbox.FromCommand {
		text += "\n\n" + t.cfg.Texts.Commands(there)
	}
	return t.says(m, "capabilities", text), nil
}

// shownRunes is how much of a question is said again.
const shownRunes = 120

// Offers answers that an answer did not help, and offers to bring the question
// to people: the last real one, not the word that was just said.
func (t *Talk) Offers(text func() string) dialogue.Handler {
	return t.OffersIn(func(o prompts.Offer) string { return text() + " " + t.cfg.Texts.Offer(o) })
}

// OffersIn is Offers with a text that makes the offer itself.
func (t *Talk) OffersIn(text func(prompts.Offer) string) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
		last, found, err := t.cfg.People.LastQuestion(ctx, m)
		if err != nil {
			return inbox.Reply{}, err
		}
		if found && t.cfg.People.Refuses(last.Text) {
			return t.cfg.People.Preview(ctx, m, dialogue.Act{Kind: dialogue.Person})
		}
		offer := prompts.Offer{People: t.cfg.People.Open()}
		if found {
			offer.Question = answer.Safe(answer.InLine(last.Text, shownRunes))
		}
		return t.says(m, dialogue.AskedForPeople, text(offer)), nil
	}
}

// Yes answers a yes by what it is an answer to: it helped, bring it to people,
// or a preview that has gone.
func (t *Talk) Yes(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	switch act.Waits {
	case dialogue.Answered:
		return t.says(m, "glad", t.cfg.Texts.Glad()), nil
	case dialogue.Nearest:
		return t.cfg.People.Preview(ctx, m, dialogue.Act{Kind: dialogue.Person})
	}
	return t.cfg.People.Agree(ctx, m, act)
}

// No answers a no likewise: then what should help, or what goes nowhere.
func (t *Talk) No(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	switch act.Waits {
	case dialogue.Answered:
		return t.Offers(t.cfg.Texts.NotMeant)(ctx, m, act)
	case dialogue.Nearest:
		return t.says(m, "fine", t.cfg.Texts.Fine()), nil
	}
	return t.cfg.People.Decline(ctx, m, act)
}

// OK answers who has only taken note. While a preview waits, that is no yes.
func (t *Talk) OK(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if act.Waits == dialogue.Preview {
		return t.Unclear(ctx, m, act)
	}
	return t.Notice("ok", t.cfg.Texts.OK)(ctx, m, act)
}

// Unclear asks what is to become of a preview; where something else was said since, it
// is shown again.
func (t *Talk) Unclear(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if act.Waits != dialogue.Preview {
		return t.cfg.People.Recall(ctx, m, act)
	}
	return t.says(m, dialogue.AskedOfPreview, t.cfg.Texts.Unclear()), nil
}
