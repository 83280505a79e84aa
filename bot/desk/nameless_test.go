package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"regexp"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
)

// TestHostsNeverLearnWhoAsks takes two people's questions all the way and back and
// looks for who they are in everything that hosts can read, and in the logs.
func TestHostsNeverLearnWhoAsks(t *testing.T) {
	t.Parallel()
	var logged bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h := bottest.NewHouse(t, func(c *bottest.Setup) {
		c.Buttons = true
		c.Desk.Log, c.Bot.Log, c.Ask.Log = log, log, log
	})
	named := map[string]string{"zquilla": "Zquilla Nordström", "wdrusus": "Wdrusus Ostmeier"}
	for user, name := range named {
		h.Chat.AddUser(user, func(u *chat.User) { u.Name, u.Function = name, "Sachbearbeitung Wegewesen" })
	}
	own := func(user string) (ids []string) { // what is theirs alone: their posts, their direct channel
		for _, p := range h.Chat.Written(user) {
			ids = append(ids, p.ID)
		}
		return append(ids, bottest.Direct(user))
	}

	var q chat.Post
	h.New(func() {
		q = h.Says("zquilla", bottest.Everybody, "", "@sprechstunde Darf ich Musik komponieren lassen?")
	})
	h.New(func() { h.Says("zquilla", bottest.Everybody, q.ID, "Sprechstunde") })
	dm := bottest.Direct("zquilla")
	card := h.New(func() { h.Says("zquilla", dm, "", "ja") })[0]
	other := handsOver(h, "wdrusus", "Ist Malen lassen erlaubt?")
	h.New(says(h, "heide", card, "!übernehmen"))
	asked := h.New(says(h, "heide", card, "!rückfrage Wozu?"))
	h.New(func() { h.Says("zquilla", dm, asked[0].ID, "Für das Sommerfest, es soll 10 Minuten dauern.") })
	h.New(func() { h.Says("zquilla", dm, asked[0].ID, "ja") })
	h.New(says(h, "heide", other, "!zusammen 1"))
	var post chat.Post
	h.New(func() { post = h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })
	h.New(func() {
		h.Now = h.Now.Add(time.Second)
		h.Check(h.Intake.Edited(context.Background(), h.Chat.Edit(post.ID, "!antwort Ja, mit Hinweis.")))
		h.Works()
	})
	h.New(func() { h.Says("wdrusus", bottest.Direct("wdrusus"), "", "noch offen 1") })
	h.New(tick(h))
	for _, word := range []string{"!offen", "!agenda", "!niederschrift"} {
		h.New(func() { h.Says("heide", bottest.Hosts, "", word) })
	}
	h.New(says(h, "heide", card, "!schließen Danke."))
	h.New(func() { h.Says("zquilla", dm, "", "noch offen 1") })
	h.New(func() { h.Says("zquilla", dm, "", "Nr. 1 zurückziehen") })

	posts := h.Chat.Made(bottest.Hosts)
	if len(posts) < 12 {
		t.Fatalf("the hosts read only %d posts", len(posts))
	}
	for user, name := range named {
		for _, secret := range append(own(user), user, name, "Wegewesen") {
			pattern := regexp.MustCompile(`(^|[^\pL\pN])` + regexp.QuoteMeta(secret) + `($|[^\pL\pN])`)
			for _, m := range posts {
				stored, err := json.Marshal(m)
				h.Check(err)
				if pattern.Match(stored) {
					t.Errorf("the hosts read %q in %s", secret, stored)
				}
			}
			for line := range bytes.Lines(logged.Bytes()) {
				if pattern.Match(line) && !bytes.Contains(line, []byte(`"post":`)) { // operations name posts, never people
					t.Errorf("the log says %q: %s", secret, line)
				}
			}
		}
	}
}
