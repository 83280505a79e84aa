// Package sandbox reads files of unknown origin in child processes of the same
// program. A child has limits on memory, computing time, output and open files, no
// secrets in its environment, and neither network nor file system once it is
// ready: all it gets and gives goes through pipes. Two walls see to that, a filter
// of system calls (seccomp) and, where the kernel has it, Landlock.
//
// A file that crashes, hangs or swells its child ends with a reason; the child
// is replaced and the files beside it go on. Getting a child ready is no file's
// business: limits begin with the first one, and the PDF engine is compiled in a
// process of its own that never sees a file. What a file says is not judged here:
// that is package extract's job, which the child calls.
package sandbox

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

// Command is the argument that makes the program a child; the arguments after
// it are a child's own.
const Command = "extract-child"

// Options of a pool.
type Options struct {
	Program []string // that starts a child; default: this program with [Command]
	Cache   string   // folder for compiled code that nobody else can write to; made if missing; empty: none
	Size    int      // children at a time; default 2
	Insist  bool     // read nothing where a child cannot be closed off; see [OpenError]
	Limits  Limits
	Log     *slog.Logger
	// Compiling is called around the compiling of the PDF engine, once for each
	// version of it, to tell people that it takes a while; default: nobody is told.
	Compiling func(compile func() error) error

	patience func(time.Duration) time.Duration // how long a guard really waits; default: as long as it is told
}

// Limits of one child. Zero means the default.
type Limits struct {
	Memory int64         // resident bytes; default 224 MiB, so that two children and the service stay below 600 MB
	CPU    time.Duration // computing for one file, or for a part of one that is read in parts; default 25 s
	Wall   time.Duration // for one file that computes nothing; a guard, since a busy machine is no file's fault; default 5 min
	Start  time.Duration // until a child is ready; a guard, too; default 10 min
	Output int           // bytes of a file's result; default 128 MiB
	Files  int           // after which a child is replaced; default 100
}

// OpenError says that a child cannot be closed off here.
type OpenError struct {
	Missing []string // what stays open, in words
}

func (e *OpenError) Error() string {
	return "a reading process cannot be closed off here (" + strings.Join(e.Missing, "; ") + "), and the configuration insists on it"
}

// Pool keeps children warm and gives them files. It is safe for concurrent use.
type Pool struct {
	options Options
	slots   chan *child // a nil one is to be started
	held    chan struct{}
	warm    sync.Mutex // held while the cache of compiled code is filled

	mu       sync.Mutex
	verdicts map[[sha256.Size]byte]*extract.Error
	closed   bool
}

// New makes a pool. Children are started when files come.
func New(options Options) (*Pool, error) {
	if len(options.Program) == 0 {
		if !canBeChild.Load() {
			return nil, errors.New("start child: this program does not call sandbox.Child first")
		}
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("find own program: %w", err)
		}
		options.Program = []string{self, Command}
	}
	if options.Size <= 0 {
		options.Size = 2
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	if options.Compiling == nil {
		options.Compiling = func(compile func() error) error { return compile() }
	}
	if options.patience == nil {
		options.patience = func(d time.Duration) time.Duration { return d }
	}
	options.Limits = options.Limits.withDefaults()
	p := &Pool{options: options, slots: make(chan *child, options.Size), held: make(chan struct{}, options.Size+1), verdicts: map[[sha256.Size]byte]*extract.Error{}}
	if options.Cache != "" {
		if err := private(options.Cache); err != nil {
			options.Log.Warn("compiled code is not kept", "error", err)
			p.options.Cache = ""
		}
	}
	for range options.Size {
		p.slots <- nil
	}
	return p, nil
}

// private makes a folder for code that will be run, or checks that nobody else
// can write to it.
func private(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return fmt.Errorf("look at folder: %w", err)
	}
	if !info.IsDir() || info.Mode().Perm()&0o022 != 0 {
		return fmt.Errorf("others can write to %s", dir)
	}
	return nil
}

func (l Limits) withDefaults() Limits {
	if l.Memory <= 0 {
		l.Memory = 224 << 20
	}
	if l.CPU <= 0 {
		l.CPU = 25 * time.Second
	}
	if l.Wall <= 0 {
		l.Wall = 5 * time.Minute
	}
	if l.Start <= 0 {
		l.Start = 10 * time.Minute
	}
	if l.Output <= 0 {
		l.Output = 128 << 20
	}
	if l.Files <= 0 {
		l.Files = 100
	}
	return l
}

