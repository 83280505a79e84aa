package llm

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Kind says what went wrong with a reply.
type Kind string

// The kinds of faults.
const (
	Unreachable Kind = "unreachable"             // no connection
	Slow        Kind = "too slow"                // no whole reply in time, or silence
	Busy        Kind = "busy"                    // 429
	Faulty      Kind = "faulty"                  // 5xx, or an error inside the stream
	Denied      Kind = "access denied"           // 401, 403: the key is wrong
	Misset      Kind = "request refused"         // other 4xx: address or model name is wrong
	Broken      Kind = "reply broken off"        // no finish reason, unreadable
	Unusable    Kind = "reply unusable"          // too long, empty, withheld
	Spent       Kind = "budget of the day spent" // not asked at all
	Resting     Kind = "left alone after faults" // not asked at all
)

// Error is a fault of the endpoint. It holds no text of prompt or reply.
type Error struct {
	Kind       Kind
	Status     int           // HTTP status; 0: none came
	RetryAfter time.Duration // as the endpoint asked, or until it is asked again; 0: not said
	cause      error
}

// Error says what happened in English, for operators.
func (e *Error) Error() string {
	text := "model " + string(e.Kind)
	if e.Status >= 400 {
		text += fmt.Sprintf(" (status %d)", e.Status)
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap returns the cause where it is known.
func (e *Error) Unwrap() error { return e.cause }

// Retryable reports whether the same request may succeed later without
// anybody changing anything.
func (e *Error) Retryable() bool { return e.Kind != Denied && e.Kind != Misset && e.Kind != Spent }

// passing reports whether the endpoint had no time or was not there, before a
// reply began.
func (e *Error) passing() bool {
	return e.Kind == Busy || e.Kind == Faulty && e.Status >= 500 || e.Kind == Unreachable
}

func (e *Error) is(causes ...error) bool {
	return slices.ContainsFunc(causes, func(cause error) bool { return errors.Is(e.cause, cause) })
}
