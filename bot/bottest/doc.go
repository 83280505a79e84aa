// Package bottest is a chat platform and a desk of the office hours in memory,
// for tests of what the bot says, and the conformance suite for stores of the
// desk.
//
// Limits: the chat has one team and knows no permissions beyond membership.
package bottest
