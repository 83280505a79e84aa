package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/cmd/internal/config"
)

// TestMattermostRestarts ends the server below the bot, in order and as a crash
// does, while a question is on its way. It stands alone: all tests share the
// server. (Tests in parallel begin after it.)
func TestMattermostRestarts(t *testing.T) {
	h := newHouse(t)
	channel := h.public(anna)
	h.open()
	direct := h.direct(anna)
	server := h.town.server
	first := h.asks(anna, direct, "", photosQ)
	h.answered(first, photosA)
	for name, end := range map[string]func() error{"stopped": server.Stop, "killed": server.Kill} {
		h.run(name, func(t *testing.T) {
			during := h.asks(anna, channel, "", h.mention(retentionQ))
			if err := end(); err != nil {
				t.Fatal(err)
			}
			if err := server.Resume(t.Context()); err != nil {
				t.Fatal(err)
			}
			// Before the bot has noticed that the server is back.
			after := h.asks(anna, direct, "", minutesQ)
			h.answered(during, retention)
			h.answered(after, minutesA)
		})
	}
}

func TestEmbedderDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	g := newGateway(t, strings.TrimSuffix(h.conf.Embedder.URL, "/v1"))
	h.conf.Embedder.URL = g.url + "/v1"
	h.open()
	direct := h.direct(bernd)
	h.asked(bernd, direct, retentionQ, retention)

	g.on(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	h.asked(bernd, direct, retentionQ, retention)

	released := make(chan struct{})
	g.on(func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		select { // as one that hangs
		case <-released:
		case <-r.Context().Done():
		}
	})
	h.asked(bernd, direct, minutesQ, minutesA)
	close(released)
}

// TestBotKilled ends the bot with -9 right at the post of its answer, and has
// another process go on.
func TestBotKilled(t *testing.T) {
	for name, c := range map[string]struct {
		posted int // how many posts the killed bot left
	}{
		"between saving and posting":         {0},
		"after posting, before it was noted": {1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			channel := h.public(anna)
			g := newGateway(t, h.conf.Mattermost.URL)
			server := h.conf.Mattermost.URL
			h.conf.Mattermost.URL = g.url
			first := h.spawn()
			g.on(func(w http.ResponseWriter, r *http.Request, pass http.Handler) {
				if !postsMessage(r) {
					pass.ServeHTTP(w, r)
					return
				}
				for range c.posted {
					pass.ServeHTTP(httptest.NewRecorder(), r)
				}
				first.kill()
				panic(http.ErrAbortHandler) // nobody is there to answer
			})
			question := h.asks(anna, channel, "", h.mention(retentionQ))
			first.awaitEnd()
			if got := h.own(h.person(anna), question.ID); len(got) != c.posted {
				t.Fatalf("%d posts when the bot was killed, want %d", len(got), c.posted)
			}
			if n := h.count("SELECT count(*) FROM bot.question WHERE state = 'posting'"); n != 1 {
				t.Errorf("the question is not on its way to be posted")
			}
			h.conf.Mattermost.URL = server
			second := h.spawn()
			h.answered(question, retention)
			h.asked(anna, channel, h.mention(photosQ), photosA)
			h.rests()
			second.end()
		})
	}
}

func TestTwoReplicas(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	channel := h.public(anna, bernd, cem)
	h.open()
	stop := h.open()
	var questions []colleague.Message
	for i := range 10 {
		questions = append(questions, h.asks([]string{anna, bernd, cem}[i%3], channel, "", h.mention(retentionQ)))
	}
	for _, q := range questions {
		h.answered(q, retention)
	}
	stop() // one goes, the other one stays
	h.asked(anna, h.direct(anna), photosQ, photosA)
	if n := h.count("SELECT count(*) FROM bot.question WHERE origin <> 'house'"); n != 11 {
		t.Errorf("%d questions were taken in, want 11", n)
	}
}

func TestBurstOfQuestions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	people := []string{anna, bernd, cem, dora, petra}
	channel := h.public(people...)
	h.open()
	kinds := []struct{ question, answer string }{{retentionQ, retention}, {minutesQ, minutesA}, {photosQ, photosA}}
	const each = 6
	var writing sync.WaitGroup
	asked := make([][]colleague.Message, len(people))
	for i, name := range people {
		writing.Go(func() {
			for n := range each {
				m, err := h.person(name).Write(t.Context(), channel, "", h.mention(kinds[n%3].question))
				if err != nil {
					t.Error(err)
					return
				}
				h.expect(name, m.ID, 1)
				asked[i] = append(asked[i], m)
			}
		})
	}
	writing.Wait()
	for _, questions := range asked {
		for n, q := range questions {
			h.answered(q, kinds[n%3].answer)
		}
	}
	if n := h.count("SELECT count(*) FROM bot.question WHERE state = 'posted' AND outcome = 'answered'"); n != each*len(people) {
		t.Errorf("%d answered in the database, want %d", n, each*len(people))
	}
}

// child is a bot in a process of its own.
type child struct {
	t     *testing.T
	cmd   *exec.Cmd
	ended chan struct{}
}

// spawn starts a bot as a process and waits until it is ready.
func (h *house) spawn() *child {
	h.t.Helper()
	self, err := os.Executable()
	if err != nil {
		h.t.Fatal(err)
	}
	address := freeAddress(h.t)
	c := &child{t: h.t, cmd: exec.Command(self), ended: make(chan struct{})}
	c.cmd.Env = append(os.Environ(), childVariable+"=1")
	c.cmd.Env = append(c.cmd.Env, environment(h.conf, address)...)
	c.cmd.Stderr = &h.log
	if err := c.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	go func() {
		_ = c.cmd.Wait() // killed on purpose
		close(c.ended)
	}()
	h.t.Cleanup(c.kill)
	h.ready("http://" + address)
	return c
}

// kill ends the process as kill -9 does, and returns when it is gone.
func (c *child) kill() {
	_ = c.cmd.Process.Kill() // an ended one is as good
	<-c.ended
}

func (c *child) awaitEnd() {
	c.t.Helper()
	select {
	case <-c.ended:
	case <-time.After(patience):
		c.t.Fatal("the bot was not killed")
	}
}

// end stops the process in order.
func (c *child) end() {
	c.t.Helper()
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil {
		c.t.Error(err)
	}
	c.awaitEnd()
}

// environment says a house's configuration as a process's variables.
func environment(c config.Config, listen string) []string {
	var all []string
	for name, value := range map[string]any{
		"FORMATS":      c.Formats,
		"DATABASE_URL": c.Database.URL.Reveal(), "HTTP_LISTEN": listen, "LOG_LEVEL": "info",
		"MATTERMOST_URL": c.Mattermost.URL, "MATTERMOST_TOKEN": c.Mattermost.Token.Reveal(),
		"MATTERMOST_TEAMS": strings.Join(c.Mattermost.Teams, ","), "MATTERMOST_RATE": c.Mattermost.Rate,
		"EMBEDDER_URL": c.Embedder.URL, "EMBEDDER_MODEL": c.Embedder.Model, "EMBEDDER_DIMENSIONS": c.Embedder.Dimensions,
		"EMBEDDER_QUERY_MODEL": c.Embedder.QueryModel, "EMBEDDER_PASSAGE_MODEL": c.Embedder.PassageModel,
		"HOSTS_CHANNEL": c.Hosts.Channel, "HOSTS_DUTY": strings.Join(c.Hosts.Duty, ","),
	} {
		all = append(all, fmt.Sprintf("%s%s=%v", config.Prefix, name, value))
	}
	return all
}
