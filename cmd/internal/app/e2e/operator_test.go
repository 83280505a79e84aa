package e2e

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/retrieval"
)

// TestWrongToken has the bot end with a word to the operator, and not ask the
// server for ever.
func TestWrongToken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.conf.Mattermost.Token = "falsches-kennzeichen"
	opened, service, err := build(t.Context(), h.conf, discard)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	defer service.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	err = service.Run(ctx)
	if err == nil || !strings.Contains(err.Error(), "access token") || strings.Contains(err.Error(), "falsches-kennzeichen") {
		t.Errorf("the bot ended with: %v", err)
	}
}

// TestPublicGateChannel has documents refused whose gate channel anybody may
// join, and taken out when a gate is opened later.
func TestPublicGateChannel(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	gate := h.makeChannel(model.ChannelTypePrivate, petra)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"collection.yaml": "name: Vorstand\nrank: 1\nreaders: [" + teamName + "/" + gate.Name + "]\n",
		"beschluss.md":    "# Beschluss\n\nDer Vorstand beschließt die Anschaffung von Zeppelinen.\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n := open(t, h.conf, app.DocumentsNeeds)
	lib, err := library.Open(t.Context(), n, "")
	if err != nil {
		t.Fatal(err)
	}
	in := &sources.Ingester{Neighbours: n, Library: lib, Gate: sources.GateOf(n.Directory)}
	source := config.Source{Name: "vorstand", Folder: dir}
	report, err := in.Ingest(t.Context(), source)
	if err != nil || report.New != 1 || len(report.Quarantined) != 0 {
		t.Fatalf("behind a private channel: %+v, %v", report, err)
	}
	h.open()
	const question = "Was beschließt der Vorstand zu Zeppelinen?"
	const secret = "Anschaffung von Zeppelinen"
	h.asked(petra, h.direct(petra), question, secret)

	must(h.town.admin.UpdateChannelPrivacy(t.Context(), gate.Id, model.ChannelTypeOpen))(t)
	h.lacks(h.reply(h.asks(petra, h.direct(petra), "", question)), secret)
	in.Gate = sources.GateOf(open(t, h.conf, neighbours.Needs{Directory: true}).Directory) // as the next ingest asks
	report, err = in.Ingest(t.Context(), source)
	if err != nil || len(report.Quarantined) == 0 || !strings.Contains(report.Quarantined[0].Reason, "public") {
		t.Errorf("behind a public channel: %+v, %v", report, err)
	}
	if err := lib.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	found, err := lib.Engine.Search(t.Context(), retrieval.Query{Text: question}, retrieval.ReadersOf("Vorstand"))
	if err != nil || len(found.Hits) != 0 {
		t.Errorf("still found by who could read it: %+v, %v", found.Hits, err)
	}
}
