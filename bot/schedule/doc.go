// Package schedule answers questions for dates out of the house's calendar: when
// a format meets next, in a month, on a day or a holiday, when it met last, and what
// the calendar knows of it besides: where, how long, with whom, for whom.
// It is pure: a talk, the calendar and the moment in, sessions out.
//
// A format is named as the house calls it, or as people say and spell it (names.go).
//
// Limits: a question must name a format, go on with one that was spoken of, or speak of
// dates as such, and ask for what the calendar knows; until when something is to be
// handed in, or what a format is like, the documents say.
package schedule
