package embed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

// Kind says what went wrong with an endpoint.
type Kind string

// The kinds of faults.
const (
	Unreachable    Kind = "unreachable"     // no connection, or it broke
	Slow           Kind = "slow"            // no answer in time
	Busy           Kind = "busy"            // 429 or 5xx
	Refused        Kind = "refused"         // other 4xx: token, model name, text too long
	BadAnswer      Kind = "bad answer"      // not the interface, or vectors that are none
	WrongDimension Kind = "wrong dimension" // vectors of another model
)

// Error is a fault of the endpoint.
type Error struct {
	Kind    Kind
	Address string
	Err     error
}

// Error implements error.
func (e *Error) Error() string {
	return fmt.Sprintf("embedder %s %s: %v", e.Address, e.Kind, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Temporary reports whether the same request may succeed later.
func (e *Error) Temporary() bool {
	return e.Kind == Unreachable || e.Kind == Slow || e.Kind == Busy
}

// fault sorts a request's error. The server's words stay out: they may repeat
// the text that was sent.
func (c *Client) fault(ctx context.Context, err error, timeout time.Duration) error {
	if cause := context.Cause(ctx); errors.Is(cause, context.Canceled) {
		return cause // the caller's own wish
	}
	fault := &Error{Address: c.config.BaseURL}
	status := 0
	var api *openai.APIError
	var request *openai.RequestError
	switch {
	case errors.As(err, &api):
		status = api.HTTPStatusCode
	case errors.As(err, &request):
		status = request.HTTPStatusCode
	}
	switch {
	case ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded):
		fault.Kind, fault.Err = Slow, fmt.Errorf("no answer within %s: %w", timeout, context.DeadlineExceeded)
	case status == http.StatusTooManyRequests || status >= 500:
		fault.Kind, fault.Err = Busy, fmt.Errorf("status %d", status)
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		fault.Kind, fault.Err = Refused, fmt.Errorf("status %d; check the token", status)
	case status == http.StatusNotFound:
		fault.Kind, fault.Err = Refused, fmt.Errorf("status %d; check that the address ends in /v1 and that model %q is served", status, c.config.PassageModel)
	case status >= 400:
		fault.Kind, fault.Err = Refused, fmt.Errorf("status %d; check the model's name and the length of the texts", status)
	case status > 0 || jsonFault(err):
		fault.Kind, fault.Err = BadAnswer, errors.New("no answer of the OpenAI embeddings interface")
	default:
		fault.Kind, fault.Err = Unreachable, err
	}
	return fault
}

// jsonFault reports whether an answer came that was not the JSON expected.
func jsonFault(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, io.ErrUnexpectedEOF)
}
