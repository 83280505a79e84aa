package care_test

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

var update = flag.Bool("update", false, "write the golden files anew")

// shelfHouse is a house whose documents are in a real index.
type shelfHouse struct {
	*bottest.House
	store *postgres.Store
	care  *dying
}

// dying is the index; its next hand-over fails, as if the process ended.
type dying struct {
	*postgres.Store
	next error
}

func (c *dying) HandOver(ctx context.Context, bundle int64) error {
	if err := c.next; err != nil {
		c.next = nil
		return err
	}
	return c.Store.HandOver(ctx, bundle)
}

func newShelfHouse(t *testing.T, changes ...func(*bottest.Setup)) *shelfHouse {
	t.Helper()
	store, err := postgres.Open(t.Context(), pglocal.TestDSN(t), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if _, err := postgres.Migrate(t.Context(), store.Pool(), store.Schema()); err != nil {
		t.Fatal(err)
	}
	s := &shelfHouse{store: store, care: &dying{Store: store}}
	s.House = bottest.NewHouse(t, append(changes, func(c *bottest.Setup) { c.Care.Documents = s.care })...)
	all := retrieval.Collection{Name: "alle", Rank: 1, Access: retrieval.Access{Staff: true}}
	_, err = store.SaveCollections(t.Context(), "haus", []retrieval.Collection{all})
	s.Check(err)
	return s
}

// put takes a document in and returns its number.
func (s *shelfHouse) put(path, contact string, change func(*retrieval.Document)) string {
	s.Helper()
	d := retrieval.Document{Source: "haus", Path: path, Title: "Titel von " + path, Contact: contact, Collection: "alle", Hash: path}
	if change != nil {
		change(&d)
	}
	s.Check(s.store.Replace(s.Context(), retrieval.Revision{Document: d, Listed: "alle", Version: retrieval.Version{Mark: "m"}, Passages: []retrieval.Passage{{Text: "Text."}}}))
	return strconv.FormatInt(s.row(path).Document.ID, 10)
}

func (s *shelfHouse) row(path string) postgres.DocumentRow {
	s.Helper()
	rows, err := s.store.FindDocument(s.Context(), path)
	s.Check(err)
	if len(rows) != 1 {
		s.Fatalf("%d documents %s", len(rows), path)
	}
	return rows[0]
}

// tells lets owners be told and returns what the bot posted.
func (s *shelfHouse) tells() []bottest.Made {
	s.Helper()
	return s.New(func() {
		s.Check(s.Care.Tell(s.Context(), s.Pipeline))
		s.Works()
	})
}

func (s *shelfHouse) day(n int) retrieval.Date { return retrieval.DateOf(s.Now.AddDate(0, 0, n)) }

func reviewed(s *shelfHouse) func(*retrieval.Document) {
	return func(d *retrieval.Document) { d.ReviewOn = s.day(-1) }
}

func TestOwnersAreToldOnceInOneMessage(t *testing.T) {
	t.Parallel()
	s := newShelfHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	s.put("bald.md", "anna", func(d *retrieval.Document) { d.ValidUntil = s.day(3) })
	s.put("vorbei.md", "anna", func(d *retrieval.Document) { d.ValidUntil = s.day(-3) })
	s.put("pruefen.md", "anna", reviewed(s))
	s.put("neu.md", "berta", func(d *retrieval.Document) { d.Supersedes = "alt.md" })
	s.put("alt.md", "anna", nil)
	s.put("gast.md", "gast", reviewed(s))         // a guest is told nothing of the house
	s.put("fremd.md", "gibtesnicht", reviewed(s)) // has no account yet
	s.Check(s.store.Refuse(s.Context(), retrieval.Refusal{Source: "haus", Path: "da/scan.pdf", Reason: retrieval.Reason{Code: retrieval.ReasonNoTextLayer, Words: "no text layer: 3 of 3 pages are pictures"}, Version: retrieval.Version{Mark: "m"}, Verdict: retrieval.Refused, Contact: "anna"}))
	_, err := s.store.Supersede(s.Context(), "haus", s.day(0))
	s.Check(err)

	s.care.next = bottest.ErrDown // the process ends when the inbox has it, before that is noted
	made := s.New(func() {
		if err := s.Care.Tell(s.Context(), s.Pipeline); err == nil {
			s.Error("the fault was not reported")
		}
		s.Works()
	})
	if len(made) != 1 || made[0].ChannelID != bottest.Direct("anna") || !made[0].Draft.Machine {
		t.Fatalf("made %+v", made)
	}
	s.Golden(*update, "notices", made[0])
	for range 2 {
		if again := s.tells(); len(again) != 0 {
			t.Errorf("told twice: %s", again[0].Text)
		}
	}
	s.Chat.AddUser("gibtesnicht")
	if late := s.tells(); len(late) != 1 || late[0].ChannelID != bottest.Direct("gibtesnicht") {
		t.Errorf("made %+v", late)
	}
}

func TestManyNoticesAreOneMessage(t *testing.T) {
	t.Parallel()
	s := newShelfHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	for i := range 100 {
		s.put(fmt.Sprintf("d%02d.md", i), "anna", reviewed(s))
	}
	made := s.tells()
	if len(made) != 1 || strings.Count(made[0].Text, "\n- Nr.") != 25 || len(made[0].Draft.Buttons) != 5 {
		t.Fatalf("%d messages, %s", len(made), made[0].Text)
	}
	s.Wants(made[0], "kommen noch 75 Dokumente")
}

func TestWhatIsSettledIsNotTold(t *testing.T) {
	t.Parallel()
	s := newShelfHouse(t)
	s.put("ki.md", "anna", reviewed(s))
	s.Check(s.Care.Tell(s.Context(), s.Pipeline))
	s.put("ki.md", "anna", func(d *retrieval.Document) { d.ReviewOn = s.day(300) })
	s.Silent(s.Works)
	// Nor to somebody who left the house meanwhile.
	s.put("faq.md", "berta", reviewed(s))
	s.Check(s.Care.Tell(s.Context(), s.Pipeline))
	s.Chat.AddUser("berta", func(u *chat.User) { u.Deactivated = true })
	s.Silent(s.Works)
}

// TestNoticesWaitForThePlatform keeps the chat away for weeks, and mends documents
// meanwhile.
func TestNoticesWaitForThePlatform(t *testing.T) {
	t.Parallel()
	s := newShelfHouse(t)
	kept := s.put("ki.md", "anna", reviewed(s))
	mended := s.put("faq.md", "anna", reviewed(s))
	s.put("weg.md", "berta", reviewed(s))
	s.Check(s.Care.Tell(s.Context(), s.Pipeline))
	s.Chat.Err = func(what string, _ bool) error {
		if what == "staff" {
			return bottest.ErrDown
		}
		return nil
	}
	s.Silent(s.Works)
	for range 20 {
		s.Silent(func() { s.Wakes(25 * time.Hour) })
	}
	s.put("faq.md", "anna", func(d *retrieval.Document) { d.ReviewOn = s.day(300) })
	s.Check(s.store.Remove(s.Context(), "haus", []string{"weg.md"}))
	s.Chat.Err = nil
	late := s.Reply(func() {
		for range 3 {
			s.Wakes(2 * time.Minute)
		}
	})
	s.Wants(late, "Nr. "+kept+":")
	s.Lacks(late, "Nr. "+mended+":")
	if late.ChannelID != bottest.Direct("anna") {
		t.Errorf("told to %s", late.ChannelID)
	}
	s.Silent(func() { s.Wakes(30 * time.Hour) })
}

func TestOnlyTheOwnerBlocksAndReleases(t *testing.T) {
	t.Parallel()
	s := newShelfHouse(t)
	number := s.put("da/ki.md", "anna", nil)
	s.put("niemand.md", "", nil)
	anna, berta := bottest.Direct("anna"), bottest.Direct("berta")
	state := func(want retrieval.State) {
		t.Helper()
		if got := s.row("da/ki.md").State; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	refused := func(text, user, channel string) {
		t.Helper()
		s.Wants(s.Reply(func() { s.Says(user, channel, "", text) }), "nur die Person, die für das Dokument als zuständig eingetragen ist")
	}
	refused("sperren "+number, "berta", berta)
	refused("sperren 99999", "berta", berta)
	refused("sperren 99999", "anna", anna)
	refused("sperren "+strconv.FormatInt(s.row("niemand.md").Document.ID, 10), "anna", anna)
	state(retrieval.Indexed)

	done := s.Reply(func() { s.Says("anna", anna, "", "**Sperren Nr. "+number+"**: Anlage 2 fehlt") })
	s.Wants(done, "gesperrt", "freigeben "+number)
	state(retrieval.Blocked)
	if b := s.row("da/ki.md").Block; b.By != retrieval.ByOwner || b.Reason != "Anlage 2 fehlt" || b.At.IsZero() {
		t.Errorf("%+v", b)
	}
	s.Wants(s.Reply(func() { s.Says("anna", anna, "", "sperren "+number) }), "ist gesperrt")
	refused("freigeben "+number, "berta", berta)
	state(retrieval.Blocked)
	s.Wants(s.Reply(func() { s.Says("anna", anna, "", "freigeben "+number+".") }), "nicht gesperrt")
	state(retrieval.Indexed)

	// The word must be the whole message, and in a channel it steers nothing.
	s.Says("anna", anna, "", "Kann ich ein Dokument sperren 412?")
	s.Says("anna", bottest.Everybody, "", "@sprechstunde sperren "+number)
	state(retrieval.Indexed)
	// Another owner now.
	s.put("da/ki.md", "berta", nil)
	refused("sperren "+number, "anna", anna)
	s.Reply(func() { s.Says("berta", berta, "", "sperren "+number) })
	state(retrieval.Blocked)
	// Who left the staff looks after nothing any more.
	s.Chat.AddUser("berta", func(u *chat.User) { u.Guest = true })
	refused("freigeben "+number, "berta", berta)
}

func TestAMailIsBlockedWithItsAttachments(t *testing.T) {
	t.Parallel()
	s := newShelfHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	mail := s.put("post/r.eml", "anna", nil)
	attachment := s.put("post/r.eml/anlage.pdf", "anna", nil)
	anna := bottest.Direct("anna")
	states := func(want retrieval.State) {
		t.Helper()
		for _, path := range []string{"post/r.eml", "post/r.eml/anlage.pdf"} {
			if got := s.row(path).State; got != want {
				t.Errorf("%s is %s, want %s", path, got, want)
			}
		}
	}
	s.Wants(s.Reply(func() { s.Says("anna", anna, "", "sperren "+mail) }), "ist gesperrt", "Seine Anlagen sind mit ihm gesperrt")
	states(retrieval.Blocked)
	covered := s.Reply(func() { s.Says("anna", anna, "", "freigeben "+attachment) })
	s.Wants(covered, "Nr. "+attachment+" bleibt gesperrt", "freigeben "+mail)
	if len(covered.Draft.Buttons) != 0 {
		t.Errorf("buttons %+v", covered.Draft.Buttons)
	}
	states(retrieval.Blocked)
	s.Wants(s.Reply(func() { s.Says("anna", anna, "", "freigeben "+mail) }), "nicht gesperrt", "auch für seine Anlagen")
	states(retrieval.Indexed)
}

func TestButtonsBlockAndRelease(t *testing.T) {
	t.Parallel()
	s := newShelfHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	number := s.put("ki.md", "anna", reviewed(s))
	notice := s.tells()[0]
	press := func(user string, m bottest.Made) bottest.Made {
		t.Helper()
		if len(m.Draft.Buttons) != 1 {
			t.Fatalf("buttons %+v", m.Draft.Buttons)
		}
		return s.Reply(func() {
			s.Presses(user, m, m.Draft.Buttons[0].Label, nil)
			s.Works()
		})
	}
	if label := notice.Draft.Buttons[0].Label; label != "Nr. "+number+" sperren" {
		t.Errorf("label %q", label)
	}
	s.Wants(press("berta", notice), "nur die Person")
	blocked := press("anna", notice)
	s.Wants(blocked, "gesperrt")
	if s.row("ki.md").State != retrieval.Blocked {
		t.Error("not blocked")
	}
	s.Wants(press("anna", blocked), "nicht gesperrt")
	if s.row("ki.md").State != retrieval.Indexed {
		t.Error("not released")
	}
}

func TestNoticesOfAHouseWithoutDocumentsAreDropped(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t) // no Care
	h.Check(h.Care.Tell(context.Background(), h.Pipeline))
	h.Silent(func() {
		h.Check(h.Pipeline.Receive(context.Background(), inbox.Arrival{Origin: inbox.FromHouse, Key: "bundle:1", UserID: "anna", Action: inbox.Tell, Subject: inbox.Subject{Bundle: 1}, At: h.Now}))
		h.Works()
	})
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "sperren 1") }), "nur die Person")
}

