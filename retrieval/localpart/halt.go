package localpart

import (
	"context"
	"fmt"
	"syscall"
)

// Halt ends the server for all its users, and keeps the hold on it. SIGKILL is a
// crash. For tests of those that must live through it; Resume starts it again.
func (u *Use) Halt(signal syscall.Signal) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 2*grace)
	defer cancel()
	starting, err := Acquire(ctx, u.service.path("start.lock"))
	if err != nil {
		return fmt.Errorf("%s: halt: %w", u.service.Name, err)
	}
	defer starting.Release()
	if err := u.process.stop(signal, grace); err != nil {
		return fmt.Errorf("%s: halt: %w", u.service.Name, err)
	}
	return nil
}

// Resume starts a halted server again, on the port it had.
func (u *Use) Resume(ctx context.Context) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed {
		return nil
	}
	s := u.service
	s.Port = u.process.Port
	if !exists(s.path("users.lock")) {
		return fmt.Errorf("%s: resume: its folder %s was removed", s.Name, s.Dir)
	}
	next, err := s.join(ctx)
	if err != nil {
		return fmt.Errorf("%s: resume: %w", s.Name, err)
	}
	u.users.Release()
	u.users, u.process = next.users, next.process
	return nil
}
