// Package inboxtest holds what tests of the once-only pipeline need: a store in
// memory, a chat that remembers each post, workers that die at a chosen call,
// and the conformance suite that every inbox.Store has to pass.
//
// Limits: the store in memory is for tests only; it forgets everything.
package inboxtest
