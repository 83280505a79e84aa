package dialogue

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Replies reports whether what was heard as this act is a reply to a person who has
// asked back: everything is, unless it asks something itself or a rule says plainly
// that it is meant for the bot.
func (a Act) Replies(message string) bool {
	s := read(message)
	switch {
	case a.Kind.Searched():
		return !strings.Contains(message, "?") && (GoesOn(message) || !Asks(message))
	case (a.Kind == Greeting || a.Kind == Bye) && !a.Guessed:
		return false
	case a.Kind == Settled:
		return !s.has(closing)
	case a.Kind == Thanks && len(s.tokens) > 0 && len(s.tokens) <= thankWords && thanking[s.tokens[0].form], aboutBot[a.Kind] && strings.Contains(message, "?"):
		return false
	case a.Guessed || replying[a.Kind]:
		return true
	}
	return a.loose && !wishing[a.Kind]
}

// AboutAnswer reports whether what was heard as this act, right below a person's answer,
// is about that answer: it goes on from it, doubts it, speaks to who wrote it, or tells
// something. Another question is for the documents.
func (a Act) AboutAnswer(message string) bool {
	switch a.Kind {
	case FollowUp, Wrong, Outdated, NotMeant:
		return true
	case Question:
		s := read(message)
		return len(s.tokens) >= 3 && !opening[s.tokens[len(s.tokens)-1].form] && (GoesOn(message) || !s.questions() && !s.verbFirst() && !Asks(message) ||
			slices.ContainsFunc(s.tokens, func(t token) bool { return you[t.form] || s.text[t.from:t.to] == "Sie" && t.at > 0 }))
	}
	return false
}

// you are words for those who wrote an answer.
var you = german.Set(fold("euch euer eure eurer eurem euren ihnen ihre ihrer ihrem ihren"))

// thankWords is how many words are thanks and nothing else, where the first is.
const thankWords = 3

var (
	thanking = german.Set(fold("danke dankeschön dank merci vielen lieben besten herzlichen tausend"))
	aboutBot = map[Kind]bool{Identity: true, Capabilities: true, Privacy: true}
	// closing are words that settle a ticket whatever was asked.
	closing = german.Set(fold("erledigt geklärt geklaert abgeschlossen hinfällig gelöst geloest rückgängig erübrigt"))
	// replying are acts that are about what the bot has said: a person has asked here.
	replying = map[Kind]bool{
		Yes: true, No: true, NotMeant: true, TooLong: true, Simpler: true, Wrong: true, Outdated: true, More: true, Again: true, Helpful: true, Unhelpful: true,
		Language: true, StillOpen: true, ReplyToHost: true, Unclear: true,
	}
	// wishing are wishes that stand for themselves in whatever words.
	wishing = map[Kind]bool{Person: true, PersonWithQuestion: true, Withdraw: true, Status: true}
)
