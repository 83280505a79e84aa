package ask

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/retrieval"
)

// Talk is a question with those that the same person asked before it.
type Talk struct {
	Question string
	Before   []string         // oldest first; empty: it stands alone
	Leans    bool             // heard as one that goes on, whatever its words
	Spoken   retrieval.Spoken // what the talk is about; nothing: what settles the question before
	Worded   string           // the question and what it leans on, said as one; empty: they are joined
}

// leans reports whether the question is not understood alone.
func (t Talk) leans() bool { return t.goesOn() && (t.Leans || Leans(t.Question)) }

// goesOn reports whether anything was said before.
func (t Talk) goesOn() bool { return len(t.Before) > 0 || len(t.Spoken.Passages) > 0 }

// whole is the question as it is understood.
func (t Talk) whole() string {
	switch {
	case t.Worded != "":
		return t.Worded
	case len(t.Before) == 0:
		return t.Question
	}
	return chained(t.Before, t.Question)
}

// Follow searches for a question that may lean on those before it, and returns with what
// was found how the question was understood. Whatever it says, it is looked for where the
// talk is as well as elsewhere. If it does not stand there, one that leans is read in
// several ways (readings), of which the one counts whose words stand together in what is
// found; any other short one only if nothing is found for it alone.
func Follow(ctx context.Context, s Searcher, t Talk, q retrieval.Query, r retrieval.Readers) (understood string, found retrieval.Result, err error) {
	q.Text = t.Question
	if !t.goesOn() || len(dialogue.Words(t.Question)) > leaningWords || !t.leans() && len(contentOf(t.Question)) >= namingEnough {
		found, err = s.Search(ctx, q, r)
		return t.Question, found, err
	}
	if exchanged, found, ok, err := t.exchanged(ctx, s, q, r); ok || err != nil {
		return exchanged, found, err
	}
	if len(t.Spoken.Passages) == 0 {
		if t.Spoken.Passages, err = t.settled(ctx, s, q, r); err != nil {
			return t.Question, found, err
		}
	}
	q.Spoken = t.Spoken
	q.Spoken.Leans = t.leans()
	if len(t.Before) > 0 {
		q.Spoken.Joined = t.whole()
	}
	found, err = s.Search(ctx, q, r)
	q.Spoken = retrieval.Spoken{}
	switch {
	case err != nil:
		return t.Question, found, err
	case found.InTalk && t.leans():
		return t.whole(), found, nil
	case found.InTalk || sufficient(found) && !t.leans() || len(t.Before) == 0:
		return t.Question, found, nil
	}
	whole, both, err := t.together(ctx, s, q, r)
	if err != nil {
		return whole, both, err
	}
	if t.leans() && (both.Sufficiency.Band != retrieval.NotFound || !sufficient(found)) || !t.leans() && (sufficient(both) || likelier(both, found)) {
		return whole, both, nil
	}
	return t.Question, found, nil
}

// namingEnough is from how many words that name something on a question that does not lean
// on what was said has nothing to do with it.
const namingEnough = 3

// exchanged searches for a question that only names something else to ask the one before
// of; false: it is none, or nothing is found that has all its words.
func (t Talk) exchanged(ctx context.Context, s Searcher, q retrieval.Query, r retrieval.Readers) (string, retrieval.Result, bool, error) {
	if !t.leans() || len(t.Before) == 0 || t.Worded != "" {
		return "", retrieval.Result{}, false, nil
	}
	texts, certain := exchanges(t.Before[len(t.Before)-1], t.Question)
	if !certain {
		return "", retrieval.Result{}, false, nil
	}
	q.Text, q.Own = texts[0], t.Question
	found, err := s.Search(ctx, q, r)
	return texts[0], found, err == nil && found.Sufficiency.Band != retrieval.NotFound && len(found.Sufficiency.Missing) == 0, err
}

// settled is the passage that settles the last question before, where no answer to it is
// kept; none: nothing does.
func (t Talk) settled(ctx context.Context, s Searcher, q retrieval.Query, r retrieval.Readers) ([]int64, error) {
	q.Text = Whole(t.Before[:len(t.Before)-1], t.Before[len(t.Before)-1])
	last, err := s.Search(ctx, q, r)
	if err != nil || last.Sufficiency.Band == retrieval.NotFound {
		return nil, err
	}
	best := last.Statements(q.Text)
	if len(best) == 0 {
		return nil, nil
	}
	return []int64{best[0].Passage.ID}, nil
}

// likelier reports whether what comes near is much likelier the answer than what comes
// near for a question alone.
func likelier(both, alone retrieval.Result) bool {
	return alone.Sufficiency.Band == retrieval.Nearest && both.Sufficiency.Probability >= alone.Sufficiency.Probability+muchLikelier
}

// muchLikelier is by how much a question must be likelier answered with the one before it
// than alone, where neither is clear.
const muchLikelier = 0.25

// together searches a question with those before it as one. What was found settles
// nothing if a word of the question is missing: then only the first one was
// answered again.
func (t Talk) together(ctx context.Context, s Searcher, q retrieval.Query, r retrieval.Readers) (string, retrieval.Result, error) {
	best, both, err := t.best(ctx, s, q, r)
	if err == nil && sufficient(both) && sharesWord(t.Question, both.Sufficiency.Missing) {
		both.Sufficiency.Band = retrieval.Nearest
	}
	return best.shown, both, err
}

// best searches the readings of a question and returns the one that fits best.
func (t Talk) best(ctx context.Context, s Searcher, q retrieval.Query, r retrieval.Readers) (best reading, found retrieval.Result, err error) {
	for i, one := range t.readings() {
		q.Text, q.Own = one.text, one.own
		result, err := s.Search(ctx, q, r)
		if err != nil {
			return one, result, err
		}
		if i == 0 || fits(result) > fits(found) {
			best, found = one, result
		}
	}
	return best, found, nil
}

// fits says how well a reading fits what it found: by how much of it stands together
// there, most of all what the question says itself.
func fits(found retrieval.Result) float64 {
	s := found.Sufficiency
	fit := s.Signals.Together + s.Probability/2
	if len(s.Missing) > 0 {
		fit -= lacksWord
	}
	return fit
}

// lacksWord is what it costs a reading that a word of the question stands nowhere in what
// it found.
const lacksWord = 0.3

// search searches for a question of a talk and returns how it was understood.
func (a *Answerer) search(ctx context.Context, question string, q asked) (string, retrieval.Result, error) {
	t := q.talk(question)
	if t.leans() {
		t.Worded, _ = a.cfg.Composer.Reword(ctx, t.Before[max(0, len(t.Before)-longestChain):], question)
	}
	return Follow(ctx, a.cfg.Searcher, t, retrieval.Query{At: a.cfg.Now()}, q.readers)
}

// talk is a question of those asked, cleaned, with what was asked before.
func (q asked) talk(question string) Talk {
	t := Talk{Question: question, Leans: q.leans, Spoken: q.spoken}
	for _, text := range q.before {
		if clean, _ := answer.Clean(text, 0); clean != "" {
			t.Before = append(t.Before, clean)
		}
	}
	return t
}

func (a *Answerer) find(ctx context.Context, question string, r retrieval.Readers) (retrieval.Result, error) {
	return a.cfg.Searcher.Search(ctx, retrieval.Query{Text: question, At: a.cfg.Now()}, r)
}

func sufficient(r retrieval.Result) bool {
	return r.Sufficiency.Band == retrieval.Answered || r.Sufficiency.Band == retrieval.Conflicting
}

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
