package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/officehours"
)

// Coffees keeps LeanCoffees.
type Coffees struct {
	pool *pgxpool.Pool
	ttl  time.Duration
}

var _ officehours.Coffees = (*Coffees)(nil)

// NewCoffees makes the store. A LeanCoffee is kept for ttl; 0 means 30 days.
func NewCoffees(pool *pgxpool.Pool, ttl time.Duration) *Coffees {
	return &Coffees{pool: pool, ttl: cmp.Or(ttl, textTTL)}
}

const coffeeColumns = "SELECT id, channel_id, root_id, phase, until, state FROM bot.coffee "

// OpenCoffee begins one.
func (s *Coffees) OpenCoffee(ctx context.Context, channelID, by string, at time.Time) (officehours.Coffee, error) {
	const query = `
		INSERT INTO bot.coffee (channel_id, phase, until, state, opened_by, expires_at)
		VALUES ($1, 'collecting', $2, '{"topics": [], "talked": 0, "done": []}', $3, $4) ON CONFLICT DO NOTHING`
	if _, err := s.pool.Exec(ctx, query, channelID, at.Add(officehours.CoffeePatient), by, at.Add(s.ttl)); err != nil {
		return officehours.Coffee{}, fmt.Errorf("open leancoffee: %w", err)
	}
	c, err := s.one(ctx, "WHERE opened_by = $1", by)
	if errors.Is(err, officehours.ErrUnknown) {
		if c, err = s.one(ctx, "WHERE channel_id = $1 AND phase <> 'over'", channelID); err == nil {
			err = officehours.ErrRunning
		}
	}
	return c, err
}

// SaveCoffeeRoot remembers the opening post.
func (s *Coffees) SaveCoffeeRoot(ctx context.Context, id int64, postID string) error {
	if _, err := s.pool.Exec(ctx, "UPDATE bot.coffee SET root_id = $2 WHERE id = $1", id, postID); err != nil {
		return fmt.Errorf("save leancoffee's post (%d): %w", id, err)
	}
	return nil
}

// CoffeeByRoot finds the one of a thread.
func (s *Coffees) CoffeeByRoot(ctx context.Context, rootID string) (officehours.Coffee, error) {
	return s.one(ctx, "WHERE root_id = $1 AND root_id <> '' AND phase <> 'over'", rootID)
}

// Coffee finds one.
func (s *Coffees) Coffee(ctx context.Context, id int64) (officehours.Coffee, error) {
	return s.one(ctx, "WHERE id = $1", id)
}

func (s *Coffees) one(ctx context.Context, where string, arg any) (officehours.Coffee, error) {
	c, err := readCoffee(ctx, s.pool, coffeeColumns+where, arg)
	if err != nil {
		return c, fmt.Errorf("find leancoffee: %w", err)
	}
	return c, nil
}

func readCoffee(ctx context.Context, db querier, query string, args ...any) (officehours.Coffee, error) {
	rows, _ := db.Query(ctx, query, args...)
	c, err := pgx.CollectExactlyOneRow(rows, scanCoffee)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, officehours.ErrUnknown
	}
	return c, err
}

func scanCoffee(row pgx.CollectableRow) (c officehours.Coffee, err error) {
	var until *time.Time
	var state []byte
	if err := row.Scan(&c.ID, &c.ChannelID, &c.RootID, &c.Phase, &until, &state); err != nil {
		return c, err
	}
	c.Until = nullZero(until)
	return c, json.Unmarshal(state, &c)
}

// RunningCoffees are all that are not over.
func (s *Coffees) RunningCoffees(ctx context.Context) ([]officehours.Coffee, error) {
	rows, _ := s.pool.Query(ctx, coffeeColumns+"WHERE phase <> 'over' ORDER BY id")
	all, err := pgx.CollectRows(rows, scanCoffee)
	if err != nil {
		return nil, fmt.Errorf("find leancoffees: %w", err)
	}
	return all, nil
}

// ChangeCoffee lets one be changed under its lock. A person who is forgotten
// meanwhile leaves no vote: see forgetting.
func (s *Coffees) ChangeCoffee(ctx context.Context, id int64, by string, change func(*officehours.Coffee) error) (c officehours.Coffee, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if gone, err := forgotten(ctx, tx, by); err != nil || gone {
			return errors.Join(err, officehours.ErrUnknown)
		}
		if c, err = readCoffee(ctx, tx, coffeeColumns+"WHERE id = $1 FOR UPDATE", id); err != nil || slices.Contains(c.Done, by) {
			return err
		}
		if err := change(&c); err != nil {
			return err
		}
		c.Done = append(c.Done, by)
		state, err := json.Marshal(c)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE bot.coffee SET phase = $2, until = $3, state = $4 WHERE id = $1", id, c.Phase, zeroNull(c.Until), state)
		return err
	})
	if err != nil {
		return c, fmt.Errorf("change leancoffee (%d): %w", id, err)
	}
	return c, nil
}
