package longway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// way is where a story stands.
type way struct {
	Cast
	Story
	askers, joiners, thirds string // direct channels with the bot

	offer, preview, card, also     colleague.Message
	asked, askedToo, told, toldToo colleague.Message
	answer, mended, second, draft  colleague.Message
	secondToo                      colleague.Message
	number                         string // "Anliegen Nr. 1"
}

func (w *way) opens(ctx context.Context) error {
	for _, p := range []struct {
		who     *colleague.Colleague
		channel *string
	}{{w.Asker, &w.askers}, {w.Joiner, &w.joiners}, {w.Third, &w.thirds}} {
		var err error
		if *p.channel, err = p.who.Direct(ctx, w.Bot); err != nil {
			return err
		}
	}
	return nil
}

// byPeople stands on every answer that people have written and approved.
const byPeople = "Von Menschen geprüft"

func (w *way) asks(ctx context.Context) error {
	for try := 1; ; try++ {
		asked, err := w.Asker.Write(ctx, w.Channel, "", "@"+w.Bot+" "+w.Question)
		if err != nil {
			return err
		}
		w.offer, err = w.hears(ctx, w.Asker, w.Channel, asked.ID, "")
		if err != nil || !strings.Contains(w.offer.Text, byPeople) {
			return err
		}
		if try > 1 {
			return fmt.Errorf("people have answered it already: %s", w.offer.Text)
		}
		if err := w.clears(ctx); err != nil {
			return err
		}
	}
}

// clears takes back the answer that a run before this one was ended with.
func (w *way) clears(ctx context.Context) error {
	messages, err := w.Host.Recent(ctx, w.Hosts)
	if err != nil {
		return err
	}
	for _, m := range slices.Backward(messages) {
		if m.Author == w.Bot && m.Root != "" && strings.Contains(m.Text, w.Known) {
			return w.takesBack(ctx, m.Root)
		}
	}
	return errors.New("people have answered it already, nobody knows where")
}

var numbered = regexp.MustCompile(`Anliegen Nr\. \d+`)

func (w *way) handsOver(ctx context.Context) error {
	seen, err := w.Asker.Newest(ctx, w.askers)
	if err != nil {
		return err
	}
	before, err := w.Host.Newest(ctx, w.Hosts)
	if err != nil {
		return err
	}
	if err := w.presses(ctx, w.Asker, w.offer, "In die Sprechstunde"); err != nil {
		return err
	}
	if w.preview, err = w.hears(ctx, w.Asker, w.askers, seen, w.Question); err != nil {
		return err
	}
	if err := w.presses(ctx, w.Asker, w.preview, "Absenden"); err != nil {
		return err
	}
	if w.card, err = w.hears(ctx, w.Host, w.Hosts, before, w.Question); err != nil {
		return err
	}
	if w.number = numbered.FindString(w.card.Text); w.number == "" {
		return fmt.Errorf("the card has no number: %s", w.card.Text)
	}
	_, err = w.hears(ctx, w.Asker, w.askers, w.preview.ID, w.number)
	return err
}

func (w *way) joins(ctx context.Context) error {
	seen, err := w.Joiner.Newest(ctx, w.joiners)
	if err != nil {
		return err
	}
	if err := w.Joiner.Command(ctx, w.Channel, w.Command+" sprechstunde "+w.Question); err != nil {
		return err
	}
	if w.also, err = w.hears(ctx, w.Joiner, w.joiners, seen, w.number[len("Anliegen "):]); err != nil {
		return err
	}
	if err := w.presses(ctx, w.Joiner, w.also, "Anschließen"); err != nil {
		return err
	}
	_, err = w.hears(ctx, w.Joiner, w.joiners, w.also.ID, w.number)
	return err
}

