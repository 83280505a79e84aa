package knowledge

import (
	"context"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// text is what texts say of a version to hosts, with the document that it rests on as
// far as all of them may read it.
func (k *Knowledge) text(ctx context.Context, v approved.Version, userID string) (prompts.Knowledge, error) {
	text := prompts.Knowledge{
		Number: v.Number, Text: answer.SafeBlock(v.Text), Owner: answer.Safe(v.Owner), Quote: answer.SafeBlock(v.Basis.Quote), Until: timeOf(v.Until),
		Instead: answer.Safe(v.Supersedes),
	}
	for _, q := range v.Questions {
		text.Questions = append(text.Questions, answer.Safe(q))
	}
	var err error
	if text.Contact, err = k.username(ctx, v.ContactID); err != nil {
		return text, err
	}
	if userID == "" {
		return text, nil
	}
	r, err := k.hostsMay(ctx, userID)
	if err != nil {
		return text, err
	}
	basis, stands, err := k.cfg.Shelf.Basis(ctx, v.Answer, r)
	if stands {
		text.Source = sourceOf(basis)
	}
	return text, err
}

func sourceOf(h retrieval.Hit) string {
	return answer.Safe(strings.TrimSuffix(h.Document.Title+", "+h.Passage.Place, ", "))
}
