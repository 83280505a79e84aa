// Package app wires the rooms into one program: it opens what the configuration
// names (or the embedded parts), builds the bot and runs it until it is told to
// stop. The commands, the demo and the end-to-end tests use the same wiring.
package app
