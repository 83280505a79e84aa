package bottest_test

import (
	"context"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
)

func TestChatInMemory(t *testing.T) {
	t.Parallel()
	bottest.TestChat(t, func(t *testing.T) bottest.Platform {
		c := bottest.NewChat(time.Now)
		c.AddUser("anna")
		c.AddUser("berta")
		p := bottest.Platform{Posts: c, Channel: c.AddChannel("allgemein", chat.PublicChannel, "anna", "berta"), Anna: "anna", Berta: "berta", Intake: &bottest.Presses{}}
		p.Writes = func(text string) string { return c.Write("anna", p.Channel, "", text).ID }
		p.Removes = c.Remove
		p.Presses = func(userID, postID, label string) error {
			click, err := c.Press(userID, postID, label)
			if err != nil {
				return err
			}
			return p.Intake.Pressed(context.Background(), click)
		}
		p.Place = inboxtest.Place{
			Chat: c, Draft: inbox.Draft{ChannelID: p.Channel, RootID: p.Writes("Frage")},
			Labels: func(postID string) ([]string, bool) {
				_, err := c.Post(t.Context(), postID)
				return labels(c.Buttons(postID)), err == nil
			},
		}
		return p
	})
}

func labels(buttons []inbox.Button) []string {
	all := []string{}
	for _, b := range buttons {
		all = append(all, b.Label)
	}
	return all
}
