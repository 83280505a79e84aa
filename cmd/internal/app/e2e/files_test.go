package e2e

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// TestFilesGoBothWays brings a host's file to the asker and the asker's to the hosts,
// and looks into all that the server says of them for who they are of.
func TestFilesGoBothWays(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	direct := h.direct(anna)
	q := h.asks(anna, direct, "", openQ)
	h.reply(q)
	h.reply(h.asks(anna, direct, q.ID, "in die Sprechstunde"))
	h.reply(h.asks(anna, direct, q.ID, "ja"))
	card := h.next(mika, h.hosts, "")
	h.expect(mika, card.ID, 4) // card, confirmation, what the asker adds, confirmation

	h.attaches(mika, h.hosts, card.ID, "!rückfrage Welche Stelle meinen Sie?", "Notiz von Mika.png", picture(t, mika))
	asked := h.awaitText(anna, direct, q.ID, "Welche Stelle meinen Sie?")
	h.brings(anna, asked, "bild-1.png")

	reply := h.attaches(anna, direct, asked.ThreadID(), "Es sind sieben Personen, es geht um Seite 2.", "Foto von anna.png", picture(t, anna))
	h.brings(anna, h.reply(reply), "bild-1.png")
	h.expect(anna, asked.ThreadID(), 2) // the question back, and the preview of the reply
	h.replied(h.asks(anna, direct, asked.ThreadID(), "ja"), "gegeben")
	added := h.awaitText(mika, h.hosts, card.ID, "um Seite 2")
	h.brings(mika, added, "bild-1.png")

	h.attaches(mika, h.hosts, card.ID, "!antwort "+hostSays, "setup.exe", []byte("MZ\x90\x00\x03"))
	h.awaitText(mika, h.hosts, card.ID, "Programme gebe ich nicht weiter")
	answered := h.awaitText(anna, direct, q.ID, hostSays)
	h.brings(anna, answered)
	h.expect(anna, answered.ThreadID(), 1)
	if n := h.count("SELECT count(*) FROM bot.file"); n != 0 {
		t.Errorf("%d files are kept after all is posted", n)
	}
}

// picture says who made it.
func picture(t *testing.T, who string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), who...)
}

// attaches writes something with a file.
func (h *house) attaches(name, channel, root, text, file string, content []byte) colleague.Message {
	h.t.Helper()
	m, err := h.person(name).Attach(h.t.Context(), channel, root, text, file, content)
	if err != nil {
		h.t.Fatal(err)
	}
	return m
}

// brings looks whether a post of the bot has just these files, and whether anything
// about them tells who they are of.
func (h *house) brings(reader string, m colleague.Message, names ...string) {
	h.t.Helper()
	files, err := h.person(reader).Files(h.t.Context(), m)
	if err != nil {
		h.t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		got = append(got, f.Name)
		for _, who := range []string{anna, h.person(anna).ID, mika, h.person(mika).ID} {
			if strings.Contains(f.About, who) || bytes.Contains(f.Content, []byte(who)) {
				h.t.Errorf("%s tells who it is of: %s", f.Name, f.About)
			}
		}
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		h.t.Errorf("brings %v along, want %v:\n%s", got, names, m.Text)
	}
}
