package inbox_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/inbox"
)

func TestSubjectsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	for action, on := range map[inbox.Action]inbox.Subject{
		inbox.ShowPreview: {PostID: "412"}, // digits alone are an id, too
		inbox.HandOver:    {HandoverID: "9f0c"},
		inbox.Decline:     {HandoverID: "9f0c"},
		inbox.Settle:      {Ticket: 12},
		inbox.Reopen:      {Ticket: 12},
		inbox.Block:       {Document: 412},
		inbox.Release:     {Document: 412},
		inbox.Tell:        {Bundle: 7},
		inbox.Pause:       {},
		inbox.CoffeeVote:  {Coffee: 3, Topic: 12},
		inbox.CoffeeTime:  {Coffee: 3},
		inbox.Unhelpful:   {},
		inbox.Knowledge:   {Ticket: 12},
		inbox.Approve:     {Version: 9},
		"":                {},
	} {
		if got, ok := inbox.ReadSubject(action, on.String()); !ok || got != on {
			t.Errorf("%s %q: read %+v, %t, want %+v", action, on.String(), got, ok, on)
		}
	}
	for action, text := range map[inbox.Action]string{
		"of another version": "1", inbox.Helpful: "1", inbox.HandOver: "", inbox.Settle: "-1", inbox.Block: "0", inbox.Tell: "x", inbox.Pause: "1",
		inbox.CoffeeVote: "3", inbox.CoffeeNext: "3.1",
	} {
		if got, ok := inbox.ReadSubject(action, text); ok {
			t.Errorf("%s %q: read %+v", action, text, got)
		}
	}
}

func FuzzReadSubject(f *testing.F) {
	f.Add("settled", "12")
	f.Add("yes", "9f0c")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, action, text string) {
		on, ok := inbox.ReadSubject(inbox.Action(action), text)
		if again, known := inbox.ReadSubject(inbox.Action(action), on.String()); ok && (!known || again != on) {
			t.Errorf("%s %q: read %+v, then %+v", action, text, on, again)
		}
	})
}
