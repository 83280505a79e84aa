package postgres_test

import (
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
)

func TestTextOfALastingReplyIsNotKeptOnceItIsPosted(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	s := newQuestions(t, pool, nil)
	for key, c := range map[string]struct {
		lasting bool
		want    string
	}{"preview": {true, ""}, "answer": {false, "text"}} {
		id, _, err := s.Add(t.Context(), inbox.Arrival{Origin: inbox.FromPost, Key: key, UserID: "anna", At: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		q, err := s.Claim(t.Context(), id, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		r := inbox.Reply{Lasting: c.lasting, Drafts: []inbox.Draft{{Marker: key + ".1.1", ChannelID: "c", Text: "text"}}}
		if q, err = s.Save(t.Context(), q, r, false); err != nil {
			t.Fatal(err)
		}
		if err := s.Try(t.Context(), q, r.Drafts[0].Marker); err != nil {
			t.Fatal(err)
		}
		kept := func() (text string) {
			if err := pool.QueryRow(t.Context(), "SELECT text FROM bot.draft WHERE question_id = $1", id).Scan(&text); err != nil {
				t.Error(err)
			}
			return text
		}
		if got := kept(); got != "text" {
			t.Errorf("%s: %q before it is posted", key, got)
		}
		if err := s.Posted(t.Context(), q, r.Drafts[0].Marker, "post-"+key); err != nil {
			t.Fatal(err)
		}
		if got := kept(); got != c.want {
			t.Errorf("%s: kept %q, want %q", key, got, c.want)
		}
	}
}
