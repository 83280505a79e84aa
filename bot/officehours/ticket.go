package officehours

import "time"

// TicketState is where a ticket stands; events.go says how it gets there.
type TicketState string

// The states of a ticket.
const (
	Open      TicketState = "open"
	Claimed   TicketState = "claimed"
	Replied   TicketState = "answered" // a host's answer went to the asker
	Settled   TicketState = "settled"
	Merged    TicketState = "merged" // answered with another one
	Withdrawn TicketState = "withdrawn"
)

// Ticket is a question handed over to people.
type Ticket struct {
	Number     int64
	QuestionID string // the question it came from
	HandoverID string
	AskerID    string // chat user id of who asks it first (see Askers); never shown to hosts
	Text       string // exactly what that one agreed to
	Name       string // user name that this one wants the hosts to read; empty: none
	Votes      int    // how many ask it
	State      TicketState
	Attempt    int
	Format     string    // id of the format
	Session    time.Time // the dated occurrence it is on the agenda of
	Place      int       // on that agenda, from 1
	MergedInto int64     // number of the ticket it was merged into; 0: none
	HostID     string    // chat user id of the host who has taken it; empty: nobody
	Pinned     bool      // first on its agenda
	Practice   bool      // a host's own, to try things out
	CardPostID string    // the card in the hosts' channel
	CreatedAt  time.Time
	Since      time.Time // when it began to wait for the hosts
	ExpiresAt  time.Time // text is deleted then
}

// HandoverState is where the talk about a hand-over stands.
type HandoverState string

// The states of a hand-over.
const (
	Proposed HandoverState = "proposed" // preview shown
	Agreed   HandoverState = "agreed"   // the asker said yes: a ticket exists
	Declined HandoverState = "declined"
	Lapsed   HandoverState = "lapsed" // no answer within 30 minutes
)

// Handover is the preview that the asker sees before anything goes to people.
type Handover struct {
	ID         string
	QuestionID string
	AskerID    string
	ChannelID  string   // direct channel with the asker
	PostID     string   // the asking post; empty: none
	Ticket     int64    // that the text is added to; 0: a new one is opened
	Text       string   // exactly what would go over
	Original   string   // the asker's words, where Text masks some of them
	Unmasked   bool     // the asker wants nothing masked
	Name       string   // user name that the hosts are to read; empty: none
	Files      []string // ids in the chat platform, of what is to go along
	Answer     string   // marker of the bot's answer that is to go along; empty: none
	Joins      int64    // ticket that is offered to be joined; 0: none
	Instead    string   // how the preview began that this one took the place of
	FromPublic bool     // asked in a channel, under one's name
	Practice   bool     // of a host, to try things out
	Format     string
	Session    time.Time
	State      HandoverState
	CreatedAt  time.Time
	ShownAt    time.Time // of the newest preview; the 30 minutes count from here
	ExpiresAt  time.Time
}