// TestOwnersHearWhatWasLeftOut tells the owner of a document that serves in part,
// once, with counts.
func TestOwnersHearWhatWasLeftOut(t *testing.T) {
	t.Parallel()
	s := newShelfHouse(t)
	s.Check(s.store.Replace(s.Context(), retrieval.Revision{
		Document: retrieval.Document{Source: "haus", Path: "plan.xlsx", Title: "Plan", Contact: "anna", Collection: "alle", Hash: "h"}, Listed: "alle",
		Version: retrieval.Version{Mark: "m"}, Passages: []retrieval.Passage{{Text: "Text."}},
		Remarks: []retrieval.Remark{{Code: "hidden rows", Count: 3, Detail: "Blatt 1"}, {Code: "read by OCR", Count: 2, Detail: "confidence 93 %"}},
	}))
	made := s.tells()
	if len(made) != 1 || made[0].ChannelID != bottest.Direct("anna") {
		t.Fatalf("made %+v", made)
	}
	for _, want := range []string{"Plan (`plan.xlsx`)", "ausgeblendete Zeilen (3)", "Gelesen durch OCR, also aus Bildern: Seiten (2)"} {
		if !strings.Contains(made[0].Draft.Text, want) {
			t.Errorf("%q is not in %s", want, made[0].Draft.Text)
		}
	}
	if again := s.tells(); len(again) != 0 {
		t.Errorf("told twice: %s", again[0].Text)
	}
}

