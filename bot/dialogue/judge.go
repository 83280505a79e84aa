package dialogue

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval/german"
)

// How likely a message must be something other than a question; more where it
// asks, still more where it asks with a word that talk was never made of or where
// people would be asked for it, and most with a topic of the house's field. How
// likely a wish for people must be to look for a question beside it. And how likely
// a question must be where nothing in the message asks, or in a part of it; how likely
// what decides a preview, and what decides a ticket or is said below a person's answer.
// Cross-validated on the sets in testdata.
const (
	sureOfTalk     = 0.6
	sureThough     = 0.65
	sureOfNew      = 0.8
	sureOfWish     = 0.93
	sureOfField    = 0.97
	sureOfPeople   = 0.3
	sureOfQuestion = 0.5
	sureOfEnd      = 0.7
	sureOfChange   = 0.9
	sureOfTicket   = 0.4
)

// judge decides between what the rules say and what the model hears.
func (e *Ear) judge(h *hearing, s spoken, ruled Act) Act {
	if ruled.Kind == "" && wordless(s) {
		return Act{Kind: Question, Text: s.question()}
	}
	if ruled.Kind != "" && !slices.Contains(e.model.Kinds, ruled.Kind) {
		return ruled // the model was taught no such act, and takes it for another
	}
	kind, share, all := e.hears(h, s, ruled)
	if ruled.Kind == PersonWithQuestion && (!kind.Searched() || share < sureOfNew || addressed.MatchString(h.Text)) {
		return ruled
	}
	if all.people >= sureOfPeople {
		if both, ok := e.wishAndQuestion(h, s); ok {
			return both
		}
	}
	if !kind.Searched() && !mayAsk[kind] {
		if asked, ok := e.asksLast(h, s, share < sureOfNew); ok {
			return asked
		}
	}
	switch {
	case kind == ruled.Kind, ruled.Kind.Searched() && !ruled.loose && !kind.Searched():
		return ruled
	case changes[kind] && h.Waits == Preview && (share < sureOfChange || kind == Send && s.refrains()):
		return Act{Kind: Unclear, Guessed: true}
	}
	core, _ := e.peel(h, s)
	if len(core.tokens) == 0 {
		core = s
	}
	switch {
	case kind.Searched() && share < e.leastOfQuestion(h, s),
		(h.Waits == Replied || settles[kind]) && share < sureOfTicket,
		kind == Change && share < sureOfNew:
		return e.otherwise(h, core)
	case !kind.Searched() && !keepsText[kind]:
		return Act{Kind: kind, Guessed: true}
	case kind.Searched():
		return Act{Kind: kind, Text: core.question()}
	}
	return Act{Kind: kind, Text: core.said(), Guessed: true}
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

// settles are acts that decide a ticket: a guess must be likelier than all else. What
// changes the text of a preview must be likelier still.
var settles = map[Kind]bool{Settled: true, StillOpen: true, Withdraw: true}

// refrains reports whether a word of a message takes back what stands with it:
// nobody's text goes over on a guess from such a message.
func (s spoken) refrains() bool {
	parted := slices.ContainsFunc(s.tokens, func(t token) bool { return t.form == "sehe" || t.form == "sehen" || t.form == "seht" })
	return slices.ContainsFunc(s.tokens, func(t token) bool { return denying[t.form] || parted && t.form == "ab" })
}

var denying = german.Set("nicht nein nee ne no kein keine keinen keiner keinesfalls nix nichts nie niemals net ned nich nit lieber doch stopp stop halt " +
	"ohne absehen abzusehen unterlassen unterlasse unterlasst verzichte verzichten verzicht zuruck zuruckziehen behalten behalte streichen verwerfen warten abwarten spater")

// keepsText are acts that bring what was said to people.
var keepsText = map[Kind]bool{PersonWithQuestion: true, ReplyToHost: true, Change: true, StillOpen: true}

// hears is the likeliest act and its share, all that is searched taken together. A
// message is a question or none before it is told which: what can be two kinds of
// talk is talk. shares are what was weighed.
func (e *Ear) hears(h *hearing, s spoken, ruled Act) (kind Kind, share float64, shares sides) {
	ask, other, shares := e.model.likeliest(e.model.shares(e.features(h, s), h.Waits, ruled))
	sure, talk := e.leastOfTalk(h, s), shares.talk
	switch {
	case other == Person || other == PersonWithQuestion:
		talk = shares.people
	case h.Waits == Preview: // where it is asked again what fits nothing
		talk = shares.other
	}
	if other == PersonWithQuestion {
		sure = min(sure, sureOfWish)
	}
	switch {
	case talk <= shares.searched || talk < sure:
		return ask, shares.searched, shares
	case other == Person || other == PersonWithQuestion:
		return other, shares.people, shares
	}
	return other, shares.other, shares
}

// leastOfTalk is how likely a message must be something other than a question.
func (e *Ear) leastOfTalk(h *hearing, s spoken) float64 {
	opens := slices.ContainsFunc(s.clauses(), spoken.opens) || s.verbFirst()
	switch {
	case opens && within(h.field, s):
		return sureOfField
	case (opens || s.asks()) && slices.ContainsFunc(s.tokens, e.model.new):
		return sureOfNew
	case opens || s.asks():
		return sureThough
	}
	return sureOfTalk
}

// sides are shares of what is searched, of all that is not, of the likeliest act
// that is not, and of a wish for people with or without a question.
type sides struct{ searched, talk, other, people float64 }

// likeliest are the likeliest act that is searched and that is not.
func (m model) likeliest(shares []float64) (ask, other Kind, sum sides) {
	ask, other = Question, Question
	var question float64
	for i, k := range m.Kinds {
		share := shares[i]
		if k.Searched() {
			sum.searched += share
			if share > question {
				ask, question = k, share
			}
			continue
		}
		sum.talk += share
		if share > sum.other {
			other, sum.other = k, share
		}
		if k == Person || k == PersonWithQuestion {
			sum.people += share
		}
	}
	return ask, other, sum
}

// leastOfQuestion is how likely a question must be where nothing asks. While a
// preview waits, what names nothing of the field is rather meant for that.
func (e *Ear) leastOfQuestion(h *hearing, s spoken) float64 {
	if h.Waits == Preview && !within(h.field, s) {
		return sureOfNew
	}
	return sureOfQuestion
}

// wishAndQuestion hears a wish for people at the beginning of a message and a
// question behind it.
func (e *Ear) wishAndQuestion(h *hearing, s spoken) (Act, bool) {
	clauses := s.clauses()
	for _, i := range ends(len(clauses)) {
		head, tail := join(s, clauses[:i]), e.bare(join(s, clauses[i:]))
		if len(tail.tokens) < 3 {
			break
		}
		if kind, share, _ := e.hears(h, head, e.byRules(h, head)); kind != Person || share < sureOfNew {
			continue
		}
		if kind, share, _ := e.hears(h, tail, Act{}); kind.Searched() && share >= sureOfEnd {
			return Act{Kind: PersonWithQuestion, Text: tail.said(), Guessed: true}, true
		}
	}
	return Act{}, false
}

// mayAsk are acts to which a question behind them belongs.
var mayAsk = map[Kind]bool{PersonWithQuestion: true, Change: true, AboutBot: true, Task: true, ReplyToHost: true}

// asksLast hears a question behind something else: "Erledigt. Wer prüft das?"
// A clause behind a comma can also belong to what stands before it: it counts
// only where that is unsure.
func (e *Ear) asksLast(h *hearing, s spoken, unsure bool) (Act, bool) {
	clauses := s.clauses()
	for _, i := range ends(len(clauses)) {
		before, tail := clauses[i-1].tokens, join(s, clauses[i:])
		newSentence := strings.ContainsAny(before[len(before)-1].after, ".:!?\n")
		if len(tail.tokens) < 3 || !newSentence && (!unsure || !clauses[i].opens()) {
			continue
		}
		if kind, share, _ := e.hears(h, tail, e.byRules(h, tail)); kind.Searched() && share >= sureOfEnd {
			return Act{Kind: kind, Text: tail.said()}, true
		}
	}
	return Act{}, false
}

// endClauses is how many clauses at each end of a message may be one thing and the
// rest another: a message of 16 000 characters has a thousand.
const endClauses = 12

// ends are the clauses, but the first, before which a message of n is parted.
func ends(n int) (at []int) {
	for i := 1; i < n; i++ {
		if i <= endClauses || i >= n-endClauses {
			at = append(at, i)
		}
	}
	return at
}

// new reports whether a word of some length never stood in talk.
func (m model) new(t token) bool {
	_, known := slices.BinarySearch(m.Words, t.form)
	return len(t.form) > 5 && !known
}
