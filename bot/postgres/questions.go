package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"lvr.example/sprechstunde/bot/inbox"
)

// textTTL is how long texts are kept unless configured otherwise.
const textTTL = 30 * 24 * time.Hour

// lostAfter is how long a job may be on its way before it counts as lost.
const lostAfter = 30 * time.Second

// QuestionsConfig sets up Questions. Pool is required.
type QuestionsConfig struct {
	Pool    *pgxpool.Pool
	TextTTL time.Duration    // how long replies are kept. Defaults to 30 days.
	Now     func() time.Time // for tests. Defaults to the database's clock, one for all replicas.
}

// Questions is the inbox in PostgreSQL. A question and its job are stored in
// one transaction.
type Questions struct {
	pool *pgxpool.Pool
	jobs *river.Client[pgx.Tx]
	ttl  time.Duration
	now  func() time.Time
}

var _ inbox.Store = (*Questions)(nil)

// NewQuestions makes the store.
func NewQuestions(cfg QuestionsConfig) (*Questions, error) {
	jobs, err := insertOnly(cfg.Pool)
	if err != nil {
		return nil, fmt.Errorf("queue of questions: %w", err)
	}
	return &Questions{pool: cfg.Pool, jobs: jobs, ttl: cmp.Or(cfg.TextTTL, textTTL), now: cfg.Now}, nil
}

// clock is the time to use in a query: null means the database's.
func (s *Questions) clock() *time.Time {
	if s.now == nil {
		return nil
	}
	t := s.now()
	return &t
}

// Add stores an arrival and its job.
func (s *Questions) Add(ctx context.Context, a inbox.Arrival) (id string, added bool, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		id, added, err = s.insert(ctx, tx, a)
		if err != nil || !added {
			return err
		}
		return s.queue(ctx, tx, id)
	})
	if err != nil {
		return "", false, fmt.Errorf("add question (%s %s): %w", a.Origin, a.Key, err)
	}
	return id, added, nil
}

func (s *Questions) insert(ctx context.Context, tx pgx.Tx, a inbox.Arrival) (id string, added bool, err error) {
	// Before anything of the person is written: it may be long forgotten.
	if id, err = known(ctx, tx, a); id != "" || err != nil {
		return id, false, err
	}
	if a.Origin == inbox.FromButton {
		if id, err = s.pressed(ctx, tx, a); id != "" || err != nil {
			return id, false, err
		}
	}
	person, err := personOf(ctx, tx, a.UserID, &a.At)
	if err != nil {
		return "", false, err
	}
	fresh, err := uuid.NewV7()
	if err != nil {
		return "", false, err
	}
	const query = `
		INSERT INTO bot.question (id, origin, origin_key, person_id, channel_id, root_id, action, marker, post_id,
			late, overheard, asked_at, state, since, due_at, ` + subjectColumns + `)
		VALUES (@id, @origin, @key, @person, @channel, @root, @action, @marker, @post,
			@late, @overheard, @at, 'received', coalesce(@now::timestamptz, now()), coalesce(@now::timestamptz, now()) + @lost::interval, ` + subjectValues + `)
		ON CONFLICT (origin, origin_key) DO NOTHING
		RETURNING id::text`
	err = tx.QueryRow(ctx, query, withSubject(pgx.NamedArgs{
		"id": fresh, "origin": a.Origin, "key": a.Key, "person": person, "channel": a.ChannelID, "root": a.RootID,
		"action": a.Action, "marker": a.Marker, "post": a.PostID, "late": a.Late, "overheard": a.Overheard,
		"at": a.At, "now": s.clock(), "lost": lostAfter,
	}, a.Subject)).Scan(&id)
	if err == nil {
		return id, true, s.saveFields(ctx, tx, id, a.Fields)
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return "", false, err
	}
	id, err = known(ctx, tx, a) // another replica was faster
	return id, false, err
}

