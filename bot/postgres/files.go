package postgres

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/inbox"
)

// Files of drafts are kept once for all drafts of a reply, and until the last of
// these is posted.

// shelf stores the files of one reply and knows those that it has stored.
type shelf struct {
	tx         pgx.Tx
	questionID string
	now, ttl   any // as in saveDrafts
	known      map[[sha256.Size]byte]int64
}

// put stores a draft's files and returns their ids, in order.
func (s *shelf) put(ctx context.Context, files []inbox.File) ([]int64, error) {
	const query = `
		INSERT INTO bot.file (question_id, name, content, expires_at)
		VALUES ($1, $2, $3, coalesce($4::timestamptz, now()) + $5::interval) RETURNING id`
	ids := []int64{}
	for _, f := range files {
		sum := sha256.Sum256(append([]byte(f.Name+"\x00"), f.Content...))
		id, known := s.known[sum]
		if !known {
			if err := s.tx.QueryRow(ctx, query, s.questionID, f.Name, f.Content, s.now, s.ttl).Scan(&id); err != nil {
				return nil, fmt.Errorf("save file of a draft: %w", err)
			}
			s.known[sum] = id
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// readFiles reads the files of a question's drafts, by id.
func readFiles(ctx context.Context, db querier, questionID string) (map[int64]inbox.File, error) {
	rows, err := db.Query(ctx, "SELECT id, name, content FROM bot.file WHERE question_id = $1", questionID)
	if err != nil {
		return nil, err
	}
	files := map[int64]inbox.File{}
	var id int64
	var f inbox.File
	_, err = pgx.ForEachRow(rows, []any{&id, &f.Name, &f.Content}, func() error {
		files[id] = f
		f = inbox.File{}
		return nil
	})
	return files, err
}

// dropFiles removes the files of a question that no draft brings along any more.
func dropFiles(ctx context.Context, tx pgx.Tx, questionID string) error {
	const query = `
		DELETE FROM bot.file f WHERE question_id = $1
			AND NOT EXISTS (SELECT FROM bot.draft d WHERE d.question_id = f.question_id AND f.id = ANY(d.files))`
	_, err := tx.Exec(ctx, query, questionID)
	return err
}
