package postgres_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/bot/privacy"
)

// withFiles is a reply with two drafts that bring the same file along, and one of
// them another.
func withFiles(t *testing.T, s *postgres.Questions, key string) inbox.Question {
	t.Helper()
	id, _, err := s.Add(t.Context(), inbox.Arrival{Origin: inbox.FromPost, Key: key, UserID: "anna", At: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	q, err := s.Claim(t.Context(), id, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	first, second := inbox.File{Name: "anlage-1.txt", Content: []byte("one")}, inbox.File{Name: "anlage-2.txt", Content: []byte("two")}
	q, err = s.Save(t.Context(), q, inbox.Reply{Lasting: true, Drafts: []inbox.Draft{
		{Marker: key + ".1.1", ToUserID: "berta", Text: "a", Files: []inbox.File{first, second}},
		{Marker: key + ".1.2", ToUserID: "carl", Text: "b", Files: []inbox.File{second}},
	}}, false)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]inbox.File{{first, second}, {second}}, [][]inbox.File{q.Drafts[0].Files, q.Drafts[1].Files}); diff != "" {
		t.Error(diff)
	}
	return q
}

func TestAFileOfSeveralDraftsIsKeptOnceUntilTheLastIsPosted(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	s := newQuestions(t, pool, nil)
	q := withFiles(t, s, "k")
	kept := func() (n int) {
		if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM bot.file").Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}
	if n := kept(); n != 2 {
		t.Errorf("%d files are kept of 2 drafts", n)
	}
	for i, want := range []int{1, 0} {
		if err := s.Try(t.Context(), q, q.Drafts[i].Marker); err != nil {
			t.Fatal(err)
		}
		if err := s.Posted(t.Context(), q, q.Drafts[i].Marker, q.Drafts[i].Marker); err != nil {
			t.Fatal(err)
		}
		if n := kept(); n != want {
			t.Errorf("%d files after %d posts, want %d", n, i+1, want)
		}
	}
}

func TestFilesGoWithTheirDrafts(t *testing.T) {
	t.Parallel()
	for name, drop := range map[string]func(*testing.T, *postgres.Questions, *postgres.Persons, inbox.Question) error{
		"made anew": func(t *testing.T, s *postgres.Questions, _ *postgres.Persons, q inbox.Question) error {
			_, err := s.Restart(t.Context(), q)
			return err
		},
		"their asker is forgotten": func(t *testing.T, _ *postgres.Questions, p *postgres.Persons, _ inbox.Question) error {
			_, err := p.Forget(t.Context(), "anna", privacy.Deletion{Subject: []byte("s"), At: time.Now()})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := migrated(t)
			s := newQuestions(t, pool, nil)
			q := withFiles(t, s, "k")
			if err := drop(t, s, postgres.NewPersons(pool), q); err != nil {
				t.Fatal(err)
			}
			var n int
			if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM bot.file").Scan(&n); err != nil || n != 0 {
				t.Errorf("%d files are kept, %v", n, err)
			}
		})
	}
}
