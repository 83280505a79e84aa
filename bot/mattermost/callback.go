package mattermost

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

const (
	longestCallback = 64 << 10 // bytes
	callbackWithin  = 2500 * time.Millisecond
)

// Handler takes presses of the bot's buttons from the Mattermost server. It
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
		c.log.Warn("button press not taken", inbox.KeyPost, press.PostId, inbox.KeyError, err)
		c.say(w, c.cfg.Texts.ButtonFailed())
		return
	case post.Marker != v.marker || post.ChannelID != v.channel:
		c.refuse(w, http.StatusConflict, "other post", nil)
		return
	}
	click := chat.Click{
		ID: pressID(press), Marker: v.marker,
		Action: v.action, Subject: v.subject,
		PostID: post.ID, ChannelID: post.ChannelID, RootID: post.RootID,
		UserID: press.UserId, At: c.now(),
	}
	err = in.Pressed(ctx, click)
	switch {
	case errors.Is(err, inbox.ErrPressed):
		c.say(w, c.cfg.Texts.ButtonRepeated())
	case err != nil:
		c.log.Warn("button press not taken", inbox.KeyPost, press.PostId, inbox.KeyError, err)
		c.say(w, c.cfg.Texts.ButtonFailed())
	default:
		c.say(w, c.cfg.Texts.ButtonTaken())
	}
}

// pressID names one press. The server makes a trigger for each, which holds the
// user id; its hash, with the server's signature in it, says nothing to anybody.
func pressID(press model.PostActionIntegrationRequest) string {
	if press.TriggerId == "" {
		return rand.Text()
	}
	sum := sha256.Sum256([]byte(press.TriggerId))
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
	c.log.Warn("button press refused", inbox.KeyReason, reason, inbox.KeyError, err)
	http.Error(w, reason, code)
}
