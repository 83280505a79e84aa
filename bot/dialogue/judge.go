package dialogue

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval/german"
)

// How likely it must be that a message is searched: what is unsure stays a question.
// And how sure what decides a preview must be, or the bot asks. Cross-validated on the
// sets in testdata.
const (
	sureOfSearch = 0.35
	sureOfNamed  = 0.12 // of a message that asks, and names what talk is not made of
	sureOfChange = 0.9
)

// judge decides between what the rules say and what the model hears. A question beside
// an act of talk is what the message is.
func (e *Ear) judge(h *hearing, s spoken, ruled Act) Act {
	act := e.weigh(h, s, ruled)
	if chatting[act.Kind] || act.Kind == Change && act.Guessed {
		if question, asks := e.beside(h, s, act.Guessed); asks {
			return Act{Kind: Question, Text: question.said()}
		}
	}
	return act
}

// chatting are acts beside which a question counts for more.
var chatting = map[Kind]bool{
	Greeting: true, SmallTalk: true, Identity: true, Capabilities: true, Privacy: true, Thanks: true, Bye: true, OK: true, Announce: true, Test: true, Insult: true, Task: true,
	Yes: true, No: true, NotMeant: true, TooLong: true, Simpler: true, Wrong: true, Outdated: true, More: true, Again: true,
}

func (e *Ear) weigh(h *hearing, s spoken, ruled Act) Act {
	switch {
	case ruled.Kind == Task && doesItself.MatchString(s.line()):
		ruled = Act{}
	case ruled.Kind == "" && wordless(s):
		return Act{Kind: Question, Text: s.question()}
	case ruled.Kind != "" && !slices.Contains(e.model.Kinds, ruled.Kind):
		return ruled // the model was taught no such act, and takes it for another
	case ruled.Kind == PersonWithQuestion && addressed.MatchString(h.Text):
		return ruled
	}
	switch kind, share := e.hears(h, s, ruled); {
	case kind == ruled.Kind, kind == No && ruled.Kind == Thanks: // "danke, mehr brauche ich nicht"
		return ruled
	case changes[kind] && h.Waits == Preview && (share < sureOfChange || kind == Send && s.refrains()):
		return Act{Kind: Unclear, Guessed: true}
	case kind.Searched() && h.Waits == Preview && h.Place == Direct && share < sureOfChange && !asksAnything(s):
		return Act{Kind: Unclear} // rather meant for what waits
	case kind == PersonWithQuestion:
		return Act{Kind: kind, Text: e.besideWish(h, s), Guessed: true}
	case kind.Searched():
		return Act{Kind: kind, Text: e.core(h, s).question()}
	case keepsText[kind]:
		return Act{Kind: kind, Text: e.core(h, s).said(), Guessed: true}
	default:
		return Act{Kind: kind, Guessed: true}
	}
}

// doesItself matches what somebody does or asks to do ("dann trag ich den 7. ein"), in the
// words with which others ask for it to be done.
var doesItself = regexp.MustCompile(`(?:^| )(?:schreib|verfass|formulier|entwerf|erstell|ubersetz|dicht|zeichn|mal|korrigier|tipp|fass|mach|bau|gib|geb|buch|reservier|trag|meld|bestell|lad|schick|schalt|richt|installier|beantrag|stornier|leg|offn|stell|kauf|druck|nehm)e? (?:ich|wir|i|man) `)

func asksAnything(s spoken) bool {
	return s.questions() || s.verbFirst() || s.opens() || Asks(s.text)
}

// core is a message without courtesy around it, if anything is left.
func (e *Ear) core(h *hearing, s spoken) spoken {
	if core, _ := e.peel(h, s); len(core.tokens) > 0 {
		return core
	}
	return s
}

// addressed matches a message that says before its question whom it is for: no model
// knows better.
var addressed = regexp.MustCompile(`(?i)^\W*(?:(?:an|in|für) (?:die )?)?sprechstunde\s*[:–]`)

// wordless reports whether a message is pasted code or has no letters: nobody's talk.
func wordless(s spoken) bool {
	return strings.Contains(s.text, "```") || !strings.ContainsFunc(s.text, unicode.IsLetter)
}

