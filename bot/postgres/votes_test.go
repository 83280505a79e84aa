package postgres_test

import (
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/postgres"
)

func TestAPersonsVoteCountsOnceAndCanBeChanged(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	answered(t, pool, "anna")
	q, err := newQuestions(t, pool, nil).Lookup(t.Context(), inbox.FromPost, "post-of-anna")
	if err != nil {
		t.Fatal(err)
	}
	votes := postgres.NewVotes(pool)
	at := time.Date(2026, time.March, 31, 23, 0, 0, 0, time.UTC)
	cast := func(user string, helpful bool, reason feedback.Reason, at time.Time) {
		t.Helper()
		if err := votes.Cast(t.Context(), feedback.Vote{Answer: q.ID, UserID: user, Helpful: helpful, Reason: reason, At: at}); err != nil {
			t.Fatal(err)
		}
	}
	cast("anna", true, "", at)
	cast("anna", false, feedback.Outdated, at.Add(2*time.Hour)) // in another month
	cast("anna", true, "", at.Add(time.Hour))                   // comes late
	cast("berta", true, "", at)
	var good, bad int
	const count = "SELECT count(*) FILTER (WHERE helpful), count(*) FILTER (WHERE NOT helpful AND reason = 'outdated') FROM bot.vote"
	if err := pool.QueryRow(t.Context(), count).Scan(&good, &bad); err != nil || good != 1 || bad != 1 {
		t.Errorf("%d good, %d bad, %v", good, bad, err)
	}
	export, err := newRegistry(t, pool).Export(t.Context(), "anna")
	if err != nil || len(export.Votes) != 1 || export.Votes[0].Helpful || export.Votes[0].Reason != "outdated" {
		t.Errorf("%+v, %v", export.Votes, err)
	}
	if _, err := newRegistry(t, pool).Forget(t.Context(), "berta"); err != nil {
		t.Fatal(err)
	}
	if err := pool.QueryRow(t.Context(), count).Scan(&good, &bad); err != nil || good != 0 || bad != 1 {
		t.Errorf("berta forgotten: %d good, %d bad, %v", good, bad, err)
	}
}

func TestAVoteByReactionIsTakenBackAndOneInWordsStays(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	answered(t, pool, "anna")
	questions := newQuestions(t, pool, nil)
	q, err := questions.Lookup(t.Context(), inbox.FromPost, "post-of-anna")
	if err != nil {
		t.Fatal(err)
	}
	votes := postgres.NewVotes(pool)
	for user, reaction := range map[string]bool{"anna": true, "berta": false} {
		if err := votes.Cast(t.Context(), feedback.Vote{Answer: q.ID, UserID: user, Reaction: reaction, At: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	read, err := votes.ByReaction(t.Context(), []string{q.ID})
	if err != nil || len(read) != 1 || read[0].UserID != "anna" || read[0].Answer != q.ID || !read[0].Reaction {
		t.Errorf("%+v, %v", read, err)
	}
	for _, user := range []string{"anna", "berta"} {
		if err := votes.TakeBack(t.Context(), q.ID, user); err != nil {
			t.Fatal(err)
		}
	}
	var left int
	if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM bot.vote").Scan(&left); err != nil || left != 1 {
		t.Errorf("%d votes are left, %v", left, err)
	}
}

func TestAnswersAreFoundByTheirPosts(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	answered(t, pool, "anna")
	questions := newQuestions(t, pool, nil)
	q, err := questions.Lookup(t.Context(), inbox.FromPost, "post-of-anna")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), "UPDATE bot.draft SET post_id = 'there', kind = 'answer' WHERE question_id = $1", q.ID); err != nil {
		t.Fatal(err)
	}
	found, err := questions.AnswersAt(t.Context(), []string{"there", "elsewhere", ""})
	if err != nil || len(found) != 1 || found["there"] != q.ID {
		t.Errorf("%v, %v", found, err)
	}
	if _, err := pool.Exec(t.Context(), "UPDATE bot.question SET asked_at = now() WHERE id = $1", q.ID); err != nil {
		t.Fatal(err)
	}
	if posts, err := questions.RecentAnswers(t.Context(), 5); err != nil || len(posts) != 1 || posts[0] != "there" {
		t.Errorf("%v, %v", posts, err)
	}
}
