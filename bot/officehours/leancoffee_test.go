package officehours

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

var coffeeStart = time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)

func sameText(a, b string) bool { return a == b }

func collecting(topics ...string) *Coffee {
	c := &Coffee{Phase: Collecting, Until: coffeeStart.Add(CoffeePatient)}
	for i, t := range topics {
		if err := c.Add(t, fmt.Sprint(i), sameText); err != nil {
			panic(err)
		}
	}
	return c
}

func TestALeanCoffeeFromTopicsToItsEnd(t *testing.T) {
	t.Parallel()
	now := coffeeStart
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c := collecting("A", "B", "C", "B")
	if len(c.Topics) != 3 || len(c.Topics[1].Texts) != 2 {
		t.Fatalf("topics %+v", c.Topics)
	}
	ok(c.Ballot(now))
	ok(c.Vote("anna", []int{3}, false))
	ok(c.Vote("anna", []int{3, 3}, false))
	if err := c.Vote("anna", []int{1}, false); !errors.Is(err, ErrVotes) {
		t.Errorf("a fourth vote: %v", err)
	}
	ok(c.Vote("berta", []int{2, 2, 2}, true))
	ok(c.Vote("berta", []int{2, 1}, true))
	if err := c.Vote("carl", []int{4}, false); !errors.Is(err, ErrNoTopic) {
		t.Errorf("a vote for nothing: %v", err)
	}
	ok(c.Count(now))
	if got := []int{c.Topics[0].Number, c.Topics[1].Number, c.Topics[2].Number}; !slices.Equal(got, []int{3, 1, 2}) || c.Votes != nil {
		t.Errorf("counted to %v, votes kept: %v", got, c.Votes)
	}
	if err := c.TimeUp(now.Add(CoffeeTalk - 1)); !errors.Is(err, ErrPhase) {
		t.Errorf("time up before it is: %v", err)
	}
	now = now.Add(CoffeeTalk)
	ok(c.TimeUp(now))
	ok(c.Choose("anna", true))
	ok(c.Choose("berta", false))
	ok(c.Choose("berta", true))
	now = now.Add(CoffeeDecide)
	ok(c.TimeUp(now))
	if topic, _ := c.Topic(); c.Phase != Talking || topic.Number != 3 || !c.Until.Equal(now.Add(CoffeeMore)) {
		t.Errorf("after a yes: %+v", c)
	}
	now = now.Add(CoffeeMore)
	ok(c.TimeUp(now))
	ok(c.Choose("anna", true))
	ok(c.Choose("carl", false)) // even
	now = now.Add(CoffeeDecide)
	ok(c.TimeUp(now))
	if topic, _ := c.Topic(); topic.Number != 1 || !c.Until.Equal(now.Add(CoffeeTalk)) {
		t.Errorf("after as many no: %+v", c)
	}
	ok(c.Next(now))
	ok(c.Next(now))
	if c.Phase != CoffeeOver || c.Talked != 3 {
		t.Errorf("behind the last topic: %+v", c)
	}
}

func TestStepsThatALeanCoffeeRefuses(t *testing.T) {
	t.Parallel()
	now := coffeeStart
	empty, running := collecting(), collecting("A")
	many := collecting()
	for i := range CoffeeTopics {
		if err := many.Add(fmt.Sprint(i), "q", sameText); err != nil {
			t.Fatal(err)
		}
	}
	over := collecting("A")
	over.end()
	for name, c := range map[string]struct{ got, want error }{
		"vote on nothing":        {empty.Ballot(now), ErrNoTopics},
		"no words":               {empty.Add(" \n", "q", sameText), ErrWords},
		"many words":             {empty.Add(strings.Repeat("a", 301), "q", sameText), ErrWords},
		"a vote before the vote": {running.Vote("anna", []int{1}, false), ErrPhase},
		"count before the vote":  {running.Count(now), ErrPhase},
		"next before the talk":   {running.Next(now), ErrPhase},
		"too many topics":        {many.Add("another", "q", sameText), ErrTopics},
		"a topic afterwards":     {over.Add("A", "q", sameText), ErrPhase},
		"an end after the end":   {over.End(), ErrPhase},
		"a note after the end":   {over.Keep("x"), ErrPhase},
		"time after the end":     {over.TimeUp(now.Add(time.Hour)), ErrPhase},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	if err := running.TimeUp(now.Add(CoffeePatient)); err != nil || running.Phase != CoffeeOver {
		t.Errorf("one that nobody goes on with: %v, %s", err, running.Phase)
	}
}

// TestRandomLeanCoffees takes random steps: none panics, no vote is lost or made up,
// and no person stands in one that is past its vote.
func TestRandomLeanCoffees(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		c, now, voted := collecting(), coffeeStart, 0
		for range 60 {
			now = now.Add(time.Duration(r.IntN(300)) * time.Second)
			switch r.IntN(9) {
			case 0, 1:
				_ = c.Add(fmt.Sprint("topic ", r.IntN(6)), "q", sameText)
			case 2:
				_ = c.Ballot(now)
			case 3, 4:
				_ = c.Vote(fmt.Sprint("person ", r.IntN(4)), []int{1 + r.IntN(7)}, r.IntN(3) == 0)
			case 5:
				given := 0
				for _, topics := range c.Votes {
					given += len(topics)
				}
				if c.Count(now) == nil {
					voted = given
				}
			case 6:
				_ = c.Choose(fmt.Sprint("person ", r.IntN(4)), r.IntN(2) == 0)
			case 7:
				_ = c.TimeUp(now)
			case 8:
				_ = c.Next(now)
			}
			counted := 0
			for _, topic := range c.Topics {
				counted += topic.Votes
			}
			if counted != voted || c.Phase != Voting && len(c.Votes) > 0 || c.Phase != Deciding && len(c.GoOn) > 0 || c.Talked > len(c.Topics) {
				t.Fatalf("seed %d: %d votes given, %+v", seed, voted, c)
			}
		}
	}
}
