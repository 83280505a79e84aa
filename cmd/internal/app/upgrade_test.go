package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/officehours"
	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// A house that upgrades from v0.1.0 loses nothing: its documents are found, its
// questions are there, a ticket is answered and settled, a preview that waits is
// agreed to.
func TestUpgradeFromTheFirstRelease(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	apptest.Restore(t, dsn, apptest.FirstRelease)
	n := apptest.Open(t, apptest.On(t, dsn, "https://chat.haus.example"), Needs)
	lines, err := n.Database.Migrate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines[:2] {
		if slices.Contains(l.Applied, "00001_bot.sql") || slices.Contains(l.Applied, "00001_index.sql") {
			t.Errorf("%s: begun anew: %v", l.Schema, l.Applied)
		}
	}
	if again, err := n.Database.Migrate(t.Context()); err != nil || len(again[0].Applied)+len(again[1].Applied)+len(again[2].Applied) > 0 {
		t.Errorf("migrated twice: %v, %v", again, err)
	}
	t.Run("documents", func(t *testing.T) { findsWhatWasIndexed(t, n) })
	t.Run("conversation", func(t *testing.T) { talksOn(t, apptest.Pool(t, dsn)) })
}

// Replicas that start at once on an older database migrate it once, and all of them
// go on.
func TestReplicasUpgradeAtOnce(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	apptest.Restore(t, dsn, apptest.FirstRelease)
	applied := make(chan int, 9)
	var starting errgroup.Group
	for range 3 {
		n := apptest.Open(t, apptest.On(t, dsn, "https://chat.haus.example"), neighbours.Needs{Database: true})
		starting.Go(func() error {
			lines, err := n.Database.Migrate(t.Context())
			for _, l := range lines {
				applied <- len(l.Applied)
			}
			return err
		})
	}
	if err := starting.Wait(); err != nil {
		t.Fatal(err)
	}
	close(applied)
	sum := 0
	for n := range applied {
		sum += n
	}
	n := apptest.Open(t, apptest.On(t, dsn, "https://chat.haus.example"), neighbours.Needs{Database: true})
	first, err := n.Database.Migrate(t.Context())
	if err != nil || sum == 0 || len(first[0].Applied)+len(first[1].Applied)+len(first[2].Applied) > 0 {
		t.Errorf("%d applied, then %v, %v", sum, first, err)
	}
}

