package localpart

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Service is a server process that several processes use together.
type Service struct {
	Name string // as people know it, for errors
	// Dir holds the locks, the log and the name of the running process. One
	// directory, one server: the server itself holds a lock there from its start to
	// its end, so that a copy of the directory, which has the same words in it and no
	// lock, is known to have no server.
	Dir string
	// Clear, if given, removes what a server leaves that was killed, or that a copy
	// of its directory holds. It is called when this directory's server does not run.
	Clear func() error
	// Command builds the command that serves on the port of 127.0.0.1. Its output
	// goes to a log in Dir.
	Command func(port int) (*exec.Cmd, error)
	// Healthy says whether the server, and no other, answers on the port.
	Healthy func(ctx context.Context, port int) error
	// Port is the port to serve on; 0 takes the one of the last time, or a free one.
	Port int
	// Stop is the signal that asks the server to end.
	Stop syscall.Signal
	// Linger is how long the server stays after its last user has left. 0 stops it
	// before the last Close returns.
	Linger time.Duration
	// Patience is how long the server may take until it is healthy; 0 means 2 min. It
	// guards against one that hangs: one that ends is noticed at once.
	Patience time.Duration

	ending time.Duration // for what a killed server left; default grace
	steady time.Duration // after which an end counts as the first; default steadyTime
}

const grace = 15 * time.Second // for a server that was asked to end

// Use is one user's hold on a running server.
type Use struct {
	service Service
	fresh   bool

	mu      sync.Mutex // guards all below
	process process
	users   *Lock
	closed  bool
}

// Join starts the server, or joins the one that runs. The server has its own
// session, so that a Ctrl-C at the terminal does not reach it before its users.
func Join(ctx context.Context, s Service) (*Use, error) {
	use, err := s.join(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	return use, nil
}

// Port is the port of 127.0.0.1 that the server answers on.
func (u *Use) Port() int { return u.current().Port }

// PID is the id of the server's process.
func (u *Use) PID() int { return u.current().PID }

func (u *Use) current() process {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.process
}

// Fresh says whether this Join started the server.
func (u *Use) Fresh() bool { return u.fresh }

// Close gives the server up. The last user's Close stops it, unless it lingers.
func (u *Use) Close() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed {
		return nil
	}
	u.closed = true
	if err := u.leave(); err != nil {
		return fmt.Errorf("%s: %w", u.service.Name, err)
	}
	return nil
}

func (s Service) join(ctx context.Context) (*Use, error) {
	if err := MakeDir(s.Dir); err != nil {
		return nil, err
	}
	starting, err := Acquire(ctx, s.path("start.lock"))
	if err != nil {
		return nil, err
	}
	defer starting.Release()
	users, err := tryLock(s.path("users.lock"), unix.LOCK_SH)
	if err != nil {
		return nil, err
	}
	if users == nil {
		return nil, fmt.Errorf("%s is held by something else", s.path("users.lock"))
	}
	p, place, err := s.adopt(ctx)
	if err == nil && place != nil {
		p, err = s.start(ctx, place)
	}
	if err == nil {
		err = s.watch(ctx, p)
	}
	if err != nil {
		users.Release()
		return nil, err
	}
	return &Use{service: s, process: p, users: users, fresh: place != nil}, nil
}

func (u *Use) leave() error {
	if u.service.Linger > 0 {
		u.users.Release()
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*grace)
	defer cancel()
	starting, err := Acquire(ctx, u.service.path("start.lock"))
	if errors.Is(err, os.ErrNotExist) { // the directory was removed; the guard stops the server
		u.users.Release()
		return nil
	}
	if err != nil {
		return err
	}
	defer starting.Release()
	u.users.Release()
	last, err := tryLock(u.service.path("users.lock"), unix.LOCK_EX)
	if err != nil || last == nil {
		return err
	}
	defer last.Release()
	if p, runs := u.service.running(); runs { // another user may have started it again
		if err := p.stop(u.service.Stop, grace); err != nil {
			return err
		}
	}
	u.service.dismissGuard()
	return u.service.forget()
}

// running returns the process of this directory's server, if it runs: one that the
// directory names, while the server's own lock is held.
func (s Service) running() (process, bool) {
	p, ok := readProcess(s.path("process.json"))
	return p, ok && p.alive() && Held(s.path(serverLock))
}

