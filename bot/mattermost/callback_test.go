package mattermost_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/prompts"
)

// wire stands between the server and the endpoint and keeps the last callback.
type wire struct {
	mu       sync.Mutex
	endpoint http.Handler
	last     []byte
}

func (w *wire) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.mu.Lock()
	w.last = body
	endpoint := w.endpoint
	w.mu.Unlock()
	endpoint.ServeHTTP(rw, r)
}

func (w *wire) payload(t *testing.T) model.PostActionIntegrationRequest {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	var press model.PostActionIntegrationRequest
	if err := json.Unmarshal(w.last, &press); err != nil {
		t.Fatal(err)
	}
	return press
}

// send presses a button as somebody who reached the endpoint would.
func send(t *testing.T, endpoint http.Handler, payload any) (code int, says string) {
	t.Helper()
	body, err := json.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	endpoint.ServeHTTP(rec, httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/", bytes.NewReader(body)))
	var answer model.PostActionIntegrationResponse
	_ = json.Unmarshal(rec.Body.Bytes(), &answer)
	return rec.Code, answer.EphemeralText
}

func TestButtons(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	anna := h.person()
	w := &wire{}
	server := httptest.NewServer(w)
	defer server.Close()
	clock := &clock{now: time.Now()}
	cfg := h.config()
	cfg.Now = clock.Now
	cfg.CallbackURL, cfg.CallbackKeys = server.URL, []string{strings.Repeat("a", 32)}
	c := newClient(t, cfg)
	in := &intake{}
	w.endpoint = c.Handler(in)
	texts := prompts.Default()

	asked := anna.write(h.channel.Id, "", "Frage")
	id, err := c.Create(ctx, inbox.Draft{
		Marker: "q.1.0", ChannelID: h.channel.Id, RootID: asked.Id, Text: "Antwort",
		Buttons: []inbox.Button{{Label: "In die Sprechstunde", Action: inbox.ShowPreview, Subject: inbox.Subject{PostID: "q"}, Primary: true}, {Label: "Nein", Action: inbox.Decline, Subject: inbox.Subject{HandoverID: "q"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := must(anna.GetPost(ctx, id, ""))(t)
	buttons := seen.Attachments()[0].Actions
	if len(buttons) != 2 || buttons[0].Name != "In die Sprechstunde" || buttons[0].Integration != nil {
		t.Fatalf("buttons %+v: secrets reach clients, or labels are wrong", buttons)
	}
	if _, err := anna.DoPostAction(ctx, id, buttons[0].Id); err != nil {
		t.Fatal(err)
	}
	clicks := in.pressed()
	if len(clicks) != 1 {
		t.Fatalf("%d clicks", len(clicks))
	}
	want := chat.Click{
		ID: clicks[0].ID, Marker: "q.1.0", Action: inbox.ShowPreview, Subject: inbox.Subject{PostID: "q"},
		PostID: id, ChannelID: h.channel.Id, RootID: asked.Id, UserID: anna.id, At: clock.Now(),
	}
	if clicks[0] != want || len(want.ID) < 26 || strings.Contains(want.ID, anna.id) {
		t.Errorf("click %+v, want %+v", clicks[0], want)
	}
	genuine := w.payload(t)

	t.Run("each press is one, however often it arrives", func(t *testing.T) {
		if _, err := anna.DoPostAction(ctx, id, buttons[0].Id); err != nil {
			t.Fatal(err)
		}
		if again := in.pressed()[1]; again.ID == want.ID || again.Marker != want.Marker {
			t.Errorf("second press %+v", again)
		}
		send(t, w.endpoint, genuine)
		if repeated := in.pressed()[2]; repeated.ID != want.ID {
			t.Error("the same press has another id")
		}
	})

	t.Run("the bot says that an earlier press counts", func(t *testing.T) {
		in.failWith(fmt.Errorf("receive: %w", inbox.ErrPressed))
		defer in.failWith(nil)
		if code, says := send(t, w.endpoint, genuine); code != 200 || says != texts.ButtonRepeated() {
			t.Errorf("%d %q", code, says)
		}
	})

	t.Run("buttons change and go", func(t *testing.T) {
		d := inbox.Draft{Marker: "q.1.0", ChannelID: h.channel.Id, Buttons: []inbox.Button{{Label: "Nein", Action: inbox.Decline, Subject: inbox.Subject{HandoverID: "q"}}}}
		if err := c.ShowButtons(ctx, id, d); err != nil {
			t.Fatal(err)
		}
		changed := must(anna.GetPost(ctx, id, ""))(t)
		if a := changed.Attachments(); len(a) != 1 || len(a[0].Actions) != 1 || a[0].Actions[0].Name != "Nein" {
			t.Fatalf("attachments %+v", a)
		}
		if changed.Message != "Antwort" {
			t.Errorf("text %q", changed.Message)
		}
		if _, err := anna.DoPostAction(ctx, id, changed.Attachments()[0].Actions[0].Id); err != nil {
			t.Errorf("a button that stayed is dead: %v", err)
		}
		if last := in.pressed(); last[len(last)-1].Action != inbox.Decline {
			t.Errorf("pressed %+v", last[len(last)-1])
		}
		if found, err := c.Find(ctx, d); err != nil || len(found) != 0 {
			t.Errorf("looked for in the channel: %v, %v", found, err)
		}
		d.RootID = asked.Id
		if found, err := c.Find(ctx, d); err != nil || !slices.Equal(found, []string{id}) {
			t.Errorf("the post lost its marker: %v, %v", found, err)
		}
		d.Buttons = nil
		if err := c.ShowButtons(ctx, id, d); err != nil {
			t.Fatal(err)
		}
		if a := must(anna.GetPost(ctx, id, ""))(t).Attachments(); len(a) != 0 {
			t.Errorf("attachments %+v", a)
		}
	})

	t.Run("forged", func(t *testing.T) {
		before := len(in.pressed())
		change := func(change func(*model.PostActionIntegrationRequest)) model.PostActionIntegrationRequest {
			p := genuine
			p.Context = maps.Clone(genuine.Context)
			change(&p)
			return p
		}
		for name, p := range map[string]struct {
			payload any
			code    int
		}{
			"no context":    {change(func(p *model.PostActionIntegrationRequest) { p.Context = nil }), 401},
			"no signature":  {change(func(p *model.PostActionIntegrationRequest) { delete(p.Context, "signature") }), 401},
			"other action":  {change(func(p *model.PostActionIntegrationRequest) { p.Context["action"] = "no" }), 401},
			"other subject": {change(func(p *model.PostActionIntegrationRequest) { p.Context["subject"] = "q2" }), 401},
			"longer life":   {change(func(p *model.PostActionIntegrationRequest) { p.Context["expires"] = "99999999999" }), 401},
			"other version": {change(func(p *model.PostActionIntegrationRequest) { p.Context["version"] = "1" }), 401},
			"no user":       {change(func(p *model.PostActionIntegrationRequest) { p.UserId = "" }), 401},
			"other channel": {change(func(p *model.PostActionIntegrationRequest) { p.ChannelId = model.NewId() }), 409},
			"other post":    {change(func(p *model.PostActionIntegrationRequest) { p.PostId = asked.Id }), 409},
			"not JSON":      {"x", 400},
			"too long":      {change(func(p *model.PostActionIntegrationRequest) { p.TeamName = strings.Repeat("x", 70<<10) }), 400},
		} {
			if code, _ := send(t, w.endpoint, p.payload); code != p.code {
				t.Errorf("%s: %d, want %d", name, code, p.code)
			}
		}
		if after := len(in.pressed()); after != before {
			t.Errorf("%d forged presses went through", after-before)
		}
	})

	t.Run("made by the version before", func(t *testing.T) {
		old := genuine
		old.Context = maps.Clone(genuine.Context)
		old.Context["version"], old.Context["nonce"] = "1", "nonce"
		mac := hmac.New(sha256.New, []byte(cfg.CallbackKeys[0]))
		for _, field := range []string{"button", "1", "preview", "q", h.channel.Id, "q.1.0", "nonce", fmt.Sprint(old.Context["expires"])} {
			fmt.Fprintf(mac, "%d:%s", len(field), field)
		}
		old.Context["signature"] = hex.EncodeToString(mac.Sum(nil))
		if code, says := send(t, w.endpoint, old); code != 200 || says != texts.ButtonTaken() {
			t.Errorf("%d %q", code, says)
		}
	})

	t.Run("key rotated", func(t *testing.T) {
		cfg := cfg
		cfg.CallbackKeys = []string{strings.Repeat("b", 32), strings.Repeat("a", 32)}
		if code, says := send(t, newClient(t, cfg).Handler(in), genuine); code != 200 || says != texts.ButtonTaken() {
			t.Errorf("old key beside the new one: %d %q", code, says)
		}
		cfg.CallbackKeys = cfg.CallbackKeys[:1]
		if code, _ := send(t, newClient(t, cfg).Handler(in), genuine); code != 401 {
			t.Errorf("old key after rotation: %d", code)
		}
		cfg.CallbackKeys = []string{""}
		cfg.CallbackURL = ""
		if code, _ := send(t, newClient(t, cfg).Handler(in), genuine); code != 401 {
			t.Errorf("no key: %d", code)
		}
	})

	t.Run("bot cannot take it now", func(t *testing.T) {
		in.failWith(errors.New("database away"))
		defer in.failWith(nil)
		if code, says := send(t, w.endpoint, genuine); code != 200 || says != texts.ButtonFailed() {
			t.Errorf("%d %q", code, says)
		}
	})

	t.Run("expired", func(t *testing.T) {
		clock.add(31 * 24 * time.Hour)
		defer clock.add(-31 * 24 * time.Hour)
		if code, says := send(t, w.endpoint, genuine); code != 200 || says != texts.ButtonExpired() {
			t.Errorf("%d %q", code, says)
		}
	})

	t.Run("answer gone", func(t *testing.T) {
		if err := c.Delete(ctx, id); err != nil {
			t.Fatal(err)
		}
		if code, says := send(t, w.endpoint, genuine); code != 200 || says != texts.ButtonExpired() {
			t.Errorf("%d %q", code, says)
		}
	})
}

func TestNoButtonsWithoutAWayBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anna := h.person()
	c := newClient(t, h.config())
	id, err := c.Create(t.Context(), inbox.Draft{Marker: "q", ToUserID: anna.id, Text: "Antwort", Buttons: []inbox.Button{{Label: "Ja", Action: inbox.HandOver, Subject: inbox.Subject{HandoverID: "h"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if p := must(anna.GetPost(t.Context(), id, ""))(t); len(p.Attachments()) != 0 {
		t.Error("a button that leads nowhere")
	}
}

func FuzzCallback(f *testing.F) {
	f.Add([]byte(`{"user_id":"x","context":{"version":"1","expires":"1"}}`))
	f.Add([]byte(`{"context":{"version":1,"expires":null,"signature":[]}}`))
	f.Add([]byte(`[]`))
	in := &intake{}
	c, err := mattermost.New(mattermost.Config{
		URL: "http://127.0.0.1:1", Token: "t", Cursors: newCursors(), Now: time.Now,
		CallbackURL: "http://127.0.0.1:1", CallbackKeys: []string{strings.Repeat("a", 32)},
	})
	if err != nil {
		f.Fatal(err)
	}
	endpoint := c.Handler(in)
	f.Fuzz(func(t *testing.T, body []byte) {
		rec := httptest.NewRecorder()
		endpoint.ServeHTTP(rec, httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/", bytes.NewReader(body)))
		if rec.Code != 400 && rec.Code != 401 || len(in.pressed()) != 0 {
			t.Errorf("unsigned press taken: %d", rec.Code)
		}
	})
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