func findsWhatWasIndexed(t *testing.T, n *neighbours.Set) {
	lib, err := library.Open(t.Context(), n, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	staff, err := lib.StaffCollections(t.Context())
	if err != nil || !slices.Equal(staff, []string{"Leitlinien"}) {
		t.Errorf("open to staff: %v, %v", staff, err)
	}
	for question, want := range map[string]string{"Wer genehmigt Dienstreisen?": "leitlinien/reise.html", "Darf KI Protokolle entwerfen?": "leitlinien/ki.md"} {
		result, err := lib.Engine.Search(t.Context(), retrieval.Query{Text: question}, retrieval.ReadersOf(staff...))
		if err != nil || len(result.Degraded) > 0 || len(result.Hits) == 0 || result.Hits[0].Document.Path != want {
			t.Errorf("%s: %+v, %v", question, result, err)
		}
		for _, hit := range result.Hits {
			if hit.Document.Collection == "Personal" {
				t.Errorf("%s: staff are shown %s", question, hit.Document.Path)
			}
		}
	}

	// The sources go on: nothing is doubled, nothing lost, what is new comes in.
	dir := t.TempDir()
	for name, text := range map[string]string{
		"leitlinien/collection.yaml": "name: Leitlinien\nreaders: alle\nrank: 1\n",
		"leitlinien/ki.md":           "# KI-Leitlinie\n\n## Protokolle\n\nProtokolle dürfen mit KI entworfen werden. Eine Person prüft sie.\n\n## Bilder\n\nBilder mit KI werden gekennzeichnet.\n",
		"leitlinien/reise.html":      "<html><head><title>Dienstreisen</title></head><body><h1>Dienstreisen</h1><p>Dienstreisen genehmigt die Abteilungsleitung vor dem Antritt.</p></body></html>",
		"leitlinien/neu.md":          "# Neu\n\nDas Archiv ist im Keller.\n",
		"personal/collection.yaml":   "name: Personal\nreaders: kanal:haus/personal\nrank: 2\n",
		"personal/vermerk.md":        "# Vermerk\n\nBewerbungen sortiert keine KI vor.\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	report, err := (&sources.Ingester{Neighbours: n, Library: lib}).Ingest(t.Context(), config.Source{Name: "haus", Folder: dir})
	if err != nil || report.New != 1 || report.Gone != 1 || report.Changed+report.Unchanged != 3 {
		t.Errorf("ingested %+v, %v", report, err)
	}
	documents, err := lib.Store.Documents(t.Context())
	if err != nil || len(documents) != 4 {
		t.Errorf("documents %+v, %v", documents, err)
	}
}

// jobs is the inbox with the jobs that the test works on itself.
type jobs struct {
	*botpostgres.Questions
	pool *pgxpool.Pool
}

func (q jobs) TakeJobs(ctx context.Context) ([]string, error) {
	rows, _ := q.pool.Query(ctx, "WITH j AS (DELETE FROM river.river_job RETURNING id, args) SELECT args->>'id' FROM j ORDER BY id")
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func talksOn(t *testing.T, pool *pgxpool.Pool) {
	var questions *botpostgres.Questions
	h := bottest.NewHouseOn(t, func(now func() time.Time) (inboxtest.Store, officehours.Store) {
		var err error
		if questions, err = botpostgres.NewQuestions(botpostgres.QuestionsConfig{Pool: pool, Now: now}); err != nil {
			t.Fatal(err)
		}
		return jobs{questions, pool}, botpostgres.NewDesk(pool, 0)
	})
	h.Now = time.Date(2026, time.November, 23, 9, 10, 0, 0, time.UTC)
	self := h.Chat.Self.ID
	anna, berta, carl := bottest.Direct("anna"), bottest.Direct("berta"), bottest.Direct("carl")
	for _, p := range []struct{ user, channel, root, text string }{ // p1, p2 …
		{"anna", anna, "", "Darf ich ein Protokoll mit KI schreiben?"}, {self, anna, "p1", "Protokolle dürfen mit KI entworfen werden."},
		{"berta", berta, "", "Darf ich Musik komponieren lassen?"}, {self, berta, "p3", "Dazu habe ich nichts gefunden."},
		{"berta", berta, "p3", "Sprechstunde"}, {self, berta, "p3", "Vorschau"}, {"berta", berta, "p3", "ja"},
		{self, bottest.Hosts, "", "Anliegen Nr. 1"}, {self, berta, "p3", "Anliegen Nr. 1"},
		{"carl", carl, "", "Darf ich Videos erzeugen lassen?"}, {self, carl, "p10", "Dazu habe ich nichts gefunden."},
		{"carl", carl, "p10", "Sprechstunde"}, {self, carl, "p10", "Vorschau"},
	} {
		h.Chat.Write(p.user, p.channel, p.root, p.text)
	}
	listed, err := questions.List(t.Context(), botpostgres.ListFilter{})
	outcomes := map[string]int{}
	for _, q := range listed {
		outcomes[q.Outcome]++
	}
	if err != nil || len(listed) != 6 || outcomes["answered"] != 1 || outcomes["not_found"] != 2 || outcomes["preview"] != 2 || outcomes["handover"] != 1 {
		t.Errorf("%d questions, %v, %v", len(listed), outcomes, err)
	}

	agreed := h.New(func() { h.Says("carl", carl, "p10", "ja") })
	if len(agreed) != 2 || agreed[0].ChannelID != bottest.Hosts || !strings.Contains(agreed[0].Text, "Videos") {
		t.Fatalf("a yes to the preview that waited made %+v", agreed)
	}
	h.Wants(agreed[1], "Anliegen Nr. 2")
	answered := h.New(func() { h.Says("heide", bottest.Hosts, "p8", "!antwort Ja, wenn Sie es dazuschreiben.") })
	if len(answered) == 0 || answered[0].ChannelID != berta {
		t.Fatalf("an answer to the ticket that waited made %+v", answered)
	}
	h.Wants(answered[0], "Ja, wenn Sie es dazuschreiben.")
	h.New(func() { h.Says("berta", berta, answered[0].ID, "geklärt") })
	ticket, err := h.Tickets.TicketByNumber(t.Context(), 1)
	if err != nil || ticket.State != officehours.Settled {
		t.Errorf("ticket %+v, %v", ticket, err)
	}

	// Nothing that was answered is answered again.
	h.Silent(func() { h.Wakes(time.Hour) })
}