func (s Service) forget() error {
	if err := os.Remove(s.path("process.json")); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// serverLock is held by the server itself.
const serverLock = "server.lock"

// adopt finds the server that runs already, also one whose starter was killed. Where
// none does it returns the place that a new one is to hold.
func (s Service) adopt(ctx context.Context) (p process, place *Lock, err error) {
	if p, runs := s.running(); runs {
		if adopted, err := s.tryAdopt(ctx, p); adopted || err != nil {
			return p, nil, err
		}
	}
	// What a killed server left needs a moment to end.
	ending, cancel := context.WithTimeout(ctx, cmp.Or(s.ending, grace))
	defer cancel()
	for {
		if place, err = tryLock(s.path(serverLock), unix.LOCK_EX); err != nil {
			return process{}, nil, err
		}
		if place != nil {
			return process{}, place, s.forget()
		}
		if wait(ending, 20*time.Millisecond) != nil {
			return process{}, nil, errors.Join(ctx.Err(), s.elsewhere())
		}
	}
}

// tryAdopt takes a running server if it answers, and stops it if it hangs: a new one
// takes its place.
func (s Service) tryAdopt(ctx context.Context, p process) (bool, error) {
	if s.Port != 0 && s.Port != p.Port {
		return false, fmt.Errorf("it runs on port %d already, not on %d", p.Port, s.Port)
	}
	if s.await(ctx, p) == nil {
		return true, nil
	}
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	return false, p.stop(s.Stop, grace)
}

// elsewhere says that the server runs where this process cannot see it.
func (s Service) elsewhere() error {
	where := "on another machine or in another container"
	if p, ok := readProcess(s.path("process.json")); ok && p.Host != "" {
		where += ", where it was started as " + p.Host
	}
	return fmt.Errorf("it already runs in %s, but %s: end it there, or choose another data directory with --data or %s", s.Dir, where, EnvData)
}

// start tries a few ports, because another program may take one meanwhile.
func (s Service) start(ctx context.Context, place *Lock) (p process, err error) {
	if s.Clear != nil {
		err = s.Clear()
	}
	for attempt := 0; err == nil && attempt < 3; attempt++ {
		var port int
		if port, err = s.choosePort(ctx); err != nil {
			break
		}
		p, err = s.startOn(ctx, port, place)
		if err == nil {
			place.hand()
			return p, nil
		}
		if ctx.Err() == nil && s.Port == 0 && attempt < 2 {
			err = nil
		}
	}
	place.Release()
	return process{}, err
}

func (s Service) startOn(ctx context.Context, port int, place *Lock) (process, error) {
	cmd, err := s.Command(port)
	if err != nil {
		return process{}, err
	}
	output, err := s.openLog()
	if err != nil {
		return process{}, err
	}
	defer output.Close()
	cmd.Stdout, cmd.Stderr = output, output
	cmd.ExtraFiles = append(cmd.ExtraFiles, place.file)
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setsid = true
	if err := cmd.Start(); err != nil {
		return process{}, err
	}
	p, err := identify(cmd.Process.Pid)
	go collect(cmd)
	if err != nil {
		return process{}, s.explain(err)
	}
	p.Port = port
	err = writeProcess(s.path("process.json"), p)
	if err == nil {
		err = s.watch(ctx, p)
	}
	if err == nil {
		err = s.await(ctx, p)
	}
	if err != nil {
		return process{}, s.explain(errors.Join(err, p.stop(s.Stop, grace)))
	}
	return p, WriteFile(s.path("port"), []byte(strconv.Itoa(port)), 0o644)
}

// collect lets a process that has ended leave the list of processes. How a server
// ended is in its log.
func collect(cmd *exec.Cmd) { _ = cmd.Wait() }

// await returns when the server is healthy, has ended, or took too long.
func (s Service) await(ctx context.Context, p process) error {
	patience := s.Patience
	if patience == 0 {
		patience = 2 * time.Minute
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := s.Healthy(limited, p.Port)
		if err == nil {
			return nil
		}
		if !p.alive() {
			return errors.New("it ended while starting")
		}
		if wait(limited, 25*time.Millisecond) != nil {
			return fmt.Errorf("it does not answer on port %d: %w", p.Port, err)
		}
	}
}

// choosePort keeps the port from start to start, so that addresses stay true.
func (s Service) choosePort(ctx context.Context) (int, error) {
	if s.Port != 0 {
		return s.Port, nil
	}
	var listen net.ListenConfig
	if content, err := os.ReadFile(s.path("port")); err == nil {
		if l, err := listen.Listen(ctx, "tcp", "127.0.0.1:"+string(content)); err == nil {
			return closePort(l)
		}
	}
	l, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return closePort(l)
}

func closePort(l net.Listener) (int, error) {
	address, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return 0, fmt.Errorf("unexpected address %s", l.Addr())
	}
	return address.Port, l.Close()
}

// openLog keeps what the server says now, and drops what it said the last time.
func (s Service) openLog() (*os.File, error) {
	if err := WriteFile(s.path("log"), nil, 0o600); err != nil {
		return nil, err
	}
	return os.OpenFile(s.path("log"), os.O_WRONLY|os.O_APPEND, 0)
}

// explain adds the end of the server's log.
func (s Service) explain(err error) error {
	said, readErr := os.ReadFile(s.path("log"))
	if readErr != nil || len(said) == 0 {
		return err
	}
	return fmt.Errorf("%w; the end of %s:\n%s", err, s.path("log"), tail(string(said), 8))
}

func (s Service) path(name string) string { return filepath.Join(s.Dir, name) }
