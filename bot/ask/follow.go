package ask

import (
	"context"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/retrieval"
)

// search finds passages for a question that may lean on the one before. A
// question that goes on ("Und im Ausland?") is searched together with it first;
// any other short one only when it finds nothing alone.
func (a *Answerer) search(ctx context.Context, question string, q asked) (string, retrieval.Result, error) {
	before, _ := answer.Clean(q.before, 0)
	leans := before != "" && len(strings.Fields(question)) <= leaningWords
	goesOn := q.leans || dialogue.GoesOn(question)
	if leans && goesOn {
		both, found, err := a.together(ctx, before, question, q.readers)
		if err != nil || sufficient(found) {
			return both, found, err
		}
	}
	found, err := a.find(ctx, question, q.readers)
	if err != nil || sufficient(found) || !leans || goesOn {
		return question, found, err
	}
	both, foundBoth, err := a.together(ctx, before, question, q.readers)
	if err != nil || !sufficient(foundBoth) {
		return question, found, err
	}
	return both, foundBoth, nil
}

// together searches both questions as one. What was found settles nothing if a
// word of the second one is missing: then only the first was answered again.
func (a *Answerer) together(ctx context.Context, before, question string, r retrieval.Readers) (string, retrieval.Result, error) {
	both := before + " " + question
	found, err := a.find(ctx, both, r)
	if err == nil && sharesWord(question, found.Sufficiency.Missing) {
		found.Sufficiency.Band = retrieval.Nearest
	}
	return both, found, err
}

func (a *Answerer) find(ctx context.Context, question string, r retrieval.Readers) (retrieval.Result, error) {
	return a.cfg.Searcher.Search(ctx, retrieval.Query{Text: question, At: a.cfg.Now()}, r)
}

func sufficient(r retrieval.Result) bool {
	return r.Sufficiency.Band == retrieval.Answered || r.Sufficiency.Band == retrieval.Conflicting
}

// leaningWords is the length up to which a question may lean on another.
const leaningWords = 10

func sharesWord(text string, words []string) bool {
	own := dialogue.Words(text)
	for _, w := range words {
		for _, part := range dialogue.Words(w) {
			if slices.Contains(own, part) {
				return true
			}
		}
	}
	return false
}
