package doctor

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/retrieval/eval"
)

func (r *round) examineSufficiency(ctx context.Context) []Finding {
	const do = "name a file that `sprechstunde eval DIR --calibrate --out FILE` wrote for this embedder"
	calibration, err := library.Calibration(r.site.Config)
	if err != nil {
		return broken("sufficiency", err, do)
	}
	if r.embedders == nil || r.embedders.First == nil {
		return nil // said of the embedder already
	}
	weights, err := library.WeightsFor(calibration, r.embedders.First.Model())
	switch {
	case err != nil:
		return broken("sufficiency", err, do)
	case weights.From == eval.Unknown:
		return []Finding{{"sufficiency", StateWarning, "no weights are fitted for " + weights.Model + ": careful ones judge by words", do + ", and set sufficiency to it"}}
	}
	return ok("sufficiency", fmt.Sprintf("weights for %s (%s)", weights.Model, weights.From))
}
