// Package inbox is the once-only pipeline: each message that is addressed to
// the bot is stored together with its job in one transaction, worked on under a
// lease, its replies are saved before they are posted, and found again by their
// marker after a crash. It knows neither a chat platform nor a database, only
// the interfaces it consumes.
//
// Limits: what a reply says is the Handler's business; a Handler may be called
// again for the same question after a crash and must be idempotent.
package inbox

import (
	"context"
	"errors"
	"time"
)

// State is where a question stands. Each change is fenced by state and attempt.
type State string

// The states of a question.
const (
	Received   State = "received"
	Retrieving State = "retrieving"
	Ready      State = "ready" // replies saved
	Posting    State = "posting"
	Posted     State = "posted"
	Told       State = "told"    // the failure was said
	Dropped    State = "dropped" // no reply is due; the reason is kept
)

// Origins of a question.
const (
	FromPost   = "post"   // key: post id
	FromButton = "button" // key: nonce of the button
)

// Arrival is what is stored when something addressed to the bot is seen. It
// holds ids only, no text.
type Arrival struct {
	Origin    string
	Key       string // unique within the origin
	ChannelID string
	RootID    string // thread root; empty: the post itself is the root
	UserID    string
	Action    string // FromButton: what was pressed
	Subject   string // FromButton: id of the question, handover or ticket that it is about
	Late      bool   // found by catch-up after the house's patience: the reply says so
	At        time.Time
}

// Question is one stored arrival and what became of it.
type Question struct {
	ID string // own id, a UUID
	Arrival
	State    State
	Attempt  int
	Revision int64 // edit time of the asking post that the reply is about, Unix ms; 0: never edited
	Outcome  string
	Reason   string
	Drafts   []Draft // the replies, saved at Ready
}

// Draft is one post to make. Text is safe for the chat platform already.
type Draft struct {
	Marker    string // unique; stored as a prop of the post, so that it is found again
	ChannelID string // or
	ToUserID  string // a direct message to this user
	RootID    string // thread to reply in; empty: a new thread
	Text      string
	Machine   bool     // text made by the machine: marked for programs
	Buttons   []Button // in this order; none where callbacks are unreachable
	PostID    string   // set when posted
}

// Button is one action under a draft.
type Button struct {
	Label   string
	Action  string // what Arrival.Action will say
	Subject string
	Primary bool
}

// Reply is what the Handler makes of a question.
type Reply struct {
	Outcome  string  // for the record: answered, nearest, …, handover, settled
	Reason   string  // short key phrase, no text of the question
	Drop     bool    // nothing is to be posted
	Drafts   []Draft // Marker may be empty: the pipeline sets it from question id and position
	Revision int64
}

// Handler works out the replies.
type Handler interface {
	// Handle is called under a lease. It re-reads the post. An error that
	// wraps ErrGone drops the question; one with RetryAfter is tried again;
	// any other is tried again with back-off and in the end told.
	Handle(ctx context.Context, q Question) (Reply, error)
	// Confirm is asked right before each post, past every cache: may this
	// still go out? ErrChanged starts the question anew, ErrGone drops it.
	Confirm(ctx context.Context, q Question, d Draft) error
	// Failed gives the words that say that the question could not be answered.
	Failed(ctx context.Context, q Question) Reply
}

// Chat is what the pipeline needs from the chat platform.
type Chat interface {
	// Create posts a draft and returns the post's id.
	Create(ctx context.Context, d Draft) (postID string, err error)
	// Find looks for own posts with the draft's marker, oldest first.
	Find(ctx context.Context, d Draft) (postIDs []string, err error)
	// Delete removes an own post; one that is gone already is no error.
	Delete(ctx context.Context, postID string) error
	// Working shows (or ends) that the question in post is being worked on.
	Working(ctx context.Context, q Question, on bool)
}

// Errors that steer the pipeline; wrap them.
var (
	ErrGone    = errors.New("gone or closed to the bot")     // terminal, nobody to tell
	ErrChanged = errors.New("question changed meanwhile")    // start anew
	ErrStale   = errors.New("another worker has taken over") // stop, change nothing
	ErrBusy    = errors.New("leased by another worker")      // not claimable now
	ErrRefused = errors.New("refused for its content")       // Create: this draft can never be posted
)

// RetryError asks for another try after a pause.
type RetryError struct {
	After time.Duration // 0: the pipeline's own back-off
	Err   error
}

func (e *RetryError) Error() string { return e.Err.Error() }
func (e *RetryError) Unwrap() error { return e.Err }
