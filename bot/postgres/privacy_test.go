package postgres_test

import (
	"errors"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/bot/privacy"
	"lvr.example/sprechstunde/retrieval/database"
)

// used is a database in which anna asked, handed over and was answered by heide.
func used(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool := migrated(t)
	answered(t, pool, "anna")
	received(t, pool, inbox.Arrival{
		Origin: inbox.FromButton, Key: uuid.NewString(), Marker: "of the reply", PostID: "reply", Action: inbox.ShowPreview,
		Subject: inbox.Subject{PostID: "post-of-anna"}, ChannelID: "dm-anna", UserID: "anna", At: time.Now(),
	})
	received(t, pool, inbox.Arrival{
		Origin: inbox.FromCommand, Key: uuid.NewString(), ChannelID: "town", UserID: "anna", At: time.Now(), Fields: map[string]string{inbox.CommandText: "typed secret"},
	})
	desk := postgres.NewDesk(pool, 0)
	h, err := desk.Propose(t.Context(), officehours.Handover{QuestionID: uuid.NewString(), AskerID: "anna", ChannelID: "dm-anna", Text: "handed over secret", Format: "f", CreatedAt: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	ticket, err := desk.Agree(t.Context(), h.ID, uuid.NewString(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.SavePost(t.Context(), ticket.Number, officehours.Card, "card-of-anna"); err != nil {
		t.Fatal(err)
	}
	_, err = desk.AddAnswer(t.Context(), officehours.HostAnswer{Number: ticket.Number, QuestionID: uuid.NewString(), HostID: "heide", Text: "hosts secret", At: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	return pool
}

// answered lets a user ask and be answered.
func answered(t *testing.T, pool *pgxpool.Pool, userID string) {
	t.Helper()
	received(t, pool, inbox.Arrival{Origin: inbox.FromPost, Key: "post-of-" + userID, ChannelID: "dm-" + userID, UserID: userID, At: time.Now()})
}

// received lets the pipeline work on an arrival.
func received(t *testing.T, pool *pgxpool.Pool, a inbox.Arrival) {
	t.Helper()
	store := suiteStore{newQuestions(t, pool, nil), pool}
	p, err := inbox.New(inbox.Config{Store: store, Chat: &inboxtest.Chat{}, Handler: &inboxtest.Handler{}, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Receive(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	jobs, err := store.TakeJobs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range jobs {
		if err := p.Work(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
}

// dump is every row of the bot's tables as text.
func dump(t *testing.T, pool *pgxpool.Pool) string {
	t.Helper()
	var all strings.Builder
	for _, table := range []string{"person", "question", "field", "vote", "draft", "file", "handover", "ticket", "ticket_asker", "ticket_answer", "ticket_event", "approved_answer", "told", "deletion"} {
		rows, err := pool.Query(t.Context(), "SELECT t::text FROM "+pgx.Identifier{"bot", table}.Sanitize()+" t")
		if err != nil {
			t.Fatal(err)
		}
		texts, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.Join(texts, "\n") + "\n")
	}
	return all.String()
}

func newRegistry(t *testing.T, pool *pgxpool.Pool) *privacy.Registry {
	t.Helper()
	r, err := privacy.New(postgres.NewPersons(pool), []byte(strings.Repeat("k", 32)), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestExport(t *testing.T) {
	t.Parallel()
	r := newRegistry(t, used(t))
	anna, err := r.Export(t.Context(), "anna")
	if err != nil {
		t.Fatal(err)
	}
	if len(anna.Questions) != 3 || !slices.Equal(anna.Questions[2].Typed, []string{"typed secret"}) || len(anna.Questions[0].Replies) != 1 || anna.Questions[0].PostID != "post-of-anna" {
		t.Errorf("questions %+v", anna.Questions)
	}
	if len(anna.Handovers) != 1 || len(anna.Tickets) != 1 || anna.Tickets[0].Text != "handed over secret" || len(anna.Tickets[0].Answers) != 1 {
		t.Errorf("hand-overs %+v, tickets %+v", anna.Handovers, anna.Tickets)
	}
	heide, err := r.Export(t.Context(), "heide")
	if err != nil {
		t.Fatal(err)
	}
	if len(heide.Answers) != 1 || len(heide.Tickets) != 0 {
		t.Errorf("a host's export: %+v", heide)
	}
}

func TestForgetLeavesNothing(t *testing.T) {
	t.Parallel()
	pool := used(t)
	answered(t, pool, "berta")
	r := newRegistry(t, pool)
	gone, err := r.Forget(t.Context(), "anna")
	if err != nil {
		t.Fatal(err)
	}
	if want := (privacy.Forgotten{Questions: 3, Replies: 3, Handovers: 1, Tickets: 1, Posts: gone.Posts}); !reflect.DeepEqual(gone, want) || len(gone.Posts) != 4 {
		t.Errorf("forgot %+v", gone)
	}
	kept := dump(t, pool)
	for _, trace := range []string{"dm-anna", "secret", ",anna,", "(anna,", ",anna)", ".anna"} {
		if strings.Contains(kept, trace) {
			t.Errorf("%q is still there:\n%s", trace, kept)
		}
	}
	if !strings.Contains(kept, "berta") {
		t.Error("another person was forgotten too")
	}
	if again, err := r.Forget(t.Context(), "anna"); err != nil || !again.Nothing() {
		t.Errorf("once more: %+v, %v", again, err)
	}
	q, err := newQuestions(t, pool, nil).Lookup(t.Context(), inbox.FromPost, "post-of-anna")
	if err != nil || q.State != inbox.Posted || q.Outcome != "answered" || q.UserID != "" {
		t.Errorf("the question's row: %+v, %v", q, err)
	}
	if log, err := r.Deletions(t.Context()); err != nil || len(log) != 2 {
		t.Errorf("log %v, %v", log, err)
	}
	answered(t, pool, "anna") // the same post once more: seen already
	if export, err := r.Export(t.Context(), "anna"); err != nil || len(export.Questions) != 0 {
		t.Errorf("the post of a forgotten person was taken again: %+v, %v", export, err)
	}
}

func TestForgetStopsWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	s := newQuestions(t, pool, nil)
	id, _, err := s.Add(t.Context(), inbox.Arrival{Origin: inbox.FromPost, Key: "p", ChannelID: "c", UserID: "anna", At: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	q, err := s.Claim(t.Context(), id, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newRegistry(t, pool).Forget(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Save(t.Context(), q, inboxtest.Answer(q, 1), false); !errors.Is(err, inbox.ErrStale) {
		t.Errorf("saved a forgotten person's reply: %v", err)
	}
	if _, err := s.Claim(t.Context(), id, time.Minute); !errors.Is(err, inbox.ErrDone) {
		t.Errorf("claimed a forgotten person's question: %v", err)
	}
}

// After a long pause there is much to expire, and no request waits for it.
func TestExpiryOutlastsARequestsLimit(t *testing.T) {
	t.Parallel()
	pool := used(t)
	_, err := pool.Exec(t.Context(), `
		CREATE FUNCTION bot.slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(3); RETURN NULL; END $$;
		CREATE TRIGGER slow AFTER UPDATE ON bot.ticket FOR EACH STATEMENT EXECUTE FUNCTION bot.slowly()`)
	if err != nil {
		t.Fatal(err)
	}
	hurried, err := database.Open(t.Context(), pool.Config().ConnString(), database.Options{Statement: 2 * time.Second, Idle: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(hurried.Close)
	if e, err := postgres.Expire(t.Context(), hurried, time.Now().Add(31*24*time.Hour)); err != nil || e.Texts != 8 {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestExpiredTextsGo(t *testing.T) {
	t.Parallel()
	pool := used(t)
	if e, err := postgres.Expire(t.Context(), pool, time.Now().Add(29*24*time.Hour)); err != nil || e.Texts != 0 {
		t.Errorf("after 29 days: %+v, %v", e, err)
	}
	e, err := postgres.Expire(t.Context(), pool, time.Now().Add(31*24*time.Hour))
	if err != nil || e.Texts != 8 || e.Persons != 0 {
		t.Errorf("after 31 days: %+v, %v", e, err)
	}
	if kept := dump(t, pool); strings.Contains(kept, "secret") || strings.Contains(kept, "answer 0.1") || !strings.Contains(kept, "answered") {
		t.Errorf("kept:\n%s", kept)
	}
	if e, err = postgres.Expire(t.Context(), pool, time.Now().AddDate(0, 15, 0)); err != nil || e.Persons != 2 {
		t.Errorf("after 15 months: %+v, %v", e, err)
	}
	if kept := dump(t, pool); strings.Contains(kept, "dm-anna") {
		t.Errorf("after 15 months the way to the person is still kept:\n%s", kept)
	}
}
