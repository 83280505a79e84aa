package mattermost_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
)

// The adapter keeps to what the fakes keep to, on the real server.
func TestChat(t *testing.T) {
	t.Parallel()
	bottest.TestChat(t, func(t *testing.T) bottest.Platform {
		h := newHouse(t)
		anna, berta := h.person(), h.person()
		w := &wire{}
		server := httptest.NewServer(w)
		t.Cleanup(server.Close)
		cfg := h.config()
		cfg.CallbackURL, cfg.CallbackKeys = server.URL, []string{strings.Repeat("a", 32)}
		c := newClient(t, cfg)
		p := bottest.Platform{Posts: c, Channel: h.channel.Id, Anna: anna.id, Berta: berta.id, Intake: &bottest.Presses{}}
		w.endpoint = c.Handler(p.Intake)
		p.Writes = func(text string) string { return anna.write(p.Channel, "", text).Id }
		p.Removes = func(postID string) {
			if _, err := anna.DeletePost(t.Context(), postID); err != nil {
				t.Fatal(err)
			}
		}
		p.Presses = func(userID, postID, label string) error {
			who := map[string]*person{anna.id: anna, berta.id: berta}[userID]
			return who.press(postID, label)
		}
		p.Place = inboxtest.Place{
			Chat: c, Draft: inbox.Draft{ChannelID: p.Channel, RootID: p.Writes("Frage")},
			Labels: func(postID string) ([]string, bool) {
				post, _, err := anna.GetPost(t.Context(), postID, "")
				all := []string{}
				if err != nil {
					return all, false
				}
				for _, a := range post.Attachments() {
					for _, action := range a.Actions {
						all = append(all, action.Name)
					}
				}
				return all, true
			},
		}
		return p
	})
}

// press presses the button with a label.
func (p *person) press(postID, label string) error {
	post, _, err := p.GetPost(p.t.Context(), postID, "")
	if err != nil {
		return err
	}
	for _, a := range post.Attachments() {
		for _, action := range a.Actions {
			if action.Name == label {
				_, err := p.DoPostAction(p.t.Context(), postID, action.Id)
				return err
			}
		}
	}
	return fmt.Errorf("no button %q under %s", label, postID)
}
