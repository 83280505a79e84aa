package talk

import (
	"lvr.example/sprechstunde/bot/dialogue"
)

// A preview that waits answers only to what is for it. A no in any words takes it back,
// whatever was said in between. A yes sends it only where it is what the bot has shown
// last, or just before and the yes names it; else it is shown again. Everything else is heard as
// if no preview were there.

// heardBeside hears a message while a preview waits; act is what it is without one.
func (t *Talk) heardBeside(h dialogue.Heard, w waiting, act dialogue.Act) dialogue.Act {
	if answers[w.last][act.Kind] || w.adds && ofTicket(act, h.Text) {
		return act
	}
	h.Waits = dialogue.Preview
	forIt := t.cfg.Ear.Hear(h)
	named := dialogue.Explicit(h.Text)
	switch forIt.Kind {
	case dialogue.Cancel:
		if w.shown || named || declines(act, forIt) {
			return forIt
		}
	case dialogue.Send:
		if w.last == dialogue.AskedHow && !named {
			return dialogue.Act{Kind: dialogue.Unclear, Waits: act.Waits} // what to is still to be said
		}
		if w.shown || w.near && named {
			return forIt
		}
		if act.Kind == dialogue.OK && !w.near && !named {
			return act // the end of another talk
		}
		if !asked[act.Waits] || act.Kind != dialogue.Yes {
			return dialogue.Act{Kind: dialogue.Unclear, Waits: act.Waits}
		}
	case dialogue.Change:
		if w.shown || named || forIt.Choice != "" && !forIt.Guessed && act.Kind.Searched() {
			return forIt
		}
	}
	if !w.shown {
		return act
	}
	return t.atPreview(forIt, act)
}

// ofTicket reports whether a word that would take back an addition to a ticket is about
// that ticket itself: it is closed, or named.
func ofTicket(act dialogue.Act, said string) bool {
	return act.Kind == dialogue.Settled && dialogue.Closes(said) || act.Kind == dialogue.Withdraw && (act.Subject.Ticket != 0 || dialogue.NamesTicket(said))
}

// atPreview is what is said right below a preview and decides nothing of it.
func (t *Talk) atPreview(forIt, act dialogue.Act) dialogue.Act {
	switch {
	case act.Kind == dialogue.Withdraw && act.Subject.Ticket == 0:
		return dialogue.Act{Kind: dialogue.Cancel, Waits: dialogue.Preview}
	case act.Guessed, act.Kind.Searched(), forIt.Kind == dialogue.OK:
		return forIt // "who reads that?" is about the preview
	}
	return act
}

// declines reports whether what takes a preview back is a no without it, too, or nothing
// that is better known.
func declines(act, forIt dialogue.Act) bool {
	return act.Kind == dialogue.No || act.Kind == dialogue.OK || !forIt.Guessed && (act.Guessed || act.Kind.Searched())
}

// answers are the acts that answer what the bot has asked last, and no preview.
var answers = map[string]map[dialogue.Kind]bool{
	dialogue.AskedToForget: {dialogue.Forgotten: true, dialogue.No: true},
	dialogue.AskedForText:  {dialogue.PersonWithQuestion: true},
}

// asked are the states in which a bare yes has something to be an answer to.
var asked = map[dialogue.State]bool{dialogue.Answered: true, dialogue.Nearest: true, dialogue.Replied: true}

// beforeYes are the outcomes of what one asks of a preview before a yes: it still waits
// right above.
var beforeYes = map[string]bool{dialogue.AskedOfPreview: true, dialogue.AskedHow: true, "privacy": true, "identity": true, "status": true}
