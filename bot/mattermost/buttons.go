package mattermost

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/inbox"
)

// voucher is what a button carries to the server and back: what it does, where
// it stands, how long it works. The server keeps it from clients, so that the
// signature stays secret; it binds all fields together. Draft, action and subject
// name the button.
type voucher struct {
	action          inbox.Action
	subject         inbox.Subject
	channel, marker string
	expires         time.Time
	nonce           string // of version 1 only
}

// Versions of vouchers. They change when the fields do; buttons of others are
// void. Buttons of version 1 are pressed until the last of them is too old.
const (
	voucherVersion = "2"
	voucherNonce   = "1" // held a nonce too
)

// Errors of a voucher that comes back.
var (
	errForged  = errors.New("signature does not fit")
	errExpired = errors.New("button is too old")
)

// attachment holds the draft's buttons; nil where there are none, or where the
// server could not call back.
func (c *Client) attachment(d inbox.Draft, channelID string) *model.MessageAttachment {
	if c.cfg.CallbackURL == "" || len(d.Buttons) == 0 {
		return nil
	}
	key := c.cfg.CallbackKeys[0]
	a := &model.MessageAttachment{}
	for i, b := range d.Buttons {
		v := voucher{
			action: b.Action, subject: b.Subject, channel: channelID, marker: d.Marker,
			expires: c.now().Add(c.cfg.ButtonLife),
		}
		action := &model.PostAction{
			Id: "button" + strconv.Itoa(i), Type: model.PostActionTypeButton, Name: b.Label,
			Integration: &model.PostActionIntegration{URL: c.cfg.CallbackURL, Context: v.sign(key)},
		}
		if b.Primary {
			action.Style = "primary"
		}
		a.Actions = append(a.Actions, action)
	}
	return a
}

func (v voucher) sign(key string) map[string]any {
	return map[string]any{
		"version": voucherVersion, "action": string(v.action), "subject": v.subject.String(), "channel": v.channel,
		"marker": v.marker, "expires": strconv.FormatInt(v.expires.Unix(), 10),
		"signature": v.signature(voucherVersion, key),
	}
}

func (v voucher) signature(version, key string) string {
	fields := []string{"button", version, string(v.action), v.subject.String(), v.channel, v.marker}
	if version == voucherNonce {
		fields = append(fields, v.nonce)
	}
	return mac(key, append(fields, strconv.FormatInt(v.expires.Unix(), 10))...)
}

// readVoucher verifies what came back. All keys are tried, in constant time.
func readVoucher(context map[string]any, keys []string, now time.Time) (voucher, error) {
	field := func(name string) string {
		s, _ := context[name].(string)
		return s
	}
	expires, err := strconv.ParseInt(field("expires"), 10, 64)
	version := field("version")
	if err != nil || version != voucherVersion && version != voucherNonce {
		return voucher{}, errForged
	}
	action := inbox.Action(field("action"))
	subject, known := inbox.ReadSubject(action, field("subject"))
	if !known {
		return voucher{}, errForged
	}
	v := voucher{
		action: action, subject: subject, channel: field("channel"),
		marker: field("marker"), nonce: field("nonce"), expires: time.Unix(expires, 0),
	}
	genuine := false
	for _, key := range keys {
		genuine = hmac.Equal([]byte(v.signature(version, key)), []byte(field("signature"))) && key != "" || genuine
	}
	switch {
	case !genuine:
		return voucher{}, errForged
	case !now.Before(v.expires):
		return voucher{}, errExpired
	}
	return v, nil
}

// mac signs fields such that no two lists of fields look the same.
func mac(key string, fields ...string) string {
	h := hmac.New(sha256.New, []byte(key))
	for _, f := range fields {
		h.Write([]byte(strconv.Itoa(len(f)) + ":" + f))
	}
	return hex.EncodeToString(h.Sum(nil))
}
