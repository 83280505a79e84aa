package leancoffee_test

import (
	"fmt"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
)

func TestTwoHundredTopicsAreForty(t *testing.T) {
	t.Parallel()
	h, root := opened(t)
	var last bottest.Made
	for i := range 200 {
		h.Now = h.Now.Add(30 * time.Second)
		made := h.New(func() {
			h.Says("anna", bottest.Everybody, root.ID, fmt.Sprintf("Eigenes Thema: Anwendung %d von vielen", i+1))
		})
		last = made[0]
	}
	h.Wants(last, "40")
}

func TestALeanCoffeeGoesOnThoughWhoOpenedItHasLeft(t *testing.T) {
	t.Parallel()
	h, root := opened(t)
	h.Says("berta", bottest.Everybody, root.ID, "Thema: Gute Prompts schreiben")
	h.Chat.Leave(bottest.Everybody, "anna")
	h.Chat.RemoveUser("anna")
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Everybody, root.ID, "abstimmen") }), "Prompts")
}
