package knowledge_test

import (
	"context"
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

var update = flag.Bool("update", false, "write golden files anew")

// onPostgres keeps everything in a database of this test alone.
func onPostgres(t *testing.T) (bottest.Stores, func(*bottest.Setup)) {
	pool := pglocal.TestFrom(t, "bot", func(ctx context.Context, pool *pgxpool.Pool) error {
		_, err := postgres.Migrate(ctx, pool)
		return err
	})
	stores := func(now func() time.Time) (inboxtest.Store, officehours.Store) {
		questions, err := postgres.NewQuestions(postgres.QuestionsConfig{Pool: pool, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		return queue{questions, pool}, postgres.NewDesk(pool, 0)
	}
	return stores, func(c *bottest.Setup) { c.Known.Versions = postgres.NewApproved(pool, 0) }
}

// queue is the inbox in PostgreSQL with the jobs that the test works on itself.
type queue struct {
	*postgres.Questions
	pool *pgxpool.Pool
}

func (q queue) TakeJobs(ctx context.Context) ([]string, error) {
	rows, err := q.pool.Query(ctx, "WITH j AS (DELETE FROM river.river_job RETURNING id, args) SELECT args->>'id' FROM j ORDER BY id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

const (
	question = "Darf ich Musik komponieren lassen?"
	basis    = "Protokolle dürfen mit KI entworfen werden."
	given    = "Ja, auch Protokolle dürfen mit KI entworfen werden. Fragen Sie Frau Lieselotte Pulvermacher."
)

// answered is a house in which anna's question was answered; card is its ticket's.
func answered(t *testing.T, changes ...func(*bottest.Setup)) (h *bottest.House, card bottest.Made) {
	t.Helper()
	h = bottest.NewHouse(t, changes...)
	card, _ = h.HandsOver("anna")
	h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort "+given) })
	return h, card
}

func says(h *bottest.House, user string, card bottest.Made, text string) func() {
	return func() { h.Says(user, bottest.Hosts, card.ID, text) }
}

const complete = "!wissen Verantwortlich: Stabsstelle Digitalethik, @berta\nGrundlage: " + basis

// asks is what somebody who asks gets.
func asks(h *bottest.House, user, text string) bottest.Made {
	h.Helper()
	return h.Reply(func() { h.Says(user, bottest.Direct(user), "", text) })
}

func tick(h *bottest.House) func() {
	return func() {
		for range 2 { // replicas
			h.Check(h.Known.Tick(context.Background(), h.Pipeline))
		}
		h.Works()
	}
}

func TestByWordsFromAnswerToKnowledge(t *testing.T) {
	t.Parallel()
	h, card := answered(t)
	draft := h.Reply(says(h, "heide", card, complete))
	h.Golden(*update, "draft", draft)
	h.Lacks(draft, "Pulvermacher", "anna")

	// It serves nobody yet, and its author cannot approve it.
	h.Lacks(asks(h, "carl", question), "Von Menschen geprüft")
	h.Golden(*update, "own", h.Reply(says(h, "heide", card, "!freigeben")))
	h.Golden(*update, "send_back_how", h.Reply(says(h, "holger", card, "!ablehnen")))
	h.Golden(*update, "returned", h.Reply(says(h, "holger", card, "!ablehnen Bitte ohne den zweiten Satz.")))
	h.Golden(*update, "none", h.Reply(says(h, "holger", card, "!freigeben")))

	h.Wants(h.Reply(says(h, "heide", card, "!wissen Antwort: Ja, mit Hinweis.")), "> Ja, mit Hinweis.", "Digitalethik") // all else as it was
	made := h.New(says(h, "holger", card, "!freigeben"))
	h.Golden(*update, "approved", made...)
	got := asks(h, "carl", "Kann ich mir Musik komponieren lassen?")
	h.Wants(got, "Ja, mit Hinweis.", "Von Menschen geprüft", "Stabsstelle Digitalethik", "KI-Leitlinie")
	h.Wants(h.Reply(says(h, "heide", card, "!freigeben")), "keinen Entwurf")

	// A newer version takes the place of the one in force when it is approved.
	h.Wants(h.Reply(says(h, "holger", card, "!wissen Antwort: Nur mit Hinweis.")), "> Nur mit Hinweis.", "Stabsstelle Digitalethik", "`berta`")
	h.Wants(asks(h, "carl", question), "Ja, mit Hinweis.")
	h.New(says(h, "heide", card, "!freigeben"))
	h.Wants(asks(h, "carl", question), "Nur mit Hinweis.")
	h.Golden(*update, "withdrawn", h.New(says(h, "heide", card, "!zurückziehen"))...)
	h.Lacks(asks(h, "carl", question), "Hinweis.")
	h.Wants(h.Reply(says(h, "heide", card, "!zurückziehen")), "keine gesicherte Antwort")
}

func TestByButtonsInPostgreSQL(t *testing.T) {
	t.Parallel()
	stores, change := onPostgres(t)
	h := bottest.NewHouseOn(t, stores, change, func(c *bottest.Setup) { c.Buttons = true })
	card, _ := h.HandsOver("anna")
	h.Wants(h.Reply(func() { h.Press("heide", card, "Als Wissen sichern") }), "noch nicht beantwortet")
	h.New(says(h, "heide", card, "!antwort "+given))

	d, s := h.Opens("heide", card, "Als Wissen sichern")
	if len(d.Fields) != 5 || s.Values["questions"] != question || !strings.Contains(s.Values["text"], "[Name]") || s.Values["quote"] != basis ||
		s.Values["owner"] != "@heide" || s.Values["until"] != "03.09.2026" {
		t.Errorf("filled in %+v", s.Values)
	}
	for name, bad := range map[string]map[string]string{
		"owner":     {},
		"questions": {"owner": "Ethik", "questions": "Was ist das?"},
		"text":      {"owner": "Ethik", "text": " "},
		"quote":     {"owner": "Ethik", "quote": "Das steht so nirgends im ganzen Haus."},
		"until":     {"owner": "Ethik", "until": "31.12.2030"},
	} {
		if faults := h.Submits("heide", card, "Als Wissen sichern", bad); len(faults) != 1 || faults[name] == "" {
			t.Errorf("%v: %v", bad, faults)
		}
	}
	if faults := h.Submits("heide", card, "Als Wissen sichern", map[string]string{"owner": "Ethik, @niemand"}); faults["owner"] == "" {
		t.Error("an owner without an account is taken")
	}
	var first, second bottest.Made
	fills := func(text string) bottest.Made {
		return h.Reply(func() {
			if faults := h.Submits("heide", card, "Als Wissen sichern", map[string]string{"owner": "Ethik", "text": text}); len(faults) > 0 {
				t.Fatal(faults)
			}
		})
	}
	first, second = fills("Ja."), fills("Ja, immer.")

	// Nobody approves what is out of date, or their own.
	h.Wants(h.Reply(func() { h.Press("holger", first, "Freigeben") }), "einen neueren")
	h.Wants(h.Reply(func() { h.Press("heide", second, "Freigeben") }), "selbst geschrieben")
	made := h.New(func() { h.Press("holger", second, "Freigeben") })
	if len(made) != 3 || made[1].ChannelID != bottest.Direct("anna") || made[2].ChannelID != bottest.Direct("heide") {
		t.Errorf("made %+v", made)
	}
	h.Wants(asks(h, "berta", question), "Ja, immer.", "Von Menschen geprüft:** Ethik")
	h.Wants(h.Reply(func() { h.Press("holger", second, "Ablehnen") }), "schon entschieden")

	// And back: the basis changes.
	h.Library.Rewrites(basis, "Protokolle dürfen nicht mit KI entworfen werden.")
	h.Lacks(asks(h, "berta", question), "Ja, immer.")
	told := h.New(tick(h))
	h.Golden(*update, "review", told...)
	h.Silent(tick(h))
	h.Library.Rewrites(basis, basis)
	h.Silent(tick(h))
	h.Wants(asks(h, "berta", question), "Ja, immer.")
	h.Library.Withdraw("KI-Leitlinie")
	h.Now = h.Now.Add(time.Minute)
	h.Lacks(asks(h, "berta", question), "Ja, immer.")
	if told := h.New(tick(h)); len(told) != 3 {
		t.Errorf("a second time it is told by %d posts", len(told))
	}
	export, err := postgres.NewPersons(h.Inbox.(queue).pool).Export(t.Context(), "heide")
	if err != nil || len(export.Approved) != 4 {
		t.Errorf("a host's export: %+v, %v", export.Approved, err)
	}
}

func TestWhatCannotBecomeKnowledge(t *testing.T) {
	t.Parallel()
	h, card := answered(t)
	h.Golden(*update, "lacks", h.Reply(says(h, "heide", card, "!wissen Grundlage: Das steht so nirgends im Haus.\nGültig bis: gestern")))
	h.Wants(h.Reply(says(h, "heide", card, complete+"\nAntwort: "+strings.Repeat("lang ", 700))), "zu lang")
	practice := h.New(func() { h.Says("heide", bottest.Hosts, "", "!probe") })[0]
	h.Wants(h.Reply(says(h, "heide", practice, "!wissen")), "nur zur Übung")
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!wissen") }), "nicht, welches Anliegen")
	for _, word := range []string{"!wissen", "!freigeben", "!zurückziehen"} { // berta is no host
		for _, m := range h.New(func() { h.Says("berta", bottest.Direct("berta"), "", word) }) {
			h.Lacks(m, "Entwurf", "Musik")
		}
	}

	// Between draft and approval the world changes.
	h.Reply(says(h, "heide", card, complete))
	h.Chat.AddUser("berta", func(u *chat.User) { u.Deactivated = true })
	h.Wants(h.Reply(says(h, "holger", card, "!freigeben")), "kein Konto (mehr)")
	h.Chat.AddUser("berta")
	h.Library.Rewrites(basis, "Das ist anders.")
	h.Wants(h.Reply(says(h, "holger", card, "!freigeben")), "Grundlage")
	h.Library.Rewrites(basis, basis)
	h.New(says(h, "holger", card, "!freigeben"))

	// A second answer to the same question takes the place of the first, which is not
	// mended any more: they never replace each other.
	dm := bottest.Direct("carl")
	q := h.Says("carl", dm, "", "Darf ich Gedichte schreiben lassen?")
	h.New(func() { h.Says("carl", dm, q.ID, "Sprechstunde") })
	second := h.New(func() { h.Says("carl", dm, q.ID, "ja") })[0]
	h.New(says(h, "heide", second, "!antwort Ja, Gedichte auch."))
	draft := h.Reply(says(h, "heide", second, complete+"\nFrage: "+question+"\nFrage: Darf ich Gedichte schreiben lassen?"))
	h.Wants(draft, "ersetzt die Antwort", "anliegen-1.yaml")
	h.New(says(h, "holger", second, "!freigeben"))
	h.Wants(asks(h, "carl", question), "Gedichte auch.")
	h.Wants(h.Reply(says(h, "heide", card, "!wissen")), "ist eine andere getreten")
}

func TestWhatTheHouseSaysOfAnswers(t *testing.T) {
	t.Parallel()
	h, card := answered(t)
	h.Reply(says(h, "heide", card, complete))
	h.Silent(tick(h))
	h.Now = h.Now.Add(8 * 24 * time.Hour)
	h.Golden(*update, "waits", h.New(tick(h))...)
	h.New(says(h, "holger", card, "!freigeben"))
	h.Now = time.Date(2026, time.August, 25, 9, 0, 0, 0, time.UTC)
	h.Golden(*update, "ends", h.New(tick(h))...)
	h.Silent(tick(h))
	h.Now = h.Now.AddDate(0, 1, 0)
	h.Lacks(asks(h, "carl", question), "geprüft")
	h.Silent(tick(h))
}

// A decision by word, or a newer draft, takes the buttons of the draft away; a press that
// is refused does not.
func TestADecisionTakesTheButtonsOfADraftAway(t *testing.T) {
	t.Parallel()
	h, card := answered(t, func(c *bottest.Setup) { c.Buttons = true })
	first := h.Reply(says(h, "heide", card, complete))
	h.New(func() { h.Press("heide", first, "Freigeben") }) // by its author
	if n := len(h.Chat.Labels(first)); n != 3 {
		t.Errorf("after a refusal the draft has %q", h.Chat.Labels(first))
	}
	second := h.Reply(says(h, "heide", card, "!wissen Antwort: Ja, mit Hinweis."))
	if got := h.Chat.Labels(first); len(got) != 1 {
		t.Errorf("beside a newer one the draft has %q", got)
	}
	h.New(says(h, "holger", card, "!freigeben"))
	if got := h.Chat.Labels(second); len(got) != 1 {
		t.Errorf("approved by word, the draft has %q", got)
	}
}