// claim has both hosts press at once.
func (w *way) claim(ctx context.Context) error {
	group, pressing := errgroup.WithContext(ctx)
	for _, host := range []*colleague.Colleague{w.Host, w.Other} {
		group.Go(func() error { return w.presses(pressing, host, w.card, "Übernehmen") })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	taken, err := w.hears(ctx, w.Host, w.Hosts, w.card.ID, "übernommen von")
	if err != nil {
		return err
	}
	kind, err := w.hears(ctx, w.Host, w.Hosts, w.card.ID, "Danke!")
	if err == nil && kind.ID == taken.ID {
		err = errors.New("winner and loser read the same")
	}
	return err
}

func (w *way) asksBack(ctx context.Context) (err error) {
	if _, err = w.Host.Write(ctx, w.Hosts, w.card.ID, "!rückfrage "+w.Back); err != nil {
		return err
	}
	w.asked, w.askedToo, err = w.bothHear(ctx, w.preview, w.also, w.Back)
	return err
}

// bothHear waits for a text to come to both who ask, each time after a message.
func (w *way) bothHear(ctx context.Context, asker, joiner colleague.Message, text string) (a, j colleague.Message, err error) {
	if a, err = w.hears(ctx, w.Asker, w.askers, asker.ID, text); err != nil {
		return a, j, err
	}
	j, err = w.hears(ctx, w.Joiner, w.joiners, joiner.ID, text)
	return a, j, err
}

func (w *way) replies(ctx context.Context) error {
	if err := w.agreesToGive(ctx, w.asked, w.Reply); err != nil {
		return err
	}
	added, err := w.hears(ctx, w.Host, w.Hosts, w.card.ID, w.Reply)
	if err == nil && strings.Contains(added.Text, w.Asker.Name) {
		err = fmt.Errorf("the hosts read who asks: %s", added.Text)
	}
	return err
}

// agreesToGive writes below a message, sees the preview of it and says yes.
func (w *way) agreesToGive(ctx context.Context, below colleague.Message, text string) error {
	said, err := w.Asker.Write(ctx, w.askers, below.ThreadID(), text)
	if err != nil {
		return err
	}
	if _, err := w.hears(ctx, w.Asker, w.askers, said.ID, text); err != nil {
		return err
	}
	_, err = w.Asker.Write(ctx, w.askers, below.ThreadID(), "ja")
	return err
}

func (w *way) answers(ctx context.Context) error {
	file, err := picture(w.Host.Name)
	if err != nil {
		return err
	}
	if w.answer, err = w.Host.Attach(ctx, w.Hosts, w.card.ID, "!antwort "+w.First, "Plan von "+w.Host.Name+".png", file); err != nil {
		return err
	}
	if w.told, w.toldToo, err = w.bothHear(ctx, w.asked, w.askedToo, w.Link); err != nil {
		return err
	}
	if err := w.brings(ctx, w.Asker, w.told); err != nil {
		return err
	}
	return w.brings(ctx, w.Joiner, w.toldToo)
}

// picture is a small one that says who made it.
func picture(who string) ([]byte, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 8, 8))); err != nil {
		return nil, fmt.Errorf("draw a picture: %w", err)
	}
	return append(b.Bytes(), who...), nil
}

// brings looks whether an answer has the picture, and nothing that says who made it.
func (w *way) brings(ctx context.Context, who *colleague.Colleague, m colleague.Message) error {
	files, err := who.Files(ctx, m)
	if err != nil {
		return err
	}
	if len(files) != 1 || !strings.HasSuffix(files[0].Name, ".png") {
		return fmt.Errorf("%d files came along, want one picture", len(files))
	}
	if strings.Contains(files[0].About, w.Host.Name) || bytes.Contains(files[0].Content, []byte(w.Host.Name)) {
		return errors.New("the picture says who made it")
	}
	return nil
}

func (w *way) corrects(ctx context.Context) error {
	if err := w.Host.Edit(ctx, w.answer.ID, "!antwort "+w.Mended); err != nil {
		return err
	}
	var err error
	w.mended, w.toldToo, err = w.bothHear(ctx, w.told, w.toldToo, w.Mended[:strings.IndexByte(w.Mended, '.')])
	return err
}

