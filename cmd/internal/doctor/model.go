package doctor

import (
	"context"
)

func (r *round) examineModel(ctx context.Context) []Finding {
	client, err := r.site.Model()
	if err != nil {
		return broken("model", err, "correct model.url and model.name")
	}
	if client == nil {
		return []Finding{{"model", StateOff, "not configured: answers are quotes", ""}}
	}
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	if err := client.Check(ctx); err != nil {
		return broken("model", err, "check model.url, model.name and model.key; until then answers are quotes")
	}
	return ok("model", r.site.Config.Model.Name+" answers")
}
