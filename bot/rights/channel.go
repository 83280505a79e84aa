package rights

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/retrieval"
)

// In is what everybody who reads a channel may read, whoever asks there.
func (r *Rights) In(ctx context.Context, channel chat.Channel) (retrieval.Readers, error) {
	collections, err := r.cfg.Collections.Collections(ctx)
	if err != nil {
		return retrieval.Readers{}, err
	}
	var names []string
	for _, c := range collections {
		names = append(names, c.Name)
	}
	return lookup{r.cfg.Directory, false}.channel(ctx, channel, retrieval.ReadersOf(names...), collections)
}