// known returns the question that an arrival has made before, or "".
func known(ctx context.Context, tx pgx.Tx, a inbox.Arrival) (id string, err error) {
	err = tx.QueryRow(ctx, "SELECT id::text FROM bot.question WHERE origin = $1 AND origin_key = $2", a.Origin, a.Key).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// pressed returns the same person's earlier press of a button that a press is one
// with, or "". Two presses at once wait for each other.
func (s *Questions) pressed(ctx context.Context, tx pgx.Tx, a inbox.Arrival) (id string, err error) {
	button := fmt.Sprintf("press %q", []string{a.Marker, string(a.Action), a.Subject.String(), a.UserID})
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lockOf(button)); err != nil {
		return "", err
	}
	const query = `
		SELECT q.id::text FROM bot.question q JOIN bot.person p ON p.id = q.person_id
		WHERE q.origin = 'button' AND q.marker = @marker AND q.marker <> '' AND q.action = @action
			AND (` + subjectColumns + `) = (` + subjectValues + `) AND p.chat_user_id = @user
			AND (q.state NOT IN ('posted', 'told', 'dropped')
				OR q.state = 'posted' AND q.finished_at > coalesce(@now::timestamptz, now()) - @again::interval)
		LIMIT 1`
	err = tx.QueryRow(ctx, query, withSubject(pgx.NamedArgs{
		"marker": a.Marker, "action": a.Action, "user": a.UserID, "now": s.clock(), "again": inbox.PressAgain,
	}, a.Subject)).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// Edited notes an edit. A question that was done starts anew.
func (s *Questions) Edited(ctx context.Context, a inbox.Arrival, revision int64) error {
	const query = `
		UPDATE bot.question SET wanted = @revision, action = @action, (` + subjectColumns + `) = (` + subjectValues + `), late = @late, overheard = @overheard
		WHERE origin = @origin AND origin_key = @key AND NOT gone AND NOT lasting AND @revision > greatest(wanted, revision)
		RETURNING id::text, state IN ('posted', 'told', 'dropped')`
	return s.event(ctx, query, withSubject(pgx.NamedArgs{
		"origin": a.Origin, "key": a.Key, "revision": revision,
		"action": a.Action, "late": a.Late, "overheard": a.Overheard,
	}, a.Subject))
}

// Deleted notes a deletion and removes the texts of the replies.
func (s *Questions) Deleted(ctx context.Context, origin inbox.Origin, key string) error {
	const query = `
		WITH q AS (
			UPDATE bot.question SET gone = true
			WHERE origin = @origin AND origin_key = @key AND NOT gone AND NOT lasting
			RETURNING id, state
		), wiped AS (
			UPDATE bot.draft SET text = '', buttons = '[]', files = '{}' FROM q WHERE question_id = q.id
		), emptied AS (
			DELETE FROM bot.file USING q WHERE question_id = q.id
		)
		SELECT id::text, state IN ('posted', 'told', 'dropped') FROM q`
	return s.event(ctx, query, pgx.NamedArgs{"origin": origin, "key": key})
}

// event applies a query that notes an event and returns the question's id and
// whether it was done; then it starts anew. While it is worked on, the worker
// sees the note at its next step.
func (s *Questions) event(ctx context.Context, query string, args pgx.NamedArgs) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var id string
		var done bool
		err := tx.QueryRow(ctx, query, args).Scan(&id, &done)
		if errors.Is(err, pgx.ErrNoRows) || err == nil && !done {
			return nil
		}
		if err != nil {
			return err
		}
		return s.again(ctx, tx, id)
	})
}

func (s *Questions) again(ctx context.Context, tx pgx.Tx, id string) error {
	if err := retire(ctx, tx, id); err != nil {
		return err
	}
	const query = `
		UPDATE bot.question SET state = 'received', try = 0, outcome = '', reason = '', failed = false,
			since = coalesce(@now::timestamptz, now()), due_at = coalesce(@now::timestamptz, now()) + @lost::interval,
			finished_at = NULL, sweep_at = NULL
		WHERE id = @id`
	if _, err := tx.Exec(ctx, query, pgx.NamedArgs{"id": id, "now": s.clock(), "lost": lostAfter}); err != nil {
		return err
	}
	return s.queue(ctx, tx, id)
}

