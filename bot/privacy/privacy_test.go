package privacy_test

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/privacy"
)

// memory remembers which users there are and who was forgotten.
type memory struct {
	users []string
	log   []privacy.Deletion
}

func (m *memory) Export(_ context.Context, userID string) (privacy.Export, error) {
	return privacy.Export{UserID: userID}, nil
}

func (m *memory) Forget(_ context.Context, userID string, entry privacy.Deletion) (privacy.Forgotten, error) {
	m.users = slices.DeleteFunc(m.users, func(u string) bool { return u == userID })
	m.log = append(m.log, entry)
	return privacy.Forgotten{Questions: 1}, nil
}

func (m *memory) Remember(_ context.Context, entries []privacy.Deletion) error {
	m.log = append(m.log, entries...)
	return nil
}

func (m *memory) Deletions(context.Context) ([]privacy.Deletion, error) { return m.log, nil }
func (m *memory) Users(context.Context) ([]string, error)               { return slices.Clone(m.users), nil }

func newRegistry(t *testing.T, store privacy.Store, key string, log *bytes.Buffer) *privacy.Registry {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	r, err := privacy.New(store, []byte(key), now, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestForgottenAgainAfterRestore(t *testing.T) {
	t.Parallel()
	var logged bytes.Buffer
	store := &memory{users: []string{"anna", "berta"}}
	r := newRegistry(t, store, strings.Repeat("k", 32), &logged)
	if gone, err := r.Forget(t.Context(), "anna"); err != nil || gone.Nothing() {
		t.Fatal(gone, err)
	}
	kept, err := r.Deletions(t.Context())
	if err != nil || len(kept) != 1 {
		t.Fatalf("log %v, %v", kept, err)
	}
	if bytes.Contains(kept[0].Subject, []byte("anna")) || strings.Contains(logged.String(), "anna") {
		t.Error("the log names the person")
	}

	restored := &memory{users: []string{"anna", "berta"}}
	n, err := newRegistry(t, restored, strings.Repeat("k", 32), &logged).Reapply(t.Context(), kept)
	if err != nil || n != 1 || !slices.Equal(restored.users, []string{"berta"}) {
		t.Errorf("forgot %d, left %v, err %v", n, restored.users, err)
	}
	other := &memory{users: []string{"anna"}}
	if n, err := newRegistry(t, other, strings.Repeat("x", 32), &logged).Reapply(t.Context(), kept); err != nil || n != 0 {
		t.Errorf("another key found %d, err %v", n, err)
	}
}

func TestShortKeyIsRefused(t *testing.T) {
	t.Parallel()
	_, err := privacy.New(&memory{}, []byte("short"), time.Now, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "32") {
		t.Errorf("err = %v", err)
	}
}
