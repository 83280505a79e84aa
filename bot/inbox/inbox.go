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

// Origin is where a question comes from.
type Origin string

// The origins.
const (
	FromPost   Origin = "post"   // key: post id
	FromButton Origin = "button" // key: id of the press
	FromHouse  Origin = "house"  // key: id of what the house has to say to UserID, who asked nothing

	FromDialog  Origin = "dialog"  // key: id of the dialog, which a button opened
	FromCommand Origin = "command" // key: id of the call; ChannelID and RootID are where it was typed
)

// Arrival is what is stored when something addressed to the bot is seen. It
// holds ids only, and no text but that which stands nowhere else: Fields.
type Arrival struct {
	Origin    Origin
	Key       string // unique within the origin
	ChannelID string
	RootID    string // thread root; empty: the post itself is the root
	UserID    string
	Action    Action  // FromButton, FromDialog: what was pressed; FromHouse: what is to be said
	Subject   Subject // of the Action
	Marker    string  // FromButton, FromDialog: of the draft whose button it is; with Action and Subject it names the button
	PostID    string  // FromButton, FromDialog: the post that shows the button
	Late      bool    // found by catch-up after the house's patience: the reply says so
	Overheard bool    // nobody spoke to the bot: no sign of work is shown, for it may have nothing to say
	At        time.Time

	// Fields is what was typed, by name: into a dialog, until the question is done;
	// behind a command (CommandText), as long as texts are kept.
	Fields map[string]string
}

// CommandText names the one field of what is FromCommand.
const CommandText = "text"

// Pressed reports whether somebody who pressed a button waits for its effect.
func (o Origin) Pressed() bool { return o == FromButton || o == FromDialog }

// Question is one stored arrival and what became of it.
type Question struct {
	ID string // own id, a UUID
	Arrival
	State    State
	Attempt  int   // counts leases; fences every change
	Revision int64 // edit time of the asking post that the reply is about, Unix ms; 0: never edited
	Outcome  string
	Reason   string
	Drafts   []Draft // the replies, saved at Ready

	Try      int       // leases since the last Reply, this one included; shutdowns and pauses asked for don't count
	Since    time.Time // when this stretch began: stored, edited, or reply saved
	Wanted   int64     // newest edit time that is known; above Revision: the reply is out of date
	Gone     bool      // the asking post was deleted
	Failed   bool      // Drafts say that there is no answer
	Lasting  bool      // Reply.Lasting
	Obsolete []Draft   // earlier replies whose posts have to go
}

// Draft is one post to make. Text is safe for the chat platform already.
type Draft struct {
	Marker    string // set by the pipeline, unique; stored as a prop of the post, so that it is found again
	ChannelID string // or
	ToUserID  string // a direct message to this user
	RootID    string // thread to reply in; empty: a new thread
	Text      string
	Machine   bool     // text made by the machine: marked for programs
	Buttons   []Button // in this order; none where callbacks are unreachable
	Files     []File   // attached; the platform shows them in an order of its own
	About     About
	// Moot is what the draft says is decided, or shows anew: once the reply is out,
	// the buttons that offer it go from earlier posts: where the person of the question
	// reads them, and in the channel that the draft goes to.
	Moot   []Choice
	PostID string // set when posted
	Tried  bool   // a Create was begun: a post may be there without PostID
	Early  bool   // its post was made by Meanwhile and does not show the reply yet
	Lost   bool   // its place is gone or closed to the bot
}

// File is what a draft brings along. It is kept until the draft is posted; one that
// several drafts of a reply bring along is kept once.
type File struct {
	Name    string // with its ending
	Content []byte
}

// Button is one action under a draft.
type Button struct {
	Label   string
	Action  Action // what Arrival.Action will say
	Subject Subject
	Primary bool
	Spends  Spends
}

// Spends says which buttons of its post a press uses up, once the reply to it is
// out. What is used up goes from the post.
type Spends string

