package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval/httperr"
)

// AuthError says that the server refuses the bot's token. Somebody has to act;
// until then every request is tried again after a pause.
type AuthError struct{ Err error }

func (e *AuthError) Error() string { return "mattermost refuses the bot's token: " + e.Err.Error() }
func (e *AuthError) Unwrap() error { return e.Err }

// authPause is how long a request waits for somebody to renew the token.
const authPause = time.Minute

// Errors are logged, and no line may tell who asked: operations name posts and
// channels, never people.

// classify gives a failed request its meaning: another try (*inbox.RetryError),
// somebody must act (*AuthError inside one), gone or closed (inbox.ErrGone), or
// none of these: trying again as it is would not help.
func classify(op string, resp *model.Response, err error, now time.Time) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, context.Canceled) || resp == nil || resp.StatusCode == 0 {
		return unreached(op, err)
	}
	code := resp.StatusCode
	if code >= http.StatusBadRequest && !fromServer(err) {
		// A proxy's page, whose words are no business of a log.
		err = fmt.Errorf("status %d, not from Mattermost", code)
	}
	wrapped := fmt.Errorf("%s: %w", op, err)
	switch {
	case code == http.StatusTooManyRequests:
		return &inbox.RetryError{After: retryAfter(resp.Header, now), Err: wrapped}
	case code >= http.StatusBadRequest && !fromServer(err):
		return &inbox.RetryError{Err: wrapped}
	case code == http.StatusUnauthorized:
		return &inbox.RetryError{After: authPause, Err: &AuthError{Err: wrapped}}
	case code == http.StatusForbidden, code == http.StatusNotFound, code == http.StatusBadRequest && rootGone(err):
		return fmt.Errorf("%w: %w", inbox.ErrGone, wrapped)
	case code == http.StatusRequestTimeout, code >= http.StatusInternalServerError && code != http.StatusNotImplemented:
		return &inbox.RetryError{Err: wrapped}
	case code < http.StatusMultipleChoices:
		// A cut or foreign body after a good status.
		return &inbox.RetryError{Err: wrapped}
	}
	return wrapped
}

// unreached is a request that no answer came to; one that was called off asks
// for no other try.
func unreached(op string, err error) error {
	err = fmt.Errorf("%s: %w", op, httperr.WithoutAddress(err))
	if errors.Is(err, context.Canceled) {
		return err
	}
	return &inbox.RetryError{Err: err}
}

// fromServer reports whether Mattermost itself refused the request. Nothing is
// ever taken for gone on the word of a proxy.
func fromServer(err error) bool {
	var app *model.AppError
	return errors.As(err, &app) && app.Id != ""
}

// missing reports whether Mattermost says that there is no such thing.
func missing(resp *model.Response, err error) bool {
	return resp != nil && resp.StatusCode == http.StatusNotFound && fromServer(err)
}

// rootGone reports whether a post was refused because of its thread or channel:
// deleted, archived, or a root that is a reply itself.
func rootGone(err error) bool {
	var app *model.AppError
	if !errors.As(err, &app) {
		return false
	}
	return strings.HasPrefix(app.Id, "api.post.create_post.") ||
		strings.Contains(app.Id, "root_id") || strings.HasPrefix(app.Id, "api.channel.create_direct_channel.")
}
