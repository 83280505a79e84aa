// Package longway plays the longest way of a question on a real Mattermost server: asked
// and not settled by the documents, handed over, joined, answered, corrected, opened
// again, made an answer of the house, and given to the next who asks.
//
// The demo shows it and the end-to-end tests hold the bot to it. Limits: it acts as
// people do, by REST, buttons, dialogs and commands, and sees what they see.
package longway

import (
	"context"
	"fmt"
	"time"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// Cast is who plays, and where.
type Cast struct {
	Bot     string // user name
	Command string // with its slash
	Channel string // id: the asker and the third one ask there
	Hosts   string // id of the hosts' channel

	Asker, Joiner, Third *colleague.Colleague
	Host, Other          *colleague.Colleague

	Patience time.Duration // ends a step that hangs

	// Rests waits until the bot has nothing under way: a post can be read before the bot
	// has noted where it is, and nobody answers as fast as a program.
	Rests func(ctx context.Context) error
}

// Story is what they say.
type Story struct {
	Question  string
	Else      string // asks the same in other words
	Back      string // the host's question back
	Reply     string
	First     string // the host's answer, with a link
	Link      string // its address
	Mended    string // the answer, corrected
	Missing   string // why it does not help: "mir fehlt …"
	Second    string
	Questions string // of the draft, one a line
	Known     string // the answer as it is kept
	Owner     string // function that is responsible for it; the host is the contact
	Basis     string // a sentence of a document that everybody may read
}

// Step is one thing that has happened as it should.
type Step struct {
	Who string // user name
	Did string // in plain German, in the present
}

// Play plays a story and tells each step once it has happened. Its error says which one
// did not.
func Play(ctx context.Context, cast Cast, story Story, told func(Step)) error {
	w := &way{Cast: cast, Story: story}
	if err := w.opens(ctx); err != nil {
		return err
	}
	for _, s := range w.steps() {
		if err := w.plays(ctx, s); err != nil {
			return fmt.Errorf("%s %s: %w", s.Who, s.Did, err)
		}
		told(s.Step)
	}
	return nil
}

func (w *way) plays(ctx context.Context, s step) error {
	ctx, cancel := context.WithTimeout(ctx, w.Patience)
	defer cancel()
	if err := s.do(ctx); err != nil {
		return err
	}
	return w.Rests(ctx)
}

type step struct {
	Step
	do func(ctx context.Context) error
}

// steps are all of them, in order.
func (w *way) steps() []step {
	a, j, t, h, o := w.Asker.Name, w.Joiner.Name, w.Third.Name, w.Host.Name, w.Other.Name
	return []step{
		{Step{a, "fragt im Kanal; die Dokumente klären es nicht"}, w.asks},
		{Step{a, "drückt „In die Sprechstunde“, sieht die Vorschau und drückt „Absenden“"}, w.handsOver},
		{Step{j, "fragt dasselbe per Befehl und schließt sich an"}, w.joins},
		{Step{h, "und " + o + " drücken zugleich „Übernehmen“: Eine:r bekommt es, eine:r hört es freundlich"}, w.claim},
		{Step{h, "fragt zurück; beide, die gefragt haben, lesen es"}, w.asksBack},
		{Step{a, "antwortet darunter, ohne Namen; die Gastgebenden lesen es"}, w.replies},
		{Step{h, "antwortet mit einem Link und einem Bild; beides kommt bei beiden an"}, w.answers},
		{Step{h, "ändert die eigene Antwort; beide erfahren es als Berichtigung"}, w.corrects},
		{Step{a, "schreibt „noch offen, weil …“; die Gastgebenden lesen den Grund"}, w.reopens},
		{Step{o, "antwortet über das Formular der Karte"}, w.answersByDialog},
		{Step{a, "und " + j + " schreiben „geklärt“; die Karte ist zu"}, w.settle},
		{Step{h, "entwirft eine gesicherte Antwort; ohne Beleg wird sie nicht genommen"}, w.drafts},
		{Step{o, "gibt sie frei, " + h + " darf das selbst nicht; wer gefragt hatte, erfährt es"}, w.approves},
		{Step{t, "fragt dasselbe, im Kanal und per Befehl, und bekommt sie sofort"}, w.getsItAtOnce},
		{Step{h, "zieht sie zurück; ab jetzt gilt sie nicht mehr"}, w.retires},
	}
}
