package localpart

import (
	"fmt"
	"io"
	"time"
)

// Step tells on w what is being done, how long it has been going on, every five
// seconds, and in the end how it went. A nil w is told nothing.
func Step(w io.Writer, name, doing string, work func() error) error {
	return step(w, name, func() string { return doing }, work)
}

// step is Step for what is done piece by piece.
func step(w io.Writer, name string, doing func() string, work func() error) error {
	if w == nil {
		return work()
	}
	begin := time.Now()
	fmt.Fprintf(w, "%s: %s …\n", name, doing())
	done := make(chan struct{})
	told := make(chan struct{})
	go func() {
		defer close(told)
		every := time.NewTicker(5 * time.Second)
		defer every.Stop()
		for {
			select {
			case <-done:
				return
			case <-every.C:
				fmt.Fprintf(w, "%s: %s … %.0f s\n", name, doing(), time.Since(begin).Seconds())
			}
		}
	}()
	err := work()
	close(done)
	<-told
	if err == nil {
		fmt.Fprintf(w, "%s: ready (%.1f s)\n", name, time.Since(begin).Seconds())
	}
	return err
}
