package talk

import (
	"regexp"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/dialogue"
)

// behindRefused hears what is said behind what no machine decides, where it names nothing
// of its own: it was nothing, who learns of it, or whatever else belongs to it.
func (t *Talk) behindRefused(h dialogue.Heard, w waiting, act dialogue.Act) dialogue.Act {
	kind := act.Kind
	switch {
	case ofRefused[w.last] && playsDown[kind]:
		kind = dialogue.TookBack
	case kind == dialogue.Privacy && !whatIsKept.MatchString(h.Text):
		kind = dialogue.Discreet
	case goesOn[kind] && !t.cfg.Ear.Names(h):
		kind = dialogue.StillLed
	default:
		return act
	}
	return dialogue.Act{Kind: kind, Waits: act.Waits, Guessed: true}
}

// whatIsKept matches who asks what the program keeps of people, which is more than the one
// text: the whole answer is due.
var whatIsKept = regexp.MustCompile(`(?i)speicher|bewahr|heb(?:st|t) .*auf|\b(?:angaben|daten|fragen|nachrichten)\b`)

// ofRefused are the outcomes of what is said of what no machine decides.
var ofRefused = map[string]bool{string(answer.Refused): true, string(dialogue.Discreet): true, string(dialogue.StillLed): true}

// playsDown are the acts that, right behind it, say that it was nothing.
var playsDown = map[dialogue.Kind]bool{
	dialogue.No: true, dialogue.Cancel: true, dialogue.OK: true, dialogue.NotMeant: true, dialogue.SmallTalk: true, dialogue.Withdraw: true, dialogue.Unclear: true,
}

// goesOn are the acts that go on about it where nothing is named.
var goesOn = map[dialogue.Kind]bool{
	dialogue.Question: true, dialogue.FollowUp: true, dialogue.More: true, dialogue.Again: true, dialogue.Wrong: true, dialogue.Capabilities: true,
}
