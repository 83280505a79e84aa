package postgres_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// at returns a database whose tables are as of a version of the migrations, and
// the line that leads on.
func at(t *testing.T, version int64) (*pgxpool.Pool, *goose.Provider) {
	t.Helper()
	pool := pglocal.Test(t)
	db := stdlib.OpenDBFromPool(pool)
	t.Cleanup(func() { db.Close() })
	if _, err := pool.Exec(t.Context(), "CREATE SCHEMA bot"); err != nil {
		t.Fatal(err)
	}
	line, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("migrations"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := line.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	return pool, line
}

// oldRows are what the version before kept: each action with its subject, and each
// kind of draft.
const oldRows = `
	INSERT INTO bot.question (id, origin, origin_key, channel_id, root_id, action, subject, late, asked_at, state, since)
	SELECT ('01890000-0000-7000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, 'button', n::text, 'c', 'r', action, subject, false, now(), 'ready', now()
	FROM (VALUES (1, 'preview', 'post1'), (2, 'yes', 'h-1'), (3, 'no', 'h-2'), (4, 'settled', '12'), (5, 'open', '13'), (6, 'block', '412'),
		(7, 'release', '413'), (8, 'notices', '7'), (9, 'pause', ''), (10, '', '')) AS v (n, action, subject);
	INSERT INTO bot.draft (marker, question_id, position, channel_id, root_id, text, machine, buttons, about, expires_at)
	SELECT 'm' || n, '01890000-0000-7000-8000-000000000001', n, 'c', '', 't', false,
		'[{"label":"Ja","action":"yes","subject":"h-1","primary":true},{"label":"Neu","action":"of another version"}]', about, now()
	FROM (VALUES (1, 'answer:'), (2, 'answer:Leitlinien,KI+%26+Recht,Gr%C3%BC%C3%9Fe%2C+100%25,a_b-c.d~e'), (3, 'card:12'), (4, 'notice:12'), (5, 'bundle:7'), (6, '')) AS v (n, about)`

func TestRowsOfTheVersionBeforeGetTypes(t *testing.T) {
	t.Parallel()
	pool, line := at(t, 1)
	if _, err := pool.Exec(t.Context(), oldRows); err != nil {
		t.Fatal(err)
	}
	before := texts(t, pool)
	if _, err := line.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := newQuestions(t, pool, nil)
	for id, want := range map[string]inbox.Subject{
		"01": {PostID: "post1"}, "02": {HandoverID: "h-1"}, "03": {HandoverID: "h-2"}, "04": {Ticket: 12}, "05": {Ticket: 13},
		"06": {Document: 412}, "07": {Document: 413}, "08": {Bundle: 7}, "09": {}, "10": {},
	} {
		q, err := s.Question(t.Context(), "01890000-0000-7000-8000-0000000000"+id)
		if err != nil || q.Subject != want {
			t.Errorf("%s is on %+v, %v, want %+v", q.Action, q.Subject, err, want)
		}
	}
	q, err := s.Question(t.Context(), "01890000-0000-7000-8000-000000000001")
	if err != nil {
		t.Fatal(err)
	}
	want := []inbox.About{
		{Kind: inbox.AboutAnswer},
		{Kind: inbox.AboutAnswer, Basis: inbox.Basis{Collections: []string{"Leitlinien", "KI & Recht", "Grüße, 100%", "a_b-c.d~e"}}},
		{Kind: inbox.AboutCard, Ticket: 12},
		{Kind: inbox.AboutNotice, Ticket: 12},
		{Kind: inbox.AboutBundle, Bundle: 7},
		{},
	}
	var got []inbox.About
	for _, d := range q.Drafts {
		got = append(got, d.About)
		if len(d.Buttons) != 1 || d.Buttons[0].Action != inbox.HandOver || d.Buttons[0].Subject.HandoverID != "h-1" {
			t.Errorf("%s: buttons %+v", d.Marker, d.Buttons)
		}
	}
	if diff := cmp.Diff(want, got, cmp.Transformer("empty", func(b inbox.Basis) []string { return b.Collections })); diff != "" {
		t.Errorf("drafts (-want +got):\n%s", diff)
	}
	if _, err := line.DownTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	after := texts(t, pool)
	after["m2"] = before["m2"] // each byte escaped
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("taken back (-before +after):\n%s", diff)
	}
	if _, err := line.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	if q, err = s.Question(t.Context(), q.ID); err != nil || len(q.Drafts[1].About.Basis.Collections) != 4 || q.Drafts[1].About.Basis.Collections[2] != "Grüße, 100%" {
		t.Errorf("up again: %+v, %v", q.Drafts[1].About, err)
	}
}

// texts are the subjects and abouts as the version before keeps them.
func texts(t *testing.T, pool *pgxpool.Pool) map[string]string {
	t.Helper()
	rows, err := pool.Query(t.Context(), "SELECT action || '/' || id, subject FROM bot.question UNION ALL SELECT marker, about FROM bot.draft")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	var key, text string
	if _, err := pgx.ForEachRow(rows, []any{&key, &text}, func() error { all[key] = text; return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}
