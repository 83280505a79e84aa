package ask

import (
	"context"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/prompts"
)

// several answers the questions of one message one by one, each in a few lines.
// What comes of all of them is as good as the best of them; how sure it is, as
// the least sure.
func (a *Answerer) several(ctx context.Context, questions []string, q asked) (given, error) {
	q.brief = true
	all := given{Answer: answer.Answer{Outcome: answer.NotFound, Probability: 1}}
	var said []prompts.Part
	for _, question := range questions {
		one, err := a.one(ctx, question, q)
		if err != nil {
			return given{}, err
		}
		said = append(said, prompts.Part{Question: answer.Safe(shown(question)), Answer: one.Body})
		all.Sources = append(all.Sources, one.Sources...)
		all.files = append(all.files, one.files...)
		all.Probability = min(all.Probability, one.Probability)
		if better(one.Outcome, all.Outcome) {
			all.Outcome, all.Reason = one.Outcome, one.Reason
		}
	}
	all.Body = a.cfg.Texts.Parts(prompts.Parts{Parts: said})
	all.question = strings.Join(questions, " ")
	return all, nil
}

// shown is a question without what it was joined to for the search.
func shown(question string) string {
	if at := strings.LastIndexAny(strings.TrimSuffix(question, "?"), "?.!"); at >= 0 {
		if last := strings.TrimSpace(question[at+1:]); len(strings.Fields(last)) > 0 {
			return last
		}
	}
	return question
}

// order of outcomes, from what tells least.
var order = map[answer.Outcome]int{
	answer.NotFound: 0, answer.Elsewhere: 1, answer.Nearest: 2, answer.Conflicting: 3, answer.Answered: 4,
}

func better(a, b answer.Outcome) bool { return order[a] > order[b] }