// Hold waits until the bytes of one more large file may be kept for reading, and
// returns how to give its place back. There is one place more than children, so
// that the next file is ready when a child is: more would only lie in memory.
func (p *Pool) Hold(ctx context.Context) (release func(), err error) {
	select {
	case p.held <- struct{}{}:
		return sync.OnceFunc(func() { <-p.held }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Read has a child read a file. The result has at least one document; those
// that cannot be read have a Problem. The error is that no child can be started or,
// where that is insisted on, closed off, or that ctx ended: none says anything of
// the file.
func (p *Pool) Read(ctx context.Context, name string, data []byte) ([]extract.Named, error) {
	key := verdictKey(name, data)
	if problem := p.verdict(key); problem != nil {
		return []extract.Named{{Name: name, Readers: formats.Unread(), Problem: problem}}, nil
	}
	if problem := formats.AboveLimit(name, data); problem != nil { // no child is to choke on it
		return []extract.Named{{Name: name, Readers: formats.Unread(), Problem: problem}}, nil
	}
	var kept *child
	select {
	case kept = <-p.slots:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { p.giveBack(kept) }()
	steps := extract.Steps{Told: extract.ProgressOf(ctx)}
	for {
		var err error
		if kept, err = p.ready(ctx, kept, formats.NeedsPDF(name, data)); err != nil {
			return nil, err
		}
		fresh := kept.files == 0
		documents, err := kept.read(ctx, name, data, steps)
		if err == nil {
			return documents, nil
		}
		kept.kill()
		kept = nil
		var stop *limitError
		if !errors.As(err, &stop) {
			return nil, err
		}
		p.options.Log.Warn("child replaced", "extension", path.Ext(name), "bytes", len(data), "reason", stop.reason, "trace", stop.trace)
		if !fresh && stop.reason != extract.TooSlow {
			continue // what earlier files left in the child may be to blame
		}
		if stop.part > 0 && steps.Until == 0 { // the rest of the file can be read
			steps = without(steps, stop.part)
			continue
		}
		problem := &extract.Error{Reason: stop.reason, Detail: stop.detail}
		if problem.Reason == extract.TooSlow { // another day the machine may have time
			return []extract.Named{{Name: name, Readers: formats.Later(), Problem: problem}}, nil
		}
		p.remember(key, problem)
		return []extract.Named{{Name: name, Readers: formats.Unread(), Problem: problem}}, nil
	}
}

// Page has a child take one page out of a PDF, from 1, as a PDF of its own, and count
// the pages; behind the last one there is none. An [*extract.Error] says that it cannot
// be had; other errors are those of [Pool.Read].
func (p *Pool) Page(ctx context.Context, data []byte, number int) (page []byte, pages int, err error) {
	var kept *child
	select {
	case kept = <-p.slots:
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	defer func() { p.giveBack(kept) }()
	if kept, err = p.ready(ctx, kept, true); err != nil {
		return nil, 0, err
	}
	page, pages, err = kept.page(ctx, data, number)
	var refused *extract.Error
	if err == nil || errors.As(err, &refused) {
		return page, pages, err
	}
	kept.kill()
	kept = nil
	var stop *limitError
	if errors.As(err, &stop) {
		p.options.Log.Warn("child replaced", "page", number, "bytes", len(data), "reason", stop.reason, "trace", stop.trace)
		err = &extract.Error{Reason: stop.reason, Detail: stop.detail}
	}
	return nil, 0, err
}

// maxBroken is how many parts of a file are passed over; then it is read up to the
// next one.
const maxBroken = 3

// without passes over a part that broke a child.
func without(steps extract.Steps, part int) extract.Steps {
	if len(steps.Skip) == maxBroken {
		steps.Until = max(part-1, 1) // the first parts broke: the first is skipped already
		return steps
	}
	steps.Skip = append(slices.Clone(steps.Skip), part)
	return steps
}

// IsCurrent reports whether the readers of today would give what those with these
// stamps gave.
func (p *Pool) IsCurrent(stamps []string) bool { return formats.IsCurrent(stamps) }

// ready returns a child that can read: the kept one, or a new one.
func (p *Pool) ready(ctx context.Context, kept *child, pdf bool) (*child, error) {
	if kept != nil && (kept.pdf || !pdf) {
		return kept, nil
	}
	if kept != nil {
		kept.retire()
	}
	if pdf {
		if err := p.Warm(ctx); err != nil {
			return nil, err
		}
	}
	c, err := start(ctx, p.options, pdf)
	if err != nil {
		return nil, err
	}
	if p.options.Insist && len(c.missing) > 0 {
		c.kill()
		return nil, &OpenError{Missing: c.missing}
	}
	return c, nil
}

// giveBack keeps a child for the next file unless its time is over.
func (p *Pool) giveBack(c *child) {
	if c != nil && c.isWorn() {
		c.retire()
		c = nil
	}
	p.mu.Lock()
	closed := p.closed
	p.mu.Unlock()
	if closed && c != nil {
		c.retire()
		c = nil
	}
	p.slots <- c
}

// Close ends the children, those at work when their file is read.
func (p *Pool) Close() error {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	for range p.options.Size {
		if c := <-p.slots; c != nil {
			c.retire()
		}
		defer func() { p.slots <- nil }()
	}
	return nil
}

// maxVerdicts bounds the memory for files that broke a child.
const maxVerdicts = 1000

func verdictKey(name string, data []byte) [sha256.Size]byte {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00", path.Ext(name))
	sum.Write(data)
	return [sha256.Size]byte(sum.Sum(nil))
}

func (p *Pool) verdict(key [sha256.Size]byte) *extract.Error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.verdicts[key]
}

func (p *Pool) remember(key [sha256.Size]byte, problem *extract.Error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.verdicts) < maxVerdicts {
		p.verdicts[key] = problem
	}
}

// Check starts a child and returns what cannot be closed to it here; empty if
// nothing is missing.
func (p *Pool) Check(ctx context.Context) (missing []string, err error) {
	c, err := start(ctx, p.options, false)
	if err != nil {
		return nil, err
	}
	defer c.retire()
	return c.missing, nil
}
