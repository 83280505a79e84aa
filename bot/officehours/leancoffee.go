package officehours

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// Of a LeanCoffee, after its inventors' rules (leancoffee.org): topics are
// collected, each may give three votes, and the most wanted are talked about for
// eight minutes each, four more where most want to go on.
const (
	CoffeeVotes   = 3
	CoffeeTalk    = 8 * time.Minute
	CoffeeMore    = 4 * time.Minute
	CoffeeDecide  = time.Minute    // to say whether to go on
	CoffeePatient = 12 * time.Hour // after which one that nobody goes on with ends
	CoffeeTopics  = 40             // more nobody votes on
	coffeeNotes   = 200
	coffeeRunes   = 300 // of a topic or a note
)

// CoffeePhase is where a LeanCoffee stands.
type CoffeePhase string

// The phases, in their order; talking and deciding change with each topic.
const (
	Collecting CoffeePhase = "collecting"
	Voting     CoffeePhase = "voting"
	Talking    CoffeePhase = "talking"
	Deciding   CoffeePhase = "deciding" // whether to go on with the topic
	CoffeeOver CoffeePhase = "over"
)

// Coffee is one LeanCoffee in a channel. It holds no name: votes are kept by
// person only until they are counted.
type Coffee struct {
	ID        int64       `json:"-"`
	ChannelID string      `json:"-"`
	RootID    string      `json:"-"` // of its thread; empty until the opening post is out
	Phase     CoffeePhase `json:"-"`
	Until     time.Time   `json:"-"` // when time is up

	Topics []CoffeeTopic    `json:"topics"`
	Talked int              `json:"talked"`          // topics that were talked about, the present one included
	Longer bool             `json:"longer"`          // the present one has been given more time
	Votes  map[string][]int `json:"votes,omitempty"` // numbers of topics by chat user id
	GoOn   map[string]bool  `json:"go_on,omitempty"` // by chat user id, while deciding
	Notes  []CoffeeNote     `json:"notes,omitempty"`
	Done   []string         `json:"done"` // ids of the inbox questions that have changed it
}

// CoffeeTopic is what is to be talked about.
type CoffeeTopic struct {
	Number int      `json:"number"` // from 1, in the order in which they came
	Texts  []string `json:"texts"`  // the same in several people's words
	By     []string `json:"by"`     // inbox questions that brought each of the texts
	Votes  int      `json:"votes"`  // once they are counted
}

// CoffeeNote is what somebody wants to keep of the talk.
type CoffeeNote struct {
	Topic int    `json:"topic"` // its number; 0: before any
	Text  string `json:"text"`
}

// Errors of a step that a LeanCoffee cannot take.
var (
	ErrPhase    = errors.New("not in this phase")
	ErrNoTopics = errors.New("no topics")
	ErrTopics   = errors.New("too many topics")
	ErrNoTopic  = errors.New("no such topic")
	ErrVotes    = errors.New("no votes left")
	ErrWords    = errors.New("no words, or too many")
	ErrRunning  = errors.New("one is running in this channel")
)

// Coffees keeps LeanCoffees. As with tickets, each effect carries the id of the
// inbox question that caused it, and the same one again changes nothing.
type Coffees interface {
	// OpenCoffee begins one in a channel. ErrRunning, with that one: it has one
	// that another question began.
	OpenCoffee(ctx context.Context, channelID, by string, at time.Time) (Coffee, error)
	// SaveCoffeeRoot remembers the opening post.
	SaveCoffeeRoot(ctx context.Context, id int64, postID string) error
	// CoffeeByRoot finds the one of a thread that is not over. ErrUnknown: none.
	CoffeeByRoot(ctx context.Context, rootID string) (Coffee, error)
	// Coffee finds one. ErrUnknown: none.
	Coffee(ctx context.Context, id int64) (Coffee, error)
	// RunningCoffees are all that are not over, oldest first.
	RunningCoffees(ctx context.Context) ([]Coffee, error)
	// ChangeCoffee changes one under its lock, idempotent by question by, and returns
	// it. An error of change rolls back.
	ChangeCoffee(ctx context.Context, id int64, by string, change func(*Coffee) error) (Coffee, error)
}

// Add takes a topic on, or puts it to one that is alike. Question by brings it.
func (c *Coffee) Add(text, by string, alike func(a, b string) bool) error {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case c.Phase != Collecting:
		return ErrPhase
	case text == "" || len([]rune(text)) > coffeeRunes:
		return ErrWords
	}
	for i := range c.Topics {
		t := &c.Topics[i]
		if slices.ContainsFunc(t.Texts, func(known string) bool { return alike(known, text) }) {
			t.Texts, t.By = append(t.Texts, text), append(t.By, by)
			return nil
		}
	}
	if len(c.Topics) >= CoffeeTopics {
		return ErrTopics
	}
	c.Topics = append(c.Topics, CoffeeTopic{Number: len(c.Topics) + 1, Texts: []string{text}, By: []string{by}})
	return nil
}

