package inbox

import (
	"context"
	"time"
)

// Store keeps questions and the jobs that work on them. It has one clock for
// all replicas (the database's); leases and pauses are given as durations.
//
// Methods that take a Question are fenced: they change nothing and return
// ErrStale unless q.ID is still leased under q.Attempt. Those marked with (*)
// also look at what happened to the asking post: they change nothing and
// return ErrGone when it was deleted, or ErrChanged when it was edited after
// q.Wanted. Neither is asked once the question is Lasting.
type Store interface {
	Arrivals
	Leases

	// Start notes that the reply is being worked out: Retrieving.
	Start(ctx context.Context, q Question) error
	// Early adds a draft whose post is about to be made while the reply is being worked
	// out (*). It is the first of the question.
	Early(ctx context.Context, q Question, d Draft) error
	// Save stores the drafts, outcome and revision, and moves to Ready (*). The draft
	// with the marker of an early one takes its place; an early one whose place none
	// takes is obsolete. It returns the question as it stands then.
	Save(ctx context.Context, q Question, r Reply, failed bool) (Question, error)
	// Try notes, before Create, that the draft may be posted from now on:
	// Posting, Draft.Tried (*). A second Try makes the question contested: a
	// late post of the first may still turn up, unless it is known.
	Try(ctx context.Context, q Question, marker string) error
	// Posted notes the draft's post; from Posting on it shows the reply.
	Posted(ctx context.Context, q Question, marker, postID string) error
	// Lost notes that the draft's place is gone.
	Lost(ctx context.Context, q Question, marker string) error
	// Restart puts the question back to Received, with its drafts obsolete, and
	// counts one try. It returns the question as it stands then.
	Restart(ctx context.Context, q Question) (Question, error)
	// Renew is Restart for a reply that waited too long: tries and Since begin anew.
	Renew(ctx context.Context, q Question) (Question, error)
	// Removed forgets an obsolete draft's text and post.
	Removed(ctx context.Context, q Question, marker string) error
	// Spend takes the buttons that the press q has used up away from the draft
	// that they belong to, and returns that draft with those that are left.
	// Repeating it changes nothing. ErrDone: the draft or its buttons are not
	// kept any more, or nothing was used up.
	Spend(ctx context.Context, q Question) (Draft, error)
	// Moot returns the drafts of other questions, posted where the person of q reads
	// them, that have a choice about what q has Decided, with the buttons that are left.
	Moot(ctx context.Context, q Question) ([]Draft, error)
	// Mooted keeps those that are left of one of them. ErrDone: it is not kept any more.
	Mooted(ctx context.Context, q Question, d Draft) error
	// Finish ends the work and the lease: Posted, Told or Dropped (*; Dropped
	// is possible for a deleted post). A contested question will be swept.
	Finish(ctx context.Context, q Question, s State, outcome, reason string) error
}

// Arrivals is how events of the asking post reach the store. An unknown
// (origin, key) is no error, and repeating a call changes nothing.
type Arrivals interface {
	// Add stores an arrival, its Fields and its job in one transaction. A press of a button is
	// not added while the same person's earlier press of it is unfinished, or was
	// answered less than PressAgain ago: id is the earlier one's.
	Add(ctx context.Context, a Arrival) (id string, added bool, err error)
	// Edited notes the edit time (Unix ms) if it is newer than all known, and
	// what the arrival says now: Action, Subject, Late and Overheard. A question
	// that was done starts anew, drafts obsolete, with a job.
	Edited(ctx context.Context, a Arrival, revision int64) error
	// Deleted notes that the asking post is gone and removes the texts of the
	// drafts, which are all obsolete then. A question that was done gets a job.
	Deleted(ctx context.Context, origin Origin, key string) error
}

// Leases say who works on what.
type Leases interface {
	// Claim leases an unfinished question; attempt and (before Ready) try
	// count one more. ErrBusy: leased; ErrDone: finished or unknown.
	Claim(ctx context.Context, id string, lease time.Duration) (Question, error)
	// Extend prolongs the lease, counted from now.
	Extend(ctx context.Context, q Question, lease time.Duration) error
	// Release gives the lease back; Requeue will queue the question after the
	// pause. With refund this lease did not count as a try.
	Release(ctx context.Context, q Question, pause time.Duration, refund bool) error
	// Requeue queues jobs for unfinished questions that nobody works on: the
	// lease ran out, the pause is over, or the job was lost. It returns how many.
	Requeue(ctx context.Context, limit int) (int, error)
	// Sweepable returns done, contested questions whose posts have to be
	// looked through now, and keeps other replicas off them for a minute.
	Sweepable(ctx context.Context, limit int) ([]Question, error)
	// Swept notes that it was done; a second look follows ten minutes later.
	Swept(ctx context.Context, id string) error
}
