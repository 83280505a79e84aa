package evaluate

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
)

// tell tells what a person would be told without a model, and the judgement
// behind it.
func (b bench) tell(lib *library.Library, r retrieval.Readers) (func(context.Context, []string, string) (eval.Response, error), error) {
	own, err := house.Of(b.Config)
	if err != nil {
		return nil, err
	}
	texts, err := house.Texts(b.Config)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, before []string, question string) (eval.Response, error) {
		searcher := &overheard{engine: lib.Engine}
		answerer, err := app.NewAnswerer(app.Answering{Site: b.Site, Library: lib, House: own, Texts: texts, Searcher: searcher})
		if err != nil {
			return eval.Response{}, err
		}
		a, err := answerer.Ask(ctx, question, r, before...)
		if err != nil {
			return eval.Response{}, fmt.Errorf("ask: %w", err)
		}
		opt := answer.RenderOptions{Texts: texts, Now: b.Now(), Handover: true}
		return eval.Response{
			Outcome: string(a.Outcome), Probability: a.Probability, Judgement: searcher.judgement, Post: answer.Words(a, opt), Sources: len(a.Sources),
		}, nil
	}, nil
}

// follow searches for a question as it is searched in a talk, by rule alone.
func follow(ctx context.Context, s eval.Searcher, before []string, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error) {
	_, found, err := ask.Follow(ctx, s, ask.Talk{Question: q.Text, Before: before}, q, r)
	return found, err
}

// overheard keeps the judgement of the last search.
type overheard struct {
	engine    *retrieval.Engine
	judgement *retrieval.Sufficiency
}

// Search implements ask.Searcher.
func (o *overheard) Search(ctx context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error) {
	result, err := o.engine.Search(ctx, q, r)
	if err == nil {
		o.judgement = &result.Sufficiency
	}
	return result, err
}
