package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
)

const (
	badgeQ = "Wo bekomme ich einen neuen Dienstausweis?"
	badgeA = "in der Ausweisstelle am Marktplatz"
)

// files is a folder of documents that the bot itself keeps its index in line with.
type files struct {
	h   *house
	dir string
}

func (h *house) files() files {
	f := files{h, h.t.TempDir()}
	f.write("collection.yaml", "name: Akten\nrank: 1\nreaders: alle\n")
	h.conf.Sources = []config.Source{{Name: "akten", Folder: f.dir}}
	h.conf.Ingest.Every = 3 * time.Second
	return f
}

func (f files) write(name, content string) {
	f.h.t.Helper()
	if err := os.WriteFile(filepath.Join(f.dir, name), []byte(content), 0o600); err != nil {
		f.h.t.Fatal(err)
	}
}

// number is how owners call a document.
func (h *house) number(path string) int {
	h.t.Helper()
	return h.count("SELECT id FROM retrieval.document WHERE path = $1", path)
}

func badge(owner string) string {
	return "---\nowner: Ausweisstelle (@" + owner + ")\nvalid_until: " + time.Now().AddDate(0, 0, 20).Format(time.DateOnly) +
		"\n---\n# Dienstausweise\n\nEinen neuen Dienstausweis bekommen Sie " + badgeA + ". Bringen Sie ein Foto mit.\n"
}

func TestOwnerIsToldAndBlocksByWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	owner, stranger := h.newcomer("olga"), h.newcomer("stefan")
	f := h.files()
	f.write("ausweis.md", badge(owner))
	f.write("kaputt.docx", "PK\x03\x04kaputt")
	f.write("kaputt.docx.meta.yaml", "owner: "+owner+"\n")
	direct := h.direct(owner)
	stop := h.open()

	// One message for all of it, marked as a machine's.
	told := h.next(owner, direct, "")
	h.expect(owner, told.ThreadID(), 1)
	ausweis := h.number("ausweis.md")
	h.holds(told, fmt.Sprintf("Nr. %d: Dienstausweise", ausweis), "gilt bis zum", "Die Datei ist beschädigt", fmt.Sprintf("**sperren %d**", ausweis))
	h.machine(told)
	answer := h.asked(stranger, h.direct(stranger), badgeQ, "Ausweisstelle am Marktplatz")
	h.lacks(answer, owner) // readers see the function, not the person

	// A stranger hears no; the owner's word works at once.
	block, release := fmt.Sprintf("sperren %d: Anschrift falsch", ausweis), fmt.Sprintf("freigeben %d", ausweis)
	h.holds(h.reply(h.asks(stranger, h.direct(stranger), "", block)), "nur die Person")
	h.asked(stranger, h.direct(stranger), badgeQ, "Ausweisstelle am Marktplatz")
	h.holds(h.reply(h.asks(owner, direct, told.ThreadID(), block)), "ist gesperrt")
	h.lacks(h.reply(h.asks(stranger, h.direct(stranger), "", badgeQ)), "marktplatz")
	if n := h.count("SELECT count(*) FROM retrieval.document WHERE path = 'ausweis.md' AND state = 'blocked' AND blocked_by = 'owner' AND blocked_reason = 'Anschrift falsch'"); n != 1 {
		t.Error("the block says not who and why")
	}

	// Another version changes nothing, nor does a restart with a second replica.
	stop()
	f.write("ausweis.md", strings.Replace(badge(owner), "am Marktplatz", "am Marktplatz 7", 1))
	h.open()
	h.open()
	h.await("the new version", func(context.Context) (bool, error) {
		return h.count("SELECT count(*) FROM retrieval.passage WHERE body LIKE '%Marktplatz 7%'") == 1, nil
	})
	h.lacks(h.reply(h.asks(stranger, h.direct(stranger), "", badgeQ)), "marktplatz")
	h.holds(h.reply(h.asks(owner, direct, told.ThreadID(), release)), "nicht gesperrt")
	h.asked(stranger, h.direct(stranger), badgeQ, "Ausweisstelle am Marktplatz 7")

	// What failed is replaced by something else that fails: one more message, for
	// both replicas, and no word again of what was told.
	seen := h.newest(owner, direct)
	f.write("kaputt.docx", "")
	again := h.next(owner, direct, seen)
	h.holds(again, "Es steht kein Text darin")
	h.lacks(again, "Dienstausweise")
	if n := h.count("SELECT count(*) FROM bot.question WHERE origin = 'house' AND outcome = 'notices'"); n != 2 {
		t.Errorf("%d messages to owners, want 2", n)
	}
}

func TestOwnerBlocksByButtons(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	owner, stranger := h.newcomer("olga"), h.newcomer("stefan")
	h.withButtons()
	f := h.files()
	f.write("ausweis.md", badge(owner))
	direct := h.direct(owner)
	h.open()

	told := h.next(owner, direct, "")
	ausweis := h.number("ausweis.md")
	h.expect(owner, told.ThreadID(), 3)
	h.presses(owner, told, fmt.Sprintf("Nr. %d sperren", ausweis))
	blocked := h.next(owner, direct, told.ID)
	h.holds(blocked, "ist gesperrt")
	h.lacks(h.reply(h.asks(stranger, h.direct(stranger), "", badgeQ)), "marktplatz")
	h.presses(owner, blocked, fmt.Sprintf("Nr. %d freigeben", ausweis))
	h.holds(h.next(owner, direct, blocked.ID), "nicht gesperrt")
	h.asked(stranger, h.direct(stranger), badgeQ, "Ausweisstelle am Marktplatz")
}
