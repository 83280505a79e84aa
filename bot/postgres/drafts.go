package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/inbox"
)

// takeOver saves the drafts of a reply. One with the marker of an early draft takes its
// row's place; an early one whose place none takes is obsolete.
func (s *Questions) takeOver(ctx context.Context, tx pgx.Tx, questionID string, drafts []inbox.Draft) error {
	markers := make([]string, 0, len(drafts))
	for _, d := range drafts {
		markers = append(markers, d.Marker)
	}
	if _, err := tx.Exec(ctx, "DELETE FROM bot.draft WHERE question_id = $1 AND marker = ANY ($2)", questionID, markers); err != nil {
		return fmt.Errorf("take over early draft (%s): %w", questionID, err)
	}
	if err := retire(ctx, tx, questionID); err != nil {
		return fmt.Errorf("take back early draft (%s): %w", questionID, err)
	}
	return s.saveDrafts(ctx, tx, questionID, drafts)
}

// saveDrafts adds drafts, in their order, to the question.
func (s *Questions) saveDrafts(ctx context.Context, tx pgx.Tx, questionID string, drafts []inbox.Draft) error {
	const query = `
		INSERT INTO bot.draft (marker, question_id, position, channel_id, to_person_id, root_id, text, machine, buttons, moot, files,
			post_id, tried, early, kind, ticket, bundle, coffee, collections, passages, as_of, expires_at)
		SELECT @marker, id, @position, @channel, @person, @root, @text, @machine, @buttons, @moot, @files,
			@post, @tried, @early, @kind, @ticket, @bundle, @coffee, @collections, @passages, @as_of,
			coalesce(@now::timestamptz, now()) + @ttl::interval
		FROM bot.question WHERE id = @question`
	kept := &shelf{tx: tx, questionID: questionID, now: s.clock(), ttl: s.ttl, known: map[[sha256.Size]byte]int64{}}
	for i, d := range drafts {
		files, err := kept.put(ctx, d.Files)
		if err != nil {
			return err
		}
		buttons, err := encodeButtons(d.Buttons)
		if err != nil {
			return err
		}
		moot, err := encodeMoot(d.Moot)
		if err != nil {
			return err
		}
		person, err := personOf(ctx, tx, d.ToUserID, s.clock())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, query, withAbout(pgx.NamedArgs{
			"marker": d.Marker, "question": questionID, "position": i + 1, "channel": d.ChannelID, "person": person,
			"root": d.RootID, "text": d.Text, "machine": d.Machine, "buttons": buttons, "moot": moot, "files": files,
			"post": d.PostID, "tried": d.Tried, "early": d.Early,
			"now": s.clock(), "ttl": s.ttl,
		}, d.About))
		if err != nil {
			return fmt.Errorf("save draft (%s): %w", d.Marker, err)
		}
	}
	return nil
}

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// filter says which obsolete drafts to read.
type filter bool

const (
	unremoved filter = false // whose posts have to go
	all       filter = true
)

// read reads a question with its drafts.
func read(ctx context.Context, db querier, id string, obsolete filter) (inbox.Question, error) {
	q, err := readRow(ctx, db, "q.id = $1", id)
	if err != nil {
		return q, err
	}
	if q.Fields, err = readFields(ctx, db, id); err != nil {
		return q, err
	}
	const query = selectDrafts + `
		WHERE question_id = $1 AND (NOT obsolete OR NOT removed OR $2)
		ORDER BY position, marker`
	rows, err := db.Query(ctx, query, id, bool(obsolete))
	if err != nil {
		return q, err
	}
	drafts, err := pgx.CollectRows(rows, pgx.RowToStructByName[draftRow])
	if err != nil {
		return q, err
	}
	files, err := readFiles(ctx, db, id)
	if err != nil {
		return q, err
	}
	for _, row := range drafts {
		d, err := row.draft()
		if err != nil {
			return q, err
		}
		for _, id := range row.Files {
			if f, kept := files[id]; kept {
				d.Files = append(d.Files, f)
			}
		}
		if row.Obsolete {
			q.Obsolete = append(q.Obsolete, d)
		} else {
			q.Drafts = append(q.Drafts, d)
		}
	}
	return q, nil
}

const selectDrafts = `
		SELECT d.marker, d.channel_id, coalesce(p.chat_user_id, '') AS to_user_id, d.root_id, text, machine, buttons, moot, files,
			kind, ticket, bundle, coffee, collections, passages, as_of,
			d.post_id, tried, early, lost, obsolete
		FROM bot.draft d LEFT JOIN bot.person p ON p.id = d.to_person_id`

