package ask

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/retrieval"
)

// meantDocuments are the documents among hits that the talk is about: those that the bot's
// last answer quotes, or else, as where it showed documents, the one that the question
// before names.
func (a *Asking) meantDocuments(ctx context.Context, m chat.Message, before []string, hits []retrieval.Hit) ([]retrieval.Document, error) {
	said, err := chat.LastAnswer(ctx, a.cfg.Posts, a.cfg.Answers, m, a.cfg.Self)
	if err != nil {
		return nil, err
	}
	var documents []retrieval.Document
	for _, h := range hits {
		known := slices.ContainsFunc(documents, func(d retrieval.Document) bool { return d.ID == h.Document.ID })
		if slices.Contains(said.About.Basis.Passages, h.Passage.ID) && !known {
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
