// Package schedule answers questions for dates out of the house's calendar: when
// a format meets next, in a month, on a day or a holiday, and when it met last.
// It is pure: a question, the calendar and the moment in, sessions out.
//
// Limits: a question must name a format, or speak of dates as such, and ask for
// them; until when something is to be handed in, and how long or how often a
// format meets, the documents say.
package schedule
