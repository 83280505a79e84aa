package app

import (
	"context"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/retrieval/embed"
	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
)

// With the embedded model about half of those who ask the same are offered to join,
// and few are offered another question: the pairs differ in a word or two. The pairs
// are those that the threshold is fitted to.
func TestLikenessOfTickets(t *testing.T) {
	t.Parallel()
	client, err := embed.New(embed.Config{
		BaseURL: embedlocal.Test(t).BaseURL(), QueryModel: embedlocal.ModelQuery, PassageModel: embedlocal.ModelPassage, QueryTimeout: time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	meaning := desk.NewMeaning(func(ctx context.Context, question string) ([]float32, error) {
		v, err := client.EmbedQueries(context.WithoutCancel(ctx), question) // however busy the machine is
		if err != nil {
			return nil, err
		}
		return v[0].Values, nil
	})
	found, wrong, of, err := meaning.Found(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d found, %d wrong, of %d", found, wrong, of)
	if found < 9 || wrong > 3 {
		t.Errorf("%d found, %d wrong, of %d", found, wrong, of)
	}
}
