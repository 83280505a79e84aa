package mattermost

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// dialogLife is how long an opened dialog can be sent off.
const dialogLife = 2 * time.Hour

// opened is what a dialog carries to the client of the person it was opened for
// and back: the button that opened it, for whom, until when, and its own id. It
// passes through the client, so that all of it may be read there and nothing may
// be believed without its signature.
type opened struct {
	ID      string        `json:"id"`
	Action  inbox.Action  `json:"action"`
	Subject string        `json:"subject"`
	Channel string        `json:"channel"`
	Marker  string        `json:"marker"`
	Post    string        `json:"post"`
	User    string        `json:"user"`
	Expires int64         `json:"expires"` // Unix seconds
	Sign    string        `json:"sign"`
	subject inbox.Subject // as read
}

const openedVersion = "1"

func (o opened) signature(key string) string {
	return mac(key, "dialog", openedVersion, o.ID, string(o.Action), o.Subject, o.Channel, o.Marker, o.Post, o.User, strconv.FormatInt(o.Expires, 10))
}

// readOpened verifies a dialog's state. All keys are tried, in constant time.
func readOpened(state string, keys []string, userID string, now time.Time) (opened, error) {
	var o opened
	if err := json.Unmarshal([]byte(state), &o); err != nil {
		return opened{}, errForged
	}
	genuine := false
	for _, key := range keys {
		genuine = hmac.Equal([]byte(o.signature(key)), []byte(o.Sign)) && key != "" || genuine
	}
	var known bool
	o.subject, known = inbox.ReadSubject(o.Action, o.Subject)
	switch {
	case !genuine || !known || o.User != userID || userID == "":
		return opened{}, errForged
	case !now.Before(time.Unix(o.Expires, 0)):
		return opened{}, errExpired
	}
	return o, nil
}

// open shows a dialog to the person who pressed a button, while the press waits:
// its trigger, which the server made for this one press, is good for seconds.
func (c *Client) open(ctx context.Context, d chat.Dialog, click chat.Click, trigger string) error {
	if err := d.Check(); err != nil {
		return err
	}
	if c.cfg.DialogURL == "" {
		return errors.New("open dialog: the server could not send it back, there is no DialogURL")
	}
	o := opened{
		ID: rand.Text(), Action: click.Action, Subject: click.Subject.String(), Channel: click.ChannelID, Marker: click.Marker,
		Post: click.PostID, User: click.UserID, Expires: c.now().Add(dialogLife).Unix(),
	}
	o.Sign = o.signature(c.cfg.CallbackKeys[0])
	state, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("open dialog: %w", err)
	}
	resp, err := c.api.OpenInteractiveDialog(ctx, model.OpenDialogRequest{
		TriggerId: trigger, URL: c.cfg.DialogURL,
		Dialog: model.Dialog{
			CallbackId: string(click.Action), Title: d.Title, IntroductionText: d.Intro, SubmitLabel: d.Submit,
			Elements: elements(d.Fields), State: string(state),
		},
	})
	if err != nil {
		return classify(fmt.Sprintf("open dialog (%s)", click.PostID), resp, err, c.now())
	}
	return nil
}

func elements(fields []chat.Field) []model.DialogElement {
	var all []model.DialogElement
	for _, f := range fields {
		e := model.DialogElement{
			DisplayName: f.Label, Name: f.Name, Default: f.Value, HelpText: f.Help, Optional: f.Optional, MaxLength: f.Limit(),
		}
		switch f.Kind {
		case chat.Text:
			e.Type = "textarea"
		case chat.Choice:
			e.Type = "select"
			for _, option := range f.Options {
				e.Options = append(e.Options, &model.PostActionOptions{Text: option.Label, Value: option.Value})
			}
		case chat.Tick:
			// Beside the box stands the placeholder; a box that must be ticked is no choice.
			e.Type, e.Placeholder, e.Optional = "bool", f.Label, true
		default:
			e.Type = "text"
		}
		all = append(all, e)
	}
	return all
}

// Dialogs takes dialogs that were sent off from the Mattermost server. Whatever is
// wrong is said in the dialog, which stays open.
func (c *Client) Dialogs(in chat.Intake) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), dialogWithin)
		defer cancel()
		var sent model.SubmitDialogRequest
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, longestCallback)).Decode(&sent); err != nil {
			c.refuse(w, http.StatusBadRequest, "unreadable dialog", err)
			return
		}
		answer := model.SubmitDialogResponse{}
		if !sent.Cancelled {
			answer = c.submitted(ctx, in, sent)
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			c.log.Debug("dialog not answered", inbox.KeyError, err)
		}
	})
}

// submitted hands on what was sent off, if it is what the bot had opened for this
// person. The channel that the client names is where the person looks now, which
// may be another than that of the post: the post's own counts.
func (c *Client) submitted(ctx context.Context, in chat.Intake, sent model.SubmitDialogRequest) model.SubmitDialogResponse {
	refused := func(reason, words string) model.SubmitDialogResponse {
		c.count(reason, nil)
		return model.SubmitDialogResponse{Error: words}
	}
	failed := func(err error) model.SubmitDialogResponse {
		c.log.Warn("dialog not taken", inbox.KeyError, err)
		return model.SubmitDialogResponse{Error: c.cfg.Texts.DialogFailed()}
	}
	o, err := readOpened(sent.State, c.cfg.CallbackKeys, sent.UserId, c.now())
	switch {
	case errors.Is(err, errExpired):
		return refused("expired dialog", c.cfg.Texts.DialogOver())
	case err != nil:
		return refused("forged dialog", c.cfg.Texts.DialogForged())
	}
	post, err := c.Post(ctx, o.Post)
	switch {
	case errors.Is(err, inbox.ErrGone):
		return refused("dialog of a post that is gone", c.cfg.Texts.DialogOver())
	case err != nil:
		return failed(err)
	case post.Marker != o.Marker || post.ChannelID != o.Channel:
		return refused("dialog of another post", c.cfg.Texts.DialogForged())
	}
	faults, err := in.Submitted(ctx, chat.Submission{
		Click: chat.Click{
			ID: o.ID, Marker: o.Marker, Action: o.Action, Subject: o.subject,
			PostID: post.ID, ChannelID: post.ChannelID, RootID: post.RootID, UserID: o.User, At: c.now(),
		},
		Values: values(sent.Submission),
	})
	switch {
	case errors.Is(err, inbox.ErrPressed):
		return refused("repeated dialog", c.cfg.Texts.DialogRepeated())
	case err != nil:
		return failed(err)
	}
	return faulted(faults)
}

func faulted(faults chat.Faults) model.SubmitDialogResponse {
	var answer model.SubmitDialogResponse
	for name, words := range faults {
		if name == "" {
			answer.Error = words
			continue
		}
		if answer.Errors == nil {
			answer.Errors = map[string]string{}
		}
		answer.Errors[name] = words
	}
	return answer
}

// values are what was filled in, as texts.
func values(sent map[string]any) map[string]string {
	all := map[string]string{}
	for name, value := range sent {
		switch v := value.(type) {
		case string:
			all[name] = strings.ToValidUTF8(strings.ReplaceAll(v, "\x00", ""), "")
		case bool:
			all[name] = ""
			if v {
				all[name] = "true"
			}
		}
	}
	return all
}
