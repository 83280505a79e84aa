package postgres

import (
	"context"
	"errors"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

func TestLock(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	_, release, err := s.Lock(t.Context(), "src")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Lock(t.Context(), "src"); !errors.Is(err, retrieval.ErrBusy) {
		t.Errorf("got %v", err)
	}
	_, other, err := s.Lock(t.Context(), "other")
	if err != nil {
		t.Errorf("another source: %v", err)
	}
	other()
	release()
	_, again, err := s.Lock(t.Context(), "src")
	if err != nil {
		t.Fatal(err)
	}
	again()
}

// endConnections ends all others of the database, as a restart of the server does.
func endConnections(t *testing.T, s *Store) {
	t.Helper()
	_, err := s.Pool().Exec(t.Context(), `
		SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	if err != nil {
		t.Fatal(err)
	}
}

// lost waits until a lock is known to be lost.
func lost(t *testing.T, held context.Context) {
	t.Helper()
	select {
	case <-held.Done():
	case <-time.After(5 * time.Minute):
		t.Fatal("the loss of the lock was not noticed")
	}
	if cause := context.Cause(held); !errors.Is(cause, retrieval.ErrLockLost) {
		t.Errorf("held ended with %v", cause)
	}
}

func TestTheHolderNoticesThatItsConnectionDied(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	held, release, err := s.Lock(t.Context(), "src")
	if err != nil {
		t.Fatal(err)
	}
	endConnections(t, s)
	lost(t, held)
	release()
	_, release, err = s.Lock(t.Context(), "src")
	if err != nil {
		t.Fatalf("after it was lost: %v", err)
	}
	release()
}

// TestAFormerHolderChangesNothing lets the lock go to another process while its
// holder has noticed nothing, in the middle of a change.
func TestAFormerHolderChangesNothing(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	held, release, err := s.Lock(t.Context(), "src")
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	unaware := context.WithoutCancel(held)
	if err := s.Replace(unaware, revision("vorher.md", "a")); err != nil {
		t.Fatal(err)
	}
	endConnections(t, s)
	lost(t, held)

	// What it had begun when the other one came is finished first.
	begun, next := make(chan struct{}), make(chan error, 1)
	finish := make(chan struct{})
	var changing sync.WaitGroup
	changing.Go(func() {
		err := s.inTransaction(unaware, func(pgx.Tx) error {
			close(begun)
			<-finish
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	go func() {
		_, release, err := s.Lock(t.Context(), "src")
		if err == nil {
			defer release()
		}
		next <- err
	}()
	waits := false
	for !waits && t.Context().Err() == nil {
		err := s.Pool().QueryRow(t.Context(), `
			SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')`).Scan(&waits)
		if err != nil {
			t.Fatal(err)
		}
	}
	select {
	case err := <-next:
		t.Errorf("the next holder did not wait: %v", err)
	default:
	}
	close(finish)
	changing.Wait()
	if err := <-next; err != nil {
		t.Fatal(err)
	}

	for name, err := range map[string]error{
		"replace":     s.Replace(unaware, revision("nachher.md", "a")),
		"touch":       s.Touch(unaware, "src", map[string]retrieval.Version{"vorher.md": {Mark: "m2"}}),
		"refuse":      s.Refuse(unaware, retrieval.Refusal{Verdict: retrieval.Again, Source: "src", Path: "vorher.md", Reason: retrieval.Reason{Code: retrieval.ReasonDamaged, Words: "damaged"}}),
		"remove":      s.Remove(unaware, "src", []string{"vorher.md"}),
		"narrow":      s.NarrowCollections(unaware, "src", []retrieval.Collection{{Name: "a"}}),
		"place":       s.ClaimPlace(unaware, "src", "folder /b"),
		"collections": onlyError(s.SaveCollections(unaware, "src", []retrieval.Collection{{Name: "b", Rank: 1, Access: retrieval.Access{Staff: true}}})),
		"vectors":     s.SaveVectors(unaware, testModel, retrieval.PendingUnits{Document: 1}),
	} {
		if !errors.Is(err, retrieval.ErrLockLost) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := standing(t, s); len(got) != 1 || got["vorher.md"] != "indexed" {
		t.Errorf("the index holds %v", got)
	}
}

// TestTheHolderNoticesThatItWasCutOff cuts the network without a word: the server
// still holds the lock.
func TestTheHolderNoticesThatItWasCutOff(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	address, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	wire := newWire(t, address.Host)
	address.Host = wire.listener.Addr().String()
	s, err := Open(t.Context(), address.String(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if _, err := Migrate(t.Context(), s.Pool(), s.Schema()); err != nil {
		t.Fatal(err)
	}
	s.beat = 50 * time.Millisecond
	held, release, err := s.Lock(t.Context(), "src")
	if err != nil {
		t.Fatal(err)
	}
	direct, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(direct.Close)
	wire.cut()
	lost(t, held)
	defer release()
	defer wire.end()
	if _, _, err := direct.Lock(t.Context(), "src"); !errors.Is(err, retrieval.ErrBusy) {
		t.Errorf("while the server has not noticed: %v", err)
	}
}

// wire passes bytes on to a server until it is cut; then it keeps them.
type wire struct {
	listener net.Listener
	whole    chan struct{} // closed: it is cut
	ended    chan struct{}
	cut, end func()
}

func newWire(t *testing.T, server string) *wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: listener, whole: make(chan struct{}), ended: make(chan struct{})}
	w.cut = sync.OnceFunc(func() { close(w.whole) })
	w.end = sync.OnceFunc(func() { w.cut(); close(w.ended); listener.Close() })
	t.Cleanup(w.end)
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", server)
			if err != nil {
				near.Close()
				return
			}
			go w.pass(near, far)
			go w.pass(far, near)
		}
	}()
	return w
}

func (w *wire) pass(to, from net.Conn) {
	defer to.Close()
	buffer := make([]byte, 1<<16)
	for {
		n, err := from.Read(buffer)
		select {
		case <-w.whole:
			<-w.ended
			return
		default:
		}
		if _, writeErr := to.Write(buffer[:n]); err != nil || writeErr != nil {
			return
		}
	}
}

func onlyError[T any](_ T, err error) error { return err }
