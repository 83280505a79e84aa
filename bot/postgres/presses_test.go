package postgres_test

import (
	"strings"
	"testing"
)

// The rows of a house that ran the version before lose the user id from the keys of
// presses, and whoever was forgotten or has expired their direct channel.
func TestPressesAreCarriedOver(t *testing.T) {
	t.Parallel()
	pool, line := at(t, 1)
	const before = `
		INSERT INTO bot.person (id, chat_user_id, month) VALUES ('11111111-1111-7111-8111-111111111111', 'berta', '2026-11-01');
		INSERT INTO bot.question (id, origin, origin_key, person_id, channel_id, root_id, action, subject, late, asked_at, state, since) VALUES
			('01890000-0000-7000-8000-000000000001', 'button', 'nonce1.anna', NULL, 'dm-anna', 'root-anna', 'preview', 'post-anna', false, now(), 'posted', now()),
			('01890000-0000-7000-8000-000000000002', 'button', 'nonce1.berta', '11111111-1111-7111-8111-111111111111', 'dm-berta', 'r', 'yes', 'h', false, now(), 'received', now()),
			('01890000-0000-7000-8000-000000000003', 'post', 'post-1', '11111111-1111-7111-8111-111111111111', 'dm-berta', 'r', '', '', false, now(), 'posted', now());
		INSERT INTO bot.draft (marker, question_id, position, channel_id, root_id, text, machine, buttons, about, expires_at) VALUES
			('m1', '01890000-0000-7000-8000-000000000001', 1, 'dm-anna', '', '', false, '[]', '', now());`
	if _, err := pool.Exec(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	if _, err := line.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	kept := dump(t, pool)
	for _, trace := range []string{".anna", ".berta", "dm-anna", "root-anna", "post-anna"} {
		if strings.Contains(kept, trace) {
			t.Errorf("%q is still there:\n%s", trace, kept)
		}
	}
	for _, stays := range []string{"post-1", "dm-berta", "received"} {
		if !strings.Contains(kept, stays) {
			t.Errorf("%q is gone:\n%s", stays, kept)
		}
	}
	if _, err := line.DownTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
}
