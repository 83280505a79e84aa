package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/inbox"
)

// mootRow is the stored form of what a draft says is decided.
type mootRow struct {
	Handover string       `json:"handover,omitempty"`
	Ticket   int64        `json:"ticket,omitempty"`
	Coffee   int64        `json:"coffee,omitempty"`
	Version  int64        `json:"version,omitempty"`
	Answer   string       `json:"answer,omitempty"`
	Action   inbox.Action `json:"action,omitempty"`
}

func encodeMoot(decided []inbox.Choice) ([]byte, error) {
	rows := make([]mootRow, 0, len(decided))
	for _, c := range decided {
		on := c.Subject
		row := mootRow{on.HandoverID, on.Ticket, on.Coffee, on.Version, c.Answer, c.Action}
		if row.choice() != c {
			return nil, fmt.Errorf("no choice is about such a thing: %+v", on)
		}
		rows = append(rows, row)
	}
	return json.Marshal(rows)
}

func decodeMoot(raw []byte) (decided []inbox.Choice, err error) {
	var rows []mootRow
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, err
	}
	for _, r := range rows {
		decided = append(decided, r.choice())
	}
	return decided, nil
}

func (r mootRow) choice() inbox.Choice {
	return inbox.Choice{
		Subject: inbox.Subject{HandoverID: r.Handover, Ticket: r.Ticket, Coffee: r.Coffee, Version: r.Version}, Answer: r.Answer, Action: r.Action,
	}
}

// Moot finds choices that are decided.
func (s *Questions) Moot(ctx context.Context, q inbox.Question) (moot []inbox.Draft, err error) {
	const (
		query = selectDrafts + `
			JOIN bot.question other ON other.id = d.question_id LEFT JOIN bot.person reader ON reader.id = coalesce(d.to_person_id, other.person_id)
		WHERE d.question_id <> $1 AND (reader.chat_user_id = $2 OR d.to_person_id IS NULL AND d.channel_id = ANY ($3))
			AND NOT obsolete AND d.post_id <> '' AND buttons <> '[]' AND `
		about = `buttons @> jsonb_build_array(jsonb_build_object('subject', $4::text))`
		under = `d.question_id = $5 AND buttons @> jsonb_build_array(jsonb_build_object('action', $4::text, 'spends', 'itself'))`
		alone = `buttons @> jsonb_build_array(jsonb_build_object('action', $4::text))`
	)
	decided := q.Decided()
	seen := map[string]bool{}
	for _, c := range decided {
		args := []any{q.ID, q.UserID, q.DecidedIn()}
		which := about
		switch {
		case c.Answer != "":
			which, args = under, append(args, c.Action, c.Answer)
		case c.Subject == (inbox.Subject{}):
			which, args = alone, append(args, c.Action)
		default:
			args = append(args, c.Subject.String())
		}
		rows, err := s.pool.Query(ctx, query+which, args...)
		if err != nil {
			return nil, fmt.Errorf("find choices (%s): %w", q.ID, err)
		}
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[draftRow])
		if err != nil {
			return nil, fmt.Errorf("find choices (%s): %w", q.ID, err)
		}
		for _, row := range found {
			d, err := row.draft()
			if err != nil {
				return nil, err
			}
			left, went := inbox.Unmooted(d, decided)
			if d.Buttons = left; went && !seen[d.Marker] {
				seen[d.Marker] = true
				moot = append(moot, d)
			}
		}
	}
	return moot, nil
}

// Mooted keeps the buttons that are left.
func (s *Questions) Mooted(ctx context.Context, q inbox.Question, d inbox.Draft) error {
	return s.step(ctx, q, change{set: "state = state", then: func(tx pgx.Tx) error {
		now, err := lockDraft(ctx, tx, d.Marker)
		if errors.Is(err, inbox.ErrDone) { // a press has used them up meanwhile
			return nil
		}
		if err != nil {
			return err
		}
		now.Buttons, _ = inbox.Unmooted(now, q.Decided())
		return saveButtons(ctx, tx, now)
	}})
}