// retire makes a question's drafts obsolete. One that was tried and never
// recorded may have a post that nobody knows of.
func retire(ctx context.Context, tx pgx.Tx, id string) error {
	const query = `
		WITH old AS (
			UPDATE bot.draft SET obsolete = true, text = '', buttons = '[]', files = '{}'
			WHERE question_id = $1 AND NOT obsolete
			RETURNING tried AND post_id = '' AND NOT lost AS doubtful
		)
		UPDATE bot.question SET contested = contested OR EXISTS (SELECT FROM old WHERE doubtful) WHERE id = $1`
	if _, err := tx.Exec(ctx, query, id); err != nil {
		return err
	}
	return dropFiles(ctx, tx, id)
}

// Claim leases a question.
func (s *Questions) Claim(ctx context.Context, id string, lease time.Duration) (inbox.Question, error) {
	const query = `
		UPDATE bot.question SET attempt = attempt + 1,
			try = try + (state IN ('received', 'retrieving'))::integer,
			lease_until = coalesce(@now::timestamptz, now()) + @lease::interval,
			due_at = coalesce(@now::timestamptz, now()) + @lease::interval
		WHERE id = @id AND state NOT IN ('posted', 'told', 'dropped')
			AND (lease_until IS NULL OR lease_until <= coalesce(@now::timestamptz, now()))`
	var q inbox.Question
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, query, pgx.NamedArgs{"id": id, "lease": lease, "now": s.clock()})
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return whyNotClaimed(ctx, tx, id)
		}
		q, err = read(ctx, tx, id, unremoved)
		return err
	})
	if err != nil {
		return inbox.Question{}, fmt.Errorf("claim (%s): %w", id, err)
	}
	return q, nil
}

func whyNotClaimed(ctx context.Context, tx pgx.Tx, id string) error {
	var done bool
	err := tx.QueryRow(ctx, "SELECT state IN ('posted', 'told', 'dropped') FROM bot.question WHERE id = $1", id).Scan(&done)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && done {
		return inbox.ErrDone
	}
	if err != nil {
		return err
	}
	return inbox.ErrBusy
}

// Extend prolongs a lease.
func (s *Questions) Extend(ctx context.Context, q inbox.Question, lease time.Duration) error {
	return s.step(ctx, q, change{
		set:  "lease_until = coalesce(@now::timestamptz, now()) + @lease::interval, due_at = coalesce(@now::timestamptz, now()) + @lease::interval",
		args: pgx.NamedArgs{"lease": lease},
	})
}

// Release gives a lease back.
func (s *Questions) Release(ctx context.Context, q inbox.Question, pause time.Duration, refund bool) error {
	c := change{
		set: `lease_until = NULL, due_at = coalesce(@now::timestamptz, now()) + @pause::interval,
			try = try - (@refund AND state IN ('received', 'retrieving'))::integer`,
		args: pgx.NamedArgs{"pause": pause, "refund": refund},
	}
	if pause <= 0 {
		c.args["pause"] = lostAfter
		c.then = func(tx pgx.Tx) error { return s.queue(ctx, tx, q.ID) }
	}
	return s.step(ctx, q, c)
}

// Start moves to Retrieving.
func (s *Questions) Start(ctx context.Context, q inbox.Question) error {
	return s.step(ctx, q, change{set: "state = 'retrieving'", from: []inbox.State{inbox.Received, inbox.Retrieving}})
}

// Early adds a draft before the reply.
func (s *Questions) Early(ctx context.Context, q inbox.Question, d inbox.Draft) error {
	return s.step(ctx, q, change{
		from:    []inbox.State{inbox.Retrieving},
		watched: true,
		set:     "state = state",
		then:    func(tx pgx.Tx) error { return s.saveDrafts(ctx, tx, q.ID, []inbox.Draft{d}) },
	})
}

