package postgres_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.uber.org/goleak"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval/leaktest"
)

// replica is one process: pipeline and queue on a shared database and chat.
type replica struct {
	pipe  *inbox.Pipeline
	queue *postgres.Queue
}

func newReplica(t *testing.T, pool *pgxpool.Pool, chat inbox.Chat, h inbox.Handler, pollOnly bool) replica {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	pipe, err := inbox.New(inbox.Config{
		Store: newQuestions(t, pool, nil), Chat: chat, Handler: h, Now: time.Now, Log: log,
		Lease: time.Minute, Heartbeat: 10 * time.Second, // nobody loses it because the machine stands still
	})
	if err != nil {
		t.Fatal(err)
	}
	queue, err := postgres.NewQueue(postgres.QueueConfig{
		Pool: pool, Work: pipe.Work, Reconcile: pipe.Reconcile, Log: log,
		ReconcileEvery: 200 * time.Millisecond, SoftStop: 100 * time.Millisecond, PollOnly: pollOnly,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := queue.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return replica{pipe, queue}
}

func (r replica) stop(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute) // hangs
	defer cancel()
	if err := r.queue.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func (r replica) receive(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		a := inbox.Arrival{Origin: inbox.FromPost, Key: fmt.Sprint("post-", i), ChannelID: "c", UserID: "anna", At: time.Now()}
		if err := r.pipe.Receive(t.Context(), a); err != nil {
			t.Error(err)
		}
	}
}

// eventually waits until the condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(5 * time.Minute) // hangs
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-deadline:
			t.Fatalf("not in time: %s", what)
		case <-tick.C:
		}
	}
}

// open returns how many questions are not done.
func open(t *testing.T, pool *pgxpool.Pool) int {
	t.Helper()
	listed, err := newQuestions(t, pool, nil).List(t.Context(), postgres.ListFilter{Open: true, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return len(listed)
}

func TestThreeReplicasAnswerOnce(t *testing.T) {
	const questions = 40
	pool := migrated(t)
	leaks := goleak.IgnoreCurrent()
	chat := &inboxtest.Chat{}
	var replicas []replica
	for i := range 3 {
		replicas = append(replicas, newReplica(t, pool, chat, &inboxtest.Handler{}, i == 2))
	}
	for _, r := range replicas {
		r.receive(t, questions)
	}
	eventually(t, "all answered", func() bool { return len(chat.Live()) >= questions && open(t, pool) == 0 })
	for _, r := range replicas {
		r.stop(t)
	}
	if n := len(chat.Live()); n != questions {
		t.Errorf("%d answers to %d questions", n, questions)
	}
	pool.Reset()
	leaktest.None(t, append(leaktest.Servers(), leaks)...)
}

func TestDeadWorkersQuestionIsTakenOver(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	store := suiteStore{newQuestions(t, pool, nil), pool}
	chat := &inboxtest.Chat{}
	id, _, err := store.Add(t.Context(), inbox.Arrival{Origin: inbox.FromPost, Key: "p", ChannelID: "c", At: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	// A worker took the job and the lease, and was killed.
	if _, err := store.TakeJobs(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Claim(t.Context(), id, time.Second); err != nil {
		t.Fatal(err)
	}
	r := newReplica(t, pool, chat, &inboxtest.Handler{}, false)
	defer r.stop(t)
	eventually(t, "taken over", func() bool { return len(chat.Live()) == 1 && open(t, pool) == 0 })
}

func TestStopPutsBackWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	chat := &inboxtest.Chat{}
	started := make(chan struct{})
	var once atomic.Bool
	h := &inboxtest.Handler{OnHandle: func(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
		if once.CompareAndSwap(false, true) {
			close(started)
			<-ctx.Done() // longer than the soft stop
			return inbox.Reply{}, ctx.Err()
		}
		return inboxtest.Answer(q, 1), nil
	}}
	first := newReplica(t, pool, chat, h, false)
	first.receive(t, 1)
	<-started
	first.stop(t)
	q, err := newQuestions(t, pool, nil).Lookup(t.Context(), inbox.FromPost, "post-0")
	if err != nil || q.State != inbox.Retrieving || q.Try != 0 {
		t.Errorf("after the stop: %+v, %v", q, err)
	}
	second := newReplica(t, pool, chat, h, false)
	defer second.stop(t)
	eventually(t, "answered by the next process", func() bool { return len(chat.Live()) == 1 && open(t, pool) == 0 })
}

func TestWaitingJobIsNotQueuedTwice(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	clock := time.Now()
	store := suiteStore{newQuestions(t, pool, func() time.Time { return clock }), pool}
	if _, _, err := store.Add(t.Context(), inbox.Arrival{Origin: inbox.FromPost, Key: "p", At: clock}); err != nil {
		t.Fatal(err)
	}
	clock = clock.Add(time.Hour)
	if n, err := store.Requeue(t.Context(), 10); err != nil || n != 0 {
		t.Errorf("queued %d more, %v", n, err)
	}
	if jobs, err := store.TakeJobs(t.Context()); err != nil || len(jobs) != 1 {
		t.Errorf("jobs %v, %v", jobs, err)
	}
	clock = clock.Add(time.Hour)
	if n, err := store.Requeue(t.Context(), 10); err != nil || n != 1 {
		t.Errorf("queued %d after the job was lost, %v", n, err)
	}
}

func TestQueueConfigIsChecked(t *testing.T) {
	t.Parallel()
	if _, err := postgres.NewQueue(postgres.QueueConfig{}); err == nil {
		t.Error("an empty config was taken")
	}
}
