package main

import (
	"errors"
	"fmt"
	"io"
)

// Exit codes are part of the command line's contract.
const (
	exitOK      = 0
	exitFailed  = 1
	exitUsage   = 2
	exitNothing = 3 // nothing found, empty or quarantined
	exitGate    = 4 // a gate failed
)

// codedError carries the exit code that an error ends the process with.
type codedError struct {
	code int
	err  error
}

func (e *codedError) Error() string { return e.err.Error() }
func (e *codedError) Unwrap() error { return e.err }

// silentError ends the process with a code after everything was said already.
type silentError struct{ code int }

func (e *silentError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

func usage(format string, args ...any) error {
	return &codedError{exitUsage, fmt.Errorf(format, args...)}
}

func exitCode(err error) int {
	var coded *codedError
	var silent *silentError
	switch {
	case errors.As(err, &coded):
		return coded.code
	case errors.As(err, &silent):
		return silent.code
	}
	return exitFailed
}

func report(w io.Writer, err error) {
	fmt.Fprintf(w, "sprechstunde: %v\n", err)
	if exitCode(err) == exitUsage {
		fmt.Fprintln(w, "hint: sprechstunde COMMAND --help shows how, with an example")
	}
}
