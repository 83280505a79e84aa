// Package dialogue says what a message is: a question, small talk, an answer to
// what the bot asked, a word that steers a hand-over or a ticket, a wish for
// people, a command, or nothing that is meant for the bot. It is pure: from what
// was said, where, and what waits, to one Act.
//
// What words mean stands as data in rules.txt, one rule a line with examples and
// counter-examples that it is held to when it is loaded. A model of what words,
// pieces of words and what waits speak for (model.go, features.go) weighs what
// the rules say against what labelled messages teach (judge.go). Its weights,
// weights.gz, are fitted on testdata and on the rules' examples by
//
//	go test ./bot/dialogue -run TestFit -update
//
// after any change to either; CROSS=1 go test ./bot/dialogue -run CrossValidated
// says how it does on messages that it has not learned. What stays unsure is a
// question, so that nobody's question is lost to a word that it happens to hold.
// Commands, behind which more stands, are in commands.go; what is said in fixed words
// where something of it waits (a choice of a preview, a step of a LeanCoffee, a wish to
// be reminded) stands as data in phrases.txt.
package dialogue

import "lvr.example/sprechstunde/bot/inbox"

// Kind is what a message does.
type Kind string

// The kinds.
const (
	// What is searched.
	Question Kind = "question"
	FollowUp Kind = "followup" // leans on the question before
	Date     Kind = "date"     // asks when something takes place
	Document Kind = "document" // wants a document, a form or a link; Text: which

	// Talk.
	Greeting     Kind = "greeting"
	SmallTalk    Kind = "smalltalk"
	Identity     Kind = "identity"
	Capabilities Kind = "capabilities"
	Privacy      Kind = "privacy"
	Thanks       Kind = "thanks"
	Bye          Kind = "bye"
	OK           Kind = "ok"
	Announce     Kind = "announce" // of a question that is still to come
	Test         Kind = "test"
	Insult       Kind = "insult"
	TookBack     Kind = "took back" // what was led to people: "war nicht so gemeint"
	Discreet     Kind = "discreet"  // who learns of that is asked
	StillLed     Kind = "still led" // goes on about that, and names nothing else
	Language     Kind = "language"  // another than German
	Task         Kind = "task"      // to write, translate, book: what the bot cannot do
	AboutBot     Kind = "aboutbot"  // said to others

	// About an answer.
	Yes      Kind = "yes" // to the bot's question
	No       Kind = "no"
	NotMeant Kind = "notmeant"
	TooLong  Kind = "toolong"
	Simpler  Kind = "simpler"
	Wrong    Kind = "wrong"
	Outdated Kind = "outdated"
	More     Kind = "more"    // passages
	Again    Kind = "again"   // answer the same question anew
	Source   Kind = "source"  // where the answer stands, who is in charge, since when; Text: which of them, see above.go
	Verdict  Kind = "verdict" // what it says, once more and for sure
	Objects  Kind = "objects" // somebody or something says otherwise

	// To people.
	Person             Kind = "person"             // with the last question
	PersonWithQuestion Kind = "personwithquestion" // with this one: Text
	Send               Kind = "send"               // hand over what the preview shows
	Cancel             Kind = "cancel"             // do not
	Change             Kind = "change"             // the preview; Text: what to; Added: in addition; How: or the wish in own words (Revise)
	Edit               Kind = "edit"               // the preview, by its dialog
	Unclear            Kind = "unclear"            // said while a preview waits, and no question
	Settled            Kind = "settled"            // the answer of a person has helped
	StillOpen          Kind = "stillopen"          // it has not; Text: why
	ToChannel          Kind = "to channel"         // show it where the question was asked
	ReplyToHost        Kind = "reply"
	Withdraw           Kind = "withdraw" // a ticket
	Status             Kind = "status"   // of tickets

	// What somebody says of an answer, wants of the bot, or does with a command's.
	Helpful   Kind = "helpful"
	Unhelpful Kind = "unhelpful"
	Why       Kind = "why"    // did it not help: a thumb pointed down
	Report    Kind = "report" // to the owner, what the answer rests on
	Share     Kind = "share"  // the answer, in the channel of its command
	Topics    Kind = "topics"
	OwnData   Kind = "own data"
	Forget    Kind = "forget"    // me: is asked about
	Forgotten Kind = "forgotten" // yes

	// Commands and the rest.
	Remind     Kind = "remind"      // of sessions; Text: of which, empty: of what was spoken of
	Unremind   Kind = "unremind"    // not any more
	HostAnswer Kind = "host answer" // of a person, to the asker
	Block      Kind = "block"       // a document
	Release    Kind = "release"     // a document
	Notices    Kind = "notices"     // to be told to an owner of documents
	Lapsed     Kind = "lapsed"      // a preview: its asker is to be told
	Pause      Kind = "pause"       // too many messages: a word about it
	Chatter    Kind = "chatter"     // people among themselves
	Nothing    Kind = "nothing"     // not meant for the bot, or not known any more

	// In a channel.
	ChannelMode Kind = "channel mode" // Text: one of the modes, or behind a command any words; empty: is asked for
	Joined      Kind = "joined"       // the bot was added to it
	Publish     Kind = "publish"      // the answer that was looked at
	Withhold    Kind = "withhold"     // likewise

	// In a LeanCoffee.
	CoffeeOpen   Kind = "coffee open"
	CoffeeTopic  Kind = "coffee topic"  // Text: which; Added: apart from those that are alike
	CoffeeBallot Kind = "coffee ballot" // begin to vote
	CoffeeVote   Kind = "coffee vote"   // Text: numbers of topics, blanks between; none: the topic of the button
	CoffeeCount  Kind = "coffee count"
	CoffeeGoOn   Kind = "coffee go on"
	CoffeeNext   Kind = "coffee next"
	CoffeeNote   Kind = "coffee note" // Text
	CoffeeEnd    Kind = "coffee end"
	CoffeeTime   Kind = "coffee time" // is up
)

