package postgres

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// What need not be done often goes through the queue, too: one replica does it.

const (
	rarely   = 6 * time.Hour
	rareTime = 30 * time.Minute // that it may take
)

// rareJob has nothing to say: what is due the work finds out.
type rareJob struct{}

// Kind names the job in the queue.
func (rareJob) Kind() string { return "rarely" }

type rareWorker struct {
	river.WorkerDefaults[rareJob]
	do func(ctx context.Context) error
}

func (w *rareWorker) Work(ctx context.Context, _ *river.Job[rareJob]) error {
	if w.do == nil {
		return nil
	}
	return w.do(ctx)
}

// Timeout is longer than a question's: nobody waits.
func (w *rareWorker) Timeout(*river.Job[rareJob]) time.Duration { return rareTime }

// periodic queues it at start and then now and then, once while one waits or runs.
func (q *Queue) periodic() []*river.PeriodicJob {
	if q.cfg.Rarely == nil {
		return nil
	}
	job := func() (river.JobArgs, *river.InsertOpts) {
		return rareJob{}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: time.Hour}}
	}
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(rarely), job, &river.PeriodicJobOpts{RunOnStart: true})}
}
