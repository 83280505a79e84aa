package officehours

import (
	"context"
	"errors"
	"time"
)

// Store keeps hand-overs and tickets. Every effect carries the id of the inbox
// question that caused it ("by"): the same one again changes nothing and
// returns what the first call returned, so that a Handler may be repeated after
// a crash. Texts are removed at their ExpiresAt (zero: the store's default).
type Store interface {
	Handovers
	Tickets
	Askers
}

// Handovers keeps the talks about what would go to people.
type Handovers interface {
	// Propose stores a preview, idempotent by h.QuestionID (the question that
	// asked for it); ID and ShownAt are set by the store. An older preview of the same
	// asker that is still open lapses, so that "ja" has one meaning. ErrUnknown: the
	// asker was forgotten meanwhile.
	Propose(ctx context.Context, h Handover) (Handover, error)
	// HandoverFor returns the asker's open preview, or the one that the
	// question by has decided already. ErrUnknown: there is none.
	HandoverFor(ctx context.Context, askerID, by string) (Handover, error)
	// Revise replaces what an open preview shows (Text, Original, Unmasked, Name, Joins, Files,
	// Answer, Format and Session) and starts its time anew. ErrClosed: it is not open any more.
	Revise(ctx context.Context, h Handover, at time.Time) (Handover, error)
	// Agree closes the preview and opens the ticket in one transaction: the
	// next number, the next place on the agenda of its format and session. If
	// the preview is of an addition, its ticket is opened again instead.
	// ErrClosed: somebody or something else has closed it.
	Agree(ctx context.Context, handoverID, by string, at time.Time) (Ticket, error)
	// Decline closes the preview and removes its text. ErrClosed as above.
	Decline(ctx context.Context, handoverID, by string, at time.Time) error
	// Lapse closes open previews shown before the given time and removes their texts.
	// It returns all whose askers were not told yet that they lapsed, without text.
	Lapse(ctx context.Context, shownBefore time.Time) ([]Handover, error)
	// ToldLapse notes that the asker of a lapsed preview is told so.
	ToldLapse(ctx context.Context, handoverID string) error
	// OverOf returns the newest ticket that the asker has brought a post of their own
	// to and not taken back. ErrUnknown: there is none, as where nothing was posted.
	OverOf(ctx context.Context, askerID, postID string) (Ticket, error)
}

// Tickets keeps what was handed over.
type Tickets interface {
	// TicketByNumber finds a ticket. ErrUnknown: there is none.
	TicketByNumber(ctx context.Context, number int64) (Ticket, error)
	// TicketByPost finds the ticket that an own post of this kind shows.
	TicketByPost(ctx context.Context, kind PostKind, postID string) (Ticket, error)
	// TicketsFor returns the tickets that somebody asks, alone or with others, newest
	// first, with this one's words and where they stand for this one (see StateFor):
	// those in these states, and those that question by has moved.
	TicketsFor(ctx context.Context, askerID, by string, states ...TicketState) ([]Ticket, error)
	// SavePost remembers an own post about a ticket (see inbox.Noter).
	SavePost(ctx context.Context, number int64, kind PostKind, postID string) error
	// Take lets an event of a host or the house happen to a ticket if it can (see
	// [Ticket.After]) and writes it into its history, in one transaction. What e.By
	// has done to the ticket before is not done again: it comes back as it stands,
	// as it does beside ErrTaken. A ticket that goes to another agenda gets the next
	// place there. A merge brings all askers to the ticket that stays, or to the one
	// that it was merged into itself; ErrClosed also: nobody answers that one.
	Take(ctx context.Context, number int64, e Event) (Ticket, error)
	// AddAnswer stores a person's answer or question back, idempotent by
	// a.QuestionID, and takes EventAnswer or EventAskBack. ErrUnknown also: the
	// host was forgotten meanwhile.
	AddAnswer(ctx context.Context, a HostAnswer) (Ticket, error)
	// AnswerOf finds the answer that a host's post gave. ErrUnknown: none.
	AnswerOf(ctx context.Context, postID string) (HostAnswer, error)
	// Answers returns what hosts have answered to a ticket or asked back, oldest
	// first, without what was taken back or whose time is over.
	Answers(ctx context.Context, number int64) ([]HostAnswer, error)
	// ChangeAnswer replaces the text of an answer, or takes it back where the text
	// is empty, and takes EventCorrect, EventRetract, or EventUnanswer for the last
	// one. Idempotent by by. ErrUnknown: there is none, it was taken back, or says
	// just that.
	ChangeAnswer(ctx context.Context, postID, text, by string, at time.Time) (Ticket, error)
	// Pin puts a ticket first on its agenda, in place of another one that was.
	Pin(ctx context.Context, number int64) error
	// OpenTickets returns what is on an agenda and not settled, by place. A
	// zero session means all sessions, an empty format all formats.
	OpenTickets(ctx context.Context, format string, session time.Time) ([]Ticket, error)
	// Discussed returns what was on the agenda of a session, settled or not, by
	// number, and what was moved from it to a later one; without what was taken back.
	Discussed(ctx context.Context, format string, session time.Time) ([]Ticket, error)
}

// PostKind says what an own post shows of a ticket.
type PostKind string

// The kinds.
const (
	Card   PostKind = "card"   // in the hosts' channel
	Notice PostKind = "notice" // to the asker: received, answered
)

// HostAnswer is a person's answer to a ticket, or a question back.
type HostAnswer struct {
	Number     int64
	QuestionID string // of the host's word in the inbox
	PostID     string // the host's post; empty: it came by a dialog
	HostID     string // chat user id
	Text       string // empty: its time is over
	AskBack    bool   // it asks
	Retracted  bool
	At         time.Time
	ExpiresAt  time.Time
}

// Errors of a Store.
var (
	ErrUnknown = errors.New("no such hand-over or ticket")
	ErrClosed  = errors.New("closed already")
	ErrMoved   = errors.New("ticket was changed meanwhile") // at this moment: try again
)
