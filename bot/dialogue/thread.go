package dialogue

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/retrieval/german"
)

// LastQuestion returns the last post of a talk before another in which the
// person asked and the bot, whose account is self, answered below. What only
// steers or replies to the bot is no question. The post's text is the question
// alone. What no machine decides (refuses) is always one, so that what was asked before
// it is not picked up again.
func (e *Ear) LastQuestion(talk []chat.Post, userID string, before chat.Post, self chat.User, refuses func(text string) bool) (chat.Post, bool) {
	answered := false
	for i := len(talk) - 1; i >= 0; i-- {
		p := talk[i]
		if !before.Behind(p) {
			continue
		}
		answered = answered || p.MadeBy(self)
		if p.UserID != userID || !answered {
			continue
		}
		said := chat.Named(p.Text, self.Username, Named)
		if _, above := ofAbove(plainOf(said)); above {
			continue
		}
		if refuses(said) {
			p.Text = said
			return p, true
		}
		if text, asked := e.asked(said); asked {
			p.Text = text
			return p, true
		}
	}
	return chat.Post{}, false
}

// asked returns the question in a text, if it may be one in some state and is surely
// something else in none: what waited when it was said is not known any more.
func (e *Ear) asked(text string) (string, bool) {
	var question string
	for _, state := range []State{Idle, Answered, Nearest, Preview, Waiting} {
		act := e.Hear(Heard{Text: text, Place: Direct, Waits: state})
		switch {
		case act.Kind.Searched(), act.Kind == PersonWithQuestion:
			question = act.Text
		case act.Kind != Unclear && !act.Guessed:
			return "", false
		}
	}
	return question, question != ""
}

// ForCalendar reports whether a question is for a date, which the calendar answers.
func (e *Ear) ForCalendar(question string) bool {
	return e.Hear(Heard{Text: question, Place: Direct}).Kind == Date
}

// Ended reports whether a person has ended a talk after a question and before another
// post: with thanks, a farewell, or a greeting that begins another one.
func (e *Ear) Ended(talk []chat.Post, userID string, after, before chat.Post) bool {
	return slices.ContainsFunc(talk, func(p chat.Post) bool {
		if p.UserID != userID || !before.Behind(p) || !p.Behind(after) {
			return false
		}
		act := e.Hear(Heard{Text: p.Text, Place: Direct, Waits: Answered}) // a vote is no farewell
		return ending[act.Kind] && !act.Guessed
	})
}

// ending are acts that end a talk.
var ending = map[Kind]bool{Thanks: true, Bye: true, Greeting: true, Settled: true, OK: true}

// LeansBack reports whether a message is about what was said before.
func LeansBack(message string) bool {
	s := read(message)
	return s.has(backward) || strings.Contains(s.line(), "die frage ") || strings.Contains(s.line(), "meine frage ")
}

var backward = german.Set(fold("das dazu damit darüber hierzu dafür diese dieser dies daran davon es"))
