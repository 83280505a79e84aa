// Package leancoffee holds a LeanCoffee in a channel: topics are collected below
// the opening post or, without a name, by direct message; each person has three
// votes, which nobody sees before they are counted; each topic has eight minutes
// and four more where most want to go on; at the end stand minutes without names.
//
// What may follow on what is the domain's, officehours.Coffee; it stands in the
// store, so that a restart changes nothing. Limits: one at a time in a channel;
// whoever is a member may take each step, so that it goes on when the one who
// began it leaves.
package leancoffee
