// Package officehours is the domain of the house's human formats: which exist,
// when they meet, which questions go there as tickets, and who takes them. It
// is pure: no chat platform, no database, no clock of its own.
package officehours
