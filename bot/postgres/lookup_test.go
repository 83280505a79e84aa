package postgres_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/postgres"
)

func TestListHasNeitherTextNorPerson(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	answered(t, pool, "anna")
	s := newQuestions(t, pool, nil)
	for i := range 3 {
		a := inbox.Arrival{Origin: inbox.FromPost, Key: fmt.Sprint("p", i), UserID: "berta", At: time.Now().Add(-time.Hour)}
		if _, _, err := s.Add(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		filter postgres.ListFilter
		want   int
	}{
		{postgres.ListFilter{}, 4},
		{postgres.ListFilter{Open: true}, 3},
		{postgres.ListFilter{State: inbox.Posted}, 1},
		{postgres.ListFilter{Outcome: "answered"}, 1},
		{postgres.ListFilter{Limit: 2}, 2},
	} {
		listed, err := s.List(t.Context(), c.filter)
		if err != nil || len(listed) != c.want {
			t.Errorf("%+v lists %d, want %d (%v)", c.filter, len(listed), c.want, err)
		}
	}
	listed, err := s.List(t.Context(), postgres.ListFilter{Open: true})
	if err != nil || listed[0].Age < 59*time.Minute {
		t.Errorf("age %+v, %v", listed, err)
	}
	recent, err := s.Recent(t.Context(), 2)
	if err != nil || !slices.Contains(recent, "post-of-anna") || len(recent) != 2 {
		t.Errorf("recent %v, %v", recent, err)
	}
}

func TestPersonsAreAnotherEachMonth(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	s := newQuestions(t, pool, nil)
	for i, at := range []time.Time{
		time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 3, 31, 23, 59, 0, 0, time.UTC),
		time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC),
	} {
		if _, _, err := s.Add(t.Context(), inbox.Arrival{Origin: inbox.FromPost, Key: fmt.Sprint(i), UserID: "anna", At: at}); err != nil {
			t.Fatal(err)
		}
	}
	var persons, users int
	err := pool.QueryRow(t.Context(), "SELECT count(DISTINCT person_id), (SELECT count(DISTINCT chat_user_id) FROM bot.person) FROM bot.question").Scan(&persons, &users)
	if err != nil || persons != 2 || users != 1 {
		t.Errorf("%d persons of %d users, %v", persons, users, err)
	}
}

func TestCursors(t *testing.T) {
	t.Parallel()
	c := postgres.NewCursors(migrated(t))
	if _, _, found, err := c.Cursor(t.Context(), ""); err != nil || found {
		t.Errorf("found %v, %v", found, err)
	}
	for _, step := range []struct {
		post string
		at   int64
	}{{"a", 5}, {"b", 9}, {"late", 7}} {
		if err := c.SaveCursor(t.Context(), "", step.post, step.at); err != nil {
			t.Fatal(err)
		}
	}
	if post, at, found, err := c.Cursor(t.Context(), ""); err != nil || !found || post != "b" || at != 9 {
		t.Errorf("cursor %q %d %v, %v", post, at, found, err)
	}
}
