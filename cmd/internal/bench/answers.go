// Package bench measures what people wait for.
package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/cmd/internal/demo"
)

// Answers is how long answers took, from the asking post to the answering one
// by the Mattermost server's own clock, in milliseconds.
type Answers struct {
	Questions int   `json:"questions"`
	P50       int64 `json:"p50_ms"`
	P95       int64 `json:"p95_ms"`
	Max       int64 `json:"max_ms"`
}

// answerTime bounds the wait for one answer.
const answerTime = 30 * time.Second

// MeasureAnswers asks the questions one after another in a direct message and
// waits for each answer.
func MeasureAnswers(ctx context.Context, state demo.State, questions []string, progress func(done, total int)) (Answers, error) {
	// Not one of the demo's askers: a demo right afterwards would find their
	// budget spent.
	person := state.People[len(state.People)-1]
	me, err := colleague.Login(ctx, state.URL, person.Name, person.Password)
	if err != nil {
		return Answers{}, err
	}
	channel, err := me.Direct(ctx, state.Bot)
	if err != nil {
		return Answers{}, err
	}
	var took []int64
	for i, question := range questions {
		asked, err := me.Write(ctx, channel, "", question)
		if err != nil {
			return Answers{}, err
		}
		waiting, cancel := context.WithTimeout(ctx, answerTime)
		answer, err := me.Reply(waiting, asked.ID, asked.ID, state.Bot)
		cancel()
		if err != nil {
			return Answers{}, fmt.Errorf("question %d: %w", i+1, err)
		}
		took = append(took, answer.At.Sub(asked.At).Milliseconds())
		progress(i+1, len(questions))
	}
	return summary(took), nil
}

func summary(took []int64) Answers {
	slices.Sort(took)
	n := len(took)
	if n == 0 {
		return Answers{}
	}
	return Answers{Questions: n, P50: took[(n-1)/2], P95: took[(n*95+99)/100-1], Max: took[n-1]}
}
