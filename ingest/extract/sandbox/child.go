package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"lvr.example/sprechstunde/ingest/extract"
)

// limitError is a file that its child did not survive.
type limitError struct {
	reason extract.Reason
	detail string
	trace  string // of the child, without values
	part   int    // of the file that was being read, from 1; 0: it is not read in parts
}

func (e *limitError) Error() string { return string(e.reason) + ": " + e.detail }

// child is a child process as its parent sees it. It reads one file at a time.
type child struct {
	limits  Limits
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     io.Reader
	stderr  *tail
	missing []string
	pdf     bool // has the PDF engine
	files   int
	part    atomic.Int64         // of the file that is being read, from 1
	cpu     float64              // seconds for files
	wall    func() time.Duration // how long it may stand still
	ended   sync.Once

	mu    sync.Mutex
	cause *limitError // why it was killed
}

// command is that of a child, with nothing of the service's own in its environment.
func command(ctx context.Context, options Options, stderr io.Writer, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, options.Program[0], append(slices.Clone(options.Program[1:]), args...)...)
	cmd.Env = []string{"GOMAXPROCS=2", "GOTRACEBACK=single"}
	cmd.Dir = "/"
	cmd.Stderr = stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // the terminal's signals are the parent's
	return cmd
}

// start starts a child and waits until it is closed off.
func start(ctx context.Context, options Options, pdf bool) (*child, error) {
	c := &child{limits: options.Limits, pdf: pdf, stderr: &tail{}}
	c.wall = func() time.Duration { return options.patience(options.Limits.Wall) }
	c.cmd = command(context.WithoutCancel(ctx), options, c.stderr, // it serves other files after this one
		"-memory="+strconv.FormatInt(options.Limits.Memory, 10), "-cache="+options.Cache, "-pdf="+strconv.FormatBool(pdf))
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start child: %w", err)
	}
	if c.out, err = c.cmd.StdoutPipe(); err != nil {
		return nil, fmt.Errorf("start child: %w", err)
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start child: %w", err)
	}
	var h hello
	if err := c.within(ctx, time.NewTimer(options.Limits.Start), nil, func() error {
		_, err := c.receive(&h, c.limits.Output)
		return err
	}); err != nil {
		c.kill()
		return nil, fmt.Errorf("start child: %w (%s)", err, c.stderr.summary())
	}
	c.missing = h.Missing
	return c, nil
}

// errBackwards is a child that tells of parts that it has told of.
var errBackwards = errors.New("parts of a file do not follow each other")

// wornCPU is the computing time after which a child is replaced.
const wornCPU = time.Minute

// read has the child read a file. A [*limitError] says why it could not.
func (c *child) read(ctx context.Context, name string, data []byte, steps extract.Steps) ([]extract.Named, error) {
	r, texts, err := c.ask(ctx, request{Name: name, Skip: steps.Skip, Until: steps.Until}, data, steps.Told)
	if err != nil {
		return nil, err
	}
	if len(r.Documents) == 0 {
		return nil, &limitError{reason: extract.Crashed, detail: "the reader gave no answer"}
	}
	for i := range r.Documents {
		r.Documents[i].Blocks = texts[i+1]
	}
	return r.Documents, nil
}

// page has the child take a page out of a PDF.
func (c *child) page(ctx context.Context, data []byte, number int) (page []byte, pages int, err error) {
	r, _, err := c.ask(ctx, request{Page: number}, data, nil)
	if err == nil && r.Problem != nil {
		err = r.Problem
	}
	return r.Page, r.Pages, err
}

// ask has the child do something with a file and returns its last word, and the blocks of
// the documents from 1 that came before.
func (c *child) ask(ctx context.Context, wanted request, data []byte, told func(done, total int)) (r reply, texts map[int][]extract.Block, err error) {
	c.files++
	c.part.Store(0)
	texts = map[int][]extract.Block{}
	guard := time.NewTimer(c.wall())
	err = c.within(ctx, guard, c.overspent(guard), func() error {
		head, err := json.Marshal(wanted)
		if err != nil {
			return err
		}
		if err := writeFrame(c.in, head); err != nil {
			return err
		}
		if err := writeFrame(c.in, data); err != nil {
			return err
		}
		for left := c.limits.Output; ; {
			r = reply{}
			size, err := c.receive(&r, left)
			if err != nil {
				return err
			}
			if left -= size; r.Of > 0 {
				texts[r.Of] = append(texts[r.Of], r.Blocks...)
				continue
			}
			if r.Total == 0 {
				return nil
			}
			if next := int64(r.Done) + 1; next > c.part.Load() {
				c.part.Store(next)
			} else {
				return errBackwards
			}
			if told != nil {
				told(r.Done, r.Total)
			}
		}
	})
	if ctx.Err() != nil {
		return r, nil, ctx.Err()
	}
	if err != nil {
		cause := c.blame(err)
		cause.part = int(c.part.Load())
		return r, nil, cause
	}
	c.cpu = r.CPU
	return r, texts, nil
}

// receive reads the child's next word, of at most so many bytes, and returns its length.
func (c *child) receive(value any, most int) (size int, err error) {
	payload, err := readFrame(c.out, most)
	if err != nil {
		return 0, err
	}
	if err := json.Unmarshal(payload, value); err != nil {
		return 0, fmt.Errorf("decode: %w", err)
	}
	return len(payload), nil
}