// Save moves to Ready.
func (s *Questions) Save(ctx context.Context, q inbox.Question, r inbox.Reply, failed bool) (saved inbox.Question, err error) {
	err = s.step(ctx, q, change{
		from:    []inbox.State{inbox.Received, inbox.Retrieving},
		watched: !r.Lasting,
		set: `state = 'ready', since = coalesce(@now::timestamptz, now()), outcome = @outcome, reason = @reason,
			revision = @revision, failed = @failed, lasting = @lasting`,
		args: pgx.NamedArgs{"outcome": r.Outcome, "reason": r.Reason, "revision": r.Revision, "failed": failed, "lasting": r.Lasting},
		then: func(tx pgx.Tx) error {
			if err := s.takeOver(ctx, tx, q.ID, r.Drafts); err != nil {
				return err
			}
			saved, err = read(ctx, tx, q.ID, unremoved)
			return err
		},
	})
	return saved, err
}

// Try moves to Posting.
func (s *Questions) Try(ctx context.Context, q inbox.Question, marker string) error {
	return s.step(ctx, q, change{
		from:    []inbox.State{inbox.Ready, inbox.Posting},
		watched: true,
		set:     "state = 'posting', contested = contested OR EXISTS (SELECT FROM bot.draft WHERE marker = @marker AND tried AND post_id = '')",
		args:    pgx.NamedArgs{"marker": marker},
		then: func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, "UPDATE bot.draft SET tried = true WHERE marker = $1", marker)
			return err
		},
	})
}

// Posted notes a post. What belongs to a hand-over is kept there alone, where
// it goes when the person says no: a lasting reply is never made anew.
func (s *Questions) Posted(ctx context.Context, q inbox.Question, marker, postID string) error {
	const lasting = "(SELECT q.lasting FROM bot.question q WHERE q.id = question_id)"
	const early = "(SELECT q.state = 'retrieving' FROM bot.question q WHERE q.id = question_id)"
	return s.draft(ctx, q, marker, "post_id = $2, early = early AND "+early+", files = '{}', text = CASE WHEN "+lasting+" THEN '' ELSE text END", postID)
}

// Lost notes that there is no post.
func (s *Questions) Lost(ctx context.Context, q inbox.Question, marker string) error {
	return s.draft(ctx, q, marker, "lost = $2, files = '{}'", true)
}

// Removed notes that an obsolete post is gone.
func (s *Questions) Removed(ctx context.Context, q inbox.Question, marker string) error {
	return s.draft(ctx, q, marker, "removed = $2", true)
}

func (s *Questions) draft(ctx context.Context, q inbox.Question, marker, set string, value any) error {
	return s.step(ctx, q, change{set: "state = state", then: func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE bot.draft SET "+set+" WHERE marker = $1", marker, value); err != nil {
			return err
		}
		return dropFiles(ctx, tx, q.ID)
	}})
}

// Restart goes back to Received.
func (s *Questions) Restart(ctx context.Context, q inbox.Question) (fresh inbox.Question, err error) {
	return s.restart(ctx, q, "try = try + 1")
}

// Renew goes back to Received and forgets what was tried.
func (s *Questions) Renew(ctx context.Context, q inbox.Question) (fresh inbox.Question, err error) {
	return s.restart(ctx, q, "try = 1, since = coalesce(@now::timestamptz, now())")
}

func (s *Questions) restart(ctx context.Context, q inbox.Question, count string) (fresh inbox.Question, err error) {
	err = s.step(ctx, q, change{set: "state = 'received', failed = false, " + count, then: func(tx pgx.Tx) error {
		if err := retire(ctx, tx, q.ID); err != nil {
			return err
		}
		fresh, err = read(ctx, tx, q.ID, unremoved)
		return err
	}})
	return fresh, err
}

