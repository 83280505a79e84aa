package postgres

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/privacy"
)

// Persons exports and forgets what is kept of a person.
type Persons struct {
	pool *pgxpool.Pool
}

var _ privacy.Store = (*Persons)(nil)

// NewPersons makes the store.
func NewPersons(pool *pgxpool.Pool) *Persons { return &Persons{pool: pool} }

// Users returns the ids of all users of whom something is kept.
func (p *Persons) Users(ctx context.Context) ([]string, error) {
	rows, err := p.pool.Query(ctx, "SELECT DISTINCT chat_user_id FROM bot.person ORDER BY chat_user_id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// Deletions returns the log.
func (p *Persons) Deletions(ctx context.Context) ([]privacy.Deletion, error) {
	rows, err := p.pool.Query(ctx, "SELECT subject, at FROM bot.deletion ORDER BY at, id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[privacy.Deletion])
}

// Export returns all that is kept of a user, as of one moment.
func (p *Persons) Export(ctx context.Context, userID string) (privacy.Export, error) {
	export := privacy.Export{UserID: userID}
	opts := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err := pgx.BeginTxFunc(ctx, p.pool, opts, func(tx pgx.Tx) (err error) {
		if export.Questions, err = rowsOf[privacy.Question](ctx, tx, exportQuestions, userID); err != nil {
			return err
		}
		if export.Handovers, err = rowsOf[privacy.Handover](ctx, tx, exportHandovers, userID); err != nil {
			return err
		}
		if export.Tickets, err = rowsOf[privacy.Ticket](ctx, tx, exportTickets, userID); err != nil {
			return err
		}
		if export.Answers, err = rowsOf[privacy.Answer](ctx, tx, exportAnswers, userID); err != nil {
			return err
		}
		if export.Votes, err = rowsOf[privacy.Vote](ctx, tx, exportVotes, userID); err != nil {
			return err
		}
		if export.Coffees, err = rowsOf[privacy.Coffee](ctx, tx, exportCoffees, userID); err != nil {
			return err
		}
		if export.Approved, err = rowsOf[privacy.Approved](ctx, tx, exportApproved, userID); err != nil {
			return err
		}
		if export.Reminders, err = rowsOf[privacy.Reminder](ctx, tx, exportReminders, userID); err != nil {
			return err
		}
		export.Channels, err = rowsOf[privacy.Channel](ctx, tx, exportChannels, userID)
		return err
	})
	return export, err
}

const (
	exportQuestions = `
		SELECT q.id::text AS id, CASE origin WHEN 'post' THEN origin_key ELSE '' END AS post_id, q.channel_id, q.asked_at, q.state, q.outcome,
			ARRAY(SELECT text FROM bot.draft d WHERE d.question_id = q.id AND text <> '' ORDER BY position) AS replies,
			ARRAY(SELECT value FROM bot.field f WHERE f.question_id = q.id AND value <> '' ORDER BY name) AS typed
		FROM bot.question q JOIN bot.person p ON p.id = q.person_id WHERE p.chat_user_id = $1 ORDER BY q.asked_at`
	exportHandovers = `
		SELECT h.id::text AS id, h.created_at, h.state, h.text
		FROM bot.handover h JOIN bot.person p ON p.id = h.person_id WHERE p.chat_user_id = $1 ORDER BY h.created_at`
	exportTickets = `
		SELECT t.number, j.joined_at AS created_at, t.state, t.format, j.text,
			ARRAY(SELECT text FROM bot.ticket_answer a WHERE a.number = t.number AND text <> '' ORDER BY at) AS answers
		FROM bot.ticket t JOIN bot.ticket_asker j USING (number) JOIN bot.person p ON p.id = j.person_id
		WHERE p.chat_user_id = $1 ORDER BY t.number`
	exportVotes = `
		SELECT v.helpful, v.reason, v.at
		FROM bot.vote v JOIN bot.person p ON p.id = v.person_id WHERE p.chat_user_id = $1 ORDER BY v.at`
	exportCoffees = `
		SELECT c.channel_id, (c.state -> 'go_on' ->> $1)::boolean AS go_on,
			ARRAY(SELECT t -> 'texts' ->> 0 FROM jsonb_array_elements_text(c.state -> 'votes' -> $1) v, jsonb_array_elements(c.state -> 'topics') t
				WHERE t ->> 'number' = v ORDER BY (t ->> 'number')::integer) AS topics
		FROM bot.coffee c WHERE c.state -> 'votes' ? $1 OR c.state -> 'go_on' ? $1 ORDER BY c.id`
	exportApproved = `
		SELECT a.number AS ticket, r.role, a.stage, a.since, a.text
		FROM bot.approved_answer a
			CROSS JOIN LATERAL (VALUES ('author', a.author_person_id), ('approver', a.approver_person_id), ('contact', a.contact_person_id)) r (role, person_id)
			JOIN bot.person p ON p.id = r.person_id WHERE p.chat_user_id = $1 ORDER BY a.id, r.role`
	exportChannels = `
		SELECT c.channel_id FROM bot.channel c JOIN bot.person p ON p.id = c.reviewer WHERE p.chat_user_id = $1 ORDER BY c.channel_id`
	exportReminders = `
		SELECT r.format, r.session, r.since
		FROM bot.reminder r JOIN bot.person p ON p.id = r.person_id WHERE p.chat_user_id = $1 ORDER BY r.session, r.format`
	exportAnswers = `
		SELECT a.number AS ticket, a.at, a.text
		FROM bot.ticket_answer a JOIN bot.person p ON p.id = a.host_person_id WHERE p.chat_user_id = $1 ORDER BY a.at`
)

func rowsOf[T any](ctx context.Context, tx pgx.Tx, query, userID string) ([]T, error) {
	rows, err := tx.Query(ctx, query, userID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

// Remember adds entries to the log.
func (p *Persons) Remember(ctx context.Context, entries []privacy.Deletion) error {
	return pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		for _, entry := range entries {
			if err := logDeletion(ctx, tx, entry); err != nil {
				return err
			}
		}
		return nil
	})
}

func logDeletion(ctx context.Context, tx pgx.Tx, entry privacy.Deletion) error {
	_, err := tx.Exec(ctx, "INSERT INTO bot.deletion (subject, at) VALUES ($1, $2) ON CONFLICT DO NOTHING", entry.Subject, entry.At)
	return err
}

// Forget removes a user. Question rows stay without person, place and text:
// the id of the asking post alone keeps it from being answered again.
func (p *Persons) Forget(ctx context.Context, userID string, entry privacy.Deletion) (gone privacy.Forgotten, err error) {
	err = pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		if err := lockAsker(ctx, tx, userID); err != nil {
			return err
		}
		persons, err := lockPersons(ctx, tx, "p.chat_user_id = $1", userID)
		if err != nil {
			return err
		}
		if gone, err = count(ctx, tx, persons); err != nil {
			return err
		}
		if err := forgetPersons(ctx, tx, persons); err != nil {
			return err
		}
		return logDeletion(ctx, tx, entry)
	})
	if err != nil {
		return gone, fmt.Errorf("forget: %w", err)
	}
	return gone, nil
}

// count counts what is kept of persons, before they are forgotten.
func count(ctx context.Context, tx pgx.Tx, persons []uuid.UUID) (privacy.Forgotten, error) {
	const query = `
		WITH theirs AS (
			SELECT post_id FROM bot.draft d WHERE to_person_id = ANY($1)
				OR question_id IN (SELECT id FROM bot.question WHERE person_id = ANY($1))
		), posts AS (
			SELECT post_id FROM theirs WHERE post_id <> ''
			UNION SELECT post_id FROM bot.ticket_post JOIN bot.ticket_asker USING (number) WHERE person_id = ANY($1)
		)
		SELECT (SELECT count(*) FROM bot.question WHERE person_id = ANY($1)), (SELECT count(*) FROM theirs),
			(SELECT count(*) FROM bot.handover WHERE person_id = ANY($1)), (SELECT count(*) FROM bot.ticket_asker WHERE person_id = ANY($1)),
			(SELECT count(*) FROM bot.ticket_answer WHERE host_person_id = ANY($1)),
			(SELECT count(*) FROM bot.approved_answer WHERE author_person_id = ANY($1) OR approver_person_id = ANY($1) OR contact_person_id = ANY($1)), ARRAY(SELECT post_id FROM posts ORDER BY 1)`
	f := privacy.Forgotten{}
	err := tx.QueryRow(ctx, query, persons).Scan(&f.Questions, &f.Replies, &f.Handovers, &f.Tickets, &f.Answers, &f.Approved, &f.Posts)
	return f, err
}

// lockPersons locks the questions of persons and then the persons, in the order in
// which workers do, and returns the persons' ids. Which is a condition on p.
func lockPersons(ctx context.Context, tx pgx.Tx, which string, arg any) ([]uuid.UUID, error) {
	questions := "SELECT q.id FROM bot.question q JOIN bot.person p ON p.id = q.person_id WHERE " + which + " ORDER BY q.id FOR UPDATE OF q"
	if _, err := tx.Exec(ctx, questions, arg); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, "SELECT p.id FROM bot.person p WHERE "+which+" ORDER BY p.id FOR UPDATE", arg)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// forgetPersons removes persons.
func forgetPersons(ctx context.Context, tx pgx.Tx, persons []uuid.UUID) error {
	if len(persons) == 0 {
		return nil
	}
	for _, query := range forgetting {
		if _, err := tx.Exec(ctx, query, persons); err != nil {
			return err
		}
	}
	return nil
}

// forgetting are the statements that forget persons, in this order; $1 are their
// ids.
var forgetting = []string{
	// Drafts of the person's questions, and what others' questions send to the person.
	`DELETE FROM bot.draft WHERE to_person_id = ANY($1)
		OR question_id IN (SELECT id FROM bot.question WHERE person_id = ANY($1))`,
	`DELETE FROM bot.field WHERE question_id IN (SELECT id FROM bot.question WHERE person_id = ANY($1))`,
	`DELETE FROM bot.file WHERE question_id IN (SELECT id FROM bot.question WHERE person_id = ANY($1))`,
	// A worker on such a question loses its lease; later edits find it lasting.
	`UPDATE bot.question SET attempt = attempt + 1, lease_until = NULL, due_at = NULL, sweep_at = NULL, lasting = true,
			channel_id = '', root_id = '', on_post = '', on_handover = '', on_ticket = 0, on_document = 0, on_bundle = 0, on_coffee = 0, on_topic = 0, on_version = 0, marker = '', post_id = '',
			reason = CASE WHEN state IN ('posted', 'told', 'dropped') THEN reason ELSE 'forgotten' END,
			state = CASE WHEN state IN ('posted', 'told', 'dropped') THEN state ELSE 'dropped' END
		WHERE person_id = ANY($1)`,
	// A ticket that others ask, too, is theirs from now on, with their words and its
	// answers.
	`DELETE FROM bot.ticket_asker WHERE person_id = ANY($1)`,
	`UPDATE bot.ticket t SET person_id = n.person_id, text = n.text FROM (` + nextAskers + `) n
		WHERE n.number = t.number AND t.person_id = ANY($1)`,
	`UPDATE bot.ticket_answer SET post_id = '' WHERE host_person_id = ANY($1)`,
	// What is approved is the house's, and stays without the names. Of a draft it would
	// not be known who must not approve it; one out of a ticket that nobody else asks is
	// not told from the asker's words.
	`UPDATE bot.approved_answer SET ` + noVersion + `, stage = CASE stage WHEN 'draft' THEN 'returned' ELSE stage END
		WHERE stage <> 'approved' AND (author_person_id = ANY($1) OR number IN (SELECT number FROM bot.ticket WHERE person_id = ANY($1)))`,
	`UPDATE bot.ticket_answer SET text = '' WHERE number IN (SELECT number FROM bot.ticket WHERE person_id = ANY($1))`,
	`INSERT INTO bot.ticket_event (number, event, by, at)
		SELECT number, 'withdrawn', 'forgotten', now() FROM bot.ticket
		WHERE person_id = ANY($1) AND state NOT IN ('settled', 'merged', 'withdrawn')
		ON CONFLICT DO NOTHING`,
	`UPDATE bot.ticket SET text = '', attempt = attempt + 1, host_person_id = NULL, pinned = false,
			state = CASE WHEN state IN ('settled', 'merged') THEN state ELSE 'withdrawn' END
		WHERE person_id = ANY($1)`,
	`UPDATE bot.handover SET ` + noText + `, channel_id = '', post_id = '', state = CASE state WHEN 'proposed' THEN 'lapsed' ELSE state END
		WHERE person_id = ANY($1)`,
	`UPDATE bot.coffee c SET state = c.state #- ARRAY['votes', p.chat_user_id] #- ARRAY['go_on', p.chat_user_id] FROM bot.person p
		WHERE p.id = ANY($1) AND (c.state -> 'votes' ? p.chat_user_id OR c.state -> 'go_on' ? p.chat_user_id)`,
	// The links of all rows go with it (ON DELETE SET NULL).
	`DELETE FROM bot.person WHERE id = ANY($1)`,
}
