// Package privacy exports and forgets what is kept of one person, and forgets
// again after a restore. Whoever was forgotten is remembered as a keyed hash
// only: without the key it says nothing, with it the same person is found.
//
// Limits: it reaches what the bot keeps. Posts in the chat platform belong to
// its own retention.
package privacy

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Store is where rows about persons are kept.
type Store interface {
	// Export returns all that is kept of a user (a chat user id).
	Export(ctx context.Context, userID string) (Export, error)
	// Forget removes a user's texts and every link between rows and the user,
	// stops what is under way, and writes the log entry, in one transaction.
	// An unknown user is no error.
	Forget(ctx context.Context, userID string, entry Deletion) (Forgotten, error)
	// Deletions returns the log, oldest first.
	Deletions(ctx context.Context) ([]Deletion, error)
	// Remember adds entries to the log. Those that stand there change nothing.
	Remember(ctx context.Context, entries []Deletion) error
	// Users returns the ids of all users of whom something is kept.
	Users(ctx context.Context) ([]string, error)
}

// Deletion is one entry of the log.
type Deletion struct {
	Subject []byte // keyed hash of the chat user id
	At      time.Time
}

// Forgotten says what went, in rows, and what stays.
type Forgotten struct {
	Questions int `json:"questions"`        // without person, place and subject: the id of the post alone stays
	Replies   int `json:"replies"`          // deleted
	Handovers int `json:"handovers"`        // without text
	Tickets   int `json:"tickets"`          // without text and answers, withdrawn if they were open
	Answers   int `json:"answers_given"`    // as a host: the name goes, the text belongs to the asker
	Approved  int `json:"approved_answers"` // written, approved or looked after: the name goes, what is in force stays
	// Posts are the ids of the bot's posts that stay in the chat platform: replies
	// to the person, and the cards that hosts have of the person's tickets.
	Posts []string `json:"posts_left"`
}

// Nothing reports whether nothing was kept of the person.
func (f Forgotten) Nothing() bool {
	return f.Questions+f.Replies+f.Handovers+f.Tickets+f.Answers+f.Approved == 0
}

// Export is what is kept of one person, in words of the domain. Times are UTC.
type Export struct {
	UserID    string     `json:"user_id"`
	Questions []Question `json:"questions"`
	Handovers []Handover `json:"handovers"`
	Tickets   []Ticket   `json:"tickets"`
	Answers   []Answer   `json:"answers_given"` // as a host
	Votes     []Vote     `json:"votes"`         // on answers
	Approved  []Approved `json:"approved_answers"`
	Coffees   []Coffee   `json:"leancoffee_votes"` // until they are counted
	Channels  []Channel  `json:"channels"`         // whose answers the person looks at first
	Reminders []Reminder `json:"reminders"`        // that the person wants
}

// Channel is one that the person has set up.
type Channel struct {
	ChannelID string `json:"channel_id"`
}

// Reminder is the wish to be reminded of a session.
type Reminder struct {
	Format  string    `json:"format"`
	Session time.Time `json:"session"`
	Since   time.Time `json:"since"`
}

// Vote is what the person said of an answer.
type Vote struct {
	Helpful bool      `json:"helpful"`
	Reason  string    `json:"reason"` // of one that is not helpful
	At      time.Time `json:"at"`
}

// Question is one message to the bot. The text of a post lies in the chat platform.
type Question struct {
	ID        string    `json:"id"`
	PostID    string    `json:"post_id"`
	ChannelID string    `json:"channel_id"`
	AskedAt   time.Time `json:"asked_at"`
	State     string    `json:"state"`
	Outcome   string    `json:"outcome"`
	Replies   []string  `json:"replies"`
	Typed     []string  `json:"typed"` // into a dialog or behind a command
}

// Handover is a preview of what would have gone to people.
type Handover struct {
	ID        string    `json:"id"`
	CreatedAt time.Time `json:"created_at"`
	State     string    `json:"state"`
	Text      string    `json:"text"`
}

