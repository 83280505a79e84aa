package inbox

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Action is what a button does, or what an arrival that is no post is for. The
// values stand in the database and in buttons under posts.
type Action string

// The actions, with what they are on.
const (
	ShowPreview Action = "preview" // of what would go to people: the asking post; none: what the answer is to
	HandOver    Action = "yes"     // the hand-over
	Decline     Action = "no"      // the hand-over
	Edit        Action = "edit"    // the hand-over
	Join        Action = "join"    // the hand-over, to the ticket that it offers
	Lapsed      Action = "lapsed"  // the hand-over: its asker is told
	Settle      Action = "settled" // the ticket
	Reopen      Action = "open"    // the ticket
	Block       Action = "block"   // the document
	Release     Action = "release" // the document
	Tell        Action = "notices" // the bundle, to who looks after its documents
	Pause       Action = "pause"   // nothing: the post is one too many

	// In a LeanCoffee.
	CoffeeBallot Action = "coffee ballot"
	CoffeeVote   Action = "coffee vote" // and the topic
	CoffeeCount  Action = "coffee count"
	CoffeeGoOn   Action = "coffee go on"
	CoffeeNext   Action = "coffee next"
	CoffeeEnd    Action = "coffee end"
	CoffeeTime   Action = "coffee time" // is up

	// Of hosts, on the ticket.
	Claim     Action = "claim"
	GiveBack  Action = "giveback"
	AnswerHow Action = "answer"
	Merge     Action = "merge"
	Move      Action = "move"
	Close     Action = "close"

	AnswerAgain Action = "answeragain" // send what was a slip: the host's post
	HostChange  Action = "change"      // of an answer that went out: the host's post
	Remind      Action = "remind"      // the asker wants it: the ticket
	ToChannel   Action = "tochannel"   // the answer, where it was asked: the ticket

	// Of hosts, on what they know; see the room knowledge.
	Knowledge Action = "knowledge" // the ticket
	Approve   Action = "approve"   // the version
	SendBack  Action = "sendback"  // the version
	Review    Action = "review"    // the version: the house says that it needs people

	// Of the house, by its calendar and clock.
	Waited    Action = "waited"    // the ticket
	Reminder  Action = "reminder"  // the ticket
	Postponed Action = "postponed" // the ticket
	Daily     Action = "daily"     // nothing
	Gaps      Action = "gaps"      // nothing: the key says of which month
	Why       Action = "why"       // did the answer in the post not help

	RemindSession Action = "session" // nothing: the key says of which wish and session

	Joined   Action = "joined"   // the bot was added to the arrival's channel
	Publish  Action = "publish"  // the answer that is looked at
	Withhold Action = "withhold" // likewise

	// On the answer that the button is under.
	Helpful   Action = "helpful"
	Unhelpful Action = "unhelpful"
	More      Action = "more"
	Simpler   Action = "simpler"
	Again     Action = "again"
	Share     Action = "share"  // it, where its command was typed
	Forget    Action = "forget" // who pressed: the bot's question is under it
)

// Subject is what an action is on: the one field that the action names.
type Subject struct {
	PostID     string
	HandoverID string
	Ticket     int64 // numbers count from 1
	Document   int64
	Bundle     int64
	Coffee     int64
	Topic      int   // of the Coffee, from 1
	Version    int64 // of an approved answer
}

// String is the subject as a button carries it; the action says what it is.
func (s Subject) String() string {
	switch {
	case s.PostID != "":
		return s.PostID
	case s.HandoverID != "":
		return s.HandoverID
	}
	if s.Topic > 0 {
		return fmt.Sprintf("%d.%d", s.Coffee, s.Topic)
	}
	if n := max(s.Ticket, s.Document, s.Bundle, s.Coffee, s.Version); n > 0 {
		return strconv.FormatInt(n, 10)
	}
	return ""
}

// ReadSubject reads what String wrote; false: there is no such action, or this
// is nothing that it can be on.
func ReadSubject(a Action, text string) (Subject, bool) {
	whole, below, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	number := err == nil && n > 0 && (whole == text || a == CoffeeVote)
	switch a {
	case ShowPreview:
		return Subject{PostID: text}, true
	case AnswerAgain, HostChange, Why:
		return Subject{PostID: text}, text != ""
	case HandOver, Decline, Edit, Join, Lapsed:
		return Subject{HandoverID: text}, text != ""
	case Settle, Reopen, Claim, GiveBack, AnswerHow, Merge, Move, Close, Remind, ToChannel, Waited, Reminder, Postponed, Knowledge:
		return Subject{Ticket: n}, number
	case Block, Release:
		return Subject{Document: n}, number
	case Tell:
		return Subject{Bundle: n}, number
	case Approve, SendBack, Review:
		return Subject{Version: n}, number
	case CoffeeVote:
		topic, err := strconv.Atoi(below)
		return Subject{Coffee: n, Topic: topic}, number && err == nil && topic > 0
	case CoffeeBallot, CoffeeCount, CoffeeGoOn, CoffeeNext, CoffeeEnd, CoffeeTime:
		return Subject{Coffee: n}, number
	case Pause, Daily, Gaps, RemindSession, Helpful, Unhelpful, More, Simpler, Again, Share, Forget, Joined, Publish, Withhold, "":
		return Subject{}, text == ""
	}
	return Subject{}, false
}

// Choice is one that buttons offer: all that SpendsAll or SpendsDecided about a Subject,
// which for a Coffee are those about its topics, too; or, under the answer to a
// question, the one with an Action, if it SpendsItself; or all with an Action alone.
type Choice struct {
	Subject Subject
	Answer  string // the question, by its id
	Action  Action
}

// on reports whether a button of a reply to a question offers the choice.
func (c Choice) on(questionID string, b Button) bool {
	switch {
	case c.Answer != "":
		return c.Answer == questionID && c.Action == b.Action && b.Spends == SpendsItself
	case c.Subject == (Subject{}):
		return c.Action == b.Action
	}
	about := b.Subject
	about.Topic = 0
	return c.Subject == about && (b.Spends == SpendsAll || b.Spends == SpendsDecided)
}

// About is what a draft shows, for the Handler alone. It is never posted.
type About struct {
	Kind   AboutKind
	Ticket int64 // AboutCard, AboutNotice: its number
	Bundle int64 // AboutBundle
	Coffee int64 // AboutCoffee
	Basis  Basis // AboutAnswer; AboutCard: of the answer that it shows
}

// Basis is what an answer rests on. The zero value is nothing: it may always be
// said.
type Basis struct {
	Collections []string
	Passages    []int64   // that it quotes
	AsOf        time.Time // the day that it is about, midnight UTC; zero: today
}

// Nothing reports whether there is nothing that could change, or that somebody may not read.
func (b Basis) Nothing() bool { return len(b.Collections) == 0 && len(b.Passages) == 0 }

// AboutKind says which kind of thing a draft shows.
type AboutKind string

// The kinds; the empty one is nothing that matters once it is posted.
const (
	AboutAnswer AboutKind = "answer" // to a question
	AboutCard   AboutKind = "card"   // of a ticket, for the hosts
	AboutNotice AboutKind = "notice" // about a ticket, for its asker
	AboutHosts  AboutKind = "hosts"  // a word below a card, or to the hosts
	AboutBundle AboutKind = "bundle" // of notices about documents, for their owner
	AboutCoffee AboutKind = "coffee" // opens a LeanCoffee
)
