package mattermost_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/prompts"
)

// why is a dialog with a field of each kind.
var why = chat.Dialog{
	Title: "Nicht hilfreich", Intro: "Was passt nicht?", Submit: "Absenden",
	Fields: []chat.Field{
		{Name: "reason", Label: "Grund", Kind: chat.Choice, Options: []chat.Option{{Label: "Falsch", Value: "wrong"}, {Label: "Veraltet", Value: "outdated"}}},
		{Name: "place", Label: "Stelle", Kind: chat.Line, Optional: true},
		{Name: "words", Label: "In Ihren Worten", Kind: chat.Text, Value: "Abschnitt 3", Help: "Wenn Sie mögen"},
		{Name: "tell", Label: "Weitersagen", Kind: chat.Tick},
	},
}

// dialogs waits for the dialogs that a person's client is asked to show.
func (p *person) dialogs() <-chan model.OpenDialogRequest {
	p.t.Helper()
	ws, err := model.NewWebSocketClient4(strings.Replace(p.URL, "http", "ws", 1), p.AuthToken)
	if err != nil {
		p.t.Fatal(err)
	}
	ws.Listen()
	p.t.Cleanup(ws.Close)
	shown := make(chan model.OpenDialogRequest, 10)
	go func() {
		for ev := range ws.EventChannel {
			if ev.EventType() != model.WebsocketEventOpenDialog {
				continue
			}
			var d model.OpenDialogRequest
			if raw, ok := ev.GetData()["dialog"].(string); ok && json.Unmarshal([]byte(raw), &d) == nil {
				shown <- d
			}
		}
	}()
	return shown
}

// opens presses the one button of a post until its press opens a dialog, and so is not
// received itself: the server opens one within three seconds of the press only.
func (p *person) opens(in *intake, postID string) {
	p.t.Helper()
	button := must(p.GetPost(p.t.Context(), postID, ""))(p.t).Attachments()[0].Actions[0].Id
	await(p.t, "a press that opens a dialog", func() bool {
		before := len(in.pressed())
		if _, err := p.DoPostAction(p.t.Context(), postID, button); err != nil {
			p.t.Fatal(err)
		}
		return len(in.pressed()) == before
	})
}

