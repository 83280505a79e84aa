package mattermost

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
)

// stuckIntake takes nothing until its time is up.
type stuckIntake struct{ chat.Intake }

func (stuckIntake) Posted(ctx context.Context, _ chat.Post) error { <-ctx.Done(); return ctx.Err() }
func (stuckIntake) Edited(ctx context.Context, _ chat.Post) error { <-ctx.Done(); return ctx.Err() }
func (stuckIntake) Deleted(ctx context.Context, _ string) error   { <-ctx.Done(); return ctx.Err() }

func TestDecodePost(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		json string
		want chat.Post
	}{
		"question": {
			`{"id":"p","create_at":1700000000123,"edit_at":1700000001000,"user_id":"u","channel_id":"c","root_id":"r","message":"Frage?","file_ids":["f"],"props":{"sprechstunde_q":"forged"}}`,
			chat.Post{ID: "p", ChannelID: "c", RootID: "r", UserID: "u", Text: "Frage?", Files: []string{"f"},
				CreatedAt: time.UnixMilli(1700000000123).UTC(), EditedAt: time.UnixMilli(1700000001000).UTC()},
		},
		"own":     {`{"id":"p","user_id":"self","props":{"sprechstunde_q":"q.1.0","from_bot":"true"}}`, chat.Post{ID: "p", UserID: "self", Marker: "q.1.0", Automated: true}},
		"webhook": {`{"id":"p","user_id":"u","props":{"from_webhook":"true"}}`, chat.Post{ID: "p", UserID: "u", Automated: true}},
		"plugin":  {`{"id":"p","user_id":"u","props":{"from_plugin":true}}`, chat.Post{ID: "p", UserID: "u", Automated: true}},
		"not bot": {`{"id":"p","user_id":"u","props":{"from_bot":"false"}}`, chat.Post{ID: "p", UserID: "u"}},
		"system":  {`{"id":"p","user_id":"u","type":"system_join_channel"}`, chat.Post{ID: "p", UserID: "u", Type: "system_join_channel"}},
		"remote":  {`{"id":"p","user_id":"u","remote_id":"x"}`, chat.Post{ID: "p", UserID: "u", Remote: true}},
		"deleted": {`{"id":"p","user_id":"u","delete_at":5}`, chat.Post{ID: "p", UserID: "u", Deleted: true}},
	} {
		var p model.Post
		if err := json.Unmarshal([]byte(test.json), &p); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, decodePost(&p, "self")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestDecodeUser(t *testing.T) {
	t.Parallel()
	remote := "r"
	u := &model.User{Id: "u", Username: "anna", Roles: "system_guest", RemoteId: &remote, DeleteAt: 1, IsBot: true}
	if got, want := decodeUser(u), (chat.User{ID: "u", Username: "anna", Name: "anna", Bot: true, Guest: true, Remote: true, Deactivated: true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestDecodeChannel(t *testing.T) {
	t.Parallel()
	shared := true
	for kind, want := range map[model.ChannelType]chat.ChannelKind{"D": chat.DirectChannel, "G": chat.GroupChannel, "P": chat.PrivateChannel, "O": chat.PublicChannel, "T": chat.PublicChannel} {
		if got := decodeChannel(&model.Channel{Id: "c", Type: kind, Shared: &shared}); got.Kind != want || !got.Shared {
			t.Errorf("%s: got %+v, want %s", kind, got, want)
		}
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"short":     {"Ein Satz.", []string{"Ein Satz."}},
		"paragraph": {"aaaaa aaa\n\nbbbb bbbb b", []string{"aaaaa aaa", "bbbb bbbb b"}},
		"line":      {"aaaaa aaa\nbbbb bbbb b", []string{"aaaaa aaa", "bbbb bbbb b"}},
		"word":      {"aaaaaaaa bbbb cc", []string{"aaaaaaaa", "bbbb cc"}},
		"umlauts":   {strings.Repeat("ä", 25), []string{strings.Repeat("ä", 12), strings.Repeat("ä", 12), "ä"}},
		"exact":     {strings.Repeat("x", 12), []string{strings.Repeat("x", 12)}},
	} {
		if diff := cmp.Diff(test.want, split(test.text, 12)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("Absatz\n\nnoch einer", 5)
	f.Add("äöü 🙂\xff", 1)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		if limit < 1 || limit > 1000 {
			return
		}
		pieces := split(text, limit)
		for _, piece := range pieces {
			if utf8.RuneCountInString(piece) > limit {
				t.Errorf("piece of %d characters, limit %d", utf8.RuneCountInString(piece), limit)
			}
		}
		squash := strings.NewReplacer(" ", "", "\n", "")
		if squash.Replace(strings.Join(pieces, "")) != squash.Replace(text) {
			t.Error("pieces do not make the text")
		}
	})
}

func TestGuardLetsOrdinaryTextsPass(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Antwort [1]\n\n> Zitat\n\n1. [Leitlinie](https://intranet.example.test/a#b) · Abschnitt 3",
		"@anna.beispiel hat heute Dienst.", "post@all-inkl.example", "anna@here.example.test", "Achtung! [Link](https://x.example)", "@allgemein",
	} {
		if bare, err := guard(text); err != nil || bare {
			t.Errorf("%q: bare %v, %v", text, bare, err)
		}
	}
	if bare, err := guard("Siehe www.example.test."); err != nil || !bare {
		t.Errorf("bare address: %v, %v", bare, err)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": time.Second, "3": 3 * time.Second, "0": time.Second, "-5": time.Second, "86400": longestPause, "NaN": time.Second,
		"Thu, 05 Mar 2026 12:00:30 GMT": 30 * time.Second, "Thu, 05 Mar 2020 12:00:30 GMT": time.Second, "bald": time.Second,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPace(10, 5, time.Now)
		waits := func(want time.Duration) {
			t.Helper()
			began := time.Now()
			if err := p.wait(t.Context()); err != nil || time.Since(began) != want {
				t.Errorf("waited %s, want %s; %v", time.Since(began), want, err)
			}
		}
		for range 5 {
			waits(0)
		}
		if p.idle() {
			t.Error("idle after a burst")
		}
		waits(100 * time.Millisecond)
		time.Sleep(time.Minute)
		p.pause(3 * time.Second)
		if p.idle() {
			t.Error("idle in a pause")
		}
		waits(3 * time.Second)
	})
}

func TestWhatIsCalledOffUsesNothingUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPace(1, 1, time.Now)
		if err := p.wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		called, off := context.WithCancel(t.Context())
		var group sync.WaitGroup
		for range 100 {
			group.Go(func() { _ = p.wait(called) })
		}
		synctest.Wait()
		off()
		group.Wait()
		began := time.Now()
		if err := p.wait(t.Context()); err != nil || time.Since(began) > time.Second {
			t.Errorf("the next request waits %s for those that were called off; %v", time.Since(began), err)
		}
	})
}

func TestCacheKeepsNothingFromBeforeAClear(t *testing.T) {
	t.Parallel()
	now := time.Now()
	c := newCache[bool](time.Minute, func() time.Time { return now })
	member := func(answer bool) func() (bool, error) { return func() (bool, error) { return answer, nil } }
	_, _ = c.get("k", false, func() (bool, error) { c.clear(); return true, nil }) // somebody leaves while we ask
	if v, _ := c.get("k", false, member(false)); v {
		t.Error("answer from before the clear was kept")
	}
	if v, _ := c.get("k", false, member(true)); v {
		t.Error("nothing is kept")
	}
	now = now.Add(time.Minute)
	if v, _ := c.get("k", false, member(true)); !v {
		t.Error("kept for longer than its life")
	}
}
