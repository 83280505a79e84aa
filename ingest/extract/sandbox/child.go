package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"lvr.example/sprechstunde/ingest/extract"
)

// limitError is a file that its child did not survive.
type limitError struct {
	reason extract.Reason
	detail string
	trace  string // of the child, without values
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
	cpu     float64
	ended   sync.Once

	mu    sync.Mutex
	cause *limitError // why it was killed
}

// start starts a child and waits until it is closed off.
func start(ctx context.Context, options Options, pdf bool) (*child, error) {
	args := append([]string{}, options.Program[1:]...)
	args = append(args, "-memory="+strconv.FormatInt(options.Limits.Memory, 10), "-cache="+options.Cache, "-pdf="+strconv.FormatBool(pdf))
	c := &child{limits: options.Limits, pdf: pdf, stderr: &tail{}}
	c.cmd = exec.CommandContext(context.WithoutCancel(ctx), options.Program[0], args...) // it serves other files after this one
	c.cmd.Env = []string{"GOMAXPROCS=2", "GOTRACEBACK=single"}                           // nothing of the service's own
	c.cmd.Dir = "/"
	c.cmd.Stderr = c.stderr
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // the terminal's signals are the parent's
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
	if err := c.within(ctx, options.Limits.Start, false, func() error { return c.receive(&h) }); err != nil {
		c.kill()
		return nil, fmt.Errorf("start child: %w (%s)", err, c.stderr.summary())
	}
	c.missing = h.Missing
	return c, nil
}

// read has the child read a file. A [*limitError] says why it could not.
func (c *child) read(ctx context.Context, name string, data []byte) ([]extract.Named, error) {
	c.files++
	var r reply
	err := c.within(ctx, c.limits.Wall, true, func() error {
		head, err := json.Marshal(request{Name: name})
		if err != nil {
			return err
		}
		if err := writeFrame(c.in, head); err != nil {
			return err
		}
		if err := writeFrame(c.in, data); err != nil {
			return err
		}
		return c.receive(&r)
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, c.blame(err)
	}
	if len(r.Documents) == 0 {
		return nil, &limitError{reason: extract.Crashed, detail: "the reader gave no answer"}
	}
	c.cpu = r.CPU
	return r.Documents, nil
}

func (c *child) receive(value any) error {
	payload, err := readFrame(c.out, c.limits.Output)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(payload, value); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	return nil
}

// watchEvery is how often the memory of a child at work is looked at.
const watchEvery = 15 * time.Millisecond

// within runs talk and kills the child when ctx ends, time runs out or it takes
// too much memory; then talk ends with an error.
func (c *child) within(ctx context.Context, most time.Duration, watch bool, talk func() error) error {
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		timeout := time.NewTimer(most)
		defer timeout.Stop()
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
			case <-timeout.C:
				c.stop(&limitError{reason: extract.TooSlow, detail: fmt.Sprintf("not read within %s", most)})
			case <-tick.C:
				if watch && resident(c.cmd.Process.Pid) > c.limits.Memory {
					c.stop(c.swollen())
				}
			}
		}
	})
	err := talk()
	close(done)
	watching.Wait()
	return err
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
		return &limitError{reason: extract.TooSlow, detail: "reading it takes too much computing time", trace: trace}
	}
	return &limitError{reason: extract.Crashed, detail: "the reader crashed on it", trace: trace}
}

// isWorn reports a child to be replaced.
func (c *child) isWorn() bool {
	return c.files >= c.limits.Files || c.cpu > maxCPU.Seconds()/2 || resident(c.cmd.Process.Pid) > c.limits.Memory*2/3
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
