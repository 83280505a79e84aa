package doctor

import (
	"context"

	"lvr.example/sprechstunde/cmd/internal/config"
)

func (r *round) examineModel(ctx context.Context) []Finding {
	if r.site.Config.Model.URL == config.ModelLocal {
		return ok("model", "the embedded one, for trying only; it is fetched when an answer first needs it")
	}
	client, err := r.site.ModelAt(r.site.Config.Model)
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