func TestDialog(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	anna, berta := h.person(), h.person()
	actions, dialogs := &wire{}, &wire{}
	there, back := httptest.NewServer(actions), httptest.NewServer(dialogs)
	defer there.Close()
	defer back.Close()
	clock := &clock{now: time.Now()}
	cfg := h.config()
	cfg.Now, cfg.CallbackURL, cfg.DialogURL, cfg.CallbackKeys = clock.Now, there.URL, back.URL, []string{strings.Repeat("a", 32)}
	c := newClient(t, cfg)
	in := &intake{dialog: why}
	actions.endpoint, dialogs.endpoint = c.Handler(in), c.Dialogs(in)
	texts := prompts.Default()
	shown := anna.dialogs()

	asked := anna.write(h.channel.Id, "", "Frage")
	id, err := c.Create(ctx, inbox.Draft{
		Marker: "q.1.1", ChannelID: h.channel.Id, RootID: asked.Id, Text: "Antwort",
		Buttons: []inbox.Button{{Label: "Nicht hilfreich", Action: inbox.Decline, Subject: inbox.Subject{HandoverID: "h"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	anna.opens(in, id)
	var dialog model.OpenDialogRequest
	select {
	case dialog = <-shown:
	case <-time.After(5 * time.Minute):
		t.Fatal("no dialog was shown")
	}
	if dialog.URL != back.URL || dialog.Dialog.Title != why.Title || len(dialog.Dialog.Elements) != 4 || strings.Contains(dialog.Dialog.State, cfg.CallbackKeys[0]) {
		t.Fatalf("dialog %+v", dialog)
	}
	// send is what a client does with a dialog that was filled in.
	send := func(by *person, state string, values map[string]any) *model.SubmitDialogResponse {
		t.Helper()
		sent := model.SubmitDialogRequest{
			URL: dialog.URL, CallbackId: dialog.Dialog.CallbackId, State: state, ChannelId: h.channel.Id, TeamId: h.team.Id, Submission: values,
		}
		return must(by.SubmitInteractiveDialog(ctx, sent))(t)
	}
	filled := map[string]any{"reason": "outdated", "words": "Das gilt\nnicht mehr", "tell": true}

	t.Run("faults stand in the dialog", func(t *testing.T) {
		in.faults = chat.Faults{"words": "zu lang"}
		defer func() { in.faults = nil }()
		if got := send(anna, dialog.Dialog.State, filled); got.Errors["words"] != "zu lang" || got.Error != "" {
			t.Errorf("%+v", got)
		}
	})

	t.Run("sent off", func(t *testing.T) {
		in.sent = nil
		if got := send(anna, dialog.Dialog.State, filled); got.Error != "" || len(got.Errors) > 0 {
			t.Fatalf("%+v", got)
		}
		got := in.sent[0]
		want := chat.Submission{
			Click: chat.Click{
				ID: got.ID, Marker: "q.1.1", Action: inbox.Decline, Subject: inbox.Subject{HandoverID: "h"},
				PostID: id, ChannelID: h.channel.Id, RootID: asked.Id, UserID: anna.id, At: clock.Now(),
			},
			Values: map[string]string{"reason": "outdated", "words": "Das gilt\nnicht mehr", "tell": "true"},
		}
		if diff := cmp.Diff(want, got); diff != "" || len(got.ID) < 26 || strings.Contains(got.ID, anna.id) {
			t.Errorf("-want +got:\n%s", diff)
		}
		send(anna, dialog.Dialog.State, filled)
		if in.sent[1].ID != got.ID {
			t.Error("the same dialog has another id")
		}
	})

	t.Run("sent off before", func(t *testing.T) {
		in.failWith(fmt.Errorf("receive: %w", inbox.ErrPressed))
		defer in.failWith(nil)
		if got := send(anna, dialog.Dialog.State, filled); got.Error != texts.DialogRepeated() {
			t.Errorf("%+v", got)
		}
	})

	t.Run("refused without effect, in words, and counted", func(t *testing.T) {
		before := len(in.sent)
		forge := func(field, value string) string {
			var state map[string]any
			if err := json.Unmarshal([]byte(dialog.Dialog.State), &state); err != nil {
				t.Fatal(err)
			}
			state[field] = value
			forged, err := json.Marshal(state)
			if err != nil {
				t.Fatal(err)
			}
			return string(forged)
		}
		for name, try := range map[string]func() *model.SubmitDialogResponse{
			"by another person": func() *model.SubmitDialogResponse { return send(berta, dialog.Dialog.State, filled) },
			"for another person": func() *model.SubmitDialogResponse {
				return send(berta, forge("user", berta.id), filled)
			},
			"another action":  func() *model.SubmitDialogResponse { return send(anna, forge("action", "yes"), filled) },
			"another subject": func() *model.SubmitDialogResponse { return send(anna, forge("subject", "h2"), filled) },
			"another channel": func() *model.SubmitDialogResponse { return send(anna, forge("channel", model.NewId()), filled) },
			"another id":      func() *model.SubmitDialogResponse { return send(anna, forge("id", "fresh"), filled) },
			"no state":        func() *model.SubmitDialogResponse { return send(anna, "", filled) },
		} {
			if got := try(); got.Error != texts.DialogForged() {
				t.Errorf("%s: %+v", name, got)
			}
		}
		clock.add(3 * time.Hour)
		if got := send(anna, dialog.Dialog.State, filled); got.Error != texts.DialogOver() {
			t.Errorf("late: %+v", got)
		}
		clock.add(-3 * time.Hour)
		if err := c.Delete(ctx, id); err != nil {
			t.Fatal(err)
		}
		if got := send(anna, dialog.Dialog.State, filled); got.Error != texts.DialogOver() {
			t.Errorf("of a post that is gone: %+v", got)
		}
		if n := len(in.sent) - before; n != 0 {
			t.Errorf("%d of them went through", n)
		}
		counted := c.Refused()
		if counted["forged dialog"] != 7 || counted["expired dialog"] != 1 || counted["dialog of a post that is gone"] != 1 || counted["repeated dialog"] != 1 {
			t.Errorf("counted %v", counted)
		}
	})
}

// A dialog that cannot be opened leaves the press to its way, which knows words.
func TestAPressWithoutATriggerGoesItsWay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anna := h.person()
	w := &wire{}
	server := httptest.NewServer(w)
	defer server.Close()
	cfg := h.config()
	cfg.CallbackURL, cfg.DialogURL, cfg.CallbackKeys = server.URL, server.URL, []string{strings.Repeat("a", 32)}
	c := newClient(t, cfg)
	in := &intake{dialog: why}
	w.endpoint = c.Handler(in)
	id, err := c.Create(t.Context(), inbox.Draft{
		Marker: "q.1.1", ChannelID: h.channel.Id, Text: "Antwort", Buttons: []inbox.Button{{Label: "Nein", Action: inbox.Decline, Subject: inbox.Subject{HandoverID: "h"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	anna.opens(in, id)
	stale, before := w.payload(t), len(in.pressed())
	stale.TriggerId = "stale"
	if code, says := send(t, w.endpoint, stale); code != 200 || says != prompts.Default().ButtonTaken() || len(in.pressed()) != before+1 {
		t.Errorf("%d %q, %d presses, %d before", code, says, len(in.pressed()), before)
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	anna := h.person()
	w := &wire{}
	server := httptest.NewServer(w)
	defer server.Close()
	made := must(h.admin.CreateCommand(ctx, &model.Command{TeamId: h.team.Id, Trigger: "ki", Method: model.CommandMethodPost, URL: server.URL}))(t)
	cfg := h.config()
	cfg.CommandTokens = []string{"another", made.Token}
	c := newClient(t, cfg)
	in := &intake{}
	w.endpoint = c.Commands(in)
	texts := prompts.Default()

	answer := must(anna.ExecuteCommand(ctx, h.channel.Id, "/ki frage Darf ich?"))(t)
	if answer.Text != texts.CommandTaken() || answer.ResponseType != model.CommandResponseTypeEphemeral {
		t.Errorf("answer %+v", answer)
	}
	if len(in.commands) != 1 {
		t.Fatalf("%d commands", len(in.commands))
	}
	got := in.commands[0]
	if got.Text != "frage Darf ich?" || got.UserID != anna.id || got.ChannelID != h.channel.Id || len(got.ID) < 26 || strings.Contains(got.ID, anna.id) {
		t.Errorf("command %+v", got)
	}
	form := url.Values{"token": {made.Token}, "user_id": {anna.id}, "channel_id": {h.channel.Id}, "text": {"hilfe"}, "trigger_id": {"t"}}
	post := func(change func(url.Values)) *httptest.ResponseRecorder {
		changed := url.Values{}
		for name, values := range form {
			changed[name] = values
		}
		change(changed)
		r := httptest.NewRequestWithContext(ctx, "POST", "/", strings.NewReader(changed.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		rec := httptest.NewRecorder()
		w.endpoint.ServeHTTP(rec, r)
		return rec
	}
	for name, try := range map[string]struct {
		change func(url.Values)
		code   int
	}{
		"wrong token": {func(v url.Values) { v.Set("token", "guessed") }, 401},
		"no token":    {func(v url.Values) { v.Del("token") }, 401},
		"nobody":      {func(v url.Values) { v.Set("user_id", "anna") }, 400},
		"too long":    {func(v url.Values) { v.Set("text", strings.Repeat("x", 70<<10)) }, 400},
	} {
		rec := post(try.change)
		if rec.Code != try.code || try.code == 401 && !strings.Contains(rec.Body.String(), "nicht richtig eingerichtet") {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	if len(in.commands) != 1 || c.Refused()["forged command"] != 2 {
		t.Errorf("%d commands, refused %v", len(in.commands), c.Refused())
	}
	in.failWith(errors.New("database away"))
	if rec := post(func(url.Values) {}); rec.Code != 200 || !strings.Contains(rec.Body.String(), "noch einmal") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	none := h.config()
	w.endpoint = newClient(t, none).Commands(&intake{})
	if rec := post(func(v url.Values) { v.Set("token", "") }); rec.Code != 401 {
		t.Errorf("without any token: %d", rec.Code)
	}
}

func FuzzDialog(f *testing.F) {
	f.Add([]byte(`{"user_id":"x","state":"{}","submission":{"a":1}}`))
	f.Add([]byte(`{"user_id":"x","state":"{\"user\":\"x\",\"action\":\"no\",\"subject\":\"h\",\"expires\":99999999999}"}`))
	f.Add([]byte(`{"cancelled":true}`))
	in := &intake{}
	c, err := mattermost.New(mattermost.Config{
		URL: "http://127.0.0.1:1", Token: "t", Cursors: newCursors(), Now: time.Now,
		CallbackURL: "http://127.0.0.1:1", DialogURL: "http://127.0.0.1:1", CallbackKeys: []string{strings.Repeat("a", 32)},
	})
	if err != nil {
		f.Fatal(err)
	}
	endpoint := c.Dialogs(in)
	f.Fuzz(func(t *testing.T, body []byte) {
		rec := httptest.NewRecorder()
		endpoint.ServeHTTP(rec, httptest.NewRequestWithContext(context.Background(), "POST", "/", strings.NewReader(string(body))))
		if rec.Code != 200 && rec.Code != 400 || len(in.sent) != 0 {
			t.Errorf("unsigned dialog taken: %d", rec.Code)
		}
	})
}
