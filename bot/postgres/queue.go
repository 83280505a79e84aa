package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval/database"
)

// QueueConfig sets up a Queue. Pool, Work, Reconcile and Log are required.
type QueueConfig struct {
	Pool *pgxpool.Pool
	// Work takes one question as far as it goes.
	Work func(ctx context.Context, questionID string) error
	// Reconcile queues what fell through; called at start and then every
	// ReconcileEvery, in each replica.
	Reconcile func(ctx context.Context) error
	// Now and then, by whichever replica leads: what need not be done often. It is
	// called at start, too, and may be called again for what is done. Optional.
	Rarely func(ctx context.Context) error
	Log    *slog.Logger

	Workers        int           // questions worked on at the same time. Defaults to 16.
	ReconcileEvery time.Duration // defaults to 5 s
	JobTimeout     time.Duration // must be above the pipeline's own. Defaults to 120 s.
	SoftStop       time.Duration // time for running work at Stop. Defaults to 20 s.
	PollOnly       bool          // no LISTEN: for poolers in transaction mode
}

func (c QueueConfig) withDefaults() QueueConfig {
	c.Workers = cmp.Or(c.Workers, 16)
	c.ReconcileEvery = cmp.Or(c.ReconcileEvery, 5*time.Second)
	c.JobTimeout = cmp.Or(c.JobTimeout, 2*time.Minute)
	c.SoftStop = cmp.Or(c.SoftStop, 20*time.Second)
	return c
}

// Queue works on questions as their jobs arrive.
type Queue struct {
	cfg     QueueConfig
	workers *river.Workers

	// River tends its tables itself. It rebuilds indexes, and gives one up for good
	// whose building a time limit ended: so it has connections without limits, and
	// bounds each step by itself.
	pool   *pgxpool.Pool
	client *river.Client[pgx.Tx]

	stop context.CancelFunc
	done sync.WaitGroup
}

// questionJob is the job that works on a question. Its arguments stay in the
// queue's tables for a day, so they hold the id only.
type questionJob struct {
	ID string `json:"id"`
}

// Kind names the job in the queue; Requeue looks for it under this name.
func (questionJob) Kind() string { return "question" }

// NewQueue makes a queue; Start begins the work.
func NewQueue(cfg QueueConfig) (*Queue, error) {
	cfg = cfg.withDefaults()
	if cfg.Pool == nil || cfg.Work == nil || cfg.Reconcile == nil || cfg.Log == nil {
		return nil, errors.New("queue config: Pool, Work, Reconcile and Log are required")
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[questionJob]) error {
		return cfg.Work(ctx, job.Args.ID)
	}))
	river.AddWorker(workers, &rareWorker{do: cfg.Rarely})
	return &Queue{cfg: cfg, workers: workers}, nil
}

// Start begins the work. It goes on until Stop, also when ctx ends.
func (q *Queue) Start(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := q.begin(ctx); err != nil {
		return fmt.Errorf("start queue: %w", err)
	}
	ctx, q.stop = context.WithCancel(ctx)
	q.done.Go(func() { q.reconcile(ctx) })
	return nil
}

func (q *Queue) begin(ctx context.Context) (err error) {
	if q.pool, err = database.UnhurriedPool(ctx, q.cfg.Pool); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			q.pool.Close()
		}
	}()
	q.client, err = river.NewClient(riverpgxv5.New(q.pool), &river.Config{
		Schema:  QueueSchema,
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: q.cfg.Workers}},
		Workers: q.workers,
		Logger:  q.cfg.Log,
		// The one way to another try is Reconcile, which knows the lease.
		MaxAttempts:                 1,
		JobTimeout:                  q.cfg.JobTimeout,
		RescueStuckJobsAfter:        q.cfg.JobTimeout + 30*time.Second,
		FetchCooldown:               20 * time.Millisecond,
		FetchPollInterval:           250 * time.Millisecond, // for announcements that were lost
		SoftStopTimeout:             q.cfg.SoftStop,
		CompletedJobRetentionPeriod: time.Hour,
		DiscardedJobRetentionPeriod: 24 * time.Hour,
		PollOnly:                    q.cfg.PollOnly,
		PeriodicJobs:                q.periodic(),
	})
	if err != nil {
		return err
	}
	return q.client.Start(ctx)
}

// Stop takes no more jobs, waits for running ones (SoftStop, then their
// contexts end, and the questions are put back) and returns when all has ended
// or ctx ends.
func (q *Queue) Stop(ctx context.Context) error {
	q.stop()
	q.done.Wait()
	if err := q.client.Stop(ctx); err != nil {
		return fmt.Errorf("stop queue: %w", err)
	}
	q.pool.Close()
	return nil
}

func (q *Queue) reconcile(ctx context.Context) {
	ticker := time.NewTicker(q.cfg.ReconcileEvery)
	defer ticker.Stop()
	for {
		if err := q.cfg.Reconcile(ctx); err != nil && ctx.Err() == nil {
			q.cfg.Log.WarnContext(ctx, "reconcile failed, will try again", inbox.KeyError, err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// insertOnly makes a client that queues jobs and works on none.
func insertOnly(pool *pgxpool.Pool) (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(pool), &river.Config{
		Schema: QueueSchema, MaxAttempts: 1, Logger: slog.New(slog.DiscardHandler),
		// River announces a job only if it announced none within this time; the
		// default of 100 ms leaves a question that follows closely to the next
		// poll: measured, every other answer took up to a second.
		FetchCooldown: river.FetchCooldownMin,
	})
}
