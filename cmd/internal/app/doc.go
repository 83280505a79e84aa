// Package app is the bot with all its neighbours at work: it builds the rooms of the
// bot on what was opened and runs them until it is told to stop. It also opens the
// documents that a person asks at a terminal, so that commands, demo and end-to-end
// tests share one wiring.
package app