// The words of the hosts, about the ticket whose card they stand below; see hosts.go.
const (
	HostAsks    Kind = "host asks" // the asker
	Claim       Kind = "claim"
	GiveBack    Kind = "give back"
	Merge       Kind = "merge"
	Move        Kind = "move"      // Text: where to
	NextTime    Kind = "next time" // to the next session
	Close       Kind = "close"     // Text: what the asker is told
	Pin         Kind = "pin"       // first on its agenda
	OpenTickets Kind = "open tickets"
	Agenda      Kind = "agenda"  // Text: of which session
	Minutes     Kind = "minutes" // Text: of which session
	Practice    Kind = "practice"
	Slip        Kind = "slip"         // looks like !antwort; Text: what stands behind
	AnswerAgain Kind = "answer again" // a slip that is an answer
	HostChange  Kind = "host change"  // an answer was edited or deleted
)

// What hosts make of what they know, below the card of a ticket.
const (
	Knowledge Kind = "knowledge" // Text: what differs from what is proposed
	Approve   Kind = "approve"   // what another host has written
	SendBack  Kind = "send back" // Text: why
	Retire    Kind = "retire"    // what was approved
	Review    Kind = "review"    // the house says that it needs people
	Gaps      Kind = "gaps"      // what many have asked in vain: hosts are told
)

// What the house has to do about tickets by its calendar and clock.
const (
	Waited    Kind = "waited"    // for longer than was promised
	Reminder  Kind = "reminder"  // of a session
	Postponed Kind = "postponed" // a session was
	Daily     Kind = "daily"     // list of what is open

	RemindSession Kind = "remind session" // who wanted to be, of it or that it is not held
)