// watchEvery is how often memory and computing time of a child at work are looked at.
const watchEvery = 15 * time.Millisecond

// within runs talk and kills the child when ctx ends, the guard's time runs out or
// watch names a cause; then talk ends with an error.
func (c *child) within(ctx context.Context, guard *time.Timer, watch func() *limitError, talk func() error) error {
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		defer guard.Stop()
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-ctx.Done():
				c.stop(&limitError{reason: extract.Crashed, detail: "stopped"})
				<-done
				return
			case <-guard.C:
				c.stop(&limitError{reason: extract.TooSlow, detail: "the reader does not come to an end"})
			case <-tick.C:
				if watch == nil {
					continue
				}
				if cause := watch(); cause != nil {
					c.stop(cause)
				}
			}
		}
	})
	err := talk()
	close(done)
	watching.Wait()
	return err
}

// overspent watches what the child takes from now on; each part of a long file has
// the whole computing time. Its computing is its heartbeat:
// each bit of it sets the guard back, which so ends only what stands still, and
// computing time is the limit of all else, however busy the machine is.
func (c *child) overspent(guard *time.Timer) func() *limitError {
	pid := c.cmd.Process.Pid
	before := computed(pid)
	last, part := before, int64(0)
	return func() *limitError {
		now := computed(pid)
		if at := c.part.Load(); at != part {
			before, part = now, at
		}
		switch {
		case resident(pid) > c.limits.Memory:
			return c.swollen()
		case now-before > c.limits.CPU:
			return overlong()
		case now > last:
			guard.Reset(c.wall())
		}
		last = max(last, now)
		return nil
	}
}

func overlong() *limitError {
	return &limitError{reason: extract.TooSlow, detail: "reading it takes too much computing time"}
}

func (c *child) swollen() *limitError {
	return &limitError{reason: extract.TooMuchMemory, detail: fmt.Sprintf("reading it takes more than %d MB", c.limits.Memory>>20)}
}

// stop kills the process and keeps the first cause.
func (c *child) stop(cause *limitError) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cause == nil {
		c.cause = cause
		_ = c.cmd.Process.Kill() // it may have ended by itself
	}
}

// blame finds out why the child ended.
func (c *child) blame(err error) *limitError {
	c.kill()
	c.mu.Lock()
	defer c.mu.Unlock()
	trace := c.stderr.summary()
	status, _ := c.cmd.ProcessState.Sys().(syscall.WaitStatus)
	switch {
	case c.cause != nil:
		c.cause.trace = trace
		return c.cause
	case errors.Is(err, errTooLong):
		return &limitError{reason: extract.TooLarge, detail: fmt.Sprintf("its text is longer than %d MB", c.limits.Output>>20), trace: trace}
	case strings.Contains(trace, "out of memory") || strings.Contains(trace, "cannot allocate memory"):
		cause := c.swollen()
		cause.trace = trace
		return cause
	case status.Signaled() && (status.Signal() == syscall.SIGXCPU || c.cmd.ProcessState.UserTime() > maxCPU*9/10):
		cause := overlong()
		cause.trace = trace
		return cause
	}
	return &limitError{reason: extract.Crashed, detail: "the reader crashed on it", trace: trace}
}

// isWorn reports a child to be replaced.
func (c *child) isWorn() bool {
	return c.files >= c.limits.Files || c.cpu > wornCPU.Seconds() || resident(c.cmd.Process.Pid) > c.limits.Memory*2/3
}

// retire lets the child end by itself, and sees to it that it does.
func (c *child) retire() {
	_ = c.in.Close() // it ends when its input does
	timer := time.AfterFunc(time.Second, func() { c.stop(&limitError{reason: extract.TooSlow, detail: "did not end"}) })
	defer timer.Stop()
	c.wait()
}

// kill ends the child at once.
func (c *child) kill() {
	_ = c.cmd.Process.Kill() // as in stop
	c.wait()
}

// wait collects the process.
func (c *child) wait() {
	c.ended.Do(func() {
		_ = c.in.Close()
		_ = c.cmd.Wait() // how it ended is in its state
	})
}

// tail keeps the first bytes that a child writes about its end.
type tail struct {
	mu   sync.Mutex
	text bytes.Buffer
}

const maxTail = 16 << 10

// Write implements [io.Writer]; it takes everything and keeps the beginning.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text.Write(p[:min(len(p), maxTail-t.text.Len())])
	return len(p), nil
}

// summary returns the lines that say what broke and where, without values of
// variables and messages of panics, which may hold text of the document.
func (t *tail) summary() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var lines []string
	for line := range strings.Lines(t.text.String()) {
		line = strings.TrimSpace(line)
		isPlace := strings.HasPrefix(line, "/") && strings.Contains(line, ".go:")
		if isPlace || strings.HasPrefix(line, "fatal error:") || strings.HasPrefix(line, "runtime:") || strings.HasPrefix(line, "SIG") {
			lines = append(lines, line)
		}
		if len(lines) == 8 {
			break
		}
	}
	return strings.Join(lines, "; ")
}