// Brought is the topic that a question brought; false: none.
func (c *Coffee) Brought(by string) (CoffeeTopic, bool) {
	i := slices.IndexFunc(c.Topics, func(t CoffeeTopic) bool { return slices.Contains(t.By, by) })
	if i < 0 {
		return CoffeeTopic{}, false
	}
	return c.Topics[i], true
}

// Ballot ends the collecting.
func (c *Coffee) Ballot(now time.Time) error {
	switch {
	case c.Phase != Collecting:
		return ErrPhase
	case len(c.Topics) == 0:
		return ErrNoTopics
	}
	c.Phase, c.Until, c.Votes = Voting, now.Add(CoffeePatient), nil
	return nil
}

// Vote gives votes of a person; several may go to one topic. Anew: instead of
// those given before.
func (c *Coffee) Vote(userID string, topics []int, anew bool) error {
	if c.Phase != Voting {
		return ErrPhase
	}
	for _, n := range topics {
		if n < 1 || n > len(c.Topics) {
			return ErrNoTopic
		}
	}
	given := append(slices.Clone(c.Votes[userID]), topics...)
	if anew {
		given = topics
	}
	if len(given) > CoffeeVotes {
		return ErrVotes
	}
	if c.Votes == nil {
		c.Votes = map[string][]int{}
	}
	c.Votes[userID] = given
	return nil
}

// Count ends the voting: topics stand by their votes, the earlier one first where
// they are even, and the first is talked about. Who voted how is dropped.
func (c *Coffee) Count(now time.Time) error {
	if c.Phase != Voting {
		return ErrPhase
	}
	for _, given := range c.Votes {
		for _, n := range given {
			c.Topics[n-1].Votes++ // numbers are places until here
		}
	}
	c.Votes = nil
	slices.SortStableFunc(c.Topics, func(a, b CoffeeTopic) int { return b.Votes - a.Votes })
	c.talk(now)
	return nil
}

// talk goes to the next topic, or ends.
func (c *Coffee) talk(now time.Time) {
	c.GoOn, c.Longer = nil, false
	if c.Talked == len(c.Topics) {
		c.end()
		return
	}
	c.Talked++
	c.Phase, c.Until = Talking, now.Add(CoffeeTalk)
}

func (c *Coffee) end() {
	c.Phase, c.Until, c.Votes, c.GoOn = CoffeeOver, time.Time{}, nil, nil
}

// Topic is the one talked about; false: none yet.
func (c *Coffee) Topic() (CoffeeTopic, bool) {
	if c.Talked == 0 {
		return CoffeeTopic{}, false
	}
	return c.Topics[c.Talked-1], true
}

// TimeUp does what is due when time is up. ErrPhase: it is not.
func (c *Coffee) TimeUp(now time.Time) error {
	if c.Phase == CoffeeOver || now.Before(c.Until) {
		return ErrPhase
	}
	switch c.Phase {
	case Talking:
		c.Phase, c.Until, c.GoOn = Deciding, now.Add(CoffeeDecide), nil
	case Deciding:
		c.decide(now)
	default:
		c.end()
	}
	return nil
}

// decide goes on where more people want to than not.
func (c *Coffee) decide(now time.Time) {
	more := 0
	for _, goOn := range c.GoOn {
		if goOn {
			more++
		} else {
			more--
		}
	}
	if more <= 0 {
		c.talk(now)
		return
	}
	c.Phase, c.Until, c.GoOn, c.Longer = Talking, now.Add(CoffeeMore), nil, true
}

// Choose is one person's word whether to go on; the last one counts.
func (c *Coffee) Choose(userID string, goOn bool) error {
	if c.Phase != Deciding {
		return ErrPhase
	}
	if c.GoOn == nil {
		c.GoOn = map[string]bool{}
	}
	c.GoOn[userID] = goOn
	return nil
}

// Next goes to the next topic before time is up.
func (c *Coffee) Next(now time.Time) error {
	if c.Phase != Talking {
		return ErrPhase
	}
	c.talk(now)
	return nil
}

// Keep notes something down.
func (c *Coffee) Keep(text string) error {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case c.Phase == CoffeeOver:
		return ErrPhase
	case text == "" || len([]rune(text)) > coffeeRunes || len(c.Notes) >= coffeeNotes:
		return ErrWords
	}
	topic, _ := c.Topic()
	c.Notes = append(c.Notes, CoffeeNote{Topic: topic.Number, Text: text})
	return nil
}

// End ends it.
func (c *Coffee) End() error {
	if c.Phase == CoffeeOver {
		return ErrPhase
	}
	c.end()
	return nil
}
