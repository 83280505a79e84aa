package ask

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

// meantDocuments are the documents among hits that the talk is about: those that the bot's
// last answer quotes, or else the one that the question before names.
func (a *Asking) meantDocuments(ctx context.Context, m chat.Message, before []string, hits []retrieval.Hit) ([]retrieval.Document, error) {
	quoted, err := a.quotedLast(ctx, m)
	if err != nil {
		return nil, err
	}
	var documents []retrieval.Document
	for _, h := range hits {
		known := slices.ContainsFunc(documents, func(d retrieval.Document) bool { return d.ID == h.Document.ID })
		if slices.Contains(quoted, h.Passage.ID) && !known {
			documents = append(documents, h.Document)
		}
	}
	if len(documents) == 0 {
		documents = answer.ByTitle(before[len(before)-1], hits)
	}
	if len(documents) == 0 {
		documents = []retrieval.Document{hits[0].Document}
	}
	return documents, nil
}

// quotedLast are the passages that the bot's last answer in the talk quotes; none: it
// showed documents, or there is no answer.
func (a *Asking) quotedLast(ctx context.Context, m chat.Message) ([]int64, error) {
	talk, err := chat.Before(ctx, a.cfg.Posts, m)
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Backward(talk) {
		if !p.MadeBy(a.cfg.Self) || p.CreatedAt.After(m.Post.CreatedAt) {
			continue
		}
		q, err := a.cfg.Answers.Question(ctx, inbox.QuestionOf(p.Marker))
		if errors.Is(err, inbox.ErrDone) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("find answer (%s): %w", p.Marker, err)
		}
		if i := slices.IndexFunc(q.Drafts, func(d inbox.Draft) bool { return d.About.Kind == inbox.AboutAnswer }); i >= 0 {
			return q.Drafts[i].About.Basis.Passages, nil
		}
	}
	return nil, nil
}
