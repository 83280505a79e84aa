package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot/officehours"
)

// Coffees is a store of LeanCoffees in memory.
type Coffees struct {
	mu  sync.Mutex
	all []officehours.Coffee
	by  []string
}

var _ officehours.Coffees = (*Coffees)(nil)

// OpenCoffee begins one.
func (s *Coffees) OpenCoffee(_ context.Context, channelID, by string, at time.Time) (officehours.Coffee, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.by, by); i >= 0 {
		return copied(s.all[i]), nil
	}
	for _, c := range s.all {
		if c.ChannelID == channelID && c.Phase != officehours.CoffeeOver {
			return copied(c), officehours.ErrRunning
		}
	}
	c := officehours.Coffee{ID: int64(len(s.all) + 1), ChannelID: channelID, Phase: officehours.Collecting, Until: at.Add(officehours.CoffeePatient)}
	s.all, s.by = append(s.all, c), append(s.by, by)
	return copied(c), nil
}

// SaveCoffeeRoot remembers the opening post.
func (s *Coffees) SaveCoffeeRoot(_ context.Context, id int64, postID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id > 0 && int(id) <= len(s.all) {
		s.all[id-1].RootID = postID
	}
	return nil
}

// CoffeeByRoot finds the one of a thread.
func (s *Coffees) CoffeeByRoot(_ context.Context, rootID string) (officehours.Coffee, error) {
	return s.find(func(c officehours.Coffee) bool {
		return c.RootID == rootID && rootID != "" && c.Phase != officehours.CoffeeOver
	})
}

// Coffee finds one.
func (s *Coffees) Coffee(_ context.Context, id int64) (officehours.Coffee, error) {
	return s.find(func(c officehours.Coffee) bool { return c.ID == id })
}

func (s *Coffees) find(is func(officehours.Coffee) bool) (officehours.Coffee, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.IndexFunc(s.all, is); i >= 0 {
		return copied(s.all[i]), nil
	}
	return officehours.Coffee{}, officehours.ErrUnknown
}

// RunningCoffees are all that are not over.
func (s *Coffees) RunningCoffees(context.Context) (running []officehours.Coffee, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.all {
		if c.Phase != officehours.CoffeeOver {
			running = append(running, copied(c))
		}
	}
	return running, nil
}

// ChangeCoffee lets one be changed.
func (s *Coffees) ChangeCoffee(_ context.Context, id int64, by string, change func(*officehours.Coffee) error) (officehours.Coffee, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id < 1 || int(id) > len(s.all) {
		return officehours.Coffee{}, officehours.ErrUnknown
	}
	c := copied(s.all[id-1])
	if slices.Contains(c.Done, by) {
		return c, nil
	}
	if err := change(&c); err != nil {
		return c, err
	}
	c.Done = append(c.Done, by)
	s.all[id-1] = copied(c)
	return c, nil
}

// copied is one that shares nothing with another.
func copied(c officehours.Coffee) officehours.Coffee {
	state, err := json.Marshal(c)
	fresh := officehours.Coffee{ID: c.ID, ChannelID: c.ChannelID, RootID: c.RootID, Phase: c.Phase, Until: c.Until}
	if err := errors.Join(err, json.Unmarshal(state, &fresh)); err != nil {
		panic(fmt.Sprintf("a leancoffee that is no JSON: %v", err))
	}
	return fresh
}

// TestCoffees is the conformance suite of stores of LeanCoffees. newID makes the id
// of a question that the store accepts.
func TestCoffees(t *testing.T, s officehours.Coffees, newID func() string) {
	t.Helper()
	at := time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	first, by := newID(), newID()
	c, err := s.OpenCoffee(t.Context(), "channel", first, at)
	ok(err)
	again, err := s.OpenCoffee(t.Context(), "channel", first, at)
	ok(err)
	other, err := s.OpenCoffee(t.Context(), "channel", newID(), at)
	if !errors.Is(err, officehours.ErrRunning) || other.ID != c.ID || again.ID != c.ID {
		t.Errorf("opened again: %+v, by another: %+v, %v", again, other, err)
	}
	if _, err := s.CoffeeByRoot(t.Context(), ""); !errors.Is(err, officehours.ErrUnknown) {
		t.Errorf("one without a post is found: %v", err)
	}
	ok(s.SaveCoffeeRoot(t.Context(), c.ID, "root"))
	add := func(c *officehours.Coffee) error {
		return c.Add("Prompts", by, func(a, b string) bool { return a == b })
	}
	for range 2 { // the same question again changes nothing
		c, err = s.ChangeCoffee(t.Context(), c.ID, by, add)
		ok(err)
	}
	if _, err := s.ChangeCoffee(t.Context(), c.ID, newID(), func(c *officehours.Coffee) error {
		c.Topics = nil
		return officehours.ErrPhase
	}); !errors.Is(err, officehours.ErrPhase) {
		t.Errorf("a refused change: %v", err)
	}
	found, err := s.CoffeeByRoot(t.Context(), "root")
	ok(err)
	want := officehours.Coffee{
		ID: c.ID, ChannelID: "channel", RootID: "root", Phase: officehours.Collecting, Until: at.Add(officehours.CoffeePatient),
		Topics: []officehours.CoffeeTopic{{Number: 1, Texts: []string{"Prompts"}, By: []string{by}}}, Done: []string{by},
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
	running, err := s.RunningCoffees(t.Context())
	ok(err)
	if len(running) != 1 || running[0].ID != c.ID {
		t.Errorf("running: %+v", running)
	}
	_, err = s.ChangeCoffee(t.Context(), c.ID, newID(), (*officehours.Coffee).End)
	ok(err)
	if _, err := s.CoffeeByRoot(t.Context(), "root"); !errors.Is(err, officehours.ErrUnknown) {
		t.Errorf("one that is over is found by its thread: %v", err)
	}
	if over, err := s.Coffee(t.Context(), c.ID); err != nil || over.Phase != officehours.CoffeeOver || !over.Until.IsZero() {
		t.Errorf("one that is over: %+v, %v", over, err)
	}
	next, err := s.OpenCoffee(t.Context(), "channel", newID(), at)
	if err != nil || next.ID == c.ID {
		t.Errorf("the next one: %+v, %v", next, err)
	}
}