// Spend takes used up buttons away.
func (s *Questions) Spend(ctx context.Context, q inbox.Question) (left inbox.Draft, err error) {
	err = s.step(ctx, q, change{set: "state = state", then: func(tx pgx.Tx) error {
		left, err = lockDraft(ctx, tx, q.Marker)
		if err != nil {
			return err
		}
		buttons, spent := inbox.Left(left.Buttons, q.Action, q.Subject)
		if !spent {
			return inbox.ErrDone
		}
		left.Buttons = buttons
		return saveButtons(ctx, tx, left)
	}})
	return left, err
}

// Finish ends the work.
func (s *Questions) Finish(ctx context.Context, q inbox.Question, state inbox.State, outcome, reason string) error {
	return s.step(ctx, q, change{
		watched: state != inbox.Dropped || !q.Gone,
		set: `state = @state, outcome = @outcome, reason = @reason, lease_until = NULL, due_at = NULL,
			finished_at = coalesce(@now::timestamptz, now()), sweeps = 0,
			sweep_at = CASE WHEN contested THEN coalesce(@now::timestamptz, now()) + interval '1 minute' END`,
		args: pgx.NamedArgs{"state": state, "outcome": outcome, "reason": reason},
		then: func(tx pgx.Tx) error { return removeFields(ctx, tx, q) },
	})
}

// Requeue queues what nobody works on.
func (s *Questions) Requeue(ctx context.Context, limit int) (n int, err error) {
	// A question whose job still waits its turn gets no second one.
	const query = `
		UPDATE bot.question q SET due_at = coalesce(@now::timestamptz, now()) + @lost::interval
		WHERE id IN (
			SELECT id FROM bot.question WHERE due_at <= coalesce(@now::timestamptz, now())
			ORDER BY due_at LIMIT @limit FOR UPDATE SKIP LOCKED)
		RETURNING id::text, EXISTS (
			SELECT FROM river.river_job j
			WHERE j.kind = 'question' AND j.state IN ('available', 'pending', 'retryable', 'scheduled')
				AND j.args @> jsonb_build_object('id', q.id::text)) AS waits`
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, query, pgx.NamedArgs{"limit": limit, "now": s.clock(), "lost": lostAfter})
		if err != nil {
			return err
		}
		type due struct {
			ID    string
			Waits bool
		}
		all, err := pgx.CollectRows(rows, pgx.RowToStructByName[due])
		if err != nil {
			return err
		}
		for _, d := range all {
			if d.Waits {
				continue
			}
			if err := s.queue(ctx, tx, d.ID); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// Sweepable hands out what is to be looked through.
func (s *Questions) Sweepable(ctx context.Context, limit int) (qs []inbox.Question, err error) {
	const query = `
		UPDATE bot.question SET sweep_at = coalesce(@now::timestamptz, now()) + interval '1 minute'
		WHERE id IN (
			SELECT id FROM bot.question WHERE sweep_at <= coalesce(@now::timestamptz, now())
			ORDER BY sweep_at LIMIT @limit FOR UPDATE SKIP LOCKED)
		RETURNING id::text`
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, query, pgx.NamedArgs{"limit": limit, "now": s.clock()})
		if err != nil {
			return err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		for _, id := range ids {
			q, err := read(ctx, tx, id, all)
			if err != nil {
				return err
			}
			qs = append(qs, q)
		}
		return nil
	})
	return qs, err
}

// Swept notes a look.
func (s *Questions) Swept(ctx context.Context, id string) error {
	const query = `
		UPDATE bot.question SET sweeps = sweeps + 1,
			sweep_at = CASE WHEN sweeps = 0 THEN coalesce(@now::timestamptz, now()) + interval '10 minutes' END
		WHERE id = @id AND sweep_at IS NOT NULL`
	_, err := s.pool.Exec(ctx, query, pgx.NamedArgs{"id": id, "now": s.clock()})
	return err
}

// queue inserts the job that works on the question.
func (s *Questions) queue(ctx context.Context, tx pgx.Tx, id string) error {
	_, err := s.jobs.InsertTx(ctx, tx, questionJob{ID: id}, nil)
	return err
}
