package approved

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Version is one form of an answer that hosts have made of what they answered to a
// ticket. Its words never change: who mends them writes another version, so that
// nobody approves what they have not seen.
type Version struct {
	ID     int64
	Number int64 // of the ticket; there is one answer of each, see NameOf
	Answer       // Approved and Withdrawn as its Stage says
	Stage  Stage

	AuthorID   string // chat user id of who wrote it; empty: forgotten
	ApproverID string // likewise; empty: nobody, or forgotten
	DecidedBy  string // id of the question that brought it to its stage; empty: its writing did

	Since       time.Time // in its stage
	ReviewSince time.Time // the basis of an approved one does not stand; zero: it does
	ExpiresAt   time.Time // its text is removed then
}

// Stage is how far people have brought a version. Where the answer stands follows
// from that, its basis and the day: see stateOf.
type Stage string

// The stages. From the last three there is no way but another version.
const (
	StageDraft     Stage = "draft"
	StageApproved  Stage = "approved"
	StageReturned  Stage = "returned"  // with a word why; it is there to be mended
	StageReplaced  Stage = "replaced"  // by another version
	StageWithdrawn Stage = "withdrawn" // by people, though it was approved
)

// Decision is what somebody makes of a version.
type Decision struct {
	To     Stage  // approved, returned or withdrawn
	By     string // id of what caused it, a question of the inbox; the same again changes nothing
	UserID string // chat user id of who decides
	At     time.Time
}

// Errors of a decision that cannot be.
var (
	ErrUnknown = errors.New("no such version of an approved answer")
	ErrDecided = errors.New("decided already, or replaced by a newer version")
	ErrOwn     = errors.New("nobody approves what they have written")
)

// decisions are from where a version can be brought to a stage by people.
var decisions = map[Stage][]Stage{
	StageApproved:  {StageDraft},
	StageReturned:  {StageDraft},
	StageWithdrawn: {StageApproved},
}

// May reports whether a decision can be: ErrDecided or ErrOwn. What a forgotten
// person wrote nobody approves, for it might be that person.
func (v Version) May(d Decision) error {
	switch {
	case !slices.Contains(decisions[d.To], v.Stage):
		return fmt.Errorf("%s to %s: %w", v.Stage, d.To, ErrDecided)
	case d.To == StageApproved && (v.AuthorID == "" || v.AuthorID == d.UserID):
		return ErrOwn
	}
	return nil
}

// Versions keep what hosts have written. Each effect carries the id of the inbox
// question that caused it: the same one again changes nothing and returns what the
// first call returned.
type Versions interface {
	// Write stores a draft by v.AuthorID, in the place of the ticket's earlier draft or
	// what was returned, and returns it with ID, Name and Stage. ErrUnknown: its author
	// was forgotten meanwhile.
	Write(ctx context.Context, v Version, by string, at time.Time) (Version, error)
	// Decide lets a decision be if it can (see Version.May); a ticket's version that
	// is approved takes the place of the one before.
	Decide(ctx context.Context, id int64, d Decision) (Version, error)
	// Version returns one. ErrUnknown: there is none, or its text is not kept.
	Version(ctx context.Context, id int64) (Version, error)
	// Current returns the approved versions, drafts, and what was returned and not
	// mended, in this order by ticket, and what question by has decided besides; of one
	// ticket, or with 0 of all.
	Current(ctx context.Context, number int64, by string) ([]Version, error)
	// Reviewed notes that the basis of an approved version does not stand, or stands
	// again, and returns since when it does not (zero: it stands). What was noted
	// before stays.
	Reviewed(ctx context.Context, id int64, stands bool, at time.Time) (since time.Time, err error)
}

// NameOf names the answer of a ticket: the file that it is exported to.
func NameOf(number int64) string { return fmt.Sprintf("anliegen-%d.yaml", number) }

// Joined are the answers of a house's files and those of its tickets. A file goes
// before the version of the same name: the house has taken it into its keeping.
func Joined(files []Answer, versions []Version) []Answer {
	all := slices.Clone(files)
	for _, v := range versions {
		if !slices.ContainsFunc(files, func(a Answer) bool { return a.Name == v.Name }) && (v.Stage == StageApproved || v.Stage == StageDraft && !hasApproved(versions, v.Number)) {
			all = append(all, v.Answer)
		}
	}
	return all
}

func hasApproved(versions []Version, number int64) bool {
	return slices.ContainsFunc(versions, func(v Version) bool { return v.Number == number && v.Stage == StageApproved })
}
