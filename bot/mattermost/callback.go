package mattermost

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

const (
	longestCallback = 64 << 10 // bytes
	callbackWithin  = 2500 * time.Millisecond
	dialogWithin    = 10 * time.Second // a dialog is answered there and then, often after a search: the server waits 30 s
)

// Handler takes presses of the bot's buttons from the Mattermost server, and opens
// the dialogs of those that have one: only now does the server show one. It
// answers within three seconds; the work goes to the queue. Only the Mattermost
// server needs to reach it.
func (c *Client) Handler(in chat.Intake) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.Error(w, "only POST", http.StatusMethodNotAllowed)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), callbackWithin)
		defer cancel()
		var press model.PostActionIntegrationRequest
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, longestCallback)).Decode(&press); err != nil {
			c.refuse(w, http.StatusBadRequest, "unreadable", err)
			return
		}
		c.press(ctx, w, in, press)
	})
}

// press takes a press whose voucher and post hold: it opens a dialog, or is stored.
func (c *Client) press(ctx context.Context, w http.ResponseWriter, in chat.Intake, press model.PostActionIntegrationRequest) {
	v, err := readVoucher(press.Context, c.cfg.CallbackKeys, c.now())
	switch {
	case errors.Is(err, errExpired):
		c.say(w, c.cfg.Texts.ButtonExpired())
		return
	case err != nil || !model.IsValidId(press.UserId):
		c.refuse(w, http.StatusUnauthorized, "forged", err)
		return
	case press.ChannelId != v.channel:
		c.refuse(w, http.StatusConflict, "other channel", nil)
		return
	}
	post, err := c.Post(ctx, press.PostId)
	switch {
	case errors.Is(err, inbox.ErrGone):
		c.say(w, c.cfg.Texts.ButtonExpired())
		return
	case err != nil:
		c.notTaken(w, press.PostId, err)
		return
	case post.Marker != v.marker || post.ChannelID != v.channel:
		c.refuse(w, http.StatusConflict, "other post", nil)
		return
	}
	click := chat.Click{
		ID: triggerID(press.TriggerId), Marker: v.marker,
		Action: v.action, Subject: v.subject,
		PostID: post.ID, ChannelID: post.ChannelID, RootID: post.RootID,
		UserID: press.UserId, At: c.now(),
	}
	if !c.opened(ctx, w, in, click, press.TriggerId) {
		c.store(ctx, w, in, click)
	}
}

// opened reports whether a press needs no more: its dialog is open, or nobody can say
// now whether it has one. A dialog that does not open is none: its way can do without,
// in words.
func (c *Client) opened(ctx context.Context, w http.ResponseWriter, in chat.Intake, click chat.Click, trigger string) bool {
	dialog, err := in.Opens(ctx, click)
	switch {
	case err != nil:
		c.log.Warn("dialog not opened", inbox.KeyPost, click.PostID, inbox.KeyError, err)
		c.say(w, c.cfg.Texts.ButtonFailed())
		return true
	case len(dialog.Fields) == 0:
		return false
	}
	if err := c.open(ctx, dialog, click, trigger); err != nil {
		c.log.Warn("dialog not opened", inbox.KeyPost, click.PostID, inbox.KeyError, err)
		return false
	}
	c.say(w, "")
	return true
}

// store hands a press on, and says what came of it.
func (c *Client) store(ctx context.Context, w http.ResponseWriter, in chat.Intake, click chat.Click) {
	switch err := in.Pressed(ctx, click); {
	case errors.Is(err, inbox.ErrPressed):
		c.say(w, c.cfg.Texts.ButtonRepeated())
	case err != nil:
		c.notTaken(w, click.PostID, err)
	default:
		c.say(w, c.cfg.Texts.ButtonTaken())
	}
}

func (c *Client) notTaken(w http.ResponseWriter, postID string, err error) {
	c.log.Warn("button press not taken", inbox.KeyPost, postID, inbox.KeyError, err)
	c.say(w, c.cfg.Texts.ButtonFailed())
}

// triggerID names one press or command. The server makes a trigger for each, which
// holds the user id; its hash, with the server's signature in it, says nothing to
// anybody.
func triggerID(trigger string) string {
	if trigger == "" {
		return rand.Text()
	}
	sum := sha256.Sum256([]byte(trigger))
	return hex.EncodeToString(sum[:16])
}

// say shows a text to the person who pressed, and to nobody else.
func (c *Client) say(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "application/json")
	answer := model.PostActionIntegrationResponse{EphemeralText: text, SkipSlackParsing: true}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		c.log.Debug("button press not answered", inbox.KeyError, err)
	}
}

func (c *Client) refuse(w http.ResponseWriter, code int, reason string, err error) {
	c.count(reason, err)
	http.Error(w, reason, code)
}

// count notes that something that claims to come from the server was refused.
func (c *Client) count(reason string, err error) {
	c.refusals.mu.Lock()
	defer c.refusals.mu.Unlock()
	if c.refusals.by == nil {
		c.refusals.by = map[string]int{}
	}
	c.refusals.by[reason]++
	c.log.Warn("callback refused", inbox.KeyReason, reason, inbox.KeyCount, c.refusals.by[reason], inbox.KeyError, err)
}

// refusals counts what was refused since the start, by reason.
type refusals struct {
	mu sync.Mutex
	by map[string]int
}

// Refused is how many presses, dialogs and commands were refused since the start,
// by reason.
func (c *Client) Refused() map[string]int {
	c.refusals.mu.Lock()
	defer c.refusals.mu.Unlock()
	return maps.Clone(c.refusals.by)
}
