package postgres_test

import (
	"errors"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/bot/reminders"
)

func TestWishesToBeRemindedAreKeptUntilTheirSession(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	store := postgres.NewReminders(pool)
	session := time.Date(2026, time.April, 1, 13, 0, 0, 0, time.UTC)
	add := func(user, format string, since time.Time) {
		t.Helper()
		if err := store.Add(t.Context(), reminders.Wish{UserID: user, Format: format, Session: session, Since: since}, ""); err != nil {
			t.Fatal(err)
		}
	}
	march := session.AddDate(0, 0, -2)
	add("anna", "ethikrunde", march)
	add("anna", "ethikrunde", session.Add(-time.Hour)) // in another month
	add("anna", "leancoffee", march)
	add("berta", "ethikrunde", march)
	count := func(want int, wishes []reminders.Wish, err error) {
		t.Helper()
		if err != nil || len(wishes) != want {
			t.Errorf("%+v, %v, want %d", wishes, err, want)
		}
	}
	sessions, err := store.Sessions(t.Context())
	count(2, sessions, err)
	all, err := store.For(t.Context(), "ethikrunde", session)
	count(2, all, err)
	export, err := newRegistry(t, pool).Export(t.Context(), "anna")
	if err != nil || len(export.Reminders) != 2 || export.Reminders[0].Format != "ethikrunde" || !export.Reminders[0].Session.Equal(session) {
		t.Errorf("%+v, %v", export.Reminders, err)
	}

	moved := session.AddDate(0, 0, 7)
	w := all[0]
	for range 2 {
		if err := store.Move(t.Context(), w.ID, session, moved); err != nil {
			t.Fatal(err)
		}
	}
	if now, err := store.Wish(t.Context(), w.ID); err != nil || !now.Session.Equal(moved) || !now.Since.Equal(w.Since) || now.UserID != w.UserID {
		t.Errorf("%+v, %v", now, err)
	}
	if _, err := postgres.Expire(t.Context(), pool, session.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	sessions, err = store.Sessions(t.Context())
	count(1, sessions, err)
	gone, err := store.Remove(t.Context(), w.UserID, "ethikrunde")
	count(1, gone, err)
	if _, err := store.Wish(t.Context(), w.ID); !errors.Is(err, reminders.ErrUnknown) {
		t.Error(err)
	}
}
