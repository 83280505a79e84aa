package mattermost

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Commands takes calls of the bot's slash command from the Mattermost server, which
// shows a token with each: it made one for the command of each team. What was called
// goes to the queue; who called is told that the answer comes by direct message.
func (c *Client) Commands(in chat.Intake) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), callbackWithin)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, longestCallback)
		if err := r.ParseForm(); err != nil {
			c.refuse(w, http.StatusBadRequest, "unreadable command", err)
			return
		}
		form := r.PostForm
		if !c.knownToken(form.Get("token")) {
			c.count("forged command", nil)
			c.answerCommand(w, http.StatusUnauthorized, c.cfg.Texts.CommandForged())
			return
		}
		if !model.IsValidId(form.Get("user_id")) || !model.IsValidId(form.Get("channel_id")) {
			c.refuse(w, http.StatusBadRequest, "command of nobody", nil)
			return
		}
		err := in.Commanded(ctx, chat.Command{
			ID: triggerID(form.Get("trigger_id")), Text: strings.ToValidUTF8(strings.ReplaceAll(form.Get("text"), "\x00", ""), ""),
			ChannelID: form.Get("channel_id"), RootID: form.Get("root_id"), UserID: form.Get("user_id"), At: c.now(),
		})
		if err != nil {
			c.log.Warn("command not taken", inbox.KeyError, err)
			c.answerCommand(w, http.StatusOK, c.cfg.Texts.CommandFailed())
			return
		}
		c.answerCommand(w, http.StatusOK, c.cfg.Texts.CommandTaken())
	})
}

// knownToken compares with all tokens, in constant time.
func (c *Client) knownToken(token string) bool {
	known := 0
	for _, t := range c.cfg.CommandTokens {
		if t != "" {
			known |= subtle.ConstantTimeCompare([]byte(t), []byte(token))
		}
	}
	return known == 1
}

// answerCommand shows a text to the person who called, and to nobody else.
func (c *Client) answerCommand(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	answer := model.CommandResponse{ResponseType: model.CommandResponseTypeEphemeral, Text: text, SkipSlackParsing: true}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		c.log.Debug("command not answered", inbox.KeyError, err)
	}
}