// Ticket is what went to people.
type Ticket struct {
	Number    int64     `json:"number"`
	CreatedAt time.Time `json:"created_at"`
	State     string    `json:"state"`
	Format    string    `json:"format"`
	Text      string    `json:"text"`
	Answers   []string  `json:"answers"`
}

// Answer is what the person answered as a host.
type Answer struct {
	Ticket int64     `json:"ticket"`
	At     time.Time `json:"at"`
	Text   string    `json:"text"`
}

// Coffee is what the person has voted for in a LeanCoffee that runs.
type Coffee struct {
	ChannelID string   `json:"channel_id"`
	Topics    []string `json:"topics"` // one for each vote
	GoOn      *bool    `json:"go_on"`  // with the present topic; null: not said
}

// Approved is an answer of the house that the person has to do with.
type Approved struct {
	Ticket int64     `json:"ticket"`
	Role   string    `json:"role"`  // author, approver or contact
	Stage  string    `json:"stage"` // draft, approved, returned, replaced or withdrawn
	Since  time.Time `json:"since"`
	Text   string    `json:"text"`
}

// minKey is the shortest key that is taken, in bytes.
const minKey = 32

// Registry exports and forgets.
type Registry struct {
	store Store
	key   []byte
	now   func() time.Time
	log   *slog.Logger
}

// New makes a registry. The key (at least 32 random bytes) must be kept outside
// the database and must not change, or earlier deletions cannot be applied again.
func New(store Store, key []byte, now func() time.Time, log *slog.Logger) (*Registry, error) {
	if store == nil || now == nil || log == nil {
		return nil, errors.New("privacy: store, now and log are required")
	}
	if len(key) < minKey {
		return nil, fmt.Errorf("privacy: the key has %d bytes, it needs at least %d random ones", len(key), minKey)
	}
	return &Registry{store: store, key: key, now: now, log: log}, nil
}

// Export returns all that is kept of a user.
func (r *Registry) Export(ctx context.Context, userID string) (Export, error) {
	export, err := r.store.Export(ctx, userID)
	if err != nil {
		return export, fmt.Errorf("export a person's rows: %w", err)
	}
	return export, nil
}

// Forget removes a user from all rows and logs it, also where nothing is kept: a
// backup may hold more.
func (r *Registry) Forget(ctx context.Context, userID string) (Forgotten, error) {
	return r.forget(ctx, userID, Deletion{Subject: r.subject(userID), At: r.now()})
}

// Reapply forgets again whoever the entries name, as far as their rows are older
// than the entry: the log as it was before a restore, which is taken into the log
// here. It returns how many persons were found and forgotten.
func (r *Registry) Reapply(ctx context.Context, log []Deletion) (int, error) {
	if err := r.store.Remember(ctx, log); err != nil {
		return 0, fmt.Errorf("note deletions: %w", err)
	}
	forgotten := map[string]Deletion{}
	for _, d := range log {
		forgotten[string(d.Subject)] = d
	}
	users, err := r.store.Users(ctx)
	if err != nil {
		return 0, fmt.Errorf("list persons: %w", err)
	}
	n := 0
	for _, userID := range users {
		entry, found := forgotten[string(r.subject(userID))]
		if !found {
			continue
		}
		if _, err := r.forget(ctx, userID, entry); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Deletions returns the log: keep a copy outside the database's backups.
func (r *Registry) Deletions(ctx context.Context) ([]Deletion, error) {
	return r.store.Deletions(ctx)
}

func (r *Registry) forget(ctx context.Context, userID string, entry Deletion) (Forgotten, error) {
	gone, err := r.store.Forget(ctx, userID, entry)
	if err != nil {
		return Forgotten{}, fmt.Errorf("forget a person: %w", err)
	}
	r.log.InfoContext(ctx, "person forgotten", "questions", gone.Questions, "tickets", gone.Tickets)
	return gone, nil
}

func (r *Registry) subject(userID string) []byte {
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(userID))
	return mac.Sum(nil)
}
