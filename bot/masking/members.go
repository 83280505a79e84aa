package masking

import "sync/atomic"

// Finder finds what tells who somebody is.
type Finder interface {
	// Find returns the marks of a text, in order; no two overlap.
	Find(text string) []Mark
}

// Members is a Finder that knows the house's people as they were last told to it. It
// keeps them in memory alone, and is safe for concurrent use.
type Members struct{ now atomic.Pointer[Masker] }

// NewMembers returns one that knows nobody of the house yet.
func NewMembers() *Members {
	m := &Members{}
	m.Know(nil)
	return m
}

// Know replaces the people that are known.
func (m *Members) Know(people []Person) { m.now.Store(New(people...)) }

// Find looks with the people that are known now.
func (m *Members) Find(text string) []Mark { return m.now.Load().Find(text) }
