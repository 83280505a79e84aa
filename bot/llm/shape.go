package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// shapes remembers whether the endpoint keeps to a JSON schema with this model.
type shapes struct {
	gate  chan struct{} // holds one who looks or tries
	known bool
	kept  bool
}

// The trial asks for prose and sets a schema that allows one word: only an
// endpoint that keeps to schemas says it.
var (
	trialShape = json.RawMessage(`{"type":"object","properties":{"wort":{"type":"string","enum":["Ampel"]}},"required":["wort"],"additionalProperties":false}`)
	trial      = request{system: "Antworte mit einem kurzen deutschen Satz.", user: "Wie ist das Wetter?", shape: trialShape}
)

// Shapes reports whether the endpoint keeps to a JSON schema with this model. It
// is tried once, with a small request; a fault that may pass is no finding. An
// error is one of Complete's.
func (c *Client) Shapes(ctx context.Context) (bool, error) {
	select {
	case c.shapes.gate <- struct{}{}:
		defer func() { <-c.shapes.gate }()
	case <-ctx.Done():
		return false, fmt.Errorf("try a JSON schema: %w", ctx.Err())
	}
	if c.shapes.known {
		return c.shapes.kept, nil
	}
	text, err := c.ask(ctx, trial)
	var fault *Error
	if errors.As(err, &fault) && (fault.Kind == Misset || fault.Kind == Unusable) {
		c.shapes.known = true // it does not know the field, or talks past it
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var said struct{ Wort string }
	c.shapes.known, c.shapes.kept = true, json.Unmarshal([]byte(text), &said) == nil && said.Wort == "Ampel"
	return c.shapes.kept, nil
}

// CompleteShaped is Complete with a JSON schema that the reply must keep to. What
// comes is as the endpoint sent it: parse it strictly.
func (c *Client) CompleteShaped(ctx context.Context, system, user string, shape json.RawMessage) (string, error) {
	return c.ask(ctx, request{system: system, user: user, shape: shape})
}