// lockDraft reads a draft whose buttons change. inbox.ErrDone: it is not kept, or
// has none.
func lockDraft(ctx context.Context, tx pgx.Tx, marker string) (inbox.Draft, error) {
	rows, err := tx.Query(ctx, selectDrafts+" WHERE marker = $1 AND NOT obsolete AND buttons <> '[]' FOR UPDATE OF d", marker)
	if err != nil {
		return inbox.Draft{}, err
	}
	row, err := pgx.CollectOneRow(rows, pgx.RowToStructByName[draftRow])
	if errors.Is(err, pgx.ErrNoRows) {
		return inbox.Draft{}, inbox.ErrDone
	}
	if err != nil {
		return inbox.Draft{}, err
	}
	return row.draft()
}

func saveButtons(ctx context.Context, tx pgx.Tx, d inbox.Draft) error {
	buttons, err := encodeButtons(d.Buttons)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "UPDATE bot.draft SET buttons = $2 WHERE marker = $1", d.Marker, buttons)
	return err
}

type draftRow struct {
	Marker    string
	ChannelID string
	ToUserID  string
	RootID    string
	Text      string
	Machine   bool
	Buttons   []byte
	Moot      []byte
	Files     []int64
	PostID    string
	Tried     bool
	Early     bool
	Lost      bool
	Obsolete  bool
	aboutRow
}

func (r draftRow) draft() (inbox.Draft, error) {
	d := inbox.Draft{
		Marker: r.Marker, ChannelID: r.ChannelID, ToUserID: r.ToUserID, RootID: r.RootID, Text: r.Text,
		Machine: r.Machine, About: r.about(), PostID: r.PostID, Tried: r.Tried, Early: r.Early, Lost: r.Lost,
	}
	var err error
	if d.Moot, err = decodeMoot(r.Moot); err != nil {
		return d, fmt.Errorf("read what is decided (%s): %w", r.Marker, err)
	}
	var stored []buttonRow
	if err := json.Unmarshal(r.Buttons, &stored); err != nil {
		return d, fmt.Errorf("read buttons (%s): %w", r.Marker, err)
	}
	for _, b := range stored {
		if on, known := inbox.ReadSubject(b.Action, b.Subject); known { // else of a newer version
			d.Buttons = append(d.Buttons, inbox.Button{Label: b.Label, Action: b.Action, Subject: on, Primary: b.Primary, Spends: b.Spends})
		}
	}
	return d, nil
}

// buttonRow is the stored form of a button.
type buttonRow struct {
	Label   string       `json:"label"`
	Action  inbox.Action `json:"action"`
	Subject string       `json:"subject,omitempty"`
	Primary bool         `json:"primary,omitempty"`
	Spends  inbox.Spends `json:"spends,omitempty"`
}

func encodeButtons(buttons []inbox.Button) ([]byte, error) {
	rows := make([]buttonRow, 0, len(buttons))
	for _, b := range buttons {
		rows = append(rows, buttonRow{b.Label, b.Action, b.Subject.String(), b.Primary, b.Spends})
	}
	return json.Marshal(rows)
}

// readRow reads one question without its drafts; where is a condition on q.
func readRow(ctx context.Context, db querier, where string, args ...any) (inbox.Question, error) {
	query := `
		SELECT q.id::text, origin, origin_key, channel_id, root_id, coalesce(p.chat_user_id, ''), action, marker, post_id,
			late, overheard, asked_at,
			state, attempt, try, revision, wanted, gone, lasting, failed, outcome, reason, since, ` + subjectColumns + `
		FROM bot.question q LEFT JOIN bot.person p ON p.id = q.person_id
		WHERE ` + where
	var q inbox.Question
	into := []any{
		&q.ID, &q.Origin, &q.Key, &q.ChannelID, &q.RootID, &q.UserID, &q.Action, &q.Marker, &q.PostID, &q.Late, &q.Overheard, &q.At,
		&q.State, &q.Attempt, &q.Try, &q.Revision, &q.Wanted, &q.Gone, &q.Lasting, &q.Failed, &q.Outcome, &q.Reason, &q.Since,
	}
	err := db.QueryRow(ctx, query, args...).Scan(append(into, scanSubject(&q.Subject)...)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return q, inbox.ErrDone
	}
	return q, err
}
