// Mutants shows that the tests which guard the house's promises would notice if one
// were broken: it makes each change of its table, one at a time, and runs the one
// test that must fail then.
//
// Limits: the changes are made in an overlay of the build and never in the working
// tree; they are those of the table, and no others are thought up. A test counts
// only where it passes without the change.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Exit codes.
const (
	allKilled = 0
	notAll    = 1 // at least one change went unnoticed, or could not be tried
	misused   = 2
)

const usage = `Break a promise on purpose and see that its test notices.

  go run ./cmd/internal/mutants                      all of the table
  go run ./cmd/internal/mutants -quick               those that need nothing but Go
  go run ./cmd/internal/mutants -only fence-dropped  one or several (a,b)
  go run ./cmd/internal/mutants -list                what there is

Exit code: 0 all were killed, 1 not all, 2 the call was wrong.

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.Usage = func() { fmt.Fprint(errs, usage); flags.PrintDefaults() }
	only := flags.String("only", "", "names, separated by commas")
	quick := flags.Bool("quick", false, "only those marked as quick")
	list := flags.Bool("list", false, "list them and run nothing")
	timeout := flags.Duration("timeout", 5*time.Minute, "for one test")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return allKilled
	case err != nil:
		return misused
	case flags.NArg() > 0:
		fmt.Fprintf(errs, "%q is no flag: a name goes behind -only\n", flags.Arg(0))
		return misused
	}
	chosen, err := choose(table, *only, *quick)
	if err != nil {
		fmt.Fprintln(errs, err)
		return misused
	}
	if *list {
		show(out, chosen)
		return allKilled
	}
	root, err := moduleRoot(ctx)
	if err != nil {
		fmt.Fprintln(errs, err)
		return misused
	}
	return tryAll(ctx, &lab{root: root, timeout: *timeout, passes: map[string]trial{}}, chosen, out)
}

// choose returns the mutants asked for, in the order of the table.
func choose(all []mutant, only string, quick bool) ([]mutant, error) {
	if only != "" {
		wanted := strings.Split(only, ",")
		for _, name := range wanted {
			if !slices.ContainsFunc(all, func(m mutant) bool { return m.name == name }) {
				return nil, fmt.Errorf("there is no mutant %q: -list names them", name)
			}
		}
		all = slices.DeleteFunc(slices.Clone(all), func(m mutant) bool { return !slices.Contains(wanted, m.name) })
	}
	if quick {
		all = slices.DeleteFunc(slices.Clone(all), func(m mutant) bool { return !m.quick })
	}
	return all, nil
}

func show(out io.Writer, mutants []mutant) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, m := range mutants {
		name := m.name
		if m.quick {
			name += " (quick)"
		}
		fmt.Fprintf(table, "%s\t%s\t%s %s\t%s\n", name, m.file, m.pkg, m.test, m.why)
	}
	_ = table.Flush() // as everything that is written to a terminal
}

func moduleRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	root := strings.TrimSpace(string(out))
	if err != nil || root == "" {
		return "", fmt.Errorf("find the module: run it inside the project, with go in the PATH (%w)", err)
	}
	return root, nil
}

// tryAll tries one mutant after the other and says what came of each.
func tryAll(ctx context.Context, l *lab, mutants []mutant, out io.Writer) int {
	var unkilled []string
	for i, m := range mutants {
		fmt.Fprintf(out, "%2d/%d %s … ", i+1, len(mutants), m.name)
		found := l.try(ctx, m)
		if ctx.Err() != nil {
			fmt.Fprintln(out, "stopped")
			return notAll
		}
		fmt.Fprintf(out, "%s %s %s (%.1f s)\n", found.verdict, m.pkg, m.test, found.took.Seconds())
		if found.verdict != killed {
			unkilled = append(unkilled, m.name)
			fmt.Fprintf(out, "      %s\n      %s\n", m.why, strings.ReplaceAll(found.detail, "\n", "\n      "))
		}
	}
	if len(unkilled) > 0 {
		fmt.Fprintf(out, "%d of %d were not killed: %s\n", len(unkilled), len(mutants), strings.Join(unkilled, ", "))
		return notAll
	}
	fmt.Fprintf(out, "all %d were killed\n", len(mutants))
	return allKilled
}
