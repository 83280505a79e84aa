package answer

import (
	"regexp"
	"strings"

	"lvr.example/sprechstunde/bot/answer/hardlist"
	"lvr.example/sprechstunde/prompts"
)

// Contact is somebody who helps where the program does not. The house sets it.
type Contact struct {
	Name  string
	Reach string // telephone, e-mail, room, hours
}

// Topic is a subject of the hard list, and the key of the house's contact for it.
type Topic = hardlist.Topic

// The topics.
const (
	Crisis    = hardlist.Crisis
	Breach    = hardlist.Breach
	Complaint = hardlist.Complaint
	Personnel = hardlist.Personnel
	Legal     = hardlist.Legal
)

// Contacts are the people for what no machine decides, by topic.
type Contacts map[Topic]Contact

// HardListReason is what is kept of a question of the hard list. It says nothing
// of the topic: with it, the record would tell something about a person in need.
const HardListReason = "hard list"

// Refuse answers a question of the hard list with the person who is there for
// it. Nothing of the question is in it.
func (c *Composer) Refuse(topic Topic, contacts Contacts) Answer {
	contact := safeContact(contacts[topic])
	texts := c.cfg.Texts
	say := map[Topic]func(prompts.Contact) string{
		Personnel: texts.Personnel,
		Legal:     texts.Legal,
		Complaint: texts.Complaint,
		Breach:    texts.Breach,
		Crisis:    c.crisis,
	}[topic]
	if say == nil {
		say = texts.Elsewhere
	}
	return Answer{Outcome: Refused, Body: say(contact), Reason: "hard list: " + string(topic), Topic: topic}
}

// StillLed leads to the contact of a topic once more, in one line.
func (c *Composer) StillLed(topic Topic, contacts Contacts) Answer {
	return Answer{Outcome: Refused, Body: c.cfg.Texts.StillLed(safeContact(contacts[topic])), Reason: HardListReason, Topic: topic}
}

// crisis names the emergency call and the helpline where the house's contact does
// not: a number that stands twice in two spellings makes one read it twice.
func (c *Composer) crisis(contact prompts.Contact) string {
	digits := strings.Map(withoutGaps, contact.Reach)
	return c.cfg.Texts.Crisis(prompts.CrisisContact{
		Contact:   contact,
		Emergency: !emergencyCall.MatchString(contact.Reach),
		Helpline:  !strings.Contains(digits, "08001110111") && !strings.Contains(digits, "08001110222"),
	})
}

var emergencyCall = regexp.MustCompile(`(?:^|[^\d ] ?)112(?:\D|$)`)

func withoutGaps(r rune) rune {
	if r == ' ' || r == '/' || r == '-' {
		return -1
	}
	return r
}

// Redirect answers a question of another field with who is in charge of it.
func (c *Composer) Redirect(contact Contact) Answer {
	return Answer{Outcome: Elsewhere, Body: c.cfg.Texts.Elsewhere(safeContact(contact)), Reason: "another field"}
}

// Decline answers what is no question that can be searched.
func (c *Composer) Decline(p Problem) Answer {
	texts := c.cfg.Texts
	var body string
	switch p.Kind {
	case EmojiOnly:
		body = texts.EmojiOnly()
	case CodeOnly:
		body = texts.CodeOnly()
	case AttachmentOnly:
		body = texts.AttachmentOnly()
	case TooLong:
		body = texts.TooLong(prompts.Length{Length: p.Length, Limit: QuestionRunes})
	case NotGerman:
		body = texts.NotGerman()
	default:
		body = texts.Empty()
	}
	return Answer{Outcome: NotFound, Body: body, Reason: "question: " + string(p.Kind)}
}

func safeContact(c Contact) prompts.Contact {
	return prompts.Contact{Name: contactLine(c.Name), Reach: contactLine(c.Reach)}
}