// TestFilesThatNobodyReadsAreCounted names scans one by one, and of pictures and
// other files how many there are.
func TestFilesThatNobodyReadsAreCounted(t *testing.T) {
	t.Parallel()
	s := newShelfHouse(t)
	refuse := func(path string, code retrieval.ReasonCode) {
		s.Check(s.store.Refuse(s.Context(), retrieval.Refusal{
			Source: "haus", Path: path, Reason: retrieval.Reason{Code: code, Words: "x"}, Version: retrieval.Version{Mark: "m"}, Verdict: retrieval.Refused, Contact: "anna",
		}))
	}
	refuse("scan.pdf", retrieval.ReasonNoTextLayer)
	for i := range 40 {
		refuse(fmt.Sprintf("fotos/%02d.JPG", i), retrieval.ReasonPicture)
	}
	for _, path := range []string{"a.mp4", "b.mp4", "c.zip", "LIESMICH"} {
		refuse(path, retrieval.ReasonUnsupported)
	}
	made := s.tells()
	if len(made) != 1 || strings.Count(made[0].Text, "\n- Nr.") != 1 || strings.Contains(made[0].Text, "kommen noch") {
		t.Fatalf("%d messages, %s", len(made), made[0].Text)
	}
	s.Golden(*update, "counted", made[0])
	refuse("d.mp4", retrieval.ReasonUnsupported)
	if later := s.tells(); len(later) != 1 || strings.Count(later[0].Text, "1 Datei") != 1 || strings.Contains(later[0].Text, "JPG") {
		t.Errorf("%+v", later)
	}
}
