package demo

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/cmd/internal/longway"
)

// The second act: a question that the documents do not settle becomes an answer of the
// house.
var story = longway.Story{
	Question:  "Dürfen wir die Musik für unsere Warteschleife von einer KI komponieren lassen?",
	Else:      "dürfen wir warteschleifenmusik mit ki komponieren?",
	Back:      "Soll die Musik auch im Internet zu hören sein?",
	Reply:     "Nein, sie läuft nur am Telefon.",
	First:     "Ja, für das Telefon. Welche Werkzeuge freigegeben sind, steht in der [Freigabeliste](https://intranet.musterland.example/merkblaetter/freigabeliste-werkzeuge.html).",
	Link:      "https://intranet.musterland.example/merkblaetter/freigabeliste-werkzeuge.html",
	Mended:    "Ja, für das Telefon und mit Kennzeichnung. Welche Werkzeuge freigegeben sind, steht in der [Freigabeliste](https://intranet.musterland.example/merkblaetter/freigabeliste-werkzeuge.html).",
	Missing:   "der Wortlaut der Kennzeichnung fehlt",
	Second:    "Es genügt der Satz: Diese Musik hat ein Programm komponiert.",
	Questions: "Dürfen wir die Musik für unsere Warteschleife von einer KI komponieren lassen?\nDürfen wir Warteschleifenmusik mit KI komponieren?",
	Known:     "Ja, für die Warteschleife am Telefon dürfen Sie Musik von einer KI komponieren lassen, wenn Sie das kennzeichnen.",
	Owner:     "Rechtsamt",
	Basis:     "Ja, wenn es keine fremden Werke erkennbar wiedergibt.",
}

func (d *Demo) secondAct(ctx context.Context) error {
	cast, err := d.cast(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.out, "\n── Zweiter Akt: Aus einer offenen Frage wird eine Antwort des Hauses ──\n\n   „%s“\n\n", story.Question)
	n := 0
	return longway.Play(ctx, cast, story, func(s longway.Step) {
		n++
		fmt.Fprintf(d.out, "%2d. %s %s.\n", n, s.Who, s.Did)
	})
}

// cast has the people of the second act log in.
func (d *Demo) cast(ctx context.Context) (longway.Cast, error) {
	s := d.State
	c := longway.Cast{Bot: s.Bot, Command: "/" + command, Patience: stepTime, Rests: d.rests}
	for _, p := range []struct {
		name string
		who  **colleague.Colleague
	}{{robin, &c.Asker}, {jona, &c.Joiner}, {toni, &c.Third}, {mika, &c.Host}, {luca, &c.Other}} {
		var err error
		if *p.who, err = s.login(ctx, p.name); err != nil {
			return c, err
		}
	}
	var err error
	if c.Channel, err = c.Asker.Channel(ctx, s.Team, s.Channel); err != nil {
		return c, err
	}
	c.Hosts, err = c.Host.Channel(ctx, s.Team, hostsChannel)
	return c, err
}

// rests waits until the bot has nothing under way.
func (d *Demo) rests(ctx context.Context) error {
	return colleague.Await(ctx, d.service.Idle)
}