// changes are acts that decide what waits: a guess must be sure, or the bot asks.
var changes = map[Kind]bool{Send: true, Cancel: true}

// refrains reports whether a word of a message takes back what stands with it:
// nobody's text goes over on a guess from such a message.
func (s spoken) refrains() bool {
	parted := slices.ContainsFunc(s.tokens, func(t token) bool { return t.form == "sehe" || t.form == "sehen" || t.form == "seht" })
	return slices.ContainsFunc(s.tokens, func(t token) bool { return denying[t.form] || parted && t.form == "ab" })
}

var denying = german.Set("nicht nein nee ne no kein keine keinen keiner keinesfalls nix nichts nie niemals net ned nich nit lieber doch stopp stop halt " +
	"ohne absehen abzusehen unterlassen unterlasse unterlasst verzichte verzichten verzicht zuruck zuruckziehen behalten behalte streichen verwerfen warten abwarten spater")

// keepsText are acts that bring what was said to people as it stands.
var keepsText = map[Kind]bool{ReplyToHost: true, Change: true, StillOpen: true}

// hears is the likeliest act and its share. A message is searched or not before it is
// told as what: what can be two kinds of talk is talk.
func (e *Ear) hears(h *hearing, s spoken, ruled Act) (Kind, float64) {
	ask, other := Question, Question
	var searched, asked, talked float64
	for i, share := range e.model.shares(e.features(h, s), h.Waits, ruled) {
		switch kind := e.model.Kinds[i]; {
		case kind.Searched():
			searched += share
			if share > asked {
				ask, asked = kind, share
			}
		case share > talked:
			other, talked = kind, share
		}
	}
	least := sureOfSearch
	if ofNothing[other] && h.Waits != Preview && asksAnything(s) && e.names(h, s) {
		least = sureOfNamed
	}
	if searched >= least {
		return ask, searched
	}
	return other, talked
}

// ofNothing are acts of talk that name nothing: a question that does is rarely one of them.
var ofNothing = map[Kind]bool{
	Greeting: true, SmallTalk: true, Identity: true, Capabilities: true, Privacy: true, Thanks: true, Bye: true, OK: true, Announce: true, Test: true, Insult: true, Task: true,
	Yes: true, No: true, NotMeant: true, TooLong: true, Simpler: true, Again: true, Person: true, AboutBot: true,
}

// besideWish is the question of a message that also wishes for people, without the
// wish at its beginning or end; all of it, where they cannot be told apart.
func (e *Ear) besideWish(h *hearing, s spoken) string {
	for _, i := range e.seams(s) {
		head, tail := s.part(0, i), e.bare(s.part(i, len(s.tokens)))
		if len(tail.tokens) > 2 && e.wishes(h, head) && e.questions(h, tail) {
			return tail.said()
		}
		if len(head.tokens) > 2 && e.wishes(h, tail) && e.questions(h, head) {
			return head.said()
		}
	}
	return e.core(h, s).said()
}

func (e *Ear) wishes(h *hearing, s spoken) bool {
	kind, _ := e.hears(h, s, e.byRules(h, s))
	return kind == Person
}

func (e *Ear) questions(h *hearing, s spoken) bool {
	kind, _ := e.hears(h, s, Act{})
	return kind.Searched()
}

// mostSeams is how many places at each end of a message are tried to part it: one of
// 16 000 characters has a thousand.
const mostSeams = 12

// seams are the words, but the first, before which a message may be parted: at the
// beginning of a clause, also of one without a sign ("mit wem reden ob das geht").
func (e *Ear) seams(s spoken) (at []int) {
	for i := 1; i < len(s.tokens); i++ {
		if s.tokens[i-1].ends() || seaming[s.tokens[i].form] {
			at = append(at, i)
		}
	}
	if len(at) > 2*mostSeams {
		at = append(at[:mostSeams:mostSeams], at[len(at)-mostSeams:]...)
	}
	return at
}

var seaming = german.Set("ob wegen bitte")
