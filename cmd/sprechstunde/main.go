// Command sprechstunde answers the staff's questions about the house's rules in
// Mattermost out of the house's own documents, and takes what they do not
// settle to the people of the office hour.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"

	_ "time/tzdata" // the image has no time zones

	"lvr.example/sprechstunde/ingest/extract/sandbox"
)

func main() { os.Exit(start(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// start runs one command with the process's signals, or reads files as a child
// of one.
func start(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if code, is := sandbox.Child(args, stdin, stdout, stderr); is {
		return code
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, environment{args: args, environ: os.Environ(), stdin: stdin, stdout: stdout, stderr: stderr})
}

// environment is everything that a command may touch of the process.
type environment struct {
	args    []string
	environ []string
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
}

// run executes one command line and returns its exit code.
func run(ctx context.Context, e environment) int {
	root := newRoot(e)
	root.SetArgs(e.args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	var quiet *silentError
	if !errors.As(err, &quiet) {
		report(e.stderr, err)
	}
	return exitCode(err)
}