// What a press uses up.
const (
	SpendsNothing Spends = "" // the offer stands: it works again
	SpendsItself  Spends = "itself"
	SpendsAll     Spends = "all"     // the buttons are one choice, and it was made
	SpendsDecided Spends = "decided" // nothing by itself: it may be refused, or one voice of many; see Draft.Moot
)

// PressAgain is how long after the reply to a press another press of the same
// button by the same person is still taken for the same one: a busy finger's.
const PressAgain = 10 * time.Second

// Reply is what the Handler makes of a question.
type Reply struct {
	Outcome  string // for the record: answered, nearest, …, handover, settled
	Reason   string // short key phrase, no text of the question
	Drop     bool   // nothing is to be posted
	Drafts   []Draft
	Revision int64
	// Lasting says that the effect outlives the asking post (a hand-over was
	// agreed, an answer passed on): editing or deleting it changes nothing.
	Lasting bool
}

// Handler works out the replies.
type Handler interface {
	// Handle is called under a lease. It re-reads the post. An error that
	// wraps ErrGone drops the question; one with RetryAfter is tried again;
	// any other is tried again with back-off and in the end told.
	Handle(ctx context.Context, q Question) (Reply, error)
	// Confirm is asked right before each post, past every cache: may this
	// still go out? ErrChanged starts the question anew (of a Lasting reply: if
	// the draft has a basis), ErrGone drops it and takes back what was posted (of
	// a Lasting reply: leaves out this draft).
	Confirm(ctx context.Context, q Question, d Draft) error
	// Failed gives the words that say that the question could not be answered.
	Failed(ctx context.Context, q Question) Reply
}

// Noter is a Handler that wants to know where its drafts went.
type Noter interface {
	// Posted is called at least once for each posted draft, before the
	// question is done. An error is tried again.
	Posted(ctx context.Context, q Question, d Draft) error
}

// Chat is what the pipeline needs from the chat platform.
type Chat interface {
	// Create posts a draft and returns the post's id. ErrGone: the place is
	// gone or closed; ErrRefused: never in this form. After any other error
	// the post may be there or not.
	Create(ctx context.Context, d Draft) (postID string, err error)
	// Find looks for own posts with the draft's marker, oldest first.
	Find(ctx context.Context, d Draft) (postIDs []string, err error)
	// Delete removes an own post; one that is gone already is no error.
	Delete(ctx context.Context, postID string) error
	// Rewrite makes an own post, of the same place and marker, show the draft: its text
	// and its buttons. Repeating it changes nothing. ErrGone: the post is gone or closed.
	Rewrite(ctx context.Context, postID string, d Draft) error
	// ShowButtons puts the draft's buttons below an own post of it instead of
	// those that stand there. ErrGone: the post is gone or closed.
	ShowButtons(ctx context.Context, postID string, d Draft) error
	// Working shows (or ends) that the question in post is being worked on.
	Working(ctx context.Context, q Question, on bool)
}

// Errors that steer the pipeline; wrap them.
var (
	ErrGone    = errors.New("gone or closed to the bot")      // terminal, nobody to tell
	ErrChanged = errors.New("question changed meanwhile")     // start anew
	ErrRefused = errors.New("refused by the chat platform")   // for what the draft holds; the failure is told instead
	ErrStale   = errors.New("another worker has taken over")  // stop, change nothing
	ErrBusy    = errors.New("leased by another worker")       // not claimable now
	ErrDone    = errors.New("nothing left to do or not kept") // not claimable any more
	ErrPressed = errors.New("this button was just pressed")   // one effect: that of the earlier press
)

// RetryError asks for another try after a pause.
type RetryError struct {
	After time.Duration // 0: the pipeline's own back-off
	Err   error
}

func (e *RetryError) Error() string { return e.Err.Error() }
func (e *RetryError) Unwrap() error { return e.Err }
