package e2e

import (
	"net/http"
	"regexp"
	"sync/atomic"
	"testing"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

func TestRestrictedCollection(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	gustav := h.newcomer("gustav")
	public, withGuest := h.public(anna, petra), h.private(anna, petra, gustav)
	h.makeGuest(gustav)
	h.open()
	var told colleague.Message // what a stranger reads in the public channel

	h.run("asked by a member", func(t *testing.T) {
		h.asked(petra, h.direct(petra), secretQ, secretA, "Klausur des Personalrats")
	})
	h.run("asked by a stranger", func(t *testing.T) {
		reply := h.replied(h.asks(anna, h.direct(anna), "", secretQ))
		h.machine(reply)
		h.lacks(reply, secretA, "Klausur des Personalrats", "Mühle")
	})
	h.run("asked by a stranger in a public channel", func(t *testing.T) {
		told = h.replied(h.asks(anna, public, "", h.mention(secretQ)))
		h.lacks(told, secretA, "Mühle")
	})
	h.run("asked by a member in a public channel", func(t *testing.T) {
		direct := h.direct(petra)
		before := h.newest(petra, direct)
		reply := h.replied(h.asks(petra, public, "", h.mention(secretQ)))
		if reply.Text != told.Text {
			t.Errorf("the channel reads something else when a member asks:\n%s\n――\n%s", reply.Text, told.Text)
		}
		more := h.next(petra, direct, before)
		h.holds(more, "nicht alle lesen", secretA)
		h.machine(more)
		h.expect(petra, more.ID, 1)
	})
	h.run("asked by a member in a channel with a guest", func(t *testing.T) {
		direct := h.direct(petra)
		before := h.newest(petra, direct)
		reply := h.replied(h.asks(petra, withGuest, "", h.mention(secretQ)))
		h.lacks(reply, secretA, "Mühle")
		more := h.next(petra, direct, before)
		h.holds(more, secretA)
		h.expect(petra, more.ID, 1)
	})
	h.run("what staff may read is not for a channel with a guest", func(t *testing.T) {
		direct := h.direct(anna)
		before := h.newest(anna, direct)
		reply := h.replied(h.asks(anna, withGuest, "", h.mention(retentionQ)))
		h.lacks(reply, retention)
		more := h.next(anna, direct, before)
		h.holds(more, retention)
		h.expect(anna, more.ID, 1)
		h.asked(anna, withGuest, h.mention(guestsQ), guestsA)
	})
	h.run("asked by a guest", func(t *testing.T) {
		h.lacks(h.replied(h.asks(gustav, h.direct(gustav), "", retentionQ)), retention)
		h.lacks(h.replied(h.asks(gustav, h.direct(gustav), "", secretQ)), secretA)
		h.asked(gustav, h.direct(gustav), guestsQ, guestsA)
	})
	h.run("asked in its gate channel", func(t *testing.T) {
		h.asked(petra, h.town.gate, h.mention(secretQ), secretA)
	})
}

// onePost is the path at which the server is asked for a post.
var onePost = regexp.MustCompile(`^/api/v4/posts/[a-z0-9]{26}$`)

// TestRightsWithdrawn takes a reader out of the gate channel when the answer is
// ready and about to be posted.
func TestRightsWithdrawn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.joins(h.town.gate, h.person(quentin).ID)
	g := newGateway(t, h.conf.Mattermost.URL)
	h.conf.Mattermost.URL = g.url
	h.open()
	direct := h.direct(quentin)
	h.asked(quentin, direct, secretQ, secretA)

	var reads atomic.Int32 // the first look at the question is for the answer, the second for the last check
	withdrawn := make(chan struct{})
	g.on(func(w http.ResponseWriter, r *http.Request, pass http.Handler) {
		if r.Method == http.MethodGet && onePost.MatchString(r.URL.Path) && reads.Add(1) == 2 {
			h.leave(h.town.gate, quentin)
			close(withdrawn)
		}
		pass.ServeHTTP(w, r)
	})
	question := h.asks(quentin, direct, "", secretQ)
	reply := h.reply(question)
	h.lacks(reply, secretA, "Mühle")
	select {
	case <-withdrawn:
	default:
		t.Error("the rights were not withdrawn before the answer; the test shows nothing")
	}
	g.on(nil)
	h.lacks(h.reply(h.asks(quentin, direct, "", secretQ)), secretA)
}
