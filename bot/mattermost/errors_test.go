package mattermost_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/mattermost"
)

// faulty is a server that answers every request, except for the own account,
// in one way.
func faulty(t *testing.T, answer http.HandlerFunc) *mattermost.Client {
	t.Helper()
	return faultyWithin(t, answer, 5*time.Minute)
}

func faultyWithin(t *testing.T, answer http.HandlerFunc, within time.Duration) *mattermost.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v4/users/me" {
			_ = json.NewEncoder(w).Encode(model.User{Id: model.NewId(), Username: "ki", IsBot: true})
			return
		}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	return newClient(t, mattermost.Config{
		URL: server.URL, Token: "t", Cursors: newCursors(), Now: time.Now, Log: logTo(t),
		RequestTimeout: within, Teams: []string{"haus"},
	})
}

func refusal(code int, id string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(code)
		_ = json.NewEncoder(w).Encode(map[string]any{"id": id, "message": "no", "status_code": code})
	}
}

// hang ends with the client: only a body that was read lets the server notice.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func TestErrorClasses(t *testing.T) {
	t.Parallel()
	page := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = w.Write([]byte("<html>Wartung</html>"))
		}
	}
	tests := map[string]struct {
		answer http.HandlerFunc
		gone   bool
		retry  bool
		after  time.Duration
		auth   bool
	}{
		"429":            {answer: refusal(429, "api.rate"), retry: true, after: 7 * time.Second},
		"429 of a proxy": {answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, retry: true, after: time.Second},
		"500":            {answer: refusal(500, "app.x"), retry: true},
		"502 of a proxy": {answer: page(502), retry: true},
		"503":            {answer: refusal(503, "app.x"), retry: true},
		"401":            {answer: refusal(401, "api.context.session_expired.app_error"), retry: true, after: time.Minute, auth: true},
		"403":            {answer: refusal(403, "api.context.permissions.app_error"), gone: true},
		"404":            {answer: refusal(404, "app.post.get.app_error"), gone: true},
		"400 root":       {answer: refusal(400, "api.post.create_post.root_id.app_error"), gone: true},
		"400 else":       {answer: refusal(400, "model.post.is_valid.props.app_error")},
		"403 of a proxy": {answer: page(403), retry: true},
		"404 of a proxy": {answer: page(404), retry: true},
		"200 of a proxy": {answer: page(200), retry: true},
		"cut body":       {answer: func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"id":"x"`)) }, retry: true},
		"broken off":     {answer: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, retry: true},
		"hangs":          {answer: hang, retry: true},
		"301 to elsewhere": {answer: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusMovedPermanently)
		}, retry: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within := 5 * time.Minute
			if name == "hangs" {
				within = time.Second
			}
			c := faultyWithin(t, test.answer, within)
			_, err := c.Create(t.Context(), inbox.Draft{Marker: "q", ChannelID: model.NewId(), Text: "Antwort"})
			var retry *inbox.RetryError
			var auth *mattermost.AuthError
			if err == nil || errors.Is(err, inbox.ErrGone) != test.gone || errors.As(err, &retry) != test.retry || errors.As(err, &auth) != test.auth {
				t.Fatalf("gone %v, retry %v, auth %v: %v", errors.Is(err, inbox.ErrGone), errors.As(err, &retry), errors.As(err, &auth), err)
			}
			if test.retry && retry.After != test.after {
				t.Errorf("again after %s, want %s", retry.After, test.after)
			}
		})
	}
}

func TestUnknownIsAnError(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"500": refusal(500, "app.x"), "403": refusal(403, "api.x"),
		"404 of a proxy": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
	} {
		c := faulty(t, answer)
		ctx := t.Context()
		_, member := c.Member(ctx, "c", "u", true)
		_, staff := c.Staff(ctx, "u", true)
		_, outside := c.Outsiders(ctx, "c", true)
		_, user := c.User(ctx, "u", true)
		if member == nil || staff == nil || outside == nil || user == nil {
			t.Errorf("%s: unknown taken for an answer: %v, %v, %v, %v", name, member, staff, outside, user)
		}
	}
}

// Errors are logged: they name nobody, whether the server refuses or is away.
func TestErrorsNameNobody(t *testing.T) {
	t.Parallel()
	const id, name = "annasuserid", "anna.beispiel"
	away := newClient(t, mattermost.Config{URL: "http://127.0.0.1:1", Token: "t", Teams: []string{"haus"}, Cursors: newCursors(), Now: time.Now})
	for what, c := range map[string]*mattermost.Client{"refused": faulty(t, refusal(500, "app.x")), "proxy": faulty(t, refusal(502, "")), "away": away} {
		_, user := c.User(t.Context(), id, true)
		_, byName := c.UserByName(t.Context(), name)
		_, member := c.Member(t.Context(), "channel", id, true)
		_, staff := c.Staff(t.Context(), id, true)
		_, direct := c.Create(t.Context(), inbox.Draft{Marker: "q", ToUserID: id, Text: "Antwort"})
		for _, err := range []error{user, byName, member, staff, direct} {
			if err == nil || strings.Contains(err.Error(), id) || strings.Contains(err.Error(), name) {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
}

func TestPauseHoldsEveryRequest(t *testing.T) {
	t.Parallel()
	c := faulty(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "300") // longer than this machine stands still
		w.WriteHeader(http.StatusTooManyRequests)
	})
	if _, err := c.Post(t.Context(), "p"); !isRetry(err) {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := c.User(ctx, "u", true); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("request went out although the server asked for a pause: %v", err)
	}
}

func TestRefusedTokenEndsRunAtTheStart(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(refusal(401, "api.context.session_expired.app_error"))
	defer server.Close()
	c := newClient(t, mattermost.Config{URL: server.URL, Token: "falsch", Cursors: newCursors(), Now: time.Now})
	err := c.Run(t.Context(), &intake{})
	var auth *mattermost.AuthError
	if !errors.As(err, &auth) {
		t.Errorf("Run: %v", err)
	}
	if c.Ready() == nil {
		t.Error("ready with a refused token")
	}
}

func TestRunNeedsCursors(t *testing.T) {
	t.Parallel()
	c := newClient(t, mattermost.Config{URL: "http://127.0.0.1:1", Token: "t", Now: time.Now})
	if err := c.Run(t.Context(), &intake{}); err == nil {
		t.Error("runs without a place to remember what was read")
	}
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]mattermost.Config{
		"no address": {Token: "t", Cursors: newCursors(), Now: time.Now},
		"no scheme":  {URL: "chat.example.test", Token: "t", Cursors: newCursors(), Now: time.Now},
		"no token":   {URL: "https://chat.example.test", Cursors: newCursors(), Now: time.Now},
		"no key":     {URL: "https://chat.example.test", Token: "t", Cursors: newCursors(), Now: time.Now, CallbackURL: "http://bot.example.test"},
	} {
		if _, err := mattermost.New(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