// Kinds are all of them.
var Kinds = []Kind{
	Question, FollowUp, Date, Document,
	Greeting, SmallTalk, Identity, Capabilities, Privacy, Thanks, Bye, OK, Announce, Test, Insult, TookBack, Discreet, StillLed, Language, Task, AboutBot,
	Yes, No, NotMeant, TooLong, Simpler, Wrong, Outdated, More, Again, Source, Verdict, Objects,
	Person, PersonWithQuestion, Send, Cancel, Change, Edit, Unclear, Settled, StillOpen, ToChannel, ReplyToHost, Withdraw, Status,
	Helpful, Unhelpful, Why, Report, Share, Topics, OwnData, Forget, Forgotten,
	HostAnswer, Block, Release, Notices, Lapsed, Pause, Chatter, Nothing,
	ChannelMode, Joined, Publish, Withhold,
	CoffeeOpen, CoffeeTopic, CoffeeBallot, CoffeeVote, CoffeeCount, CoffeeGoOn, CoffeeNext, CoffeeNote, CoffeeEnd, CoffeeTime,
	Remind, Unremind, HostAsks, Claim, GiveBack, Merge, Move, NextTime, Close, Pin, OpenTickets, Agenda, Minutes, Practice, Slip,
	AnswerAgain, HostChange, Waited, Reminder, RemindSession, Postponed, Daily,
	Knowledge, Approve, SendBack, Retire, Review, Gaps,
}

// Searched reports whether an act asks the documents or the calendar.
func (k Kind) Searched() bool { return k == Question || k == FollowUp || k == Date || k == Document }

// OfAbove reports whether an act is about the answer above. It is said in so few words
// that it can be nothing else.
func (k Kind) OfAbove() bool { return k == Source || k == Verdict || k == Objects }

// Talk reports whether an act is answered with a short word or brings something
// to people, and changes nothing that was agreed.
func (k Kind) Talk() bool {
	switch k {
	case Question, FollowUp, Date, Document, Send, Cancel, Edit, Settled, StillOpen, ToChannel, Withdraw, Status,
		Helpful, Unhelpful, Why, Report, Share, Topics, OwnData, Forget, Forgotten,
		HostAnswer, Block, Release, Notices, Lapsed, Pause, Chatter, Nothing,
		ChannelMode, Joined, Publish, Withhold,
		CoffeeOpen, CoffeeTopic, CoffeeBallot, CoffeeVote, CoffeeCount, CoffeeGoOn, CoffeeNext, CoffeeNote, CoffeeEnd, CoffeeTime,
		Remind, Unremind, HostAsks, Claim, GiveBack, Merge, Move, NextTime, Close, Pin, OpenTickets, Agenda, Minutes, Practice, Slip,
		AnswerAgain, HostChange, Waited, Reminder, RemindSession, Postponed, Daily,
		Knowledge, Approve, SendBack, Retire, Review, Gaps:
		return false
	}
	return true
}

// Act is one message, understood.
type Act struct {
	Kind    Kind
	Text    string        // what the act is about: the question without courtesy, the new text, the answer, the reason
	Added   bool          // Change: Text comes in addition
	How     bool          // Change: Text says in own words what to change
	Choice  Choice        // Change: what the preview leaves open; empty: its text
	Waits   State         // in which it was heard
	Subject inbox.Subject // what is named or the button is under; zero: whichever waits
	Guessed bool          // no rule says so, the model does
	rule    string        // that was met, for tests
	loose   bool          // that rule lets any words stand
}

// State is what the bot said last to this person, or what waits for them.
type State string

// The states.
const (
	Idle     State = "none"
	Answered State = "answer"     // an answer, which asks whether it helps
	Nearest  State = "nearest"    // no clear answer, or an offer to ask people
	Preview  State = "preview"    // of what would go to people
	Waiting  State = "ticket"     // tickets are with people
	Replied  State = "hostanswer" // a person has answered
	Welcome  State = "welcome"    // nothing was ever said before
)

// States are all of them.
var States = []State{Idle, Answered, Nearest, Preview, Waiting, Replied, Welcome}

// Place is where a message was said; a set of them is where a rule holds.
type Place uint8

// The places.
const (
	Direct  Place = 1 << iota // the bot and one person
	Channel                   // a post of its own
	Thread                    // a reply in a channel
	Hosts                     // a reply or post in the hosts' channel
	Coffee                    // a reply below a LeanCoffee
)

// Heard is a message, where it was said, and what waits.
type Heard struct {
	Text      string // Named stands for the bot's name where it is spoken of
	Place     Place  // Hosts and Coffee together with Channel or Thread
	Waits     State  // empty: Idle
	Overheard bool   // said in a thread without the bot's name
}
