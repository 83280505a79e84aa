package ask

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Advisor says what the documents say to a question that is with people, for those who
// prepare an answer.
type Advisor struct {
	Answerer *Answerer
	Readers  Readers
}

// What an advice shows: so many sources, and so much of each.
const (
	adviceSources = 2
	adviceRunes   = 200
)

// Advise returns a draft of an answer with its sources as one safe line; empty: the
// documents say nothing, or the question is none for them. It rests on what all who read
// the channel may read, looked up anew, and asks no model.
func (a Advisor) Advise(ctx context.Context, channel chat.Channel, host, question string) (string, error) {
	m := chat.Message{Question: inbox.Question{Arrival: inbox.Arrival{UserID: host, ChannelID: channel.ID}, Try: 2}, Channel: channel}
	readers, err := a.Readers.Of(ctx, m)
	if err != nil {
		return "", fmt.Errorf("advise: %w", err)
	}
	found, err := a.Answerer.answer(ctx, asked{text: question, readers: readers.Here, brief: true})
	if err != nil {
		return "", fmt.Errorf("advise: %w", err)
	}
	if !slices.Contains([]answer.Outcome{answer.Answered, answer.Nearest, answer.Conflicting}, found.Outcome) {
		return "", nil
	}
	var lines []string
	for _, s := range found.Sources[:min(adviceSources, len(found.Sources))] {
		quote := strings.Join(strings.Fields(s.Quote), " ")
		lines = append(lines, "„"+answer.Safe(answer.Cut(quote, adviceRunes))+"“ ("+answer.Link(s.Title, s.URI)+")")
	}
	return strings.Join(lines, "; "), nil
}
