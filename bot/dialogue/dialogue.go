// Package dialogue says what a message is: a question, a word that steers a
// hand-over, a command, or nothing that is meant for the bot. It is pure: from
// what was said and where to one Act.
//
// What words mean stands as data in rules.go; a command, behind which more
// stands, in commands.go. Where nothing fits a message is a question, so that
// nobody's question is lost to a word that it happens to hold.
package dialogue

import "lvr.example/sprechstunde/bot/inbox"

// Kind is what a message does.
type Kind string

// The kinds.
const (
	Question   Kind = "question"
	Thanks     Kind = "thanks"
	Chatter    Kind = "chatter"     // people among themselves
	Handover   Kind = "handover"    // to people with it: show what would go over
	Yes        Kind = "yes"         // hand over what the preview shows
	No         Kind = "no"          // do not
	Change     Kind = "change"      // hand over this text instead
	Settled    Kind = "settled"     // the answer of a person has helped
	StillOpen  Kind = "open"        // it has not
	HostAnswer Kind = "host answer" // of a person, to the asker
	Block      Kind = "block"       // a document
	Release    Kind = "release"     // a document
	Notices    Kind = "notices"     // to be told to an owner of documents
	Pause      Kind = "pause"       // too many messages: a word about it
	Nothing    Kind = "nothing"     // not meant for the bot, or not known any more
)

// Kinds are all of them.
var Kinds = []Kind{
	Question, Thanks, Chatter, Handover, Yes, No, Change, Settled, StillOpen, HostAnswer, Block, Release, Notices, Pause, Nothing,
}

// Act is one message, understood.
type Act struct {
	Kind    Kind
	Text    string        // what stands behind a command: the new text, the answer, the reason
	Subject inbox.Subject // what is named or the button is under; zero: whichever waits
}

// Place is where a message was said; a set of them is where a rule holds.
type Place uint8

// The places.
const (
	Direct  Place = 1 << iota // the bot and one person
	Channel                   // a post of its own
	Thread                    // a reply in a channel
	Hosts                     // a reply or post in the hosts' channel

	anywhere = Direct | Channel | Thread | Hosts
)

// Heard is a message and where it was said.
type Heard struct {
	Text  string // without the mention of the bot
	Place Place  // Hosts together with Channel or Thread
}

// Hear understands a message.
func Hear(h Heard) Act {
	for _, c := range commands {
		if h.Place&c.where == 0 {
			continue
		}
		if act, ok := c.read(h.Text); ok {
			return act
		}
	}
	if kind := wordIn(h.Text); kind != "" {
		return said(kind, h)
	}
	return Act{Kind: Question}
}

// said is a word where it counts. Among people in a thread it is theirs, and
// elsewhere a question like any other.
func said(kind Kind, h Heard) Act {
	switch {
	case h.Place&placeOf(kind) != 0:
		return Act{Kind: kind}
	case h.Place&Thread != 0:
		return Act{Kind: Chatter}
	}
	return Act{Kind: Question}
}
