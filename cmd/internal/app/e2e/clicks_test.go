package e2e

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// hosted is how many tickets TestHostsClicks has a host work on, six clicks each.
var hosted = flag.Int("hosted", 1, "how many tickets a host works on while it is measured how soon clicks have an effect")

// desk is a host at a client that is told at once.
type desk struct {
	*house
	host  *colleague.Colleague
	watch *colleague.Watch
	took  map[string][]time.Duration // by what was done
}

// TestHostsClicks works on tickets as a host does, by buttons and dialogs, and tells how
// long it took from each click until the host's client was told of its effect. It judges
// no time: figures are for a quiet machine, by
// go test ./cmd/internal/app/e2e -run HostsClicks -v -hosted 15
func TestHostsClicks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.withButtons()
	h.open()
	watch, err := h.person(mika).Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(watch.Close)
	d := &desk{h, h.person(mika), watch, map[string][]time.Duration{}}
	for n := range *hosted {
		card := d.handedOver([]string{anna, bernd, cem}[n%3], n)
		d.click("Übernehmen", card, "übernommen von")
		d.click("Zurückgeben", card, "ist wieder frei")
		d.fill("Antworten", card, "Ja, das geht.", "Ich bringe diese Antwort")
		d.fill("Schließen", card, "Gern wieder.", "abgeschlossen")
		h.expect(mika, card.ID, 6) // the card, four effects, and the answer for the other hosts
	}
	d.tell()
}

// handedOver has somebody hand over a question of their own.
func (d *desk) handedOver(asker string, n int) colleague.Message {
	d.t.Helper()
	direct, before := d.direct(asker), d.newest(mika, d.hosts)
	d.holds(d.reply(d.asks(asker, direct, "", fmt.Sprintf("Sprechstunde: Darf ich Vorlage %d mit einer KI übersetzen lassen?", n+1))), "ja")
	d.holds(d.reply(d.asks(asker, direct, "", "ja")), "Anliegen Nr.")
	card := d.awaitText(mika, d.hosts, before, "Darf ich Vorlage")
	d.awaitIdle()
	return card
}

// click presses a button that does something at once.
func (d *desk) click(label string, card colleague.Message, effect string) {
	d.t.Helper()
	d.times(label, func(ctx context.Context) error {
		b, err := card.Button(label)
		if err != nil {
			return err
		}
		if err := d.host.Press(ctx, card.ID, b); err != nil {
			return err
		}
		_, err = d.watch.Below(ctx, card.ID, effect)
		return err
	})
}

// fill opens the dialog of a button, and sends it off.
func (d *desk) fill(label string, card colleague.Message, text, effect string) {
	d.t.Helper()
	var dialog colleague.Dialog
	d.times(label+" …", func(ctx context.Context) error {
		b, err := card.Button(label)
		if err != nil {
			return err
		}
		dialog, err = d.watch.Open(ctx, card, b)
		return err
	})
	d.times(label+": Abschicken", func(ctx context.Context) error {
		if err := d.host.SendOff(ctx, dialog, map[string]string{"text": text}); err != nil {
			return err
		}
		_, err := d.watch.Below(ctx, card.ID, effect)
		return err
	})
}

// times does something, takes its time, and waits until the bot rests: nobody clicks as
// fast as a program.
func (d *desk) times(what string, do func(context.Context) error) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), patience)
	defer cancel()
	began := time.Now()
	if err := do(ctx); err != nil {
		d.t.Fatalf("%s: %v\n%s", what, err, d.log.tail())
	}
	d.took[what] = append(d.took[what], time.Since(began))
	d.awaitIdle()
}

// tell says how long each kind of click took, and all of them together.
func (d *desk) tell() {
	d.t.Helper()
	var all []time.Duration
	for what, took := range d.took {
		d.t.Logf("%-24s %s", what, figures(took))
		all = append(all, took...)
	}
	d.t.Logf("%-24s %s", "all", figures(all))
}

func figures(took []time.Duration) string {
	slices.Sort(took)
	at := func(share float64) time.Duration {
		return took[min(len(took)-1, int(share*float64(len(took))))].Round(time.Millisecond)
	}
	return fmt.Sprintf("n %d, p50 %s, p95 %s, most %s", len(took), at(.5), at(.95), took[len(took)-1].Round(time.Millisecond))
}
