package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/privacy"
	"lvr.example/sprechstunde/prompts"
)

// OwnData is what is kept of one person.
type OwnData interface {
	Export(ctx context.Context, userID string) (privacy.Export, error)
	Forget(ctx context.Context, userID string) (privacy.Forgotten, error)
}

// Outcomes of what somebody wants of their own data.
const (
	outcomeForget    = "forget"    // asked
	outcomeForgotten = "forgotten" // what is kept goes once this is posted
)

// ownData sends a person what is kept of them, as a file.
func (b *Bot) ownData(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	if b.cfg.OwnData == nil {
		return m.Says("own data off", b.cfg.Texts.OwnDataOff()), nil
	}
	export, err := b.cfg.OwnData.Export(ctx, m.UserID)
	if err != nil {
		return inbox.Reply{}, err
	}
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("write a person's export: %w", err)
	}
	d := m.Aside(b.cfg.Texts.OwnData(ownText(export)))
	d.File = inbox.File{Name: "meine-daten.json", Content: content}
	return inbox.Reply{Outcome: "own data", Lasting: true, Drafts: []inbox.Draft{d}}, nil
}

func ownText(e privacy.Export) prompts.Own {
	own := prompts.Own{Questions: len(e.Questions), Handovers: len(e.Handovers), Tickets: len(e.Tickets), Answers: len(e.Answers), Votes: len(e.Votes)}
	for _, q := range e.Questions {
		own.Replies += len(q.Replies)
	}
	return own
}

// forget asks once.
func (b *Bot) forget(_ context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	if b.cfg.OwnData == nil {
		return m.Says("own data off", b.cfg.Texts.OwnDataOff()), nil
	}
	d := m.Aside(b.cfg.Texts.ForgetAsk())
	if b.cfg.Buttons {
		d.Buttons = []inbox.Button{{Label: b.cfg.Texts.WordForget(), Action: inbox.Forget, Spends: inbox.SpendsAll}}
	}
	return inbox.Reply{Outcome: outcomeForget, Lasting: true, Drafts: []inbox.Draft{d}}, nil
}

// forgets says what goes and what stays. What is kept goes once that is posted:
// with it goes the question that this answers.
func (b *Bot) forgets(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	if b.cfg.OwnData == nil {
		return m.Says("own data off", b.cfg.Texts.OwnDataOff()), nil
	}
	export, err := b.cfg.OwnData.Export(ctx, m.UserID)
	if err != nil {
		return inbox.Reply{}, err
	}
	return inbox.Reply{Outcome: outcomeForgotten, Lasting: true, Drafts: []inbox.Draft{m.Aside(b.cfg.Texts.Forgotten(ownText(export)))}}, nil
}

// forgetsNow forgets whoever the report that was just posted is for.
func (b *Bot) forgetsNow(ctx context.Context, q inbox.Question) error {
	if b.cfg.OwnData == nil || q.UserID == "" {
		return nil
	}
	_, err := b.cfg.OwnData.Forget(ctx, q.UserID)
	return err
}

// topics are the collections that a person may ask about here.
func (b *Bot) topics(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	readers, err := b.cfg.Rights.Of(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	var names []string
	for _, name := range readers.Here.Collections() {
		names = append(names, answer.Safe(name))
	}
	slices.Sort(names)
	return b.says(m, "topics", b.cfg.Texts.Topics(prompts.Topics{Collections: names, People: b.cfg.Desk.Open()})), nil
}
