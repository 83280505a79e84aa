package desk_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
)

// shot is a picture that says who made it.
func shot(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), "von Berta"...)
}

// brings looks whether a post brings just these files along.
func brings(h *bottest.House, m bottest.Made, names ...string) {
	h.Helper()
	var got []string
	for _, f := range m.Draft.Files {
		got = append(got, f.Name)
		if bytes.Contains(f.Content, []byte("Berta")) {
			h.Errorf("%s says who made it", f.Name)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(names) {
		h.Errorf("brings %v along, want %v:\n%s", got, names, m.Text)
	}
}

func TestFilesOfAHostReachAllWhoAsk(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	card, _ := h.HandsOver("berta")
	made := h.New(func() {
		h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja, mit diesem Formular.", h.Chat.With("Formular von Heide.png", shot(t)), h.Chat.With("setup.exe", []byte("MZ\x90\x00")))
	})
	h.Golden(*update, "answered_files", made...)
	brings(h, made[0], "bild-1.png")
	h.Wants(made[0], "Ja, mit diesem Formular")
	brings(h, made[1])
	h.Wants(made[1], "setup.exe", "Programme")

	alone := h.New(func() {
		h.Says("heide", bottest.Hosts, card.ID, "!antwort", h.Chat.With("zwei.txt", []byte("Zwei Zeilen.")))
	})
	brings(h, alone[0], "anlage-1.txt")
	h.Wants(alone[0], "Siehe Anlage")
}

func TestACorrectedAnswerBringsItsFilesAgain(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	card, _ := h.HandsOver("berta")
	post := h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.", h.Chat.With("a.txt", []byte("Formular")))
	made := h.New(func() {
		h.Now = h.Now.Add(time.Second)
		h.Check(h.Intake.Edited(t.Context(), h.Chat.Edit(post.ID, "!antwort Nein, aber mit diesem Formular.")))
		h.Works()
	})
	if len(made) != 2 {
		t.Fatalf("%+v", made)
	}
	brings(h, made[0])
	brings(h, made[1], "anlage-1.txt")
}

func TestFilesOfAnAskerAreShownBeforeTheyGo(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("berta")
	q := h.Says("berta", dm, "", "Darf ich Musik komponieren lassen?", h.Chat.With("Foto von Berta.png", shot(t)), h.Chat.With("alles.zip", []byte("PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")))
	preview := h.Reply(func() { h.Says("berta", dm, q.ID, "Sprechstunde") })
	h.Golden(*update, "preview_files", preview)
	brings(h, preview, "bild-1.png")
	made := h.New(func() { h.Says("berta", dm, q.ID, "ja") })
	brings(h, made[0], "bild-1.png")
	h.Lacks(made[1], "alles.zip") // it was said before

	h.Says("heide", bottest.Hosts, made[0].ID, "!rückfrage Welche Stelle?")
	asked := h.Chat.Made(dm)
	back := asked[len(asked)-1]
	reply := h.Reply(func() {
		h.Says("berta", dm, back.RootID, "Die Stelle auf Seite 2 unten links, es geht um das Fest.", h.Chat.With("berta.txt", []byte("Seite 2")))
	})
	brings(h, reply, "anlage-1.txt")
	below := h.New(func() { h.Says("berta", dm, back.RootID, "ja") })
	brings(h, below[0], "anlage-1.txt")
	if below[0].RootID != made[0].ID {
		t.Errorf("stands in %s", below[0].RootID)
	}
}

func TestFilesMayStayBehind(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("berta")
	q := h.Says("berta", dm, "", "Darf ich Musik komponieren lassen?", h.Chat.With("berta.png", shot(t)))
	h.Says("berta", dm, q.ID, "Sprechstunde")
	brings(h, h.Reply(func() { h.Says("berta", dm, q.ID, "ohne Datei") }))
	brings(h, h.New(func() { h.Says("berta", dm, q.ID, "ja") })[0])
}

func TestAFileThatIsGoneIsNamedAndTheTextGoes(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("berta")
	q := h.Says("berta", dm, "", "Darf ich Musik komponieren lassen?", h.Chat.With("berta.png", shot(t)))
	h.Says("berta", dm, "", "Sprechstunde")
	h.Chat.Remove(q.ID)
	made := h.New(func() { h.Says("berta", dm, "", "ja") })
	brings(h, made[0])
	h.Wants(made[0], "Musik komponieren")
	h.Wants(made[1], "nicht mehr da", "Anliegen Nr. 1")
}

func TestFiftyFilesAreTenAndAWord(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	card, _ := h.HandsOver("berta")
	var files []func(*chat.Post)
	for i := range 50 {
		files = append(files, h.Chat.With(fmt.Sprint(i, ".txt"), []byte("Text")))
	}
	made := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.", files...) })
	if n := len(made[0].Draft.Files); n != 10 {
		t.Errorf("%d files", n)
	}
	h.Wants(made[1], "Mehr als 10 Dateien")
}

func TestAHouseThatHandsNoFilesOnSaysSo(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Desk.Files = nil })
	card, _ := h.HandsOver("berta")
	made := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.", h.Chat.With("a.txt", []byte("x"))) })
	h.Wants(made[1], "nicht eingerichtet")
	brings(h, made[0])
}
