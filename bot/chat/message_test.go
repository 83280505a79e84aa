package chat

import (
	"context"
	"errors"
	"testing"

	"lvr.example/sprechstunde/bot/inbox"
)

// counting is a platform that counts how often a talk is read, and is away at first.
type counting struct {
	Posts
	reads int
}

func (c *counting) Thread(_ context.Context, root string) ([]Post, error) {
	if c.reads++; c.reads == 1 {
		return nil, errors.New("away")
	}
	return []Post{{ID: root}}, nil
}

// TestATalkIsReadOnce has copies of a message share what was read, and a failure
// read again; what another post continues is another talk.
func TestATalkIsReadOnce(t *testing.T) {
	t.Parallel()
	posts := &counting{}
	m := Of(inbox.Question{Arrival: inbox.Arrival{Origin: inbox.FromPost, ChannelID: "c", RootID: "r"}})
	if _, err := Before(t.Context(), posts, m); err == nil {
		t.Error("a platform that is away has a talk")
	}
	for range 3 {
		if again, err := Before(t.Context(), posts, m); err != nil || len(again) != 1 || again[0].ID != "r" {
			t.Errorf("%v, %v", again, err)
		}
	}
	if posts.reads != 2 {
		t.Errorf("read %d times, want once more than it failed", posts.reads)
	}
	m.RootID = "other"
	if other, err := Before(t.Context(), posts, m); err != nil || len(other) != 1 || other[0].ID != "other" {
		t.Errorf("of another thread: %v, %v", other, err)
	}
}
