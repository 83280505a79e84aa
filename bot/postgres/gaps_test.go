package postgres_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/gaps"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/postgres"
)

func TestGaps(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	store, questions := postgres.NewGaps(pool), newQuestions(t, pool, nil)
	at := time.Date(2026, time.February, 10, 9, 0, 0, 0, time.UTC)
	add := func(a inbox.Arrival, outcome string) string {
		t.Helper()
		id, _, err := questions.Add(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(t.Context(), "UPDATE bot.question SET outcome = $2, state = 'posted' WHERE id = $1", id, outcome); err != nil {
			t.Fatal(err)
		}
		return id
	}
	post := func(key, user, outcome string, at time.Time) string {
		return add(inbox.Arrival{Origin: inbox.FromPost, Key: key, UserID: user, At: at}, outcome)
	}
	post("not found", "anna", "not_found", at)
	post("nearest", "berta", "nearest", at.Add(time.Minute))
	post("answered", "anna", "answered", at)
	post("of another month", "anna", "not_found", at.AddDate(0, 1, 0))
	add(inbox.Arrival{Origin: inbox.FromCommand, Key: "c", UserID: "anna", At: at.Add(2 * time.Minute), Fields: map[string]string{inbox.CommandText: "frage Kurs?"}}, "not_found")
	unhelpful := post("unhelpful", "carl", "answered", at.Add(3*time.Minute))
	helpful := post("helpful", "carl", "answered", at)
	votes := postgres.NewVotes(pool)
	for _, v := range []feedback.Vote{{Answer: unhelpful, UserID: "carl", At: at}, {Answer: helpful, UserID: "carl", Helpful: true, At: at}} {
		if err := votes.Cast(t.Context(), v); err != nil {
			t.Fatal(err)
		}
	}
	from := time.Date(2026, time.February, 1, 0, 0, 0, 0, time.UTC)
	all, err := store.InVain(t.Context(), from, from.AddDate(0, 1, 0), 10)
	if err != nil || len(all) != 4 {
		t.Fatalf("%+v, %v", all, err)
	}
	for i, want := range []gaps.Question{{PostID: "unhelpful", Unhelpful: true}, {Typed: "frage Kurs?"}, {PostID: "nearest"}, {PostID: "not found"}} {
		got := all[i]
		got.Person = ""
		if got != want || all[i].Person == "" {
			t.Errorf("%+v, want %+v", all[i], want)
		}
	}
	if all[1].Person != all[3].Person || all[1].Person == all[2].Person {
		t.Error("a person is not the same one in a month, or two are")
	}

	if _, err := store.Report(t.Context(), from); !errors.Is(err, gaps.ErrUnknown) {
		t.Errorf("a report that nobody made: %v", err)
	}
	first := gaps.Report{Month: from, Gaps: []gaps.Gap{{Words: []string{"Kurs"}, People: 5, Missing: true, Document: 7, Title: "DA"}}}
	for _, r := range []gaps.Report{first, {Month: from}} { // a slower replica
		if err := store.SaveReport(t.Context(), r, at); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := store.Report(t.Context(), from); err != nil || !reflect.DeepEqual(got, first) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := postgres.Expire(t.Context(), pool, at.AddDate(1, 2, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Report(t.Context(), from); !errors.Is(err, gaps.ErrUnknown) {
		t.Errorf("a report past its time: %v", err)
	}
}