func (w *way) reopens(ctx context.Context) error {
	said, err := w.Asker.Write(ctx, w.askers, w.told.ThreadID(), "noch offen, weil "+w.Missing)
	if err != nil {
		return err
	}
	if _, err := w.hears(ctx, w.Host, w.Hosts, w.card.ID, "**noch offen**"); err != nil {
		return err
	}
	reason, err := w.hears(ctx, w.Asker, w.askers, said.ID, w.Missing)
	if err != nil {
		return err
	}
	if _, err := w.Asker.Write(ctx, w.askers, reason.ThreadID(), "ja"); err != nil {
		return err
	}
	_, err = w.hears(ctx, w.Host, w.Hosts, w.card.ID, w.Missing)
	return err
}

func (w *way) answersByDialog(ctx context.Context) (err error) {
	if err = w.fills(ctx, w.Other, "Antworten", map[string]string{"text": w.Second}); err != nil {
		return err
	}
	w.second, w.secondToo, err = w.bothHear(ctx, w.mended, w.toldToo, w.Second)
	return err
}

func (w *way) settle(ctx context.Context) error {
	said, err := w.Asker.Write(ctx, w.askers, w.second.ThreadID(), "geklärt")
	if err != nil {
		return err
	}
	if _, err := w.hears(ctx, w.Asker, w.askers, said.ID, "Das freut mich"); err != nil {
		return err
	}
	if _, err := w.Joiner.Write(ctx, w.joiners, w.secondToo.ThreadID(), "geklärt"); err != nil {
		return err
	}
	_, err = w.hears(ctx, w.Host, w.Hosts, w.card.ID, "**geklärt**")
	return err
}

func (w *way) drafts(ctx context.Context) error {
	values := map[string]string{"questions": w.Questions, "text": w.Known, "owner": w.Owner + ", @" + w.Host.Name, "quote": "Das steht so nirgends im Haus."}
	if err := w.fills(ctx, w.Host, "Als Wissen sichern", values); !errors.Is(err, colleague.ErrFaults) {
		return errors.Join(errors.New("a draft without a basis was taken"), err)
	}
	values["quote"] = w.Basis
	if err := w.fills(ctx, w.Host, "Als Wissen sichern", values); err != nil {
		return err
	}
	var err error
	w.draft, err = w.hears(ctx, w.Host, w.Hosts, w.card.ID, "Entwurf einer gesicherten Antwort")
	return err
}

func (w *way) approves(ctx context.Context) error {
	if err := w.presses(ctx, w.Host, w.draft, "Freigeben"); err != nil {
		return err
	}
	if _, err := w.hears(ctx, w.Host, w.Hosts, w.draft.ID, "selbst geschrieben"); err != nil {
		return err
	}
	if err := w.presses(ctx, w.Other, w.draft, "Freigeben"); err != nil {
		return err
	}
	if _, err := w.hears(ctx, w.Host, w.Hosts, w.draft.ID, "**freigegeben**"); err != nil {
		return err
	}
	_, _, err := w.bothHear(ctx, w.second, w.secondToo, "hilft jetzt auch anderen")
	return err
}

func (w *way) getsItAtOnce(ctx context.Context) error {
	asked, err := w.Third.Write(ctx, w.Channel, "", "@"+w.Bot+" "+w.Else)
	if err != nil {
		return err
	}
	given, err := w.hears(ctx, w.Third, w.Channel, asked.ID, w.Known)
	if err != nil {
		return err
	}
	if !strings.Contains(given.Text, byPeople) || !strings.Contains(given.Text, w.Owner) {
		return fmt.Errorf("it does not say whose answer it is: %s", given.Text)
	}
	seen, err := w.Third.Newest(ctx, w.thirds)
	if err != nil {
		return err
	}
	if err := w.Third.Command(ctx, w.Channel, w.Command+" frage "+w.Question); err != nil {
		return err
	}
	_, err = w.hears(ctx, w.Third, w.thirds, seen, w.Known)
	return err
}

func (w *way) retires(ctx context.Context) error { return w.takesBack(ctx, w.card.ID) }

func (w *way) takesBack(ctx context.Context, card string) error {
	said, err := w.Host.Write(ctx, w.Hosts, card, "!zurückziehen")
	if err != nil {
		return err
	}
	_, err = w.hears(ctx, w.Host, w.Hosts, said.ID, "**zurückgezogen**")
	return err
}
